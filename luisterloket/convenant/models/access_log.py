"""Who looked at whose data, for what purpose and on what ground: two logs, and the seals that show that neither was changed.

The access log names who looked (BIO2 8.15.01, NEN 7513); the processing log names no user and has one line for each resident, as
the standard Logboek Dataverwerkingen (LDV) asks. They share a trace, and each line hangs under the span of its entry.
"""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from luisterloket.people.models import User
from luisterloket.platform.models import UUIDModel


class AccessLogEntry(UUIDModel):
    """One look at personal data: who, whose, what, when, why and from where. One entry for a list, with all its subjects.

    The fields follow BIO2 8.15.01 and NEN 7513: event, time, actor, on whose behalf, object, purpose, ground, origin, outcome.
    """

    class Result(models.TextChoices):
        GIVEN = "given", _("given")
        # The ground held, and there was nothing that the convenant gives.
        NOTHING = "nothing", _("nothing to give")
        # The ground did not hold. Who asked was told no more than that.
        DENIED = "denied", _("refused")

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
    result = models.CharField(max_length=8, choices=Result, default=Result.GIVEN)
    break_glass = models.BooleanField(default=False)
    # From where: the address on the network, the kind of program, and a reference that is the same within one session.
    address = models.CharField(max_length=45, blank=True)
    client = models.CharField(max_length=10, blank=True)
    session = models.CharField(max_length=16, blank=True)
    trace_id = models.CharField(max_length=32, blank=True)
    span_id = models.CharField(max_length=16, blank=True)
    # What the log itself was searched for: ids and codes only.
    details = models.JSONField(default=dict)

    class Meta:
        indexes = [
            models.Index(fields=["-at"], name="access_log_newest_first"),
            models.Index(fields=["case_id", "-at"], name="access_log_of_a_case"),
            models.Index(fields=["actor_id", "-at"], name="access_log_of_a_person"),
            models.Index(fields=["span_id"], name="access_log_of_a_span"),
            models.Index(fields=["-at"], name="access_log_refused", condition=models.Q(result="denied")),
            models.Index(fields=["-at"], name="access_log_break_glass", condition=models.Q(break_glass=True)),
        ]

    def __str__(self) -> str:
        return f"look {self.pk}"

    @property
    def actor(self) -> User | None:
        return User.objects.filter(pk=self.actor_id).first()


class ProcessingLogEntry(UUIDModel):
    """One line of the processing log in the fields of LDV: what was done with the data of one resident, and no user."""

    class Status(models.TextChoices):
        UNSET = "Unset"
        OK = "Ok"
        ERROR = "Error"

    at = models.DateTimeField(default=timezone.now)
    trace_id = models.CharField(max_length=32)
    span_id = models.CharField(max_length=16)
    # The span of the entry of the access log.
    parent_span_id = models.CharField(max_length=16)
    status = models.CharField(max_length=5, choices=Status)
    name = models.CharField(max_length=60)
    start_ms = models.BigIntegerField()
    end_ms = models.BigIntegerField()
    # `dpl.core.processing_activity_id`: where the register of processing tells of this purpose in this version.
    processing_activity_id = models.CharField(max_length=300)
    # `dpl.core.data_subject_id`: a keyed hash, which only this application can make from a resident.
    data_subject_id = models.CharField(max_length=64, db_collation="C")
    data_subject_id_type = models.CharField(max_length=200)

    class Meta:
        indexes = [
            models.Index(fields=["-at"], name="processing_log_newest_first"),
            models.Index(fields=["data_subject_id", "-at"], name="processing_log_of_a_resident"),
            models.Index(fields=["parent_span_id"], name="processing_log_of_a_look"),
        ]

    def __str__(self) -> str:
        return f"processing {self.span_id}"


class LogSegment(UUIDModel):
    """A sealed stretch of one log: its digest is made of every entry in it and of the digest before it."""

    class Log(models.TextChoices):
        ACCESS = "access", _("access log")
        PROCESSING = "processing", _("processing log")

    log = models.CharField(max_length=10, choices=Log)
    number = models.PositiveIntegerField()
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()
    count = models.PositiveIntegerField()
    previous = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=64)
    sealed_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["log", "number"]
        constraints = [models.UniqueConstraint(fields=["log", "number"], name="log_segment_once")]

    def __str__(self) -> str:
        return f"{self.log} {self.number}"


class LogMember(models.Model):
    """An entry in its segment, with its place and its own digest."""

    entry_id = models.UUIDField(primary_key=True)
    segment = models.ForeignKey(LogSegment, on_delete=models.PROTECT, related_name="members")
    place = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["segment", "place"], name="log_member_once_in_its_place")]

    def __str__(self) -> str:
        return f"{self.segment_id} {self.place}"


class DroppedSegment(models.Model):
    """A segment whose entries were dropped whole because their term had passed. Its seal stays in the chain."""

    segment = models.OneToOneField(LogSegment, on_delete=models.PROTECT, primary_key=True, related_name="dropped")
    dropped_at = models.DateTimeField()
    # The term that was held against it, and where that comes from.
    months = models.PositiveSmallIntegerField()
    source = models.CharField(max_length=200)

    def __str__(self) -> str:
        return f"dropped {self.segment_id}"
