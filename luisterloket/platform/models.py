"""Tables about no domain: done commands, history, outbox, drafts."""

from typing import Self
from uuid import uuid4

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .encryption import EncryptedTextField


class UUIDModel(models.Model):
    """Ids are made here, not in the database: an INSERT under row-level security cannot always read back its row."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)

    class Meta:
        abstract = True

    def put(self) -> Self:
        """Check fields and rules, then insert; raises `ValidationError` in the user's words.

        What it points at was fetched by the action, so relations are left to the database's own keys.
        """
        self.full_clean(exclude=[field.name for field in self._meta.concrete_fields if field.is_relation])
        self.save(force_insert=True)
        return self


class Command(models.Model):
    """A command that was carried out, so that sending it again has no second effect. Ids and a fingerprint only."""

    key = models.UUIDField(primary_key=True)
    actor_id = models.UUIDField(null=True)
    action = models.CharField(max_length=200)
    content = models.CharField(max_length=64)
    result_label = models.CharField(max_length=100)
    result_id = models.CharField(max_length=40)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"command {self.key}"


class HistoryEntry(UUIDModel):
    """One thing done. Never changed or removed; holds no foreign keys, so that erasing a resident is not blocked."""

    class ActorKind(models.TextChoices):
        PERSON = "person", _("person")
        JOB = "job", _("background job")

    at = models.DateTimeField(default=timezone.now)
    actor_id = models.UUIDField(null=True)
    actor_kind = models.CharField(max_length=10, choices=ActorKind)
    verb = models.CharField(max_length=60)
    thing_label = models.CharField(max_length=60)
    thing_id = models.UUIDField()
    unit_id = models.UUIDField(null=True)
    desk_unit_id = models.UUIDField(null=True)
    case_id = models.UUIDField(null=True)
    details = models.JSONField(default=dict)

    class Meta:
        indexes = [
            models.Index(fields=["case_id", "-at"], name="history_of_a_case"),
            models.Index(fields=["thing_id", "-at"], name="history_of_a_thing"),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.thing_id}"


class OutboxEvent(UUIDModel):
    """Something to tell after commit. Ids only."""

    at = models.DateTimeField(default=timezone.now)
    event = models.CharField(max_length=60)
    thing_label = models.CharField(max_length=60)
    thing_id = models.UUIDField()
    unit_id = models.UUIDField(null=True)
    delivered_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["at"], name="outbox_waiting", condition=models.Q(delivered_at=None))]

    def __str__(self) -> str:
        return f"{self.event} {self.thing_id}"


class Draft(UUIDModel):
    """What someone is typing in a form, kept until it is sent. One per person and form; encrypted, without history."""

    owner_id = models.UUIDField()
    form = models.CharField(max_length=120)
    revision = models.PositiveIntegerField(default=0)
    content = EncryptedTextField(subject="owner_id")
    unit_id = models.UUIDField(null=True)
    case_id = models.UUIDField(null=True)
    saved_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner_id", "form"], name="one_draft_per_person_and_form")]

    def __str__(self) -> str:
        return f"draft {self.pk}"


class JobRun(UUIDModel):
    """One run of a background job: when, how long, how many things it did, and the kind of error. Never a text."""

    class Status(models.TextChoices):
        ASKED = "asked", _("Asked for")
        RUNNING = "running", _("Runs now")
        DONE = "done", _("Done")
        FAILED = "failed", _("Failed")

    # The name of beat's schedule.
    job = models.CharField(max_length=100)
    status = models.CharField(max_length=10, choices=Status)
    at = models.DateTimeField(default=timezone.now)
    started_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    count = models.IntegerField(null=True, blank=True)
    # The class of the exception: its message could hold anything.
    failed_as = models.CharField(max_length=100, blank=True, default="")
    asked_by_id = models.UUIDField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["job", "-at"], name="runs_of_a_job")]

    def __str__(self) -> str:
        return f"{self.job} {self.at:%Y-%m-%d %H:%M}"


class JobFlag(UUIDModel):
    """A job that did not run in its time, or kept failing: told once, for as long as it lasts."""

    class Reason(models.TextChoices):
        LATE = "late", _("Did not run in time")
        FAILING = "failing", _("Keeps failing")

    job = models.CharField(max_length=100)
    reason = models.CharField(max_length=10, choices=Reason)
    flagged_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["job"], name="one_flag_per_job", condition=models.Q(ended_at=None))]

    def __str__(self) -> str:
        return f"{self.job} {self.reason}"
