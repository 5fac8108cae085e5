"""The keys by which a resident is found: words of a name as they are and as they sound, and hashes of exact values."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.db import OperationalError, connection, transaction
from stdnum.nl import bsn

from luisterloket.platform.encryption import lookup_hash, lookup_hashes, lookup_hashes_of

from .groups import kept_of
from .models import IdentityNumber, Protection, Resident, SearchKey

Kind = SearchKey.Kind
# Of one value: under each look-up key, newest first.
Keys = tuple[str, ...]
PARTICLES = {"van", "de", "der", "den", "het", "el", "al", "ten", "ter", "te", "bin", "ben", "vd", "v", "d"}
WORD_AT_MOST = 60
SHORTEST_SOUND = 2
# Spellings of one sound, the longest first: what Dutch, Turkish, Arabic and English write differently.
SOUNDS = [
    ("tsch", "g"), ("sch", "g"), ("tsj", "g"), ("tch", "g"), ("dj", "j"), ("sj", "g"), ("sh", "g"), ("ch", "g"), ("kh", "g"),
    ("gh", "g"), ("ph", "f"), ("th", "t"), ("dt", "t"), ("ck", "k"), ("ce", "se"), ("ci", "si"), ("cy", "si"), ("c", "k"),
    ("q", "k"), ("x", "ks"), ("z", "s"), ("v", "f"), ("w", "f"), ("b", "p"), ("d", "t"),
]  # fmt: skip
LETTERS = str.maketrans("øæđł", "oedl")
DAY = re.compile(r"(?<![\d-])(\d{4})-(\d{1,2})-(\d{1,2})(?![\d-])|(?<!\d)(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(?!\d)")
PHONE = re.compile(r"(?<!\d)(?:\+|00)?\d(?:[ ()-]*\d){8,12}(?!\d)")
POSTCODE = re.compile(r"(?<!\w)([1-9]\d{3})( ?)([A-Za-z]{2})(?!\w)")
# Nine digits on end or in groups, or the eight of an old one on end; not a part of a longer number.
NUMBER = re.compile(r"(?<![\d+])(?<!\d[ .-])(?:\d(?:[ .-]?\d){8}|\d{8})(?![ .-]?\d)")
YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")
# As `reference` makes it: always with a letter, so that it is no telephone number.
REFERENCE = re.compile(r"(?<!\w)(?=\d*[a-f])[\da-f]{10}(?!\w)", re.IGNORECASE)
TOO_MUCH = 500


@dataclass(frozen=True)
class Query:
    """What someone typed to find a resident, taken apart. `facts` are keys of exact values, by kind: any of them may be there,
    the newest first, as long as not every key was made with the newest look-up key.
    """

    words: tuple[str, ...]
    facts: tuple[tuple[str, Keys], ...] = ()
    # What was typed as a name, as it was typed.
    name: str = ""
    # The key of an identity number that was typed. No fact yet: most people may not search by it.
    number: Keys = ()

    @property
    def full_name(self) -> Keys:
        """The keys of this being the whole name."""
        return lookup_hashes(" ".join(sorted(self.words)), Kind.NAME)

    @property
    def by_number(self) -> "Query":
        """The same, for who may search by the identity number."""
        return replace(self, facts=(*self.facts, (Kind.BSN, self.number)))

    @property
    def identity(self) -> Keys:
        """The keys of this name with this day of birth; none without a day."""
        born = dict(self.facts).get(Kind.BORN, ())
        return _identity(set(self.words), born) if born and self.words else ()

    @property
    def in_emergency(self) -> list[str]:
        """The keys, with their kinds, by which an emergency finds someone: the whole name with the day of birth, or the whole
        reference of who is protected. Empty when neither was typed.
        """
        facts = dict(self.facts)
        hidden = lookup_hashes_of(self.identity, Kind.HIDDEN) if self.identity else ()
        by_kind = ((Kind.IDENTITY, self.identity), (Kind.HIDDEN, hidden), (Kind.REFERENCE, facts.get(Kind.REFERENCE, ())))
        return [f"{kind}:{key}" for kind, keys in by_kind for key in keys]


def words(text: str) -> set[str]:
    """The words of a name without accents, capitals and particles."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter)).replace("ı", "i")
    return {word[:WORD_AT_MOST] for word in re.findall(r"[^\W_]+", plain) if word not in PARTICLES}


