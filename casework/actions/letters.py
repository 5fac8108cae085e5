"""Everything that changes a letter: it is written, put in other words, read first by a colleague, fixed, sent, or not sent.

All of it is for who works on the case and may see all that the letter tells of; others get `NotAllowed`.
"""

from datetime import date, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from casework import permissions
from casework.document_categories import categories_to_add
from casework.letter_fields import OPEN
from casework.letter_templates import letter_text
from casework.letters import authors_of, betrays, compose, is_read, may_read_letter, needs_reader, ways_of_reaching
from casework.models import Case, Letter, Resident
from luisterloket.convenant.disclosure import authorised
from luisterloket.people.models import Unit, User
from luisterloket.platform.commands import command
from luisterloket.platform.exceptions import NotAllowed, Refused
from luisterloket.platform.history import record

from .cases import touch
from .refusals import ChangedMeanwhile, Missing, not_to_come

READ_WITHIN = timedelta(days=1)
LONGEST_LETTER = 12_000


@command
def write_letter(
    *,
    actor: User,
    case: Case,
    text: str,
    to: str,
    way: str,
    resident: Resident | None = None,
    to_name: str = "",
    to_address: str = "",
) -> Letter:
    """Begin a letter from a text. What the writer may not see, or its readers may not read, stays an open field.

    Raises `Missing` for a text that is not offered, for nobody to write to, and for who may not be written to by post.
    """
    permissions.check_may_work_on(actor, case)
    begun = letter_text(text)
    if begun is None or begun.category not in categories_to_add(actor, case):
        raise Missing(_("Choose which letter."), code="no_text", field="text")
    case = Case.locked(case.pk)
    if to == Letter.To.HOUSEHOLD:
        reaching = next((one for one in ways_of_reaching(case, actor) if resident and one.resident_id == resident.pk), None)
        if reaching is None or resident is None:
            raise Missing(_("Choose to whom."), code="nobody", field="resident")
        if way == Letter.Way.POST and reaching.not_by_post:
            raise Missing(_("This person is not written to at home. Give the letter in hand."), code="not_by_post", field="way")
        to_name, to_address = reaching.name, ""
    elif not to_name.strip():
        raise Missing(_("Write to whom the letter goes."), code="nobody", field="to_name")
    else:
        resident = None
    composed = compose(case, actor, begun, to=to, way=way, resident=resident)
    letter = Letter(
        case=case, unit_id=case.unit_id, template=begun.code, template_version=begun.version, language=begun.language, to=to,
        resident=resident, to_name=to_name.strip(), to_address=to_address.strip() or composed.address, way=way,
        subject=composed.subject.text, body=composed.body.text, categories=composed.categories, things=composed.things,
        made_by=actor,
    )  # fmt: skip
    letter.put()
    record(actor, "letter.written", letter, template=begun.code, version=begun.version)
    touch(case)
    return letter


@command
def reword_letter(
    *, actor: User, letter: Letter, revision: int, subject: str, body: str, to_name: str = "", to_address: str = ""
) -> Letter:
    """Other words. Raises `ChangedMeanwhile` when a colleague saved in between, and `Refused` for a letter that is fixed."""
    letter = _held(actor, letter)
    _still_written(letter)
    if letter.revision != revision:
        raise ChangedMeanwhile(letter)
    letter.subject, letter.body = subject.strip(), body.replace("\x00", "").replace("\r\n", "\n").strip()
    if not letter.body:
        raise Missing(_("Write something in the letter."), code="empty", field="body")
    if letter.to == Letter.To.OUTSIDE:
        letter.to_name, letter.to_address = to_name.strip() or letter.to_name, to_address.strip()
    letter.revision += 1
    letter.full_clean(exclude=[field.name for field in letter._meta.concrete_fields if field.is_relation])
    letter.save(update_fields=["subject", "body", "to_name", "to_address", "revision"])
    record(actor, "letter.reworded", letter)
    touch(letter.case)
    return letter


@command
def ask_letter_reader(*, actor: User, letter: Letter) -> Letter:
    """Ask the colleagues of the case to read it first. Raises `Refused` where that is not needed, or while it betrays someone."""
    letter = _held(actor, letter)
    _still_written(letter)
    _check_betrays_nobody(letter)
    if not needs_reader(letter) or is_read(letter):
        raise Refused(_("This letter needs no second reader."), code="needless")
    letter.asked_by, letter.read_due_at = actor, timezone.now() + READ_WITHIN
    letter.read_by, letter.read_at, letter.read_revision, letter.found, letter.note = None, None, None, "", ""
    letter.save(update_fields=["asked_by", "read_due_at", "read_by", "read_at", "read_revision", "found", "note"])
    record(actor, "letter.check_asked", letter)
    touch(letter.case)
    return letter


