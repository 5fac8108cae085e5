"""What stands in every answer to a resident about their data: what article 15(1) asks, and where to complain."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from luisterloket.convenant.register import Activity, register

from .rights_copy import Copy

OWN = {"listening", "finding"}


def complaint() -> list[str]:
    """Where someone goes who does not agree: in every refusal, and in every copy."""
    return [
        _("You may ask us to look at it again. A decision of the municipality on such a request is a decision in the sense of the"
          " law (UAVG article 34): you can object to it in writing within six weeks."),
        _("You can complain to the Autoriteit Persoonsgegevens (AVG article 77): autoriteitpersoonsgegevens.nl."),
        _("You can also ask the privacy officer (FG) of the municipality to look at it."),
    ]  # fmt: skip


def your_rights() -> list[str]:
    return [
        _("You may ask to have something put right that is wrong, or to have something erased."),
        _("You may ask that your data are only kept for a while, and object to their use."),
        _("Nothing is decided about you by a computer alone."),
    ]


def about_copy(copy: Copy) -> dict[str, Any]:
    """Purposes, kinds of data, who gets them, how long they are kept and where they came from: as agreed in the convenant today.

    Of the parties that work in the cases of this person, and of those that they can share with.
    """
    _version, activities = register()
    mine = {case.unit.organisation_id for case in copy.cases}
    held = {one.item.category for one in copy.given}
    used = [one for one in activities if one.controller.pk in mine or one.purpose.pk not in OWN]
    return {
        "controllers": _controllers(mine, used),
        "purposes": [_purpose(one, held) for one in used if any(each.category.pk in held for each in one.held)],
        "rights": your_rights(),
        "complaint": complaint(),
    }


def _controllers(mine: Collection[UUID], activities: list[Activity]) -> list[str]:
    return sorted({one.controller.name for one in activities if one.controller.pk in mine})


def _purpose(one: Activity, held: set[str]) -> dict[str, Any]:
    these = [each for each in one.held if each.category.pk in held]
    return {
        "purpose": one.purpose.name,
        "controller": one.controller.name,
        "categories": [each.category.name for each in these],
        "ground": sorted({str(each.ground) for each in these}),
        "kept": sorted({each.duration for each in these if each.duration}),
        "seen_by": sorted({role for each in these for role in each.roles}),
    }