def sound(word: str) -> str:
    """How a word of a name sounds, roughly: "rachida" and "rashida", "mohammed" and "mohamad". Empty when too short."""
    text = word.translate(LETTERS)
    if text.startswith("y"):
        text = "j" + text[1:]
    for written, heard in SOUNDS:
        text = text.replace(written, heard)
    first, rest = text[:1], text[1:].replace("h", "")
    text = re.sub(r"(.)\1+", r"\1", ("a" if first in "aeiouy" else first) + rest)
    text = text[:1] + re.sub(r"[aeiouyj]", "", text[1:])
    return text if len(text) >= SHORTEST_SOUND else ""


def parse(text: str) -> Query:
    """Words of a name, a day or year of birth, a postcode, a telephone number, in any order: "rachida amrani 14-3-1997".

    Or the whole reference of someone who is protected: of that nothing less than all of it counts.
    """
    rest = text[:TOO_MUCH]
    facts: dict[str, Keys] = {}
    number: Keys = ()
    for match in REFERENCE.finditer(rest):
        facts[Kind.REFERENCE] = (match[0].casefold(),)
        rest = rest.replace(match[0], " ", 1)
    for match in DAY.finditer(rest):
        if born := _day(match):
            # Of many only the year is known.
            facts |= {Kind.BORN: lookup_hashes(born, Kind.BORN), Kind.YEAR: lookup_hashes(born[:4], Kind.YEAR)}
            rest = rest.replace(match[0], " ", 1)
    for match in PHONE.finditer(rest):
        if phone := phone_number(match[0]):
            facts[Kind.PHONE] = lookup_hashes(phone, Kind.PHONE)
            rest = rest.replace(match[0], " ", 1)
    for match in NUMBER.finditer(rest):
        # A telephone number without its first nought has nine digits too, and finds nobody either way.
        if bsn.is_valid(match[0]):
            number = number_keys(match[0])
            rest = rest.replace(match[0], " ", 1)
    for match in POSTCODE.finditer(rest):
        # "1997 el Haddaoui" is a year and a name.
        if not (match[2] and YEAR.fullmatch(match[1]) and match[3].casefold() in PARTICLES):
            facts[Kind.POSTCODE] = lookup_hashes(match[1] + match[3].upper(), Kind.POSTCODE)
            rest = rest.replace(match[0], " ", 1)
    for match in YEAR.finditer(rest):
        facts[Kind.YEAR] = lookup_hashes(match[0], Kind.YEAR)
        rest = rest.replace(match[0], " ", 1)
    found = sorted((word for word in words(rest) if not word.isdigit()), key=lambda word: (-len(word), word))
    return Query(tuple(found), tuple(facts.items()), " ".join(rest.split()), number)


def phone_number(text: str) -> str:
    """The ten digits of a Dutch number however it is written; other numbers with their country. Empty when it is no number."""
    digits = re.sub(r"\D", "", text)
    if text.strip().startswith("+") or digits.startswith("00"):
        digits = digits.removeprefix("00")
        digits = "0" + digits[2:].removeprefix("0") if digits.startswith("31") else "+" + digits
    return digits if len(digits) >= 10 else ""


def keys_of(resident: Resident, *, number: str = "") -> set[tuple[str, str]]:
    """All keys, as (kind, key). Readable are only words of the name; the rest are keyed hashes. `number` is the identity number.

    Of who is protected there is none but the reference: they are found by that only, by who may open the case. And a hash that no
    search reads, by which the database finds them in an emergency (decision 0029).
    """
    if _is_protected(resident):
        return {(Kind.REFERENCE, reference(resident)), *((Kind.HIDDEN, key) for key in hidden_keys(resident))}
    return {*keys_in_the_open(resident), *([(Kind.BSN, number_key(number))] if number else [])}


def refresh(resident: Resident) -> None:
    """Keep the search keys in step with the person. Called by the actions that change a name, how to reach someone, or their
    protection, inside their transaction.

    Making all keys anew (`key_rotation.py`) keeps off this person until then: it must not put back what is changed or protected
    at this moment.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock_shared(hashtextextended(%s, 0))", [f"search keys {resident.pk}"])
    _put(resident)


def renew(resident_id: UUID) -> bool | None:
    """Make the keys of one person anew; whether any changed, or None when someone is at work on them at this very moment.

    It waits for nobody while it holds anything, so that no action ever fails for it.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(hashtextextended(%s, 0))", [f"search keys {resident_id}"])
        if not cursor.fetchone()[0]:
            return None
        try:
            with transaction.atomic():
                list(IdentityNumber.objects.select_for_update(nowait=True, no_key=True).filter(resident=resident_id).values("pk"))
        except OperationalError:
            return None
        resident = Resident.objects.filter(pk=resident_id).first()
        return resident is not None and _put(resident)


