"""What casework adds to the menu, the start page and Vandaag, and how its history reads."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luisterloket.people.models import User
from luisterloket.people.roles import Permission
from luisterloket.platform import today as vandaag
from luisterloket.platform.models import HistoryEntry
from luisterloket.platform.registries import Beginning, NavigationItem, TodayItem, beginnings, landing, navigation, sentence, today

from . import permissions
from .domains import Severity
from .finding import names_of
from .models import Case, Check, Concern, Intake
from .signs import Threat

vandaag.names.offer(names_of)
ACUTE_FOR = timedelta(days=1)
TOLD_FOR = timedelta(days=2)
UNFINISHED_AT_MOST = 20
JOINED_AT_MOST = 10
LEFT_FOR = timedelta(days=3)

sentence("case.opened", "chat", gettext_lazy("%(who)s listened and opened this case."))
sentence("case.joined", "people", gettext_lazy("%(who)s joined this case."))
sentence("case.conversation_added", "chat", gettext_lazy("%(who)s listened again; it was added to this case."))
sentence("case.involved", "people", gettext_lazy("%(who)s involved %(user)s."))
sentence("check.done", "clipboard", gettext_lazy("%(who)s checked something."))
sentence("resident.registered", "person", gettext_lazy("%(who)s added the name."))
sentence("resident.amended", "edit", gettext_lazy("%(who)s changed who this is, or how to reach them."))
sentence("resident.merged", "people", gettext_lazy("%(who)s saw that two people we knew are one."))
sentence("resident.parted", "people", gettext_lazy("%(who)s undid that: these are two people."))
sentence("concern.added", "edit", gettext_lazy("%(who)s added a concern."))
sentence("concern.amended", "edit", gettext_lazy("%(who)s changed a concern."))
sentence("strength.added", "sprout", gettext_lazy("%(who)s added a strength."))
sentence("strength.amended", "sprout", gettext_lazy("%(who)s changed a strength."))
sentence("person.added", "people", gettext_lazy("%(who)s added someone who helps."))
sentence("person.amended", "people", gettext_lazy("%(who)s changed someone who helps."))
sentence("member.added", "people", gettext_lazy("%(who)s added someone to the household."))
sentence("member.changed", "edit", gettext_lazy("%(who)s changed someone of the household."))
sentence("member.left", "people", gettext_lazy("%(who)s wrote down that someone left the household."))
sentence("tie.added", "child", gettext_lazy("%(who)s added a parent or guardian."))
sentence("tie.ended", "child", gettext_lazy("%(who)s wrote down that someone is no longer the parent or guardian."))
sentence("reach.changed", "phone", gettext_lazy("%(who)s changed how someone is reached."))
sentence("representative.added", "scale", gettext_lazy("%(who)s added someone who decides or speaks for the resident."))
sentence("representative.changed", "scale", gettext_lazy("%(who)s changed who decides or speaks for the resident."))
sentence("pass_phrase.shown", "key", gettext_lazy("%(who)s looked at a pass phrase."))
sentence("case.protected", "lock", gettext_lazy("%(who)s kept this case for named people."))
sentence("case.protection_lifted", "unlock", gettext_lazy("%(who)s lifted the protection of a resident."))
sentence("case.person_named", "key", gettext_lazy("%(who)s named %(user)s, who may open this case."))
sentence("case.person_unnamed", "key", gettext_lazy("%(who)s took %(user)s off; they can no longer open this case."))
sentence("case.person_kept_out", "stop", gettext_lazy("%(who)s keeps %(user)s out of this case."))
sentence("case.person_let_in", "unlock", gettext_lazy("%(who)s no longer keeps %(user)s out of this case."))
sentence("case.taken_over", "swap", gettext_lazy("%(who)s took this case over, together with %(user)s."))
sentence("summary.made", "page", gettext_lazy("%(who)s made version %(version)s of the summary."))
sentence("summary.agreed", "check", gettext_lazy("%(who)s read the summary back; it was agreed."))


@navigation.register(order=10)
def first_places(user: Any) -> list[NavigationItem]:
    items = []
    if user.has(Permission.LISTEN) or _is_buddy(user):
        items.append(NavigationItem(gettext_lazy("Residents"), reverse("casework:residents"), "people", searches=True))
    if user.has(Permission.CONFIGURE_CONVENANT):
        items.append(NavigationItem(gettext_lazy("Languages"), reverse("casework:summary-languages"), "chat"))
    return items


@landing.register(order=10)
def start(user: Any) -> str | None:
    if user.has(Permission.LISTEN):
        return reverse("today")
    return reverse("casework:residents") if _is_buddy(user) else None


@beginnings.register(order=10)
def new_conversation(user: Any) -> list[Beginning]:
    return (
        [Beginning(gettext_lazy("New conversation"), reverse("casework:intake-start"), "chat")]
        if user.has(Permission.LISTEN)
        else []
    )


@today.register(order=10)
def acute_cases(user: Any) -> list[TodayItem]:
    """Cases of this owner with something acute of the last day, until something was asked or arranged for it."""
    arranged = HistoryEntry.objects.filter(case_id=OuterRef("case_id"), at__gte=OuterRef("heard_at"))
    acute = (
        Concern.objects.filter(case=OuterRef("pk"), severity=Severity.ACUTE, heard_at__gte=timezone.now() - ACUTE_FOR)
        # A threat that the law names has a line of its own, until the conversation was held.
        .exclude(sign__in=Threat.values)
        .exclude(Exists(arranged.exclude(thing_label__startswith="casework.")))
        .order_by("heard_at")
    )
    found = Case.objects.owned_by(user).under_way().annotate(acute_since=Subquery(acute.values("heard_at")[:1]))
    found = found.exclude(acute_since=None).order_by("acute_since")
    return [
        TodayItem(
            title=_("help is needed today"),
            url=case.get_absolute_url(),
            action=_("Arrange help"),
            why=_("You heard something acute. Ask a desk today, or arrange it in the wijk."),
            due_at=case.acute_since + ACUTE_FOR,
            tone="acute",
            state=_("Acute"),
            icon="warning",
            owner=user.name,
            case_id=case.pk,
        )
        for case in found
    ]


@today.register(order=40)
def joined_cases(user: Any) -> list[TodayItem]:
    """The owner is told who joined a case of theirs in the last two days."""
    joined = HistoryEntry.objects.filter(verb="case.joined", at__gte=timezone.now() - TOLD_FOR)
    owned = Case.objects.filter(owner=user).values("pk")
    found = list(joined.filter(case_id__in=owned).order_by("-at")[:JOINED_AT_MOST])
    names = dict(User.objects.filter(pk__in={entry.actor_id for entry in found}).values_list("pk", "name")) if found else {}
    return [
        TodayItem(
            title=_("%(who)s joined this case") % {"who": names.get(entry.actor_id, "")},
            url=reverse("casework:case", args=[entry.case_id]),
            action=_("Open the case"),
            state=_("Joined"),
            icon="people",
            case_id=entry.case_id,
        )
        for entry in found
    ]


@today.register(order=20)
def unfinished_conversations(user: Any) -> list[TodayItem]:
    """Conversations that this person has not finished yet; the name is what they typed themselves."""
    if not user.has(Permission.LISTEN):
        return []
    acute = Exists(Concern.objects.filter(intake=OuterRef("pk"), severity=Severity.ACUTE))
    found = Intake.objects.visible_to(user).open().filter(unit__in=user.units_with(Permission.LISTEN)).annotate(is_acute=acute)
    return [_unfinished(intake) for intake in found.order_by("-saved_at")[:UNFINISHED_AT_MOST]]


def _unfinished(intake: Any) -> TodayItem:
    name = intake.name.strip() or intake.known_as.strip()
    title = _("Conversation with %(name)s") % {"name": name} if name else _("Conversation without a name yet")
    if intake.is_acute:
        return TodayItem(
            title=title,
            url=reverse("casework:intake-conclude", args=[intake.pk]),
            action=_("Finish and arrange help"),
            tone="acute",
            why=_("Something is acute. Finish the conversation, that takes a minute; then ask for help at once."),
            due_at=intake.started_at + ACUTE_FOR,
            state=_("Acute"),
            icon="warning",
        )
    return TodayItem(
        title=title,
        url=intake.get_absolute_url(),
        action=_("Go on"),
        why=_("Not finished yet. Everything typed was saved."),
        state=_("Conversation"),
        icon="chat",
    )


@today.register(order=25)
def left_for_a_colleague(user: Any) -> list[TodayItem]:
    """Paused conversations that this person may take up. Who it is about comes with taking it up."""
    if not user.has(Permission.LISTEN):
        return []
    acute = Exists(Concern.objects.filter(intake=OuterRef("pk"), severity=Severity.ACUTE))
    found = Intake.objects.offered_to(user).select_related("held_by").annotate(is_acute=acute).order_by("offered_at")
    return [
        TodayItem(
            title=_("A conversation waits for a colleague to take it up")
            if intake.offered_to_id is None
            else _("%(who)s left a conversation for you") % {"who": intake.held_by.name},
            url=reverse("casework:intake-take-over", args=[intake.pk]),
            action=_("Look and take up"),
            why=_("%(who)s could not go on with it.") % {"who": intake.held_by.name},
            due_at=_left_at(intake) + (ACUTE_FOR if intake.is_acute else LEFT_FOR),
            tone="acute" if intake.is_acute else "waiting",
            state=_("Acute") if intake.is_acute else _("Conversation"),
            icon="warning" if intake.is_acute else "chat",
            owner=intake.held_by.name,
        )
        for intake in found[:UNFINISHED_AT_MOST]
    ]


def _left_at(intake: Any) -> datetime:
    moment: datetime = intake.offered_at
    return moment


@today.register(order=41)
def taken_over(user: Any) -> list[TodayItem]:
    """Who held a conversation is told who took it up, in the last two days."""
    found = HistoryEntry.objects.filter(
        verb="intake.taken_over", details__user=str(user.pk), at__gte=timezone.now() - TOLD_FOR, unit_id__in=user.acting.units
    ).order_by("-at")[:JOINED_AT_MOST]
    people = User.objects.in_bulk({entry.actor_id for entry in found}) if found else {}
    return [
        TodayItem(
            title=_("%(who)s took up your conversation") % {"who": people[entry.actor_id].name},
            url=f"mailto:{people[entry.actor_id].email}",
            action=_("Write to your colleague"),
            state=_("Taken up"),
            icon="people",
        )
        for entry in found
        if entry.actor_id in people
    ]


@today.register(order=45)
def checks_put_off(user: Any) -> list[TodayItem]:
    """What was put off until a day, from that day on, for who holds the conversation or owns the case."""
    mine = Q(case__owner=user) | Q(case=None, intake__held_by=user)
    due = Check.objects.filter(mine, status=Check.Status.POSTPONED, postponed_until__lte=timezone.localdate())
    due = due.exclude(case__status=Case.Status.ENDED)
    return [
        TodayItem(
            title=_("Time to check: %(what)s") % {"what": check.get_what_display()},
            url=reverse("casework:intake-checks", args=[check.intake_id]) + f"#{check.what}",
            action=_("Check, or put off"),
            why=_("It was put off until today. It is no condition for help."),
            state=_("Check"),
            icon="clipboard",
            case_id=check.case_id,
        )
        for check in due.order_by("postponed_until")[:UNFINISHED_AT_MOST]
    ]


@today.register(order=30)
def acute_with_colleagues(user: Any) -> list[TodayItem]:
    """For who divides the work: a colleague hears something acute right now."""
    units = user.units_with(Permission.DIVIDE_WORK)
    if not units:
        return []
    found = (
        Intake.objects.open().acute().filter(unit__in=units).exclude(held_by=user).select_related("held_by").order_by("started_at")
    )
    return [
        TodayItem(
            title=_("A colleague hears something acute"),
            url=reverse("casework:intake-acute", args=[intake.pk]),
            action=_("See who"),
            why=_("Ask whether help is needed."),
            due_at=intake.started_at + ACUTE_FOR,
            tone="acute",
            state=_("Acute"),
            icon="warning",
            owner=intake.held_by.name,
        )
        for intake in found
    ]


@today.register(order=15)
def left_alone(user: Any) -> list[TodayItem]:
    """For who divides the work: a protected case in which nobody who was named works any more. Nothing else is told of it."""
    return [
        TodayItem(
            title=_("A protected case has nobody left"),
            url=reverse("casework:case-take-over", args=[pk]),
            action=_("Take it over"),
            why=_("Those who may open it do not work here any more."),
            tone="acute",
            state=_("Nobody"),
            icon="warning",
            owner=user.name,
        )
        for pk in permissions.left_alone(user)
    ]


def _is_buddy(user: Any) -> bool:
    """Someone without the work of the wijk who may still be given a part in cases."""
    return any(post.role.code == "buddy" for post in user.posts)
