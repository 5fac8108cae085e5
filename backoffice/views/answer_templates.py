"""The texts that a desk begins its answers from."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from backoffice import actions, permissions
from backoffice.answer_fields import FIELDS
from backoffice.desk_work import templates_of
from backoffice.forms.desk_work import AnswerTemplateChangeForm, AnswerTemplateForm
from backoffice.models import AnswerTemplate
from luisterloket.people.permissions import may
from luisterloket.people.requests import SignedIn

from .queue import desk_or_404


@require_GET
def answer_templates(request: SignedIn, pk: UUID) -> HttpResponse:
    """All texts of a desk, for who answers there."""
    desk = desk_or_404(request, pk)
    leads = may(permissions.check_may_divide, request.user, desk.unit_id)
    return render(request, "backoffice/answer_templates.html", {"desk": desk, "texts": templates_of(desk), "leads": leads})


@require_http_methods(["GET", "POST"])
def new_answer_template(request: SignedIn, pk: UUID) -> HttpResponse:
    desk = desk_or_404(request, pk)
    permissions.check_may_divide(request.user, desk.unit_id)
    form = AnswerTemplateForm(request.POST or None)
    if request.method == "POST" and form.run(actions.make_answer_template, actor=request.user, desk=desk):
        messages.success(request, _("Colleagues can begin from this text."))
        return redirect(_list_of(desk.pk))
    return render(request, "backoffice/answer_template.html", {"desk": desk, "form": form, "fields": _fields()})


@require_http_methods(["GET", "POST"])
def answer_template(request: SignedIn, pk: UUID) -> HttpResponse:
    """Change a text."""
    text = _led(request, pk)
    initial = {name: getattr(text, name) for name in ("name", "result", "answer", "next_step", "version")}
    form = AnswerTemplateChangeForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.run(actions.change_answer_template, actor=request.user, template=text):
        messages.success(request, _("Changed. Answers that were given stay as they are."))
        return redirect(_list_of(text.desk_id))
    context = {"desk": text.desk, "form": form, "text": text, "fields": _fields()}
    return render(request, "backoffice/answer_template.html", context)


@require_POST
def retire_answer_template(request: SignedIn, pk: UUID) -> HttpResponse:
    text = _led(request, pk)
    actions.retire_answer_template(actor=request.user, template=text)
    messages.success(request, _("This text is not offered any more."))
    return redirect(_list_of(text.desk_id))


def _led(request: SignedIn, pk: UUID) -> AnswerTemplate:
    """A text of one's desk that is offered; who does not lead the desk is told that it is not theirs to change."""
    text = get_object_or_404(AnswerTemplate.objects.filter(retired_at=None).select_related("desk__unit"), pk=pk)
    if not may(permissions.check_may_see_queue, request.user, text.desk):
        raise Http404
    permissions.check_may_divide(request.user, text.desk.unit_id)
    return text


def _list_of(desk: UUID) -> str:
    return reverse("backoffice:answer-templates", args=[desk])


def _fields() -> list[tuple[str, str]]:
    return [(name, str(told)) for name, (told, _fill) in FIELDS.items()]
