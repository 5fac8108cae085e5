"""What casework keeps of a resident that is no source of disclosure: for a copy of everything."""

from collections.abc import Collection, Iterable
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luisterloket.convenant.looks import looks
from luisterloket.convenant.models import AccessLogEntry
from luisterloket.platform.models import HistoryEntry
from luisterloket.platform.registries import CopyLine, CopySection, copies, sentences

from .access_paper import OF_SAFETY_PURPOSE, OF_SAFETY_WHAT
from .groups import kept_of
from .models import (
    Case,
    CaseConference,
    CaseMember,
    CaseSummary,
    ConferenceAgreement,
    ConferenceItem,
    ConferenceParticipant,
    ConferenceRecord,
    ConsentStep,
    EarlySign,
    IdentityNumber,
    Informing,
    Intake,
    Involvement,
    RightsRequest,
)
from .signs import SAFETY
from .timeline import TOLD_OF_TWO, moments
from .withholding import kept_in, same_key

# What tells of someone who is not safe is for the handler to decide on, not for a list that goes along by itself.
NOT_IN_HISTORY = ("meldcode.", "case.person_", "case.protect", "case.withh")


@copies.register(order=10)
def cases(user: Any, ids: Collection[UUID], rows: Collection[UUID]) -> list[CopySection]:
    """Where and since when, by whom, and where it all came from."""
    found = Case.objects.filter(pk__in=ids).select_related("unit__organisation", "owner").order_by("opened_at")
    lines = [
        CopyLine(
            str(one.pk),
            f"{one.unit.name}, {one.unit.organisation.name}: {one.get_status_display()}",
            one.opened_at,
            _("Case"),
            {"owner": one.owner.name},
        )
        for one in found
    ]
    part = Involvement.objects.filter(case__in=ids).select_related("user").order_by("since")
    involved = [
        CopyLine(str(one.pk), f"{one.user.name}: {one.get_kind_display()}", one.since, _("Involved"), {"until": one.until})
        for one in part
    ]
    return [
        CopySection("cases", gettext_lazy("Your cases"), lines),
        CopySection("involved", gettext_lazy("Who is or was involved"), involved),
        CopySection("sources", gettext_lazy("Where the data came from"), _sources(ids, rows)),
    ]


def _sources(ids: Collection[UUID], rows: Collection[UUID]) -> list[CopyLine]:
    lines = [
        CopyLine(str(one.pk), _("Told in a conversation with %(who)s") % {"who": one.held_by.name}, one.started_at)
        for one in Intake.objects.filter(case__in=ids).select_related("held_by").order_by("started_at")
    ]
    lines += [
        CopyLine(str(one.pk), _("An early sign: %(kind)s") % {"kind": one.get_kind_display()}, one.noted_at)
        for one in EarlySign.objects.filter(case__in=ids)
        if _is_main(one.case_id, rows)
    ]
    # The number itself is not printed: the resident has it, and a paper with it is a risk to them.
    lines += [
        CopyLine(
            str(one.pk), _("Your identity number (BSN) is kept too, by %(who)s. It is not printed.") % {"who": one.organisation}
        )
        for one in IdentityNumber.objects.filter(resident__in=rows).select_related("organisation")
    ]
    return lines


@copies.register(order=20)
def summaries(user: Any, ids: Collection[UUID], rows: Collection[UUID]) -> list[CopySection]:
    """The versions that were agreed with them, as they were then: only of who the case is about."""
    mine = _cases_as_main(ids, rows)
    found = CaseSummary.objects.filter(Q(reader=None) | Q(reader__in=rows), case__in=mine).exclude(agreed_at=None)
    lines = [
        CopyLine(str(one.pk), one.as_written.text, one.agreed_on, _("Summary, version %(n)d") % {"n": one.number})
        for one in found.order_by("case", "number")
    ]
    return [CopySection("summaries", gettext_lazy("Summaries that you agreed to"), lines)]


@copies.register(order=30)
def conferences(user: Any, ids: Collection[UUID], rows: Collection[UUID]) -> list[CopySection]:
    """Who sat around the table about them, what of them lay there, and what was agreed.

    Nothing of an overleg over safety, nor of what is kept from them: it must not come along by the back door.
    """
    mine = set(_cases_as_main(ids, rows))
    lines, shared = [], []
    for one in CaseConference.objects.filter(case__in=ids).exclude(kind=CaseConference.Kind.SAFETY).order_by("starts_at"):
        laid = _may_be_told(ConferenceItem.objects.filter(conference=one, subject_id__in=rows), one.case_id, rows)
        if one.case_id not in mine and not laid:
            continue
        seats = ConferenceParticipant.objects.seated().filter(conference=one).select_related("user", "organisation")
        around = [f"{seat.called} ({seat.organisation})" if seat.organisation else seat.called for seat in seats]
        details: dict[str, Any] = {"people": around}
        if one.case_id in mine:
            record = ConferenceRecord.objects.filter(conference=one).first()
            details["record"] = record.text if record else ""
            details["agreements"] = [agreed.text for agreed in ConferenceAgreement.objects.filter(conference=one)]
        text = f"{one.get_kind_display()}: {one.get_status_display()}"
        lines.append(CopyLine(str(one.pk), text, one.starts_at, _("Casusoverleg"), details))
        shared += [CopyLine(str(item.pk), item.text, item.laid_at, item.label, {"with": around}) for item in laid]
    return [
        CopySection("conferences", gettext_lazy("Casusoverleggen about you"), lines),
        CopySection("shared_at_tables", gettext_lazy("What was shared at a casusoverleg"), shared),
    ]


