"""What casework adds to the menu, the start page and Vandaag, and how its history reads."""

from datetime import timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luisterloket.people.models import User
from luisterloket.people.roles import Permission
from luisterloket.platform import today as vandaag
from luisterloket.platform.models import HistoryEntry
from luisterloket.platform.registries import Beginning, NavigationItem, TodayItem, beginnings, landing, navigation, sentence, today

from .domains import Severity
from .finding import names_of
from .models import Case, Concern, Intake

vandaag.names.offer(names_of)
ACUTE_FOR = timedelta(days=1)
TOLD_FOR = timedelta(days=2)
UNFINISHED_AT_MOST = 20
JOINED_AT_MOST = 10

sentence("case.opened", "chat", gettext_lazy("%(who)s listened and opened this case."))
sentence("case.joined", "people", gettext_lazy("%(who)s joined this case."))
sentence("case.involved", "people", gettext_lazy("%(who)s involved %(user)s."))
sentence("concern.added", "edit", gettext_lazy("%(who)s added a concern."))
sentence("concern.amended", "edit", gettext_lazy("%(who)s changed a concern."))
sentence("strength.added", "sprout", gettext_lazy("%(who)s added a strength."))
sentence("strength.amended", "sprout", gettext_lazy("%(who)s changed a strength."))
sentence("person.added", "people", gettext_lazy("%(who)s added someone who helps."))
sentence("person.amended", "people", gettext_lazy("%(who)s changed someone who helps."))
sentence("summary.made", "page", gettext_lazy("%(who)s made version %(version)s of the summary."))
sentence("summary.agreed", "check", gettext_lazy("%(who)s read the summary back; it was agreed."))


@navigation.register(order=10)
def first_places(user: Any) -> list[NavigationItem]:
    items = []
    if user.has(Permission.LISTEN):
        items.append(NavigationItem(gettext_lazy("Today"), reverse("today"), "sun"))
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
        .exclude(Exists(arranged.exclude(thing_label__startswith="casework.")))
        .order_by("heard_at")
    )
    found = Case.objects.visible_to(user).filter(owner=user).annotate(acute_since=Subquery(acute.values("heard_at")[:1]))
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


def _is_buddy(user: Any) -> bool:
    """Someone without the work of the wijk who may still be given a part in cases."""
    return any(post.role.code == "buddy" for post in user.posts)
