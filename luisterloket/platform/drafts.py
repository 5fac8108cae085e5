"""What someone is typing, kept until it is sent: one draft per person and form, saved by compare-and-set."""

import json
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from .commands import command
from .exceptions import Refused
from .models import Draft

NOT_KEPT = {"csrfmiddlewaretoken", "command_key", "password"}


class ChangedMeanwhile(Refused):
    """Another window saved this draft in between."""

    def __init__(self, draft: Draft):
        super().__init__(_("This was changed in another window. Both texts are kept."), code="changed")
        self.draft = draft


@command
def save_draft(*, actor: Any, form: str, revision: int, values: dict[str, str]) -> Draft:
    """Keep what `actor` is typing in `form`. Raises `ChangedMeanwhile` when `revision` is not the last one."""
    Draft.objects.bulk_create([Draft(owner_id=actor.pk, form=form)], ignore_conflicts=True)
    draft = Draft.objects.select_for_update(no_key=True).get(owner_id=actor.pk, form=form)
    if draft.revision != revision:
        raise ChangedMeanwhile(draft)
    draft.content = json.dumps({**values_of(draft), **values})
    draft.revision += 1
    draft.saved_at = timezone.now()
    draft.save(update_fields=["content", "revision", "saved_at"])
    return draft


@command
def drop_draft(*, actor: Any, form: str) -> Any:
    """The form was sent: its draft is not needed any more."""
    Draft.objects.filter(owner_id=actor.pk, form=form).delete()
    return actor


def draft_of(user: Any, form: str) -> Draft | None:
    return Draft.objects.filter(owner_id=user.pk, form=form).first()


def values_of(draft: Draft | None) -> dict[str, Any]:
    """What was typed, by the name of its field."""
    return json.loads(draft.content) if draft is not None and draft.content else {}
