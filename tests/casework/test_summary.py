"""The summary leaves nothing out, speaks in short sentences and has no labels."""

import json
import re
from datetime import timedelta

import pytest
from django.utils import timezone, translation

from backoffice.models import SpecialistRequest
from casework import actions
from casework.domains import CATEGORY_OF, ICON_OF, LifeDomain, Severity
from casework.models import Case, Concern, Debt, Strength
from casework.summaries import composed_now
from casework.summary import TOPICS, WORRIES, Helper, Told, Worry, summarise
from casework.summary_money import THREATS, Owed
from casework.wording import own_wording
from luisterloket.platform.acting import acting
from luisterloket.platform.plain import phrases
from luisterloket.platform.templatetags.icons import ICONS
from tests.backoffice import scene as desk
from tests.wijkbegroting import scene as money

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


def waiting(city, case: Case) -> None:
    """Something of every kind that waits: on a desk, on the wijkwerker, on a colleague, on the wijkwethouder, on the treasurer; on
    who lets a debt rest, and on a conversation about a threat.
    """
    desk.sent(city, case, title="Een plek voor vannacht")
    desk.asked_back(city, case=case, title="Een briefadres")
    desk.answered(city, case=case, title="Een huisarts")
    money.asked(city, case=case, purpose="Luiers voor een week")
    money.cosigned(city, case=case, purpose="De laatste rijlessen")
    money.approved(city, case=case, purpose="Eten tot vrijdag")
    debt = {"kind": "energy", "sureness": "about", "least": 800_00}
    rests = {"status": "paused", "paused_by": "Wim, Desk Schuldhulp", "paused_until": timezone.localdate() + timedelta(days=20)}
    actions.add_debt(actor=city.marit, case=case, creditor="Eneco", **debt, **rests)
    actions.add_debt(actor=city.marit, case=case, creditor="Haag Wonen", **debt, threat="eviction", threat_on=IN_A_MONTH)
    actions.add_debt(actor=city.marit, case=case, creditor="Tante Ria", **debt)


IN_A_MONTH = timezone.localdate() + timedelta(days=31)
DEBTS = {"Eneco": "Wim, Desk Schuldhulp.*Marit Zwanenveld", "Haag Wonen": "Marit Zwanenveld"}
WAITS = {
    "Een plek voor vannacht": "Desk Wonen en opvang",
    "Een briefadres": "Marit Zwanenveld",
    "Een huisarts": "Marit Zwanenveld",
    "Luiers voor een week": "collega|colleague",
    "De laatste rijlessen": "wijkwethouder",
    "Eten tot vrijdag": "budgetbeheerder|treasurer",
}


def summary_of(city, case, language):
    with acting(city.marit.acting):
        case = Case.objects.select_related("owner").get(pk=case.pk)
        return composed_now(case, city.marit, own_wording(language)).summary


@pytest.mark.django_db
@pytest.mark.parametrize("told", [MOTHER, NICKNAME, MUCH], ids=["a mother", "a nickname", "everything at once"])
@pytest.mark.parametrize("language", ["nl", "en"])
def test_everything_that_was_heard_is_in_it(city, told, language):
    summary = summary_of(city, case_of(city, told), language)
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
    parts += ["Marit Zwanenveld"]
    for part in filter(None, parts):
        assert part.casefold() in text, part
    with translation.override(language):
        for domain, _severity, *_rest in told["concerns"]:
            assert translation.gettext(TOPICS[LifeDomain(domain)]) in summary.text
    for part in summary.parts:
        assert part.text[0] == part.text[0].upper()
        assert part.text[-1] in ".!?…”"


