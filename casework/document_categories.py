"""Of which kind of data a document is: proposed by whom it comes from, chosen by whoever adds it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from luisterloket.convenant.disclosure import authorised
from luisterloket.convenant.models import Authorisation, DataCategory
from luisterloket.people.models import User

from .models import Case, Document
from .permissions import posts_for

PURPOSE = "listening"
# Categories that no file is of: that someone is known, to whom is paid, and the identity number, which has a place of its own.
NEVER = {"known", "payment", "bsn"}


class Sender(models.TextChoices):
    """Whom a letter comes from: asked to propose what it tells of, and not kept."""

    LANDLORD = "landlord", _("The landlord")
    MONEY = "money", _("Energy, bank, insurer, tax, creditor or bailiff")
    BENEFITS = "benefits", _("Benefits (municipality, UWV, SVB)")
    WORK = "work", _("An employer, school or DUO")
    CARE = "care", _("A doctor, hospital or pharmacy")
    MENTAL = "mental", _("Mental health care")
    COURT = "court", _("Police, court or lawyer")
    PAPERS = "papers", _("IND, embassy or other papers")
    FAMILY = "family", _("The school or care of the children")
    OWN = "own", _("The resident themself")


PROPOSED = {
    Sender.LANDLORD: "housing",
    Sender.MONEY: "finances",
    Sender.BENEFITS: "finances",
    Sender.WORK: "work",
    Sender.CARE: "health",
    Sender.MENTAL: "mental_health",
    Sender.COURT: "justice",
    Sender.PAPERS: "participation",
    Sender.FAMILY: "family",
    Sender.OWN: "story",
}


def proposed(kind: str, sender: str) -> str:
    """The category that fits best; an identity paper tells who someone is, whoever gave it out."""
    if kind == Document.Kind.IDENTITY:
        return "identity"
    return PROPOSED[Sender(sender)] if sender in Sender.values else ""


def categories_to_add(user: User, case: Case) -> dict[str, str]:
    """The categories in which this person may add something to this case, with their names."""
    allowed = authorised(posts_for(user, case.unit_id), PURPOSE, case.pk)
    may = [code for code, cell in allowed.items() if cell.level == Authorisation.Level.CONTRIBUTE and code not in NEVER]
    return dict(DataCategory.objects.filter(code__in=may).order_by("order").values_list("code", "name"))


def names_of(codes: set[str]) -> dict[str, str]:
    """What categories are called in the convenant. One query."""
    return dict(DataCategory.objects.filter(code__in=codes).values_list("code", "name"))
