"""The texts that a desk begins its answers from; who leads the desk keeps them."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from backoffice import permissions
from backoffice.answer_fields import unknown_fields
from backoffice.models import AnswerTemplate, Desk
from luisterloket.platform.commands import command
from luisterloket.platform.exceptions import Refused
from luisterloket.platform.history import record

from .parts import RefusedAt, filled_in


@command
def make_answer_template(
    *, actor: Any, desk: Desk, name: str, answer: str, result: str = "", next_step: str = ""
) -> AnswerTemplate:
    """A new text to begin from. For the desk lead. Raises `Refused` for a name that is there already or a field that is not."""
    permissions.check_may_divide(actor, desk.unit_id)
    _is_right(desk, name, answer, next_step)
    template = AnswerTemplate(
        desk=desk, name=name.strip(), result=result, answer=answer.strip(), next_step=next_step.strip()
    ).put()  # fmt: skip
    record(actor, "answer_template.made", template)
    return template


@command
def change_answer_template(
    *, actor: Any, template: AnswerTemplate, version: int, name: str, answer: str, result: str = "", next_step: str = ""
) -> AnswerTemplate:
    """Change it; answers that were given stay as they are. Raises `Refused` when someone else changed it since `version`."""
    found = _held(actor, template)
    if found.version != version:
        raise Refused(_("Someone changed this text meanwhile. Look at it in another window, and save yours again."), code="changed")
    _is_right(found.desk, name, answer, next_step, but=found)
    found.name, found.result, found.answer, found.next_step = name.strip(), result, answer.strip(), next_step.strip()
    found.version += 1
    found.full_clean(exclude=["desk"])
    found.save(update_fields=["name", "result", "answer", "next_step", "version"])
    record(actor, "answer_template.changed", found, version=found.version)
    return found


@command
def retire_answer_template(*, actor: Any, template: AnswerTemplate) -> AnswerTemplate:
    """Not offered any more. Its name is free again."""
    found = _held(actor, template)
    found.retired_at = timezone.now()
    found.save(update_fields=["retired_at"])
    record(actor, "answer_template.retired", found)
    return found


def _held(actor: Any, template: AnswerTemplate) -> AnswerTemplate:
    permissions.check_may_divide(actor, template.desk.unit_id)
    found = AnswerTemplate.objects.select_for_update(no_key=True, of=("self",)).select_related("desk__unit").get(pk=template.pk)
    if found.retired_at is not None:
        raise Refused(_("This text is not offered any more."), code="retired")
    return found


def _is_right(desk: Desk, name: str, answer: str, next_step: str, *, but: AnswerTemplate | None = None) -> None:
    filled_in("name", name, _("Give it a name by which colleagues find it."))
    filled_in("answer", answer, _("Write down the text."))
    for field, text in (("answer", answer), ("next_step", next_step)):
        if strange := unknown_fields(text):
            message = _("There is no field %(fields)s. Use only the fields that are named on this page.")
            raise RefusedAt(field, message % {"fields": ", ".join(f"{{{one}}}" for one in strange)}, "unknown_field")
    others = AnswerTemplate.objects.filter(desk=desk, name=name.strip(), retired_at=None)
    if (others.exclude(pk=but.pk) if but else others).exists():
        raise RefusedAt("name", _("There is a text with this name already."), "name_taken")
