"""The measure counts as a person would, and says which sentences are long."""

import pytest

from casework.readability import PLAIN, dutch_syllables, english_syllables, long_sentences, measure, sentences_in

DUTCH = {
    1: "ik huis zij ei oud blauw mooi haai sneeuw nieuw leeuw boei jeugd deur één hoe uur lijf ijs trein kwijt schreeuwt",
    2: "wonen zeeën knieën reëel mooie draaien groeien uien baby bureau chaos cliënt ruzie schulden café foto's dieet "
    "toilet display hobby vrijheid",
    3: "ideeën museum radio video theater ruïne eieren gemeente toeslagen België reünie speciaal afspraken inkomen sociaal",
    4: "industrieel januari egoïsme uitkeringen individu wijkbegroting officieel beïnvloeden hypotheken",
    5: "coördineren financiële verzekeringen schuldhulpverlening maatwerkvoorziening",
    6: "geïnteresseerden",
    7: "verantwoordelijkheden",
}
# Written out where the eye and the ear may differ.
DUTCH_MORE = {"UWV": 3, "Wmo": 1, "40": 2, "'s": 1}
ENGLISH = {
    1: "house made asked the strength through makes own",
    2: "table money wanted housing paper people neighbour houses",
    3: "family idea video radio hospital",
    4: "community january information",
}


@pytest.mark.parametrize(
    ("word", "count"),
    [(word, DUTCH_MORE.get(word, count)) for count, words in DUTCH.items() for word in words.split()] + list(DUTCH_MORE.items()),
)
def test_dutch_words_have_the_syllables_that_are_heard(word, count):
    assert dutch_syllables(word) == count


@pytest.mark.parametrize(("word", "count"), [(word, count) for count, words in ENGLISH.items() for word in words.split()])
def test_english_words_have_the_syllables_that_are_heard(word, count):
    assert english_syllables(word) == count


def test_the_dutch_words_are_enough_to_trust_the_counter():
    assert len({word for words in DUTCH.values() for word in words.split()} | set(DUTCH_MORE)) >= 75


def test_the_score_is_that_of_the_formula():
    # Ten words in two sentences, nineteen syllables.
    text = "Zij zoekt een andere woning. De kinderen slapen tegenwoordig slecht."
    assert measure(text, "nl").score == round(206.84 - 0.77 * 190 - 0.93 * 5) == 56
    # Ten words in two sentences, fifteen syllables.
    text = "She wanted another house near her family. It was cold."
    assert measure(text, "en").score == round(206.835 - 84.6 * 1.5 - 1.015 * 5) == 75
    # The scale ends at a hundred.
    assert measure("Dit is kort.", "nl").score == 100


def test_plain_words_score_as_plain_and_official_ones_as_hard():
    plain = measure("Zij slaapt slecht. Er is nog veertig euro. Haar zus helpt.", "nl")
    hard = measure(
        "De verantwoordelijkheid voor de schuldhulpverleningsovereenkomst berust onverminderd bij de uitkeringsgerechtigde.", "nl"
    )
    assert plain.score >= PLAIN
    assert plain.tone == "done"
    assert hard.score < PLAIN
    assert hard.tone == "acute"


def test_a_language_without_a_formula_has_no_score():
    assert measure("Bu bir hikâye.", "tr") is None
    assert measure(" ", "nl") is None
    assert long_sentences("Bu bir hikâye.", "tr") == []


def test_a_sentence_of_sixteen_words_is_long_and_one_of_fifteen_is_not():
    fifteen = " ".join(["woord"] * 15) + "."
    sixteen = "Woord " + fifteen
    [found] = long_sentences(f"{fifteen.capitalize()} {sixteen}", "nl")
    assert found.text == sixteen
    assert found.measure.words == 16


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Zij belt dhr. Jansen. Hij helpt.", 2),
        ("Zij heeft nog € 40,50 tot 15.10 uur.", 1),
        ("“Wanneer dan?” zei zij. Niemand wist het…", 2),
        ("", 0),
        ("...", 0),
    ],
)
def test_a_text_falls_into_the_sentences_that_one_reads(text, count):
    assert len(sentences_in(text)) == count
