"""What people of the world were told."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from django.utils import timezone

from luisterloket.platform.models import Notification
from luisterloket.platform.writing import writing
from tests.backoffice.scene import as_jobs


def keep_notifications(world: Any, keep: Callable[..., None]) -> None:
    for relation, user in {"mine": world.city.marit, "other": world.city.joost}.items():
        with writing("scene"), as_jobs():
            told = Notification(event_id=uuid4(), recipient_id=user.pk, kind="request.answered", path="/", at=timezone.now())
            told.save(force_insert=True)
        keep("notification", relation, pk=told.pk)
