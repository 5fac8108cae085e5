"""The summary leaves nothing out, speaks in short sentences and has no labels."""

import json
import re

import pytest
from django.utils import translation

from casework import actions
from casework.disclosures import scope_of
from casework.domains import CATEGORY_OF, ICON_OF, LifeDomain, Severity
from casework.models import Case
from casework.summary import TOPICS, WORRIES, Helper, Told, Worry, summarise, told_of
from luisterloket.convenant.disclosure import Ground, disclose
from luisterloket.platform.acting import acting
from luisterloket.platform.templatetags.icons import ICONS

MOTHER = {
    "sheet": {
        "own_words": "Wij moesten eruit.",
        "quote": "Laat ze slapen.",
        "asked_question": "een plek voor vannacht",
        "question_behind": "rust",
        "name": "Rachida Amrani",
        "household": json.dumps(
            [{"name": "Ilyas", "part": "child", "born": "2022"}, {"name": "", "part": "child", "born": "2025"}]
        ),
    },
    "concerns": [("housing", 1, "Vannacht geen plek", "sinds zondag", ""), ("finances", 2, "Nog veertig euro.", "", "haar zus")],
    "strengths": ["Zocht zelf drie adressen", "wil de zorg in"],
    "people": [("Hatice", "buurvrouw", "op de kinderen passen")],
}
NICKNAME = {
    "sheet": {"own_words": "Alleen een slaapzak.", "known_as": "Kees van de brug"},
    "concerns": [("housing", 3, "slaapt buiten", "jaren", "")],
    "strengths": [],
    "people": [],
}
MUCH = {
    "sheet": {"own_words": "Alles tegelijk!", "name": "mevrouw Gülşen Yıldırım"},
    "concerns": [(domain.value, 1 + number % 5, f"Zorg nummer {number}?", "", "") for number, domain in enumerate(LifeDomain)],
    "strengths": [f"Kracht nummer {number}" for number in range(8)],
    "people": [(f"Buur{number}", "", "") for number in range(5)],
}


def case_of(city, told) -> Case:
    marit = city.marit
    intake = actions.start_intake(actor=marit, unit=city.unit("schilderswijk"))
    intake = actions.save_sheet(actor=marit, intake=intake, revision=0, values=told["sheet"])
    for domain, severity, text, since, who_helps in told["concerns"]:
        actions.mark_concern(
            actor=marit, intake=intake, domain=domain, severity=severity, text=text, since=since, who_helps=who_helps
        )
    for text in told["strengths"]:
        actions.mark_strength(actor=marit, intake=intake, text=text)
    for name, relation, can_do in told["people"]:
        actions.mark_person(actor=marit, intake=intake, name=name, relation=relation, can_do=can_do)
    return actions.conclude_intake(actor=marit, intake=intake)


@pytest.mark.django_db
@pytest.mark.parametrize("told", [MOTHER, NICKNAME, MUCH], ids=["a mother", "a nickname", "everything at once"])
@pytest.mark.parametrize("language", ["nl", "en"])
def test_everything_that_was_heard_is_in_it(city, told, language):
    case, marit = case_of(city, told), city.marit
    with acting(marit.acting), translation.override(language):
        scope = scope_of(case)
        disclosed = disclose(scope, to=marit, purpose="listening", ground=Ground("involvement", case.pk), what="test")
        waits = ["Desk Wonen antwoordt morgen", "Marit belt op vrijdag 27 november."]
        summary = summarise(told_of(disclosed, scope.subjects[0], waits=waits, contact="Marit Zwanenveld"))
    text = summary.text.casefold()
    sheet = told["sheet"]
    parts = [
        sheet.get("name") or sheet["known_as"],
        sheet.get("quote", ""),
        sheet.get("asked_question", ""),
        sheet.get("question_behind", ""),
    ]
    for _domain, _severity, words, since, who_helps in told["concerns"]:
        parts += [words.rstrip("."), since, who_helps]
    parts += told["strengths"] + [word for person in told["people"] for word in person]
    parts += [person["name"] for person in json.loads(sheet.get("household", "[]"))]
    parts += ["Desk Wonen antwoordt morgen", "vrijdag 27 november", "Marit Zwanenveld"]
    for part in filter(None, parts):
        assert part.casefold() in text, part
    with translation.override(language):
        for domain, _severity, *_rest in told["concerns"]:
            assert str(TOPICS[LifeDomain(domain)]) in summary.text
    for sentence in summary.sentences:
        assert sentence[0] == sentence[0].upper()
        assert sentence[-1] in ".!?…”"


def words_per_sentence(texts):
    lengths = [len(sentence.split()) for text in texts for sentence in re.split(r"[.!?]", text) if sentence.strip()]
    return sum(lengths) / len(lengths)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_its_own_sentences_are_short(language):
    with translation.override(language):
        told = Told(
            name="An",
            asked_question="rust",
            question_behind="slaap",
            household=(("Bo", "kind"), ("Al", "kind")),
            worries=tuple(Worry(domain, severity, "Zo is het", "", "Bo") for domain in LifeDomain for severity in Severity),
            strengths=("Zingt",),
            helpers=(Helper("Bo", "buur", "koken"),),
            contact="Marit",
        )
        assert words_per_sentence(summarise(told).sentences) <= 15
        assert max(len(sentence.split()) for text in WORRIES.values() for sentence in str(text).split(".")) <= 15


@pytest.mark.parametrize("language", ["nl", "en"])
def test_no_field_label_is_in_it(language):
    with translation.override(language):
        told = Told(
            name="An", worries=tuple(Worry(domain, Severity.HEAVY, "Zo is het") for domain in LifeDomain), strengths=("Zingt",)
        )
        text = summarise(told).text
    assert ":" not in text
    assert "%" not in text


def test_every_life_domain_and_every_severity_has_its_words():
    assert set(TOPICS) == set(LifeDomain)
    assert set(WORRIES) == set(Severity)


def test_nothing_heard_is_still_a_sentence():
    assert summarise(Told(name="An")).sentences


def test_every_life_domain_has_a_category_and_an_icon_that_exists():
    assert set(CATEGORY_OF) == set(ICON_OF) == set(LifeDomain)
    assert set(ICON_OF.values()) <= set(ICONS)
