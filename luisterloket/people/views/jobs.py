"""The background jobs, for who keeps the house: what ran, what did not, and run it now."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from luisterloket.people import actions, permissions
from luisterloket.people.forms.accounts import ConfirmForm
from luisterloket.people.jobs_page import job_lines, name_of, run_lines
from luisterloket.people.requests import SignedIn
from luisterloket.platform.jobs import ScheduledJob, job_by_slug, states


@require_GET
def jobs(request: SignedIn) -> HttpResponse:
    """Every job, what is wrong first."""
    permissions.check_may_manage_accounts(request.user)
    return render(request, "people/jobs.html", {"lines": job_lines()})


@require_GET
def job(request: SignedIn, job: str) -> HttpResponse:
    """One job: its last runs, and a button that runs it now."""
    found = _found(request, job)
    state = next(one for one in states() if one.job == found)
    context = {"job": found, "name": name_of(found), "state": state, "runs": run_lines(found), "form": ConfirmForm(auto_id=False)}
    return render(request, "people/job.html", context)


@require_POST
def run_now(request: SignedIn, job: str) -> HttpResponse:
    found = _found(request, job)
    form = ConfirmForm(request.POST)
    if form.run(actions.run_job_now, actor=request.user, job=found):
        messages.success(request, _("Asked of the worker. Reload this page to see how it went."))
    else:
        messages.error(request, form.refusal)
    return redirect("job-one", job)


def _found(request: SignedIn, slug: str) -> ScheduledJob:
    permissions.check_may_manage_accounts(request.user)
    found = job_by_slug(slug)
    if found is None:
        raise Http404
    return found
