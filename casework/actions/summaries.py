"""Everything that changes a summary: it is made, put in other words, read back and agreed; and the languages it can be made in."""

import json
import re
from collections.abc import Mapping
from datetime import date

from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from casework import permissions
from casework.languages import wording_in
from casework.models import Case, CaseMember, CaseSummary, Involvement, Resident, SummaryTemplate
from casework.summaries import composed_now
from casework.texts import carried
from casework.wording import own_wording
from luisterloket.people.models import User
from luisterloket.platform.commands import command
from luisterloket.platform.exceptions import Refused
from luisterloket.platform.history import record
from luisterloket.platform.plain import phrases

from .cases import touch
from .refusals import ChangedMeanwhile, Missing

LONGEST_PART = 4_000
PLACEHOLDER = re.compile(r"%\((\w+)\)s|%")


@command
def compose_summary(*, actor: User, case: Case, language: str = "", reader: Resident | None = None) -> CaseSummary:
    """Make a version to read back, in a language that is complete. What colleagues put in other words comes along from the last
    version for the same reader, where the record still says the same. When nothing changed since a version that still waits to be
    read back, that one is given.

    `reader` is the member of the household whom the copy is for; without one it is for everyone at home.
    """
    permissions.check_may_work_on(actor, case)
    # One at a time: versions are numbered.
    case = Case.locked(case.pk)
    wording = wording_in(language) if language else own_wording()
    _of_the_household(case, reader)
    now = composed_now(case, actor, wording, reader=reader.pk if reader else None)
    last = CaseSummary.objects.filter(case=case).order_by("-number").first()
    kept: dict[str, str] = {}
    # Words that were chosen for one reader may betray something to another.
    for_same = CaseSummary.objects.filter(case=case, reader=reader).order_by("-number").first()
    if last is not None and for_same is not None and for_same.language == wording.language:
        if for_same == last and not last.is_agreed and last.as_composed == now.summary:
            return last
        kept = carried(for_same.as_composed, for_same.wording, now.summary)
    version = CaseSummary(
        case=case,
        unit_id=case.unit_id,
        number=last.number + 1 if last else 1,
        language=wording.language,
        wording_version=wording.version,
        composed=now.summary.to_json(),
        edited=json.dumps(kept, ensure_ascii=False),
        categories=now.categories,
        reader=reader,
        made_by=actor,
    )
    version.put()
    record(actor, "summary.made", version, version=version.number, language=version.language)
    touch(case)
    return version


@command
def edit_summary(*, actor: User, version: CaseSummary, revision: int, wording: Mapping[str, str]) -> CaseSummary:
    """Put parts of a version in other words. Nothing can be left out: that goes where it was heard.

    Raises `Missing` for an emptied part, `ChangedMeanwhile` when a colleague saved in between.
    """
    permissions.check_may_work_on(actor, version.case)
    version = _held(version)
    _still_open(version)
    if version.revision != revision:
        raise ChangedMeanwhile(version)
    chosen = version.wording
    for part in version.as_composed.parts:
        if part.key not in wording:
            continue
        text = " ".join(wording[part.key].replace("\x00", "").split())
        if not text:
            raise Missing(
                _("This stands in the case, so it stays in the summary. Say it in other words."), code="left_out", field=part.key
            )
        if len(text) > LONGEST_PART:
            raise Missing(_("This is too long. Split it."), code="too_long", field=part.key)
        chosen.pop(part.key, None)
        if text != part.text:
            chosen[part.key] = text
    version.edited = json.dumps(chosen, ensure_ascii=False)
    version.revision += 1
    version.worded_by = actor
    version.save(update_fields=["edited", "revision", "worded_by"])
    record(actor, "summary.reworded", version, version=version.number, parts=len(chosen))
    touch(version.case)
    return version


