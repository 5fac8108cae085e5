"""The plan on paper: in plain words, without what is kept from who reads it, and read by a second person where that is asked.

What is left out is decided by `disclose(…, readers=…)`. Free text cannot be cut to measure, so as soon as anything of the case
is kept from someone at home, a colleague who wrote nothing of the plan reads this very text first (decisions 0018 and 0020).
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Max
from django.utils import timezone

from luisterloket.people.models import User
from luisterloket.platform.encryption import lookup_hashes
from luisterloket.platform.models import HistoryEntry

from .models import Case, Goal, PlanStep, Withheld
from .plan_page import GoalRow, PlanPage, StepRow, plan_page
from .withholding import is_kept_from_paper, last_came, readers_of

READ, ASKED = "plan.read", "plan.check_asked"
# How long back somebody may still be waiting for a reader.
WAITS_FOR = timedelta(days=14)
# What is on the sheet: these in their own words, and of the others this. Never “tomorrow”, which is another word every day.
WORDS = ("name", "goal")
TOLD = ("says", "kind", "who", "resident", "guard", "due_on", "status", "answer", "effect", "domain", "severity", "moment", "on")


@dataclass(frozen=True)
class Sheet:
    """What goes along, for whom, and whether it may."""

    page: PlanPage
    reader: UUID | None
    fingerprint: str
    # Whether something of the case is kept from someone at home.
    kept: bool
    # A colleague who wrote nothing of it read this very text.
    is_read: bool
    # Whether who looks could be that colleague.
    may_read_along: bool
    # A colleague was asked to read this very text.
    is_asked: bool

    @property
    def may_go(self) -> bool:
        return not self.kept or self.is_read

    @property
    def goals(self) -> list[GoalRow]:
        return self.page.goals

    @property
    def loose(self) -> list[StepRow]:
        return [row for row in self.page.loose if on_sheet(row)]


def on_sheet(row: StepRow) -> bool:
    """What was declined or stopped is not part of what was agreed."""
    return not row.declined and row.item.details["status"] != PlanStep.Status.STOPPED


def paper_of(case: Case, user: User, *, reader: UUID | None) -> Sheet:
    """The plan for one of the household, or (without `reader`) for everyone at home. The look is kept."""
    page = plan_page(case, user, what="plan on paper", readers=readers_of(case, reader))
    kept = is_kept_from_paper(case, user)
    # With a new look-up key in front, what was read under the one before was read.
    fingerprints = _fingerprints(page, reader)
    authors = authors_of(case) if kept else set()
    done = HistoryEntry.objects.filter(case_id=case.pk, verb=READ, details__fingerprint__in=fingerprints).exclude(
        actor_id__in=authors
    )
    last = _last_that_matters(case, reader)
    is_read = kept and (done.filter(at__gte=last) if last else done).exists()
    may_read_along = kept and not is_read and user.pk not in authors
    asked = HistoryEntry.objects.filter(case_id=case.pk, verb=ASKED, details__fingerprint__in=fingerprints)
    if last:
        asked = asked.filter(at__gte=last)
    return Sheet(page, reader, fingerprints[0], kept, is_read, may_read_along, kept and not is_read and asked.exists())


def plans_to_read(user: User) -> list[HistoryEntry]:
    """What colleagues asked this person to read, that nobody has read yet: one for each case, the last one asked first."""
    cases = Case.objects.visible_to(user).values("pk")
    since = timezone.now() - WAITS_FOR
    found = HistoryEntry.objects.filter(case_id__in=cases, verb__in=[ASKED, READ], at__gte=since).order_by("-at")
    read: set[str] = set()
    waits: dict[UUID | None, HistoryEntry] = {}
    for entry in found[:200]:
        fingerprint = entry.details["fingerprint"]
        if entry.verb == READ:
            read.add(fingerprint)
        elif fingerprint not in read and entry.actor_id != user.pk:
            waits.setdefault(entry.case_id, entry)
    return [entry for entry in waits.values() if user.pk not in authors_of(Case(pk=entry.case_id))]


def _last_that_matters(case: Case, reader: UUID | None) -> datetime | None:
    """When something was last kept from someone or, of what is for everyone at home, someone came to live there: the words may
    betray that too, so they are read again.
    """
    kept = Withheld.objects.in_force().filter(case=case).aggregate(last=Max("since"))["last"]
    return max(filter(None, (kept, None if reader else last_came(case.pk))), default=None)


def authors_of(case: Case) -> set[UUID]:
    """Everyone who wrote in the goals and steps of this plan: none of them is its second reader."""
    found: set[UUID] = set()
    for model in (Goal, PlanStep):
        past = model.history.filter(case_id=case.pk).order_by()
        found |= {pk for pk in past.values_list("history_user_id", flat=True).distinct() if pk}
    return found


def _fingerprints(page: PlanPage, reader: UUID | None) -> tuple[str, ...]:
    """Tell whether it is the same text for the same reader, and nothing of its content. Newest key first."""
    said = [
        " ".join([item.key, item.text if item.kind in WORDS else "", *(str(item.details.get(name, "")) for name in TOLD)])
        for kind in (*WORDS, "plan_step", "reading")
        for item in page.disclosed.of(kind)
    ]
    return lookup_hashes("\n".join([str(reader), *said]), "plan")
