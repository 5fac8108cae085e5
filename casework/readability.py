"""How hard a text is to read, as a number: Flesch-Douma for Dutch, Flesch reading ease for English.

A formula counts words and syllables and knows nothing of what they mean, so it is an indication and no proof. The levels are
those of Douma's own table (1960): from 60 up he calls a text normal, for who finished primary school. We take that for plain (B1).
"""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

# Longer than this a sentence is better split.
LONG_SENTENCE = 15
# From this score up a text counts as plain.
PLAIN = 60
LEVELS: list[tuple[int, str, Any]] = [
    (80, "done", _("easy")),
    (PLAIN, "done", _("plain")),
    (45, "waiting", _("fairly hard")),
    (0, "acute", _("hard")),
]

WORD = re.compile(r"\d+(?:[.,:]\d+)*|[^\W\d_]+(?:['’‘.-][^\W\d_]+)*")
BREAK = re.compile(r"(?<=[.!?…])[\"”’')]*\s+")
# A stop after these ends no sentence.
ABBREVIATIONS = {"dhr.", "mw.", "mevr.", "mr.", "mrs.", "ms.", "dr.", "st.", "bijv.", "bv.", "ca.", "nr.", "art.", "o.a.", "i.v.m."}


@dataclass(frozen=True)
class Measure:
    """The score of a piece of text, with what it follows from."""

    score: int
    words: int
    sentences: int

    @property
    def level(self) -> Any:
        return self._row[2]

    @property
    def tone(self) -> str:
        return self._row[1]

    @property
    def _row(self) -> tuple[int, str, Any]:
        return next(row for row in LEVELS if self.score >= row[0])


@dataclass(frozen=True)
class Sentence:
    """A sentence that is long, with its own score."""

    text: str
    measure: Measure


def measure(text: str, language: str) -> Measure | None:
    """The score of a text, between 0 and 100; None for an empty text and for a language without a formula."""
    formula = FORMULAS.get(language)
    words = words_in(text)
    if formula is None or not words:
        return None
    count, ease = formula
    sentences = max(len(sentences_in(text)), 1)
    syllables = sum(map(count, words))
    score = ease(len(words) / sentences, syllables / len(words))
    return Measure(min(max(round(score), 0), 100), len(words), sentences)


def long_sentences(text: str, language: str) -> list[Sentence]:
    """The sentences of more than fifteen words, each with its own score."""
    found = ((sentence, measure(sentence, language)) for sentence in sentences_in(text))
    return [Sentence(sentence, score) for sentence, score in found if score and score.words > LONG_SENTENCE]


def sentences_in(text: str) -> list[str]:
    """A text in sentences. Something that begins with a small letter belongs to the sentence before it."""
    sentences: list[str] = []
    for piece in BREAK.split(" ".join(text.split())):
        goes_on = sentences and (piece[:1].islower() or sentences[-1].split()[-1].casefold() in ABBREVIATIONS)
        if goes_on:
            sentences[-1] = f"{sentences[-1]} {piece}"
        elif words_in(piece):
            sentences.append(piece)
    return sentences


def words_in(text: str) -> list[str]:
    return WORD.findall(text)


# Dutch -----------------------------------------------------------------------------------------------------------

# What is heard as one vowel, the longest first. A trema parts what would otherwise be one: zee-ën.
DUTCH_VOWELS = re.compile(r"eeu|ieu|eau|aai|ooi|oei|aa|ee|ie|oo|uu|oe|ui|ij|ei|ai|oi|au|ou|eu|[aeiou]")
# A y sounds as a vowel at the end and between consonants (baby, hypotheek), and goes with a vowel before it (display).
VOWEL_Y = re.compile(r"(?<![aeiou])y(?![aeiou])")
TREMA = {"ä": "a", "ë": "e", "ï": "i", "ö": "o", "ü": "u"}


def dutch_syllables(word: str) -> int:
    """How many syllables a Dutch word has. A figure counts one for each digit, letters that are spelt one each."""
    if word.isupper() and 1 < len(word) <= 5 and word.isalpha():
        return len(word)
    text = _without_accents(word.casefold().replace("ĳ", "ij"))
    text = "".join(f"-{TREMA[letter]}" if letter in TREMA else letter for letter in text)
    text = VOWEL_Y.sub("i", text).replace("qu", "kw")
    # Mu-se-um: the two vowels before that m are two.
    text = re.sub(r"eum\b", "e-um", text)
    return max(len(DUTCH_VOWELS.findall(text)) + sum(letter.isdigit() for letter in text), 1)


def _without_accents(text: str) -> str:
    """Accents that only stress (één, café) go; a trema stays, for it parts syllables."""
    apart = unicodedata.normalize("NFD", text)
    kept = "".join(letter for letter in apart if not unicodedata.combining(letter) or letter == "\u0308")
    return unicodedata.normalize("NFC", kept).replace("ı", "i")


def flesch_douma(words_per_sentence: float, syllables_per_word: float) -> float:
    """W.H. Douma, De leesbaarheid van landbouwbladen (Wageningen, 1960)."""
    return 206.84 - 0.77 * 100 * syllables_per_word - 0.93 * words_per_sentence


# English ---------------------------------------------------------------------------------------------------------


def english_syllables(word: str) -> int:
    """How many syllables an English word has, by its groups of vowels; an e that is not heard does not count."""
    text = _without_accents(word.casefold()).replace("\u0308", "")
    groups = re.findall(r"[aeiouy]+", text)
    count = len(groups) + sum(letter.isdigit() for letter in text)
    # Made, makes, asked; but ta-ble, wan-ted, hou-ses.
    silent = re.search(r"(?<![aeiouyl])es?$|(?<=[aeiouy]l)es?$|(?<![aeiouytd])ed$", text)
    if silent and not re.search(r"(s|x|z|ch|sh|[cg])es$", text):
        count -= 1
    # I-de-a, vid-e-o, so-ci-al: these vowels are two.
    count += len(re.findall(r"(?<![ctsg])i[ao]|(?<!p)eo|ea$|ua", text))
    return max(count, 1)


def flesch(words_per_sentence: float, syllables_per_word: float) -> float:
    """R. Flesch, A new readability yardstick (1948)."""
    return 206.835 - 84.6 * syllables_per_word - 1.015 * words_per_sentence


FORMULAS: dict[str, tuple[Callable[[str], int], Callable[[float, float], float]]] = {
    "nl": (dutch_syllables, flesch_douma),
    "en": (english_syllables, flesch),
}
