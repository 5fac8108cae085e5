"""The journal, for who audits and who pays."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from luisterloket.people.requests import SignedIn
from luisterloket.platform.paging import key_of
from wijkbegroting import permissions, selectors
from wijkbegroting.ledger import check_ledger


@require_GET
def journal(request: SignedIn) -> HttpResponse:
    """All that was booked, newest first, and whether the books balance."""
    permissions.check_may_read_ledger(request.user)
    before = request.GET.get("before", "")
    rows, following = selectors.ledger_page(request.user, before=key_of(before))
    # Adding up everything is dear, so only the first page does it.
    context = {"rows": rows, "following": following, "first": not before, "broken": [] if before else check_ledger()}
    return render(request, "wijkbegroting/ledger.html", context)