@command
def judge_letter(*, actor: User, letter: Letter, revision: int, found: str, note: str = "") -> Letter:
    """A colleague has read it. Not by who asked or wrote; of what is wrong it is said what. Raises `Missing`, `Refused`."""
    letter = _held(actor, letter)
    if not letter.waits_for_reader:
        raise Refused(_("A colleague has read this already."), code="done")
    if actor.pk in {letter.asked_by_id, *authors_of(letter)}:
        raise Refused(_("Someone else than who made it reads it. Ask a colleague."), code="own")
    if letter.revision != revision:
        raise Refused(_("The text was changed meanwhile. Read it again."), code="changed")
    if found == Letter.Found.RIGHT:
        _check_betrays_nobody(letter)
    if found == Letter.Found.WRONG and not note.strip():
        raise Missing(_("Say what must not be in it."), code="no_note", field="note")
    letter.read_by, letter.read_at, letter.read_revision = actor, timezone.now(), letter.revision
    letter.found, letter.note = found, note.strip()
    letter.save(update_fields=["read_by", "read_at", "read_revision", "found", "note"])
    record(actor, "letter.checked", letter, found=found)
    touch(letter.case)
    return letter


@command
def fix_letter(*, actor: User, letter: Letter, revision: int) -> Letter:
    """It is ready: from here its words stay as they are, and it can be printed.

    Raises `Refused` while there are open fields, while it betrays someone, and before a colleague has read it where that is asked.
    """
    letter = _held(actor, letter)
    if letter.revision != revision:
        raise ChangedMeanwhile(letter)
    left = [*OPEN.findall(letter.subject), *OPEN.findall(letter.body)]
    if left:
        raise Refused(_("Fill this in first, or take it out: %(fields)s") % {"fields": ", ".join(left)}, code="open")
    _check_betrays_nobody(letter)
    if needs_reader(letter) and not is_read(letter):
        raise Refused(_("A colleague reads this letter first: something in this case is kept from someone at home."), code="unread")
    letter.move_to(Letter.Status.FIXED)
    unit = Unit.objects.select_related("organisation").get(pk=letter.unit_id)
    letter.letterhead = f"{unit.name}\n{unit.organisation.name}"
    letter.fixed_by, letter.fixed_at = actor, timezone.now()
    letter.save(update_fields=["status", "letterhead", "fixed_by", "fixed_at"])
    record(actor, "letter.fixed", letter)
    touch(letter.case)
    return letter


@command
def send_letter(*, actor: User, letter: Letter, sent_on: date) -> Letter:
    """It went out: given in hand, or posted. Nothing of it changes any more."""
    letter = _held(actor, letter)
    not_to_come(sent_on, field="sent_on")
    if letter.fixed_at and sent_on < timezone.localdate(letter.fixed_at):
        raise Missing(_("On that day the letter was not ready yet."), code="too_early", field="sent_on")
    _check_betrays_nobody(letter)
    letter.move_to(Letter.Status.SENT)
    letter.sent_on, letter.sent_by = sent_on, actor
    letter.save(update_fields=["status", "sent_on", "sent_by"])
    record(actor, "letter.sent", letter, way=letter.way)
    touch(letter.case)
    return letter


@command
def drop_letter(*, actor: User, letter: Letter) -> Letter:
    """It is not sent after all."""
    letter = _held(actor, letter)
    letter.move_to(Letter.Status.DROPPED)
    letter.save(update_fields=["status"])
    record(actor, "letter.dropped", letter)
    touch(letter.case)
    return letter


def _held(actor: User, letter: Letter) -> Letter:
    """The letter as it is now. The case is held, because a letter that was sent can no longer be locked."""
    permissions.check_may_work_on(actor, letter.case)
    case = Case.locked(letter.case_id)
    found = Letter.objects.get(pk=letter.pk)
    found.case = case
    if not may_read_letter(found, authorised(permissions.posts_for(actor, case.unit_id), "listening", case.pk)):
        raise NotAllowed()
    return found


def _still_written(letter: Letter) -> None:
    if not letter.is_draft:
        raise Refused(_("This letter is ready, so its words stay as they are. Write a new one."), code="fixed")


def _check_betrays_nobody(letter: Letter) -> None:
    if betrays(letter):
        raise Refused(_("This letter says something that is kept from who may read it. Write a new one."), code="betrays")
