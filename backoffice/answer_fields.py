"""The fields in a text to begin an answer from: each is filled with what its reader sees on the same page anyway."""

import re
from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext_lazy as _

from luisterloket.people.models import User
from luisterloket.platform.templatetags.ui import when

from .models import AnswerTemplate, SpecialistRequest

FIELD = re.compile(r"\{([^{}\s]{1,30})\}")
# The name between braces is Dutch, as the texts are; what it is filled with, and what the page says of it.
FIELDS: dict[str, tuple[Any, Callable[[SpecialistRequest, User], str]]] = {
    "desk": (_("the name of your desk"), lambda request, user: request.desk_unit.name),
    "wijk": (
        _("the wijk that asks"),
        lambda request, user: request.unit.wijk.name if request.unit.wijk else request.unit.name,
    ),
    "termijn": (_("when your answer is due"), lambda request, user: when(request.answer_due_at)),
    "collega": (_("your own name"), lambda request, user: user.name),
}


def unknown_fields(text: str) -> list[str]:
    """The names between braces that are no field, each once."""
    return [name for name in dict.fromkeys(FIELD.findall(text)) if name not in FIELDS]


def filled(text: str, request: SpecialistRequest, user: User) -> str:
    """The text for this request and this colleague; braces around anything else stay as they are."""

    def fill(found: re.Match[str]) -> str:
        known = FIELDS.get(found[1])
        return known[1](request, user) if known else found[0]

    return FIELD.sub(fill, text)


def begun_with(template: AnswerTemplate, typed: dict[str, str], request: SpecialistRequest, user: User) -> dict[str, str]:
    """What stands in the answer after this text is put in: behind what was typed, which stays."""

    def behind(name: str, text: str) -> str:
        own = typed.get(name, "").rstrip()
        return "\n\n".join(part for part in (own, filled(text, request, user)) if part)

    return {
        **typed,
        "result": typed.get("result") or template.result,
        "answer": behind("answer", template.answer),
        "next_step": behind("next_step", template.next_step),
    }
