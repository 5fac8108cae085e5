"""A conversation in four quiet pages, walked in any order: story, marks, who, ending."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from casework import actions, finding, permissions
from casework.forms import ConcludeForm, ConfirmForm, MarkForms, QuestionsForm, SheetForm, StartForm, StoryForm, WhoForm
from casework.intake_page import intake_page
from casework.models import Case, Concern, Intake, Strength, SupportPerson
from casework.questions import asks_of_its_own, questions_for
from casework.selectors import domains_in_order
from casework.signs import SAFETY
from casework.summary import summarise, told_in
from casework.wording import own_wording
from luisterloket.people.models import Unit
from luisterloket.people.roles import Permission

from . import SignedIn

STEPS = [
    ("story", gettext_lazy("The story")),
    ("marks", gettext_lazy("Marking")),
    ("who", gettext_lazy("Who")),
    ("questions", gettext_lazy("Questions of the wijk")),
    ("conclude", gettext_lazy("Read back")),
]
MARKS: dict[str, tuple[Any, Any]] = {
    "concern": (Concern, actions.mark_concern),
    "strength": (Strength, actions.mark_strength),
    "person": (SupportPerson, actions.mark_person),
}


@require_http_methods(["GET", "POST"])
def start(request: SignedIn) -> HttpResponse:
    """Open a sheet at once; only who works in more wijken is asked in which."""
    units = request.user.units_with(Permission.LISTEN)
    if not units:
        permissions.check_may_listen(request.user, UUID(int=0))
    if request.method == "POST" and len(units) == 1:
        return redirect(actions.start_intake(actor=request.user, unit=Unit.objects.get(pk=units[0])))
    # The button on Vandaag sends no wijk: then the question is asked, without calling it an error.
    form = StartForm(request.POST if "unit" in request.POST or "asked" in request.POST else None, units=units)
    if form.is_bound and (intake := form.run(actions.start_intake, actor=request.user)):
        return redirect(intake)
    return render(request, "casework/intake_start.html", {"form": form, "one": len(units) == 1})


@require_http_methods(["GET", "POST"])
def story(request: SignedIn, pk: UUID) -> HttpResponse:
    """The quiet sheet: the resident's own words."""
    return _sheet(request, pk, "story", StoryForm)


@require_http_methods(["GET", "POST"])
def who(request: SignedIn, pk: UUID) -> HttpResponse:
    """One way to recognise the person, and what else was told about who they are."""
    remove = request.POST.get("remove", "")
    blank_rows = 3 if "more" in request.GET else 1
    return _sheet(request, pk, "who", WhoForm, blank_rows=blank_rows, without=int(remove) if remove.isdigit() else None)


@require_http_methods(["GET", "POST"])
def questions(request: SignedIn, pk: UUID) -> HttpResponse:
    """What this wijk asks of its own. Without such questions there is no such page."""
    intake = conversation(request, pk)
    if not questions_for(intake):
        return redirect("casework:intake-conclude", pk)
    return _sheet(request, pk, "questions", QuestionsForm)


def _sheet(request: SignedIn, pk: UUID, step: str, kind: type[SheetForm], **options: Any) -> HttpResponse:
    intake = conversation(request, pk)
    form = kind(request.POST if request.method == "POST" else None, intake=intake, **options)
    if form.is_bound and form.run(actions.save_sheet, actor=request.user, intake=intake):
        return redirect(_next(request, intake, step))
    return _page(request, pk, step, {"form": form})


@require_http_methods(["GET", "POST"])
def marks(request: SignedIn, pk: UUID) -> HttpResponse:
    """Afterwards, pieces of the story become a concern, a strength or a person."""
    intake = conversation(request, pk)
    safety = permissions.may_contribute(request.user, SAFETY, intake.unit_id)
    order = domains_in_order(intake.unit_id)
    forms = MarkForms(request.POST if request.method == "POST" else None, order=order, safety=safety)
    if forms.sent and forms.sent.run(MARKS[forms.kind][1], actor=request.user, intake=intake):
        messages.success(request, _("Marked. You can take it off again below."))
        return redirect(reverse("casework:intake-marks", args=[pk]))
    return _page(request, pk, "marks", forms.context())


@require_POST
def unmark(request: SignedIn, pk: UUID, kind: str, mark: UUID) -> HttpResponse:
    """Take a mark off. When it is gone already there is nothing left to do."""
    intake = conversation(request, pk)
    model = MARKS[kind][0] if kind in MARKS else None
    thing = model.objects.filter(pk=mark, intake=intake).first() if model else None
    form = ConfirmForm(request.POST)
    if thing is None or form.run(lambda **details: actions.unmark(**_without_key(details)), actor=request.user, thing=thing):
        return redirect("casework:intake-marks", pk)
    return over(request, conversation(request, pk), form)


@require_http_methods(["GET", "POST"])
def conclude(request: SignedIn, pk: UUID) -> HttpResponse:
    """Read the summary back; what was heard becomes a case."""
    intake = conversation(request, pk)
    form = ConcludeForm(request.POST if request.method == "POST" else None)
    if form.is_bound and (case := form.run(actions.conclude_intake, actor=request.user, intake=intake)):
        return redirect(case)
    return _page(request, pk, "conclude", {"form": form})


