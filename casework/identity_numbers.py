"""The identity number (BSN) of a resident: how it is checked, shown in part, and erased. Nothing else of the house reads it.

It is no `@source`: what goes along with a request, in a summary or to anyone else is collected from those, and this never is.
"""

import re
from dataclasses import dataclass
from uuid import UUID

from django.db import connection
from django.urls import reverse
from django.utils.translation import gettext as _
from stdnum.exceptions import InvalidChecksum, ValidationError
from stdnum.nl import bsn

from luisterloket.convenant import identity_numbers
from luisterloket.convenant.identity_numbers import CATEGORY
from luisterloket.people.models import User
from luisterloket.people.permissions import may

from . import permissions
from .looks import Look
from .models import Case, IdentityNumber

# Of nine digits the last three show: enough to compare with a card, too little to guess the number from.
SHOWN = 3
SHORTEST, LONGEST = 8, 9


class NoNumber(ValueError):
    """What was typed is no identity number. Says why, for the form."""


@dataclass(frozen=True)
class NumberLine:
    """What the page of a person shows: the last digits, and where the whole is shown."""

    masked: str
    show: str


def checked(text: str) -> str:
    """The nine digits of what was typed, with spaces or points or without. Raises `NoNumber`."""
    digits = re.sub(r"[\s.-]", "", text)
    if not (digits.isascii() and digits.isdigit()):
        raise NoNumber(_("An identity number has digits only."))
    if not SHORTEST <= len(digits) <= LONGEST:
        raise NoNumber(_("An identity number has nine digits (an old one may have eight)."))
    if not int(digits):
        raise NoNumber(_("Only zeros is no identity number. Leave it empty when it is not known."))
    try:
        found: str = bsn.validate(digits)
    except InvalidChecksum:
        raise NoNumber(_("This number cannot exist: a digit is wrong. Look at it once more.")) from None
    except ValidationError:
        raise NoNumber(_("This is no identity number.")) from None
    return found


def masked(number: str) -> str:
    return "•" * (LONGEST - SHOWN) + number[-SHOWN:]


def line_of(case: Case, user: User, resident_id: UUID) -> NumberLine | None:
    """What this person sees of the number on the page of a resident; None without a number or when it is not for them. A look."""
    if not may(permissions.check_may_see_number, user, case):
        return None
    one = IdentityNumber.objects.filter(resident=resident_id, resident__cases=case).first()
    if one is None or not one.number:
        return None
    Look(case, user).keep("person of a case", {CATEGORY}, of=resident_id)
    return NumberLine(masked(one.number), reverse("casework:case-person-number", args=[case.pk, resident_id]))


@identity_numbers.kept.register(order=10)
def count(organisation_id: UUID) -> int:
    return _ask("SELECT count_identity_numbers(%s)", organisation_id)


@identity_numbers.erasers.register(order=10)
def erase(organisation_id: UUID) -> int:
    """The numbers of this organisation, those of before, and the keys to search by. Three statements, however many there are."""
    return _ask("SELECT erase_identity_numbers(%s)", organisation_id)


def _ask(question: str, organisation_id: UUID) -> int:
    with connection.cursor() as cursor:
        cursor.execute(question, [organisation_id])
        found: int = cursor.fetchone()[0]
    return found
