"""Who has something open right now: ids in the cache, for half a minute, and nothing of what it is about."""

from datetime import datetime, timedelta
from uuid import UUID

from django.core.cache import cache
from django.utils import timezone

from .models import User

SEEN_FOR = timedelta(seconds=30)


def seen(name: str, user: User) -> list[str]:
    """Keep that this person has what is called `name` open, and give the names of the others who do."""
    now = timezone.now()
    there: dict[UUID, datetime] = {one: at for one, at in (cache.get(name) or {}).items() if now - at < SEEN_FOR}
    cache.set(name, there | {user.pk: now}, timeout=SEEN_FOR.total_seconds())
    others = [one for one in there if one != user.pk]
    return list(User.objects.filter(pk__in=others).order_by("name").values_list("name", flat=True)) if others else []
