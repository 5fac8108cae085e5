"""How a change in a case reads: which rows of the past may be told to whom, and in what words."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luisterloket.convenant.identity_numbers import CATEGORY
from luisterloket.platform.templatetags.ui import when, when_amid

from .domains import CATEGORY_OF, LifeDomain, Severity
from .models import (
    Case,
    CaseMember,
    Concern,
    Document,
    FollowUp,
    Goal,
    IdentityNumber,
    Letter,
    Meeting,
    PlanStep,
    Reading,
    Resident,
    RuleException,
    Strength,
    SupportPerson,
    category_of_exception,
)
from .models.plans import category_of_domain
from .signs import SAFETY, SIGNS, SafetySign, category_of_concern

# What someone is called when a name is not for this reader, or not known.
SOMEONE = gettext_lazy("this resident")
NOTHING = gettext_lazy("nothing")


@dataclass(frozen=True)
class Told:
    """How one field reads: what it is called in a sentence, how its value is written, and to which category it belongs."""

    label: Any
    shown: Callable[[Any], Any] = str
    category: str = ""


@dataclass(frozen=True)
class Kind:
    """How the past of one kind of row is told."""

    model: Any
    icon: str
    began: Any
    # The field that says what it is, and the others.
    says: str
    others: Mapping[str, Told]
    # The rows of this case that may be told; the categories a row belongs to as a whole.
    of_case: Callable[[Case, frozenset[str]], Any]
    categories: Callable[[Any], frozenset[str]] = field(default=lambda row: frozenset())
    # A whole sentence for what is never told in its own words.
    wordless: Callable[[Any], Any] | None = None


def _domain(code: str) -> Any:
    return LifeDomain(code).label if code else ""


def _concerns(case: Case, allowed: frozenset[str]) -> QuerySet:
    domains = [domain for domain, category in CATEGORY_OF.items() if category in allowed]
    found = Concern.objects.filter(case=case)
    rows = Q(domain__in=domains) & ~Q(sign__in=SafetySign.values)
    if SAFETY in allowed:
        rows |= Q(sign__in=SafetySign.values)
    else:
        # What turned out to be a sign that someone is not safe takes its past along.
        found = found.exclude(sign__in=SafetySign.values)
    return Concern.history.filter(rows, id__in=found.values("pk"))


def _strengths(case: Case, allowed: frozenset[str]) -> QuerySet:
    found = Strength.history.filter(id__in=Strength.objects.filter(case=case).values("pk"))
    return found if "strengths" in allowed else found.none()


def _people(case: Case, allowed: frozenset[str]) -> QuerySet:
    found = SupportPerson.history.filter(id__in=SupportPerson.objects.filter(case=case).values("pk"))
    return found if "network" in allowed else found.none()


def _residents(case: Case, allowed: frozenset[str]) -> QuerySet:
    """Only what was put right: that someone was written down is the beginning of the case."""
    members = CaseMember.objects.filter(case=case)
    if "household" not in allowed:
        members = members.filter(part=CaseMember.Part.MAIN)
    found = Resident.history.filter(id__in=members.values("resident_id"), history_type="~")
    return found if allowed & {"identity", "contact"} else found.none()


def _numbers(case: Case, allowed: frozenset[str]) -> QuerySet:
    found = IdentityNumber.history.filter(resident__in=CaseMember.objects.filter(case=case).values("resident_id"))
    return found if CATEGORY in allowed else found.none()


def _number(row: Any) -> Any:
    """That a number was written down or taken out; which one is told nowhere."""
    if not row.number:
        return gettext_lazy("%(who)s removed an identity number.")
    if row.earlier is None:
        return gettext_lazy("%(who)s wrote down an identity number.")
    return gettext_lazy("%(who)s changed an identity number.")


def _meetings(case: Case, allowed: frozenset[str]) -> QuerySet:
    found = Meeting.history.filter(case_id=case.pk, ended="")
    return found if "contact" in allowed else found.none()


def _exceptions(case: Case, allowed: frozenset[str]) -> QuerySet:
    found = RuleException.objects.filter(case=case)
    return RuleException.history.filter(id__in=[one.pk for one in found if one.category in allowed])


def _meeting(row: Any) -> Any:
    """For when an appointment was made, or to when it was moved; with whom and why stands on its page."""
    said = _("an appointment for %(day)s (%(kind)s)") % {
        "day": when_amid(row.starts_at),
        "kind": str(row.get_kind_display()).lower(),
    }
    made = _("%(who)s made %(what)s.") if row.history_type == "+" else _("%(who)s changed an appointment: it is now %(what)s.")
    return made.replace("%(what)s", said.replace("%", "%%"))


def _follow_ups(case: Case, allowed: frozenset[str]) -> QuerySet:
    """Only what was moved or given away: that there is a next one goes without saying, and what was done the timeline tells."""
    found = FollowUp.history.filter(case_id=case.pk, done_at=None, history_type="~")
    return found if FollowUp.CATEGORY in allowed else found.none()


def _follow_up(row: Any) -> Any:
    """To what day; why it was moved stands on its page."""
    said = _("%(who)s gave the next contact another day or owner: %(day)s.")
    return said.replace("%(day)s", when_amid(row.due_on).replace("%", "%%"))


def _of_plan(model: Any) -> Callable[[Case, frozenset[str]], QuerySet]:
    """Rows of the plan by the life domain that they had; who they are for now decides too."""

    def found(case: Case, allowed: frozenset[str]) -> QuerySet:
        domains = [domain for domain in ("", *LifeDomain.values) if category_of_domain(domain) in allowed]
        now = model.objects.filter(case=case, domain__in=domains)
        return model.history.filter(case_id=case.pk, domain__in=domains, id__in=now.values("pk"))

    return found


def _category_of_row(row: Any) -> frozenset[str]:
    return frozenset({category_of_domain(row.domain)})


def _reading(row: Any) -> Any:
    said = f"{_domain(row.domain)}: {_small(Severity(row.severity).label)}"
    return _("%(who)s noted how it goes: %(what)s").replace("%(what)s", said)


def _documents(case: Case, allowed: frozenset[str]) -> QuerySet:
    """Of what was wiped nothing is told but that it was: that stands on the timeline."""
    found = Document.objects.filter(case=case, category__in=allowed, wiped_at=None)
    return Document.history.filter(id__in=found.values("pk"), category__in=allowed)


def _document(row: Any) -> Any:
    if row.history_type == "+":
        return gettext_lazy("%(who)s added a document.")
    if row.removed_at is not None:
        return gettext_lazy("%(who)s took a document off.")
    return gettext_lazy("%(who)s described a document better.")


def _letters(case: Case, allowed: frozenset[str]) -> QuerySet:
    found = Letter.objects.filter(case=case, categories__contained_by=sorted(allowed))
    return Letter.history.filter(id__in=found.values("pk"))


def _letter(row: Any) -> Any:
    return {
        Letter.Status.DRAFT: gettext_lazy("%(who)s worked on a letter."),
        Letter.Status.FIXED: gettext_lazy("%(who)s made a letter ready."),
        Letter.Status.SENT: gettext_lazy("%(who)s sent a letter."),
        Letter.Status.DROPPED: gettext_lazy("%(who)s did not send a letter after all."),
    }[row.status]


QUOTE = Told(gettext_lazy("in their own words"))
KINDS = [
    Kind(
        Concern,
        "edit",
        gettext_lazy("%(who)s noted a concern: %(after)s"),
        "text",
        {
            "severity": Told(gettext_lazy("how it goes"), lambda value: Severity(value).label),
            "domain": Told(gettext_lazy("about"), _domain),
            "since": Told(gettext_lazy("since when")),
            "who_helps": Told(gettext_lazy("who helps")),
            "sign": Told(gettext_lazy("a sign of"), lambda value: dict(SIGNS).get(value, "")),
            "talked_on": Told(gettext_lazy("first conversation held"), when),
            "quote": QUOTE,
        },
        _concerns,
        lambda row: frozenset({category_of_concern(row.domain, row.sign)}),
    ),
    Kind(
        Strength,
        "sprout",
        gettext_lazy("%(who)s noted a strength: %(after)s"),
        "text",
        {"domain": Told(gettext_lazy("about"), _domain), "quote": QUOTE},
        _strengths,
        lambda row: frozenset({"strengths"}),
    ),
    Kind(
        SupportPerson,
        "people",
        gettext_lazy("%(who)s noted someone who helps: %(after)s"),
        "name",
        {"relation": Told(gettext_lazy("how they know each other")), "can_do": Told(gettext_lazy("can do")), "quote": QUOTE},
        _people,
        lambda row: frozenset({"network"}),
    ),
    Kind(
        Resident,
        "person",
        "",
        "name",
        {
            "known_as": Told(gettext_lazy("also known as"), category="identity"),
            "born": Told(gettext_lazy("born"), category="identity"),
            "language": Told(gettext_lazy("language"), category="identity"),
            "phone": Told(gettext_lazy("telephone"), category="contact"),
            "address": Told(gettext_lazy("address"), category="contact"),
        },
        _residents,
    ),
    Kind(
        Goal,
        "flag",
        gettext_lazy("%(who)s noted a goal: %(after)s"),
        "text",
        {
            "domain": Told(gettext_lazy("about"), _domain),
            "status": Told(gettext_lazy("how it is"), lambda value: Goal.Status(value).label),
        },
        _of_plan(Goal),
        _category_of_row,
    ),
    Kind(
        PlanStep,
        "clipboard",
        gettext_lazy("%(who)s noted a step of the plan: %(after)s"),
        "text",
        {
            "kind": Told(gettext_lazy("who does it"), lambda value: PlanStep.Kind(value).label),
            "where": Told(gettext_lazy("where")),
            "due_on": Told(gettext_lazy("when"), when),
            "status": Told(gettext_lazy("how it is"), lambda value: PlanStep.Status(value).label),
            "answer": Told(gettext_lazy("what the resident says"), lambda value: PlanStep.Answer(value).label),
            "effect": Told(gettext_lazy("what it brought"), lambda value: PlanStep.Effect(value).label),
            "effect_word": Told(gettext_lazy("in a few words")),
        },
        _of_plan(PlanStep),
        _category_of_row,
    ),
    Kind(
        Reading, "chart", "", "", {}, _of_plan(Reading), lambda row: frozenset({category_of_domain(row.domain)}), wordless=_reading
    ),
    Kind(
        RuleException,
        "scale",
        gettext_lazy("%(who)s asked an exception to %(after)s"),
        "rule",
        {"why": Told(gettext_lazy("why")), "review_on": Told(gettext_lazy("to be looked at again"), when)},
        _exceptions,
        lambda row: frozenset({category_of_exception(row.kind, row.domain)}),
    ),
    Kind(Meeting, "calendar", "", "", {}, _meetings, lambda row: frozenset({"contact"}), wordless=_meeting),
    Kind(FollowUp, "phone", "", "", {}, _follow_ups, lambda row: frozenset({FollowUp.CATEGORY}), wordless=_follow_up),
    Kind(Document, "page", "", "", {}, _documents, lambda row: frozenset({row.category}), wordless=_document),
    Kind(Letter, "mail", "", "", {}, _letters, lambda row: frozenset(row.categories), wordless=_letter),
    Kind(IdentityNumber, "key", "", "", {}, _numbers, lambda row: frozenset({CATEGORY}), wordless=_number),
]
# The owner of the case comes after the kinds of things in it.
OWNER = len(KINDS)


def icon_of(row: Any) -> str:
    return "swap" if row.rank == OWNER else KINDS[row.rank].icon


def in_words(row: Any, was: Any, allowed: frozenset[str], names: Mapping[Any, str]) -> tuple[str, frozenset[str]]:
    """A row as a sentence with the categories that are in it; an empty text when nothing of it is for this reader."""
    who = names.get(row.history_user_id) or _("The system")
    if row.rank == OWNER:
        return _owner(row, who, names), frozenset()
    kind = KINDS[row.rank]
    seen = kind.categories(row) | (kind.categories(was) if was is not None else frozenset())
    if not seen <= allowed:
        return "", frozenset()
    if kind.wordless:
        return str(kind.wordless(row)) % {"who": who}, seen
    said, (details, of_details) = _said(kind, row, allowed), _details(kind, row, was, allowed)
    seen |= of_details
    if row.history_type == "+":
        return _with(str(kind.began) % {"who": who, "after": said}, details), seen
    then = _said(kind, was, allowed) if was is not None else ""
    if then and then != said:
        of_name = frozenset({"identity"}) if kind.model is Resident else frozenset()
        sentence = _("%(who)s changed %(before)s to %(after)s") % {"who": who, "before": then, "after": said}
        return _with(sentence, details), seen | of_name
    if not details and was is not None:
        return "", frozenset()
    return _with(_("%(who)s changed %(after)s") % {"who": who, "after": said}, details), seen


def _said(kind: Kind, row: Any, allowed: frozenset[str]) -> str:
    """What a row is about, in quotation marks; a name only for who may see it."""
    if kind.model is Resident and "identity" not in allowed:
        return str(SOMEONE)
    text = getattr(row, kind.says) or (row.known_as if kind.model is Resident else "")
    return f"‘{text}’" if text else str(SOMEONE)


def _details(kind: Kind, row: Any, was: Any, allowed: frozenset[str]) -> tuple[list[str], frozenset[str]]:
    """The other fields that changed, as “how it goes: heavy → fair”; in a first row those that are filled."""
    said, seen = [], set()
    for name, told in kind.others.items():
        if told.category and told.category not in allowed:
            continue
        after, before = getattr(row, name), getattr(was, name) if was is not None else None
        if after == before or (was is None and not after):
            continue
        now = told.shown(after) if after else NOTHING
        if was is None:
            said.append(f"{told.label}: {_small(now)}")
        else:
            said.append(f"{told.label}: {_small(told.shown(before) if before else NOTHING)} → {_small(now)}")
        seen |= {told.category} - {""}
    return said, frozenset(seen)


def _small(text: Any) -> str:
    """A label inside a sentence has no capital; what someone wrote stays as it was written."""
    return str(text) if isinstance(text, str) else str(text)[:1].lower() + str(text)[1:]


def _with(sentence: str, details: list[str]) -> str:
    return f"{sentence} ({', '.join(details)})." if details else f"{sentence}."


def _owner(row: Any, who: str, names: Mapping[Any, str]) -> str:
    if row.earlier_owner is None:
        return _("%(who)s opened the case. %(after)s is the owner.") % {"who": who, "after": names.get(row.owner_id, "")}
    told = {"who": who, "before": names.get(row.earlier_owner, ""), "after": names.get(row.owner_id, "")}
    return _("%(who)s handed the case over from %(before)s to %(after)s.") % told