@require_http_methods(["GET", "POST"])
def discard(request: SignedIn, pk: UUID) -> HttpResponse:
    """The conversation came to nothing. Asked once, since what was typed is then gone."""
    intake = conversation(request, pk)
    form = ConfirmForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.run(actions.discard_intake, actor=request.user, intake=intake):
        messages.success(request, _("The conversation was thrown away."))
        return redirect("today")
    return _page(request, pk, "discard", {"form": form})


@require_GET
def acute(request: SignedIn, pk: UUID) -> HttpResponse:
    """For who divides the work: a colleague hears something acute now. Who, since when; nothing of what was told."""
    intake = get_object_or_404(
        Intake.objects.open()
        .acute()
        .filter(unit__in=request.user.units_with(Permission.DIVIDE_WORK))
        .select_related("held_by", "unit"),
        pk=pk,
    )
    return render(request, "casework/intake_acute.html", {"intake": intake})


def conversation(request: SignedIn, pk: UUID) -> Intake:
    """A conversation that this person holds; otherwise 404."""
    return get_object_or_404(Intake.objects.visible_to(request.user).select_related("unit"), pk=pk)


def _next(request: SignedIn, intake: Intake, step: str) -> str:
    """Where the pressed button leads: another page of the conversation, Vandaag, one more row, or simply on."""
    go = request.POST.get("go", "")
    if go == "today":
        return reverse("today")
    if go == "row":
        return reverse("casework:intake-who", args=[intake.pk]) + "?more#household"
    if "remove" in request.POST:
        return reverse("casework:intake-who", args=[intake.pk]) + "#household"
    if connect := _uuid(request.POST.get("connect", "")):
        return reverse("casework:intake-connect", args=[intake.pk, connect])
    names = [name for name, _label in _steps(intake, step)]
    target = go if go in names else names[names.index(step) + 1]
    return reverse(f"casework:intake-{target}", args=[intake.pk])


def _steps(intake: Intake, step: str) -> list[tuple[str, Any]]:
    """The pages of this conversation; the wijk's own questions only where it has some."""
    asks = step == "questions" or asks_of_its_own(intake.unit_id)
    return STEPS if asks else [one for one in STEPS if one[0] != "questions"]


def _page(request: SignedIn, pk: UUID, step: str, context: dict[str, Any]) -> HttpResponse:
    """The page as it is now; a conversation that ended meanwhile shows that, and what was typed."""
    intake = conversation(request, pk)
    form = context.get("form")
    if intake.status != Intake.Status.LISTENING:
        return over(request, intake, form)
    page = intake_page(intake)
    if step in {"who", "conclude"}:
        context["perhaps"] = perhaps_known(request, intake)
    if step == "conclude":
        household = [(person.name, person.part) for person in actions.household_of(intake)]
        told = told_in(intake, page.concerns, page.strengths, page.helpers, household=household, contact=request.user.name)
        context |= {"summary": summarise(told, own_wording())}
    named = _steps(intake, step)
    number = next((number for number, (name, _label) in enumerate(named, 1) if name == step), 0)
    steps = [
        {"name": name, "label": label, "url": reverse(f"casework:intake-{name}", args=[pk]), "current": name == step}
        for name, label in named
    ]
    context |= {
        "sheet": isinstance(form, SheetForm),
        "page": page,
        "intake": intake,
        "steps": steps,
        "number": number,
        "count": len(named),
        "following": named[number][1] if number < len(named) else "",
        "previous": steps[number - 2]["url"] if number > 1 else "",
    }
    return render(request, f"casework/intake_{step}.html", context, status=409 if getattr(form, "both", None) else 200)


def over(request: SignedIn, intake: Intake, form: Any) -> HttpResponse:
    """This conversation has ended: where it went, and what was typed."""
    case = Case.objects.visible_to(request.user).filter(pk=intake.case_id).first() if intake.case_id else None
    if form is None or not form.is_bound:
        messages.info(request, _("This conversation has ended already."))
        return redirect(case or "today")
    typed = [
        (field.label, field.value()) for field in form.visible_fields() if isinstance(field.value(), str) and field.value().strip()
    ]
    return render(request, "casework/intake_over.html", {"form": form, "typed": typed, "case": case}, status=409)


def perhaps_known(request: SignedIn, intake: Intake, values: Any = None) -> list[finding.Perhaps]:
    """Who may be meant by what is on the sheet, or by `values` that are being typed on it."""
    names = ("name", "known_as", "born", "phone")
    typed = {name: str(getattr(intake, name) if values is None else values.get(name, ""))[:200] for name in names}
    return finding.perhaps_known(request.user, intake.unit_id, **typed)


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _without_key(details: dict[str, Any]) -> dict[str, Any]:
    # The mark is gone after the first time: a key would only point at something that is not there.
    return {name: value for name, value in details.items() if name != "command_key"}