@command
def agree_summary(
    *,
    actor: User,
    version: CaseSummary,
    agreed_on: date,
    agreed_how: str,
    agreed_by: str = CaseSummary.By.RESIDENT,
    representative: str = "",
    read_back_by: User | None = None,
) -> CaseSummary:
    """A version was read back, and the resident or who speaks for them agrees with it. From here nothing of it changes."""
    permissions.check_may_work_on(actor, version.case)
    version = _held(version)
    _still_open(version)
    reader = read_back_by or actor
    if reader.pk != actor.pk and not Involvement.objects.in_force().filter(case=version.case_id, user=reader).exists():
        raise Missing(_("Choose someone who has a part in this case."), code="not_involved", field="read_back_by")
    if agreed_on > timezone.localdate():
        raise Missing(_("This day is still to come."), code="future", field="agreed_on")
    if agreed_on < timezone.localdate(version.made_at):
        raise Missing(_("This version was made later than that day."), code="too_early", field="agreed_on")
    if agreed_by == CaseSummary.By.REPRESENTATIVE and not representative.strip():
        raise Missing(_("Say who spoke for the resident."), code="no_name", field="representative")
    version.agreed_at = timezone.now()
    version.agreed_on = agreed_on
    version.agreed_how = agreed_how
    version.agreed_by = agreed_by
    version.representative = representative.strip() if agreed_by == CaseSummary.By.REPRESENTATIVE else ""
    version.read_back_by = reader
    version.full_clean(exclude=["case", "unit", "made_by", "read_back_by"])
    version.save(update_fields=["agreed_at", "agreed_on", "agreed_how", "agreed_by", "representative", "read_back_by"])
    record(actor, "summary.agreed", version, version=version.number, how=agreed_how, by=agreed_by)
    touch(version.case)
    return version


@command
def load_summary_templates(*, actor: User, language: str, texts: Mapping[str, str]) -> SummaryTemplate:
    """A new version of the phrases in one language, from the municipality. Raises `Refused` naming what is wrong with which phrase.

    An incomplete set is kept and not offered. Done by the management command, as the installation's own upkeep.
    """
    known = set(phrases())
    wrong = [key for key, text in texts.items() if key in known and not _fills_the_same(key, text)]
    if wrong:
        message = _("These do not have the same names to fill in as the original: %(phrases)s") % {"phrases": "; ".join(wrong)}
        raise Refused(message, code="names")
    supplied = {key: text for key, text in texts.items() if key in known and text.strip()}
    if not supplied:
        raise Refused(_("This file has no phrase of the summary."), code="empty")
    last = SummaryTemplate.objects.filter(language=language).aggregate(last=Max("version"))["last"] or 0
    made = [SummaryTemplate(language=language, version=last + 1, key=key, text=text) for key, text in supplied.items()]
    SummaryTemplate.objects.bulk_create(made)
    record(actor, "summary_templates.loaded", made[0], language=language, version=last + 1, phrases=len(made))
    return made[0]


def _fills_the_same(key: str, text: str) -> bool:
    """Whether a translation uses exactly the names of the original; a stray per cent sign would break every summary."""
    return not text.strip() or set(PLACEHOLDER.findall(key)) == set(PLACEHOLDER.findall(text))


def _held(version: CaseSummary) -> CaseSummary:
    """The version as it is now. The case is held, because an agreed version itself can no longer be locked."""
    case = Case.locked(version.case_id)
    found = CaseSummary.objects.get(pk=version.pk)
    found.case = case
    return found


def _of_the_household(case: Case, reader: Resident | None) -> None:
    if reader is not None and not CaseMember.objects.filter(case=case, resident=reader).exists():
        raise Missing(_("Choose someone of this household."), code="not_of_case", field="reader")


def _still_open(version: CaseSummary) -> None:
    if version.is_agreed:
        raise Refused(_("This version was agreed, so it stays as it is. Make a new version."), code="agreed")
    if CaseSummary.objects.filter(case=version.case_id, number__gt=version.number).exists():
        raise Refused(_("There is a newer version. Go on with that one."), code="not_newest")
