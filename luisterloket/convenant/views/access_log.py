"""The access log, for who supervises: searching it, taking it out, and answering what is out of the ordinary in it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from luisterloket.convenant import actions, log_search, looks, permissions, unusual
from luisterloket.convenant.forms.access_log import AnswerForm, ExportForm, LogSearchForm, WatchedHomeForm
from luisterloket.convenant.log_export import Export, export
from luisterloket.platform.paging import key_of


@require_GET
def access_log(request: HttpRequest) -> HttpResponse:
    """Who looked at whose data, newest first, or what was searched for. Reading it is itself kept, with what was searched."""
    permissions.check_may_read_log(request.user)
    before = key_of(request.GET.get("before", ""))
    asked = {name: value for name, value in request.GET.items() if name != "before" and value}
    form = LogSearchForm(request.GET if asked else None)
    query = log_search.LogQuery()
    if form.is_bound:
        query = form.query() if form.is_valid() else log_search.LogQuery(people=())
    actions.read_access_log(actor=request.user, searched=query.told)
    found, following = looks.a_page(log_search.entries(query), before)
    older = request.GET.copy()
    older["before"] = following
    context = {"looks": found, "following": following and older.urlencode(), "form": form, "searched": bool(asked)}
    return render(request, "convenant/access_log.html", context | {"unusual": unusual.count_open()})


@require_http_methods(["GET", "POST"])
def export_log(request: HttpRequest) -> HttpResponse:
    """Take some days of a log out as a file, in the form of its standard. That it was taken out is kept."""
    permissions.check_may_read_log(request.user)
    form = ExportForm(request.POST if request.method == "POST" else None)
    made = form.run(_exported, actor=request.user) if form.is_bound else None
    if made is None:
        return render(request, "convenant/access_log_export.html", {"form": form})
    headers = {"Content-Disposition": f'attachment; filename="{made.name}"'}
    return HttpResponse(made.content, content_type=made.content_type, headers=headers)


def _exported(*, actor: Any, **details: Any) -> Export:
    made = export(**details)
    actions.export_access_log(actor=actor, **details)
    return made


@require_GET
def unusual_looks(request: HttpRequest) -> HttpResponse:
    """What the job noticed: to look into first, and what was answered."""
    permissions.check_may_read_log(request.user)
    actions.read_access_log(actor=request.user, searched={"unusual": True})
    before = key_of(request.GET.get("before", ""))
    return render(request, "convenant/unusual_looks.html", {"page": unusual.unusual_page(before=before)})


@require_http_methods(["GET", "POST"])
def unusual_look(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One of them with the looks that it is about; sending says what it was."""
    # Whoever does not supervise sees none of these, so that none is there for them.
    found = unusual.find(pk)
    if found is None:
        raise Http404
    permissions.check_may_read_log(request.user)
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.run(actions.answer_unusual_look, actor=request.user, look=found):
        messages.success(request, _("Noted."))
        return redirect("unusual-looks")
    actions.read_access_log(actor=request.user, searched={"unusual": str(pk)})
    context = {"line": unusual.line_of(found), "looks": unusual.looks_of(found), "form": form}
    return render(request, "convenant/unusual_look.html", context | {"own": found.actor_id == request.user.pk})


@require_http_methods(["GET", "POST"])
def watched_homes(request: HttpRequest) -> HttpResponse:
    """Of whom it is known where they live, never where; sending notes or forgets one."""
    permissions.check_may_read_log(request.user)
    form = WatchedHomeForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.run(actions.note_home, actor=request.user):
        messages.success(request, _("Noted."))
        return redirect("watched-homes")
    return render(request, "convenant/watched_homes.html", {"form": form, "homes": unusual.homes()})