@pytest.mark.django_db
@pytest.mark.parametrize("told", [MOTHER, NICKNAME, MUCH], ids=["a mother", "a nickname", "everything at once"])
@pytest.mark.parametrize("language", ["nl", "en"])
def test_never_edited_it_holds_all_that_is_open_with_owner_and_day_and_no_label(city, told, language):
    case = case_of(city, told)
    waiting(city, case)
    summary = summary_of(city, case, language)
    with acting(city.marit.acting):
        open_things = [one.text for kind in (Concern, Strength) for one in kind.objects.filter(case=case)]
        assert SpecialistRequest.objects.filter(case=case).count() == 3
    for text in open_things:
        assert text.rstrip(".").casefold() in summary.text.casefold()
    for title, owner in WAITS.items():
        [wait] = [part.text for part in summary.parts if title in part.text]
        assert re.search(owner, wait)
        # A day that still holds when the paper is read tomorrow.
        assert re.search(r"\b\d{1,2} [A-Za-z]+ 20\d\d, \d\d\.\d\d\b", wait), wait
    for creditor, owner in DEBTS.items():
        [wait] = [part.text for part in summary.parts if creditor in part.text]
        assert re.search(owner, wait)
        assert re.search(r"\b\d{1,2} [A-Za-z]+ 20\d\d", wait), wait
        assert ":" not in wait
    # What only is owed waits for nobody, and stands on the money sheet.
    assert "Ria" not in summary.text
    labels = ["Wonen:", "Geld:", "Housing:", "Sinds wanneer", "Since when", "Wie helpt", "Who helps", "%("]
    assert [label for label in labels if label in summary.text] == []


def words_per_sentence(texts):
    lengths = [len(sentence.split()) for text in texts for sentence in re.split(r"[.!?]", text) if sentence.strip()]
    return sum(lengths) / len(lengths)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_its_own_sentences_are_short(language):
    told = Told(
        name="An",
        asked_question="rust",
        question_behind="slaap",
        household=(("Bo", "child"), ("Al", "child")),
        worries=tuple(Worry(domain, severity, "Zo is het", "", "Bo") for domain in LifeDomain for severity in Severity),
        strengths=(("1", "Zingt"),),
        helpers=(Helper("Bo", "buur", "koken"),),
        debts=tuple(
            Owed("Eneco", "Wim", day, threat, day, timezone.now(), threat)
            for threat in Debt.Threat.values
            for day in (timezone.localdate(), timezone.localdate() - timedelta(days=1))
        ),
        contact="Marit",
    )
    assert words_per_sentence([part.text for part in summarise(told, own_wording(language)).parts]) <= 15
    with translation.override(language):
        own = [translation.gettext(text) for text in WORRIES.values()]
    assert max(len(sentence.split()) for text in own for sentence in text.split(".")) <= 15


@pytest.mark.parametrize("language", ["nl", "en"])
def test_no_field_label_is_in_it(language):
    worries = tuple(Worry(domain, Severity.HEAVY, "Zo is het") for domain in LifeDomain)
    text = summarise(Told(name="An", worries=worries, strengths=(("1", "Zingt"),)), own_wording(language)).text
    assert ":" not in text
    assert "%" not in text


def test_every_life_domain_and_every_severity_has_its_words():
    assert set(TOPICS) == set(LifeDomain)
    assert set(WORRIES) == set(Severity)


def test_every_threat_has_its_words_and_a_debt_that_waits_makes_it_a_matter_of_money(city):
    assert set(THREATS) == set(Debt.Threat)
    case = case_of(city, NICKNAME)
    with acting(city.marit.acting):
        case = Case.objects.select_related("owner").get(pk=case.pk)
        assert "finances" not in composed_now(case, city.marit, own_wording("nl")).categories
    waiting(city, case)
    with acting(city.marit.acting):
        assert "finances" in composed_now(case, city.marit, own_wording("nl")).categories


def test_a_pause_that_is_over_is_said_to_be_over():
    owed = Owed("Eneco", "Wim", timezone.localdate() - timedelta(days=1))
    [part] = [one for one in summarise(Told(debts=(owed,), contact="Marit"), own_wording("en")).parts if "Eneco" in one.text]
    assert "That is over. Marit looks now how it goes on." in part.text


def test_nothing_heard_is_still_a_sentence():
    assert summarise(Told(), own_wording("nl")).parts


def test_every_phrase_is_known_by_its_own_words():
    """What a municipality has translated is complete only when every floor named its phrases."""
    named = set(phrases())
    assert {*TOPICS.values(), *WORRIES.values()} <= named
    assert any("We asked" in text for text in named)
    assert any("The treasurer pays" in text for text in named)


def test_every_life_domain_has_a_category_and_an_icon_that_exists():
    assert set(CATEGORY_OF) == set(ICON_OF) == set(LifeDomain)
    assert set(ICON_OF.values()) <= set(ICONS)
