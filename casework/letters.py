"""Letters of a case: how one is composed, who may read it, whether it may go on paper, and what its pages show."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from luisterloket.convenant.disclosure import Disclosure, Ground, Item, disclose
from luisterloket.people.models import Unit, User
from luisterloket.platform.models import HistoryEntry

from .disclosures import scope_of
from .disclosures_people import NEVER_WRITE
from .letter_fields import OPEN, Filled, Filling, Writer, categories_of, filled_in, names_in
from .letter_texts import LetterText
from .looks import Look
from .models import Case, CaseMember, Letter, Resident, Withheld
from .summaries import Reading, reading_in
from .withholding import kept_in, readers_of, same_key
from .withholding_pages import members_of

TO_REACH = {"identity", "contact", "household", "finances", "health"}


@dataclass(frozen=True)
class Composed:
    """A letter as the case fills it in for who writes it."""

    subject: Filled
    body: Filled
    address: str
    categories: list[str]

    @property
    def things(self) -> list[str]:
        return sorted(self.subject.things | self.body.things)

    @property
    def not_for_writer(self) -> set[str]:
        return {*self.subject.not_for_writer, *self.body.not_for_writer}


def readers_of_letter(case: Case, to: str, way: str, resident: UUID | None) -> frozenset[UUID]:
    """Who may come to read it: by post everyone at home does, and of what goes elsewhere a copy comes home too."""
    in_hand_at_home = to == Letter.To.HOUSEHOLD and way == Letter.Way.IN_HAND
    return readers_of(case, resident if in_hand_at_home else None)


def compose(case: Case, user: User, text: LetterText, *, to: str, way: str, resident: Resident | None) -> Composed:
    """Fill a text with what this person may see and its readers may read. The look is kept."""
    wanted = categories_of([*names_in(text.subject), *names_in(text.body)])
    by_post = to == Letter.To.HOUSEHOLD and way == Letter.Way.POST
    scope = scope_of(case)
    disclosed = disclose(
        scope,
        to=user,
        purpose="listening",
        ground=Ground("involvement", case.pk),
        what="writing a letter",
        only=wanted | {text.category} | ({"contact"} if by_post else set()),
        readers=readers_of_letter(case, to, way, resident.pk if resident else None),
    )
    writer = Writer(user.name, Unit.objects.values_list("name", flat=True).get(pk=case.unit_id))
    filling = Filling(disclosed, resident.pk if resident else scope.subjects[0], writer)
    subject, body = (filled_in(part, filling, text.language) for part in (text.subject, text.body))
    address = _address(disclosed, resident.pk) if by_post and resident else ""
    tells = subject.categories | body.categories | {text.category} | ({"contact"} if address else set())
    return Composed(subject, body, address, sorted(tells))


def _address(disclosed: Disclosure, resident: UUID) -> str:
    """Where a letter is sent; never an address that is secret, or of someone who may not be written to."""
    found = next(iter(disclosed.of("address", resident)), None)
    return found.text if found and not found.careful and NEVER_WRITE not in found.beside else ""


@dataclass(frozen=True)
class WayOfReaching:
    """What must be known before a letter goes to somebody of the household."""

    resident_id: UUID
    name: str
    never_write: bool
    secret: bool
    representatives: list[Item]
    # Something in the case is kept from someone at home.
    kept_at_home: bool

    @property
    def not_by_post(self) -> bool:
        return self.never_write or self.secret

    @property
    def rather_in_hand(self) -> bool:
        return self.not_by_post or self.kept_at_home


def ways_of_reaching(case: Case, user: User) -> list[WayOfReaching]:
    """Each of the household that this person may see, with what a letter to them asks. One disclosure."""
    ground = Ground("involvement", case.pk)
    disclosed = disclose(scope_of(case), to=user, purpose="listening", ground=ground, what="writing a letter", only=TO_REACH)
    household = members_of(case, disclosed)
    if "household" not in disclosed.allowed:
        household = household[:1]
    kept = bool(kept_in(case.pk))
    return [_reaching(resident, name, disclosed, kept) for resident, name in household]


def _reaching(resident: UUID, name: str, disclosed: Disclosure, kept: bool) -> WayOfReaching:
    address = next(iter(disclosed.of("address", resident)), None)
    # Who decides on someone's money gets the mail about it.
    speaks = [item for item in disclosed.of("representative", resident) if item.details["money"]]
    # That somebody may not be written to holds also where no address is known.
    never = Resident.objects.filter(pk=resident, never_write=True).exists() and "contact" in disclosed.allowed
    return WayOfReaching(resident, name, never, bool(address and address.careful), speaks, kept)


# Reading first ---------------------------------------------------------------------------------------------------


def needs_reader(letter: Letter) -> bool:
    """Whether a colleague must read it first: it goes to someone of a household in which something is kept from someone."""
    return letter.to == Letter.To.HOUSEHOLD and bool(kept_in(letter.case_id))


def is_read(letter: Letter) -> bool:
    """Whether a colleague found these words right, after the last thing that was kept and the last who came to live there."""
    if letter.read_at is None or letter.read_revision != letter.revision or letter.found != Letter.Found.RIGHT:
        return False
    return letter.read_at >= max(filter(None, _what_matters(letter)), default=letter.read_at)


def _what_matters(letter: Letter) -> Iterable[datetime | None]:
    yield Withheld.objects.in_force().filter(case=letter.case_id).order_by("-since").values_list("since", flat=True).first()
    if letter.way == Letter.Way.POST:
        there = CaseMember.history.filter(case_id=letter.case_id, until=None).order_by("-history_date")
        yield there.values_list("history_date", flat=True).first()


def betrays(letter: Letter) -> bool:
    """Whether it was filled with something that is kept, today, from one of those who may read it."""
    kept = kept_in(letter.case_id)
    readers = readers_of_letter(letter.case, letter.to, letter.way, letter.resident_id)
    secret = {key for key, residents in kept.items() if residents & readers}
    return bool(secret & {same_key(key) for key in letter.things})


def may_go_on_paper(letter: Letter) -> bool:
    """Fixed or sent, and nothing in it betrays anyone; read by a colleague where that is asked."""
    ready = letter.status in {Letter.Status.FIXED, Letter.Status.SENT}
    return ready and not betrays(letter) and (not needs_reader(letter) or is_read(letter))


def authors_of(letter: Letter) -> set[UUID]:
    """Everyone whose words are in it."""
    wrote = HistoryEntry.objects.filter(thing_id=letter.pk, verb__in=["letter.written", "letter.reworded"])
    return {letter.made_by_id, *filter(None, wrote.values_list("actor_id", flat=True))}


def reading_of_letter(body: str, language: str) -> Reading:
    """How hard it reads. A line of a letter ends a sentence, also without a stop."""
    lines = (line.strip() for line in body.splitlines())
    return reading_in(" ".join(line if line[-1] in ".!?…" else f"{line}." for line in lines if line), language)


def open_fields(letter: Letter) -> list[str]:
    """What still has to be written or taken out."""
    return list(dict.fromkeys([*OPEN.findall(letter.subject), *OPEN.findall(letter.body)]))


# Pages -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class LetterPage:
    """One letter for someone who may read all of it."""

    letter: Letter
    case: Case
    to: str
    reading: Reading
    open: list[str]
    reaching: WayOfReaching | None
    needs_reader: bool
    is_read: bool
    betrays: bool
    may_read_first: bool

    @property
    def on_paper(self) -> bool:
        ready = self.letter.status in {Letter.Status.FIXED, Letter.Status.SENT}
        return ready and not self.betrays and (not self.needs_reader or self.is_read)


def may_read_letter(letter: Letter, allowed: Iterable[str]) -> bool:
    """A text cannot be cut to measure: it is there for who may see all that it tells of."""
    return set(letter.categories) <= set(allowed)


def letter_to_read(case: Case, user: User, pk: UUID, *, what: str) -> Letter | None:
    """A letter, for who may see all that it tells of; the look is kept. The same None when it is not there."""
    look = Look(case, user)
    found = Letter.objects.filter(case=case, pk=pk).select_related("made_by", "fixed_by", "sent_by", "asked_by", "read_by").first()
    if found is None or not may_read_letter(found, look.allowed):
        return None
    found.case = case
    look.keep(what, found.categories)
    return found


def letter_page(letter: Letter, user: User) -> LetterPage:
    case = letter.case
    reaching = None
    if letter.resident_id:
        reaching = next((one for one in ways_of_reaching(case, user) if one.resident_id == letter.resident_id), None)
    return LetterPage(
        letter=letter,
        case=case,
        to=letter.to_name or (reaching.name if reaching else ""),
        reading=reading_of_letter(letter.body, letter.language),
        open=open_fields(letter) if letter.is_draft else [],
        reaching=reaching,
        needs_reader=needs_reader(letter),
        is_read=is_read(letter),
        betrays=betrays(letter),
        may_read_first=letter.waits_for_reader and user.pk not in {letter.asked_by_id, *authors_of(letter)},
    )


def letters_of(case: Case, user: User) -> tuple[str, list[Item]]:
    """What someone of the case is called, and its letters. One disclosure."""
    scope = scope_of(case)
    disclosed = disclose(scope, to=user, purpose="listening", ground=Ground("involvement", case.pk), what="letters")
    return disclosed.text("name", scope.subjects[0]), disclosed.of("letter")
