"""How soon a desk and the loket act: a dated table with sources, and the times at which the clock of an answer stood still."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from backoffice.transitions import Clock
from casework.models import Case
from luisterloket.people.models import Unit, User
from luisterloket.platform.models import UUIDModel

from .desks import Desk, Kind, Urgency


class Measure(models.TextChoices):
    """In what a term is counted. Weeks and months are of the calendar, and move along the Algemene termijnenwet."""

    OPENING_HOURS = "opening_hours", _("opening hours")
    WORKING_DAYS = "working_days", _("working days")
    WEEKS = "weeks", _("weeks")
    MONTHS = "months", _("months")


# Measures of the calendar: the hours of the desk do not matter for these.
OF_THE_CALENDAR = frozenset({Measure.WEEKS, Measure.MONTHS})


class Term(UUIDModel):
    """How long a desk (or, for `reply` and `tell`, the loket) may take for a kind of request, from a day on.

    Append-only: another term is another row. Of one kind, urgency and clock the row with the latest `valid_from` holds, and of
    one day that which was made last.
    """

    class Source(models.TextChoices):
        CONVENANT = "convenant", _("Service term of the convenant")
        LAW = "law", _("Law")

    desk = models.ForeignKey(Desk, on_delete=models.PROTECT, related_name="terms")
    kind = models.CharField(max_length=15, choices=Kind)
    urgency = models.CharField(max_length=10, choices=Urgency)
    clock = models.CharField(max_length=10, choices=Clock)
    amount = models.PositiveSmallIntegerField()
    measure = models.CharField(max_length=15, choices=Measure)
    valid_from = models.DateField()
    source = models.CharField(max_length=10, choices=Source, default=Source.CONVENANT)
    # Of a term of the law: where it stands, and when someone last read that it still does.
    law = models.CharField(max_length=100, blank=True)
    article = models.CharField(max_length=50, blank=True)
    checked_on = models.DateField(null=True, blank=True)
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-valid_from", "-made_at"]
        constraints = [
            models.CheckConstraint(name="a_term_takes_time", condition=Q(amount__gt=0)),
            models.CheckConstraint(
                name="a_term_of_the_law_says_which",
                condition=~Q(source="law") | (~Q(law="") & ~Q(article="") & Q(checked_on__isnull=False)),
            ),
        ]
        indexes = [models.Index(fields=["desk", "kind", "urgency", "clock", "-valid_from"], name="terms_of_a_desk")]

    def __str__(self) -> str:
        return f"{self.amount} {self.get_measure_display()}"

    @property
    def of_the_calendar(self) -> bool:
        return self.measure in OF_THE_CALENDAR

    @property
    def where(self) -> str:
        """The source, as one writes it down."""
        return f"{self.law}, {self.article}" if self.source == self.Source.LAW else str(self.Source(self.source).label)


class Pause(UUIDModel):
    """A time during which the clock of an answer stands still, on one of the grounds that the law names, until a day at most."""

    class Ground(models.TextChoices):
        """Why a term may stand still (article 4:15 Awb). The same grounds hold for a service term."""

        COMPLETING = "completing", _("The resident must add something that is missing")
        ABROAD = "abroad", _("Information must come from an authority abroad")
        AGREED = "agreed", _("The resident agreed in writing to wait")
        RESIDENT = "resident", _("The delay is on the side of the resident")
        FORCE_MAJEURE = "force_majeure", _("Force majeure: it cannot be decided now")

    request = models.ForeignKey("SpecialistRequest", on_delete=models.PROTECT, related_name="pauses")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    desk_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    ground = models.CharField(max_length=15, choices=Ground)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    started_at = models.DateTimeField()
    # At the latest: from this moment the clock runs again, also when nobody does anything.
    until = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["started_at"]
        constraints = [
            models.UniqueConstraint(fields=["request"], condition=Q(ended_at=None), name="one_pause_at_a_time"),
            models.CheckConstraint(name="a_pause_ends_later", condition=Q(until__gt=models.F("started_at"))),
        ]

    @property
    def article(self) -> str:
        """Where the ground stands in the law."""
        return str(ARTICLE[self.Ground(self.ground)])


ARTICLE = {
    Pause.Ground.COMPLETING: _("Awb, article 4:15, paragraph 1 under a"),
    Pause.Ground.ABROAD: _("Awb, article 4:15, paragraph 1 under b"),
    Pause.Ground.AGREED: _("Awb, article 4:15, paragraph 2 under a"),
    Pause.Ground.RESIDENT: _("Awb, article 4:15, paragraph 2 under b"),
    Pause.Ground.FORCE_MAJEURE: _("Awb, article 4:15, paragraph 2 under c"),
}