def stale(resident: Resident) -> int:
    """How many keys of this person are not as the newest look-up key makes them."""
    kept = IdentityNumber.objects.filter(resident=resident.pk).first()
    wanted = keys_of(resident, number=kept.number if kept else "")
    return len(set(SearchKey.objects.filter(resident=resident).values_list("kind", "key")) - wanted)


def _put(resident: Resident) -> bool:
    """Whether any key came or went."""
    wanted = keys_of(resident, number=_number_of(resident))
    there = {(key.kind, key.key): key.pk for key in SearchKey.objects.filter(resident=resident)}
    gone, new = [pk for key, pk in there.items() if key not in wanted], sorted(wanted - there.keys())
    SearchKey.objects.filter(pk__in=gone).delete()
    SearchKey.objects.bulk_create(
        [SearchKey(resident=resident, unit_id=resident.unit_id, kind=kind, key=key) for kind, key in new], ignore_conflicts=True
    )
    return bool(gone or new)


def refresh_person(resident_id: UUID) -> None:
    """The same for every row of one person: who is protected is found by name under none of them."""
    for row in Resident.objects.filter(pk__in=kept_of([resident_id])):
        refresh(row)


def keys_in_the_open(resident: Resident) -> set[tuple[str, str]]:
    """All keys of someone who is not protected, without their identity number."""
    return set(_keys_of(resident))


def _keys_of(resident: Resident) -> Iterator[tuple[str, str]]:
    names = [found for text in (resident.name, resident.known_as) if (found := words(text))]
    for word in set().union(*names):
        yield Kind.WORD, word
        if heard := sound(word):
            yield Kind.SOUND, heard
    born = resident.born if len(resident.born) == len("1997-03-14") else ""
    born_keys = lookup_hashes(born, Kind.BORN) if born else ()
    for name in names:
        yield Kind.NAME, lookup_hash(" ".join(sorted(name)), Kind.NAME)
        if born_keys:
            yield Kind.IDENTITY, _identity(name, born_keys)[0]
    if born_keys:
        yield Kind.BORN, born_keys[0]
    if YEAR.fullmatch(resident.born[:4]):
        yield Kind.YEAR, lookup_hash(resident.born[:4], Kind.YEAR)
    for match in PHONE.finditer(resident.phone):
        if number := phone_number(match[0]):
            yield Kind.PHONE, lookup_hash(number, Kind.PHONE)
    if postcode := POSTCODE.search(resident.address):
        yield Kind.POSTCODE, lookup_hash(postcode[1] + postcode[3].upper(), Kind.POSTCODE)


def number_key(number: str) -> str:
    """The key of an identity number, however it is written."""
    return number_keys(number)[0]


def number_keys(number: str) -> Keys:
    """The keys under which it may be there, newest first."""
    return lookup_hashes(bsn.compact(number), Kind.BSN)


def _number_of(resident: Resident) -> str:
    """The identity number of this resident, which cannot be erased now until its key is there to be erased as well."""
    one = IdentityNumber.objects.select_for_update(no_key=True).filter(resident=resident.pk).first()
    return one.number if one else ""


def _identity(name: set[str], born: Keys) -> Keys:
    return lookup_hashes_of((f"{' '.join(sorted(name))} {one}" for one in born), Kind.IDENTITY)


def hidden_keys(resident: Resident) -> list[str]:
    """The hashes of the whole name with the day of birth of who is protected; none when one of the two is not known."""
    return [_hidden(key) for kind, key in _keys_of(resident) if kind == Kind.IDENTITY]


def _hidden(identity: str) -> str:
    """A key of its own kind, so that what an ordinary search makes of a name never equals it."""
    return lookup_hash(identity, Kind.HIDDEN)


def _day(match: re.Match[str]) -> str:
    year, month, day = (match[1], match[2], match[3]) if match[1] else (match[6], match[5], match[4])
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return ""


def reference(resident: Resident) -> str:
    """By which a protected resident is found, in full only: it says nothing of them."""
    text = resident.pk.hex[:10]
    return "a" + text[1:] if text.isdigit() else text


def _is_protected(resident: Resident) -> bool:
    """Under this row, or under another of the same person."""
    return Protection.objects.filter(resident__in=kept_of([resident.pk]), lifted_at=None).exists()
