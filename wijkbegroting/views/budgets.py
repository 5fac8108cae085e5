"""The budget of a wijk: choosing it, reading it, and what the treasurer and the wijkwethouder keep of it."""

import csv
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from luisterloket.people.models import Unit
from luisterloket.people.permissions import may
from luisterloket.people.requests import SignedIn
from luisterloket.people.roles import Permission
from luisterloket.platform.exceptions import NotAllowed
from luisterloket.platform.forms import ActionForm
from wijkbegroting import actions, disclosures, permissions, selectors
from wijkbegroting.forms import AmountForm, MandateForm, SourceForm
from wijkbegroting.models import Source, WijkBudget

from . import sent


@require_GET
def home(request: SignedIn) -> HttpResponse:
    """The budget of this year; the list of wijken for who works for several, or when it is not open yet."""
    year = timezone.localdate().year
    if not request.user.has(Permission.SEE_BUDGET):
        raise NotAllowed(_("Whoever works with the money of this wijk may see its budget."))
    found = selectors.budgets_of_year(request.user, year)
    if len(found) == 1 and found[0][1] is not None:
        return redirect(found[0][1])
    rows = [(unit, budget, may(permissions.check_may_keep_money, request.user, unit.pk)) for unit, budget in found]
    return render(request, "wijkbegroting/home.html", {"rows": rows, "year": year, "new_key": uuid4})


@require_POST
def open_budget(request: SignedIn) -> HttpResponse:
    """Open the books of this year."""
    unit = get_object_or_404(Unit, pk=_uuid(request.POST.get("unit", "")), pk__in=request.user.units_with(Permission.SEE_BUDGET))
    form = ActionForm(request.POST)
    budget = form.run(actions.open_budget, actor=request.user, unit=unit, year=timezone.localdate().year)
    if budget:
        messages.success(request, _("The budget is open. Add where its money comes from."))
        return redirect(budget)
    for error in form.non_field_errors():
        messages.warning(request, str(error))
    return redirect("wijkbegroting:home")


@require_GET
def budget(request: SignedIn, pk: UUID) -> HttpResponse:
    """What waits for a decision, how the money stands, and the lines of the year."""
    found = get_object_or_404(WijkBudget.objects.visible_to(request.user).select_related("unit__wijk"), pk=pk)
    page = selectors.budget_page(request.user, found)
    disclosures.log_argument([decision.grant for decision in page.decisions], request.user)
    return render(request, "wijkbegroting/budget.html", {"page": page, "budget": found, "new_key": uuid4})


@require_GET
def lines_csv(request: SignedIn, pk: UUID) -> HttpResponse:
    """The lines as a table for a spreadsheet. Nothing about anyone."""
    found = get_object_or_404(WijkBudget.objects.visible_to(request.user).select_related("unit"), pk=pk)
    page = selectors.budget_page(request.user, found)
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="wijkbegroting-{found.year}.csv"'
    response.write("\ufeff")
    table = csv.writer(response, delimiter=";")
    table.writerow([_("Line"), _("Intention"), _("Effect"), _("Source"), _("Budgeted"), _("Paid"), _("Promised"), _("Free")])
    for row in page.rows:
        line, balance = row.line, row.balance
        texts = [line.name, line.intention, str(line.get_effect_display()), line.source.name]
        amounts = [line.amount, balance.paid, balance.reserved, balance.available]
        table.writerow([*map(_inert, texts), *map(_decimal, amounts)])
    return response


@require_http_methods(["GET", "POST"])
def add_source(request: SignedIn, pk: UUID) -> HttpResponse:
    """Name where money of this budget comes from."""
    found = get_object_or_404(WijkBudget.objects.visible_to(request.user).select_related("unit"), pk=pk)
    permissions.check_may_keep_money(request.user, found.unit_id)
    form = SourceForm(sent(request))
    if form.run(actions.add_source, actor=request.user, budget=found):
        messages.success(request, _("The source is added. Book what comes in under it."))
        return redirect(found)
    return _form_page(request, form, found, _("Add a source"), _("Add"))


@require_http_methods(["GET", "POST"])
def receive(request: SignedIn, pk: UUID) -> HttpResponse:
    """Book that a source paid."""
    source = get_object_or_404(
        Source.objects.filter(unit__in=request.user.units_with(Permission.SEE_BUDGET)).select_related("budget__unit"), pk=pk
    )
    permissions.check_may_keep_money(request.user, source.unit_id)
    form = AmountForm(sent(request))
    if form.run(actions.receive_money, actor=request.user, source=source):
        messages.success(request, _("The money is booked."))
        return redirect(source.budget)
    return _form_page(request, form, source.budget, _("Money that came in: %(source)s") % {"source": source.name}, _("Book"))


@require_http_methods(["GET", "POST"])
def sign_mandate(request: SignedIn, pk: UUID) -> HttpResponse:
    """Sign up to what amount a role decides with a co-signature."""
    found = get_object_or_404(WijkBudget.objects.visible_to(request.user).select_related("unit"), pk=pk)
    permissions.check_may_sign_mandate(request.user, found.unit_id)
    form = MandateForm(sent(request))
    if form.run(actions.sign_mandate, actor=request.user, unit=found.unit):
        messages.success(request, _("The mandate is signed."))
        return redirect(found)
    return _form_page(request, form, found, _("Sign a mandate"), _("Sign"))


def _form_page(request: SignedIn, form: ActionForm, budget: WijkBudget, title: str, button: str) -> HttpResponse:
    return render(request, "wijkbegroting/form.html", {"form": form, "budget": budget, "title": title, "button": button})


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _inert(text: str) -> str:
    """A spreadsheet runs a cell that starts as a formula; a quote in front keeps it text."""
    return f"'{text}" if text.lstrip().startswith(("=", "+", "-", "@")) or text.startswith(("\t", "\r", "\n")) else text


def _decimal(cents: int) -> str:
    return f"{cents // 100},{cents % 100:02}"
