"""Who may answer an exception: another than who asked (decision 25)."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from luisterloket.people.models import User
from luisterloket.people.roles import Permission
from luisterloket.platform.exceptions import NotAllowed

from .models import RuleException
from .permissions import check_may_add


def check_may_answer_exception(actor: Any, exception: RuleException) -> None:
    """The coordinator of the wijk; when the only coordinator asked, a colleague who works on the case. Never who asked it."""
    check_may_add(actor, exception.case, exception.category)
    if actor.pk == exception.asked_by_id:
        raise NotAllowed(_("Someone else than who asked has to agree."))
    if actor.has(Permission.DIVIDE_WORK, unit_id=exception.unit_id):
        return
    others = User.objects.holding(Permission.DIVIDE_WORK, unit_id=exception.unit_id).exclude(pk=exception.asked_by_id)
    if others.exists():
        raise NotAllowed(_("The team coordinator of this wijk agrees to an exception."))
