"""Tables about no domain: done commands, history, outbox, notifications, drafts."""

from datetime import datetime
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
    # After a failure it rests until then.
    next_try_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["at"], name="outbox_waiting", condition=models.Q(delivered_at=None)),
            # What came later about the same thing waits for it.
            models.Index(fields=["thing_id"], name="outbox_failing", condition=models.Q(delivered_at=None, attempts__gt=0)),
        ]

    def __str__(self) -> str:
        return f"{self.event} {self.thing_id}"


class NotificationQuerySet(models.QuerySet):
    def unread(self) -> "NotificationQuerySet":
        return self.filter(read_at=None)

    def to_mail(self, now: datetime) -> "NotificationQuerySet":
        """What is to be mailed by now. What was read in the application meanwhile is not mailed any more."""
        return self.filter(mail_at__lte=now, mailed_at=None, read_at=None)


class Notification(UUIDModel):
    """That something happened which concerns one person: once for an event, however often that is told.

    Ids and a kind: the words are the kind's, and say nothing of whom or what it is about (decision 41).
    """

    event_id = models.UUIDField()
    recipient_id = models.UUIDField()
    kind = models.CharField(max_length=60)
    # Where it leads, of our own; empty when there is nothing left to see.
    path = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    # When it goes out by mail, alone or in a digest; empty when it does not.
    mail_at = models.DateTimeField(null=True)
    in_digest = models.BooleanField(default=False)
    mailed_at = models.DateTimeField(null=True)

    objects = NotificationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["event_id", "recipient_id"], name="told_once"),
            models.CheckConstraint(
                name="mailed_only_when_planned", condition=models.Q(mailed_at=None) | models.Q(mail_at__isnull=False)
            ),
        ]
        indexes = [
            models.Index(fields=["recipient_id"], name="notifications_unread", condition=models.Q(read_at=None)),
            models.Index(fields=["recipient_id", "-at"], name="notifications_of_a_person"),
            models.Index(
                fields=["mail_at", "recipient_id"],
                name="notifications_to_mail",
                condition=models.Q(mail_at__isnull=False, mailed_at=None, read_at=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class MailQueue(models.Model):
    """Whose mails go out one by one, in order. After a failure all of them rest, so that none overtakes another."""

    recipient_id = models.UUIDField(primary_key=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    # Since when it fails, why (the name of an error), and until when it rests.
    failing_since = models.DateTimeField(null=True)
    error = models.CharField(max_length=60, blank=True)
    next_try_at = models.DateTimeField(null=True)
    # The last morning of which the digest went out.
    digest_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"mails of {self.pk}"


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