@copies.register(order=80)
def rights(user: Any, ids: Collection[UUID], rows: Collection[UUID]) -> list[CopySection]:
    found = RightsRequest.objects.filter(resident__in=rows).order_by("received_on")
    lines = [
        CopyLine(
            str(one.pk), one.text, one.received_on, one.get_kind_display(),
            {"decision": one.get_decision_display(), "reason": one.reason, "extended_because": one.extended_because},
        )
        for one in found
    ]  # fmt: skip
    return [CopySection("rights_requests", gettext_lazy("What you asked about your data"), lines)]


@copies.register(order=85)
def consents(user: Any, ids: Collection[UUID], rows: Collection[UUID]) -> list[CopySection]:
    """What they were told about sharing, and each yes, no and take-back in the words of then."""
    told = Informing.objects.filter(case__in=ids, resident__in=rows).select_related("purpose").order_by("at")
    steps = ConsentStep.objects.filter(case__in=ids, resident__in=rows).select_related("purpose", "category", "organisation")
    informed = [CopyLine(str(one.pk), one.purpose.name, one.at, one.get_how_display()) for one in told]
    given = [
        CopyLine(
            str(one.pk),
            one.words,
            one.at,
            one.get_state_display(),
            {"purpose": one.purpose.name, "category": one.category.name, "with": one.organisation.name},
        )
        for one in steps.order_by("at", "number")
    ]
    return [
        CopySection("informed", gettext_lazy("What you were told about sharing your data"), informed),
        CopySection("consents", gettext_lazy("What you agreed to, and what not"), given),
    ]


@copies.register(order=90)
def who_looked(user: Any, ids: Collection[UUID], rows: Collection[UUID]) -> list[CopySection]:
    """Every look at them: who, from where, why and at which kinds of data. Of safety not even that there was one."""
    of_them = Q(case_id__in=ids) | Q(case_id=None)
    entries = AccessLogEntry.objects.filter(of_them, subjects__overlap=list(rows))
    entries = entries.exclude(Q(what__in=OF_SAFETY_WHAT) | Q(purpose__in=OF_SAFETY_PURPOSE) | Q(categories=[SAFETY]))
    # Who was refused saw nothing.
    told = list(entries.exclude(result=AccessLogEntry.Result.DENIED).order_by("-at"))
    for entry in told:
        entry.categories = [one for one in entry.categories if one != SAFETY]
    lines = [
        CopyLine(
            str(one.entry_id),
            f"{one.who} ({', '.join(filter(None, [one.role, one.organisation]))}): {one.what}",
            one.at,
            one.purpose,
            {"ground": one.ground, "categories": one.categories},
        )
        for one in looks(told)
    ]
    return [CopySection("who_looked", gettext_lazy("Who looked at your data"), lines, grows=True)]


@copies.register(order=95)
def history(user: Any, ids: Collection[UUID], rows: Collection[UUID]) -> list[CopySection]:
    """What was done in the cases that are about them, in sentences."""
    mine = _cases_as_main(ids, rows)
    told = [verb for verb in sentences if verb not in TOLD_OF_TWO and not verb.startswith(NOT_IN_HISTORY)]
    entries = list(HistoryEntry.objects.filter(case_id__in=mine, verb__in=told).order_by("-at"))
    lines = [CopyLine(str(entry.pk), moment.text, moment.at) for entry, moment in zip(entries, moments(entries), strict=True)]
    return [CopySection("history", gettext_lazy("What was done"), lines, grows=True)]


def _may_be_told(laid: Iterable[ConferenceItem], case: UUID, rows: Collection[UUID]) -> list[ConferenceItem]:
    kept, person = kept_in(case), set(kept_of(rows).values())
    open_ones = (item for item in laid if SAFETY not in {item.category, *item.also})
    return [item for item in open_ones if not kept.get(same_key(f"{item.kind}:{item.ref}"), frozenset()) & person]


def _cases_as_main(ids: Collection[UUID], rows: Collection[UUID]) -> list[UUID]:
    main = CaseMember.objects.filter(case__in=ids, resident__in=rows, part=CaseMember.Part.MAIN)
    return list(main.values_list("case_id", flat=True))


def _is_main(case: UUID | None, rows: Collection[UUID]) -> bool:
    return case is not None and bool(_cases_as_main([case], rows))
