"""How someone wants to hear of what happens, besides in the application."""

from datetime import datetime, time
from typing import Self

from django.conf import settings
from django.db import models

from luisterloket.people.quiet import QuietHours
from luisterloket.platform.notifications import Group, How, Kind, Mail

from .accounts import User


class NotificationSettings(models.Model):
    """What one person chose. Who chose nothing has what the house set (`by_default`)."""

    user = models.OneToOneField(User, primary_key=True, on_delete=models.CASCADE, related_name="+")
    # Code of a group of kinds -> code of how.
    choices = models.JSONField(default=dict)
    is_quiet = models.BooleanField()
    quiet_from = models.TimeField()
    quiet_until = models.TimeField()
    days_off = models.BooleanField()
    urgent_passes = models.BooleanField()
    language = models.CharField(max_length=5, choices=settings.LANGUAGES)

    def __str__(self) -> str:
        return f"notification settings of {self.pk}"

    @classmethod
    def by_default(cls, user: User | None = None) -> Self:
        begins, _dash, ends = settings.QUIET_HOURS.partition("-")
        return cls(
            user=user,
            is_quiet=bool(ends),
            quiet_from=time.fromisoformat(begins or "18:00"),
            quiet_until=time.fromisoformat(ends or "08:00"),
            days_off=True,
            urgent_passes=False,
            language=settings.LANGUAGE_CODE,
        )

    def how(self, group: Group) -> How:
        """What duty asks is mailed, whatever was chosen."""
        return How.MAIL if group.duty else How(self.choices.get(group.code, How.MAIL))

    def mail(self, kind: Kind, now: datetime) -> Mail | None:
        """When this kind is mailed to this person; None when it only stands in the application."""
        how = self.how(kind.group)
        if how == How.APP:
            return None
        if how == How.DIGEST:
            return Mail(self.next_digest(now), in_digest=True)
        passes = kind.at_any_hour or (kind.urgent and self.urgent_passes)
        return Mail(now if passes else self._quiet.after(now))

    def next_digest(self, now: datetime) -> datetime:
        return self._quiet.next_digest(now, time.fromisoformat(settings.DIGEST_AT))

    @property
    def _quiet(self) -> QuietHours:
        if not self.is_quiet:
            return QuietHours(time(), time(), days_off=False)
        return QuietHours(self.quiet_from, self.quiet_until, self.days_off)
