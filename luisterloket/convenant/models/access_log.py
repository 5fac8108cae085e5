"""Who looked at whose data, for what purpose and on what ground."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone

from luisterloket.people.models import User
from luisterloket.platform.models import UUIDModel


class AccessLogEntry(UUIDModel):
    """One look at personal data: who, whose, what, when and why. One entry for a list, with all its subjects.

    The fields follow BIO2 8.15.01 and NEN 7513: event, time, actor, on whose behalf, object, purpose, ground, outcome.
    """

    at = models.DateTimeField(default=timezone.now)
    actor_id = models.UUIDField()
    role = models.CharField(max_length=20)
    unit_id = models.UUIDField(null=True)
    organisation_id = models.UUIDField(null=True)
    purpose = models.CharField(max_length=50)
    ground_kind = models.CharField(max_length=30)
    ground_id = models.UUIDField(null=True)
    convenant_version_id = models.UUIDField(null=True)
    what = models.CharField(max_length=60)
    categories = ArrayField(models.CharField(max_length=50))
    subjects = ArrayField(models.UUIDField())
    case_id = models.UUIDField(null=True)
    trace_id = models.CharField(max_length=32, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["-at"], name="access_log_newest_first"),
            models.Index(fields=["case_id", "-at"], name="access_log_of_a_case"),
        ]

    @property
    def actor(self) -> User | None:
        return User.objects.filter(pk=self.actor_id).first()
