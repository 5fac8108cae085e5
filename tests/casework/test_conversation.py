"""A conversation in the browser: first the words, nothing obliged but two, nothing typed ever lost."""

from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from casework import actions
from casework.models import Case, Concern, Intake, Strength, SupportPerson
from luisterloket.platform.acting import acting
from luisterloket.platform.models import HistoryEntry
from tests.casework.heard import an_intake

pytestmark = pytest.mark.django_db


def page(name, intake, *more):
    return reverse(f"casework:intake-{name}", args=[intake.pk, *more])


@pytest.fixture
def marit(city):
    return city.marit


@pytest.fixture
def browser(sign_in, marit):
    return sign_in(marit)


@pytest.fixture
def intake(city, marit):
    return an_intake(marit, city.unit("schilderswijk"))


def now(intake, who):
    with acting(who.acting):
        return Intake.objects.get(pk=intake.pk)


def test_a_mother_without_a_roof_is_heard_and_becomes_a_case(browser, marit):
    address = browser.post(reverse("casework:intake-start")).url
    assert "verhaal" in address
    told = {
        "own_words": "Op straat gezet, met de kinderen.",
        "quote": "Laat ze slapen.",
        "asked_question": "",
        "question_behind": "",
    }
    address = browser.post(address, told | {"revision": "0"}).url
    assert "markeren" in address
    kinds = [
        {"kind": "concern", "concern-domain": "housing", "concern-severity": "1", "concern-text": "Vannacht geen plek"},
        {"kind": "strength", "strength-text": "Zocht zelf drie adressen"},
        {"kind": "person", "person-name": "Hatice", "person-relation": "buurvrouw"},
    ]
    for kind in kinds:
        assert browser.post(address, kind | {"command_key": str(uuid4())}).status_code == 302
    marked = browser.get(address).content.decode()
    assert "alarm" in marked
    assert "Zocht zelf drie adressen" in marked
    address = address.replace("markeren", "wie")
    household = {"member-0-name": "Ilyas", "member-0-part": "child", "member-0-born": "2022"}
    address = browser.post(address, {"revision": "1", "name": "Rachida Amrani", "born": "14-3-1997", **household}).url
    assert "afronden" in address
    read_back = browser.get(address).content.decode()
    for part in ("Rachida Amrani", "Laat ze slapen.", "Vannacht geen plek", "Zocht zelf drie adressen", "Hatice", "Ilyas"):
        assert part in read_back
    address = browser.post(address, {"command_key": str(uuid4())}).url
    case = browser.get(address).content.decode()
    for part in ("Rachida Amrani", "Laat ze slapen.", "Vannacht geen plek", "Zocht zelf drie adressen", "Hatice", "Ilyas"):
        assert part in case
    with acting(marit.acting):
        resident = Case.objects.get().members.get(part="main").resident
        assert (resident.name, resident.born) == ("Rachida Amrani", "1997-03-14")


def test_a_second_tap_on_new_conversation_opens_the_same_blank_sheet(browser):
    assert browser.post(reverse("casework:intake-start")).url == browser.post(reverse("casework:intake-start")).url


def test_a_sheet_with_words_on_it_is_not_used_again(browser, intake):
    assert str(intake.pk) not in browser.post(reverse("casework:intake-start")).url


@pytest.mark.parametrize("name", ["fatna", "joost", "eline", "ravi", "petra", "daan"])
def test_who_does_not_listen_for_a_wijk_may_not_start(city, sign_in, name):
    assert sign_in(getattr(city, name)).post(reverse("casework:intake-start")).status_code == 403


@pytest.mark.parametrize("step", ["story", "marks", "who", "conclude"])
def test_the_pages_can_be_walked_in_any_order_from_an_empty_sheet(browser, step):
    address = browser.post(reverse("casework:intake-start")).url
    answer = browser.get(
        address.replace("verhaal", {"story": "verhaal", "marks": "markeren", "who": "wie", "conclude": "afronden"}[step])
    )
    assert answer.status_code == 200
    assert "/ 4" in answer.content.decode() or " 4" in answer.content.decode()


@pytest.mark.parametrize("name", ["bram", "hakan", "noor", "fatna", "joost"])
@pytest.mark.parametrize("step", ["story", "marks", "who", "conclude", "discard"])
def test_a_conversation_is_only_for_who_holds_it(city, sign_in, intake, name, step):
    client = sign_in(getattr(city, name))
    assert client.get(page(step, intake)).status_code == 404
    assert client.post(page(step, intake), {}).status_code == 404


def test_without_a_script_each_button_saves_before_it_goes(browser, intake, marit):
    answer = browser.post(page("story", intake), {"revision": "1", "own_words": "Meer woorden", "go": "today"})
    assert answer.url == reverse("today")
    assert now(intake, marit).own_words == "Meer woorden"


def test_a_row_is_added_to_the_household_and_taken_off_without_a_script(browser, intake, marit):
    rows = {"member-0-name": "Ilyas", "member-0-part": "child", "member-1-name": "Sofia", "member-1-part": "child"}
    answer = browser.post(page("who", intake), {"revision": "1", "name": "Rachida", "go": "row", **rows})
    assert b"member-4-name" in browser.get(answer.url.partition("#")[0]).content
    browser.post(page("who", intake), {"revision": "2", "name": "Rachida", "remove": "0", **rows})
    assert "Sofia" in now(intake, marit).household
    assert "Ilyas" not in now(intake, marit).household


@pytest.mark.parametrize("born", ["13-13-1990", "gisteren", "1700", "31-12-2999", "1e9", "０１"])
def test_a_birth_day_that_cannot_be_read_is_asked_again_and_kept(browser, intake, born):
    answer = browser.post(page("who", intake), {"revision": "1", "name": "Rachida", "born": born, "phone": "06 99"})
    assert answer.status_code == 200
    html = answer.content.decode()
    assert "error-summary" in html
    assert born in html
    assert "06 99" in html


# Two windows -----------------------------------------------------------------------------------------------------


def test_a_stale_sheet_shows_both_texts_and_overwrites_nothing(browser, intake, marit):
    browser.post(page("story", intake), {"revision": "1", "own_words": "Uit het ene venster"})
    answer = browser.post(page("story", intake), {"revision": "1", "own_words": "Uit het andere venster"})
    assert answer.status_code == 409
    html = answer.content.decode()
    assert "Uit het ene venster" in html
    assert "Uit het andere venster" in html
    assert now(intake, marit).own_words == "Uit het ene venster"
    assert 'name="revision" value="2"' in html
    browser.post(page("story", intake), {"revision": "2", "own_words": "Beide gelezen"})
    assert now(intake, marit).own_words == "Beide gelezen"


def test_the_same_sheet_sent_twice_is_no_conflict(browser, intake):
    sent = {"revision": "1", "own_words": "Dezelfde woorden"}
    assert browser.post(page("story", intake), sent).status_code == 302
    assert browser.post(page("story", intake), sent).status_code == 302


# Marks -----------------------------------------------------------------------------------------------------------


def test_a_mark_may_be_only_a_quote(browser, intake, marit):
    browser.post(
        page("marks", intake), {"kind": "concern", "concern-domain": "housing", "concern-severity": "2", "quote": "nergens"}
    )
    with acting(marit.acting):
        assert Concern.objects.get(intake=intake).text == "nergens"


def test_a_mark_without_words_is_refused_beside_its_field(browser, intake):
    answer = browser.post(page("marks", intake), {"kind": "concern", "concern-domain": "housing", "concern-severity": "2"})
    assert "id_concern-text_error" in answer.content.decode()


def test_what_was_typed_for_another_kind_is_kept(browser, intake):
    answer = browser.post(
        page("marks", intake), {"kind": "concern", "quote": "nergens", "strength-text": "Zocht zelf", "concern-text": "Geen plek"}
    )
    html = answer.content.decode()
    assert "Zocht zelf" in html
    assert "Geen plek" in html
    assert ">\nnergens</textarea>" in html


def test_the_enter_key_in_another_kind_marks_that_kind(browser, intake):
    assert browser.post(page("marks", intake), {"kind": "concern", "person-name": "Hatice"}).status_code == 302


@pytest.mark.parametrize(
    ("field", "value"),
    [("concern-domain", "weather"), ("concern-severity", "0"), ("concern-severity", "6"), ("concern-severity", "x")],
)
def test_a_mark_outside_the_scale_is_refused(browser, intake, marit, field, value):
    sent = {"kind": "concern", "concern-domain": "housing", "concern-severity": "2", "concern-text": "Geen plek"} | {field: value}
    assert browser.post(page("marks", intake), sent).status_code == 200
    with acting(marit.acting):
        assert not Concern.objects.exists()


def test_a_mark_sent_twice_is_one_mark(browser, intake, marit):
    sent = {
        "kind": "concern",
        "concern-domain": "housing",
        "concern-severity": "2",
        "concern-text": "Geen plek",
        "command_key": str(uuid4()),
    }
    browser.post(page("marks", intake), sent)
    browser.post(page("marks", intake), sent)
    with acting(marit.acting):
        assert Concern.objects.count() == 1


def test_a_mark_is_taken_off_once_and_a_second_tap_changes_nothing(browser, intake, marit):
    browser.post(page("marks", intake), {"kind": "person", "person-name": "Hatice"})
    with acting(marit.acting):
        person = intake.supportpersons.get()
    for _tap in range(2):
        assert browser.post(page("unmark", intake, "person", person.pk)).status_code == 302
    with acting(marit.acting):
        assert not intake.supportpersons.exists()


def test_what_is_marked_is_asked_in_the_order_of_the_wijk(browser, intake, city):
    from luisterloket.wijken.models import WayOfWorking
    from tests import writes

    with writes.allowed():
        WayOfWorking.objects.create(wijk=intake.unit.wijk, version=2, starts_on="2026-02-01", domain_order=["justice", "work"])
    html = browser.get(page("marks", intake)).content.decode()
    assert html.index('value="justice"') < html.index('value="work"') < html.index('value="housing"')


# Something acute -------------------------------------------------------------------------------------------------


@pytest.fixture
def acute(browser, intake):
    browser.post(
        page("marks", intake),
        {"kind": "concern", "concern-domain": "housing", "concern-severity": "1", "concern-text": "Geen plek"},
    )
    return intake


@pytest.mark.parametrize("step", ["story", "marks", "who", "conclude"])
def test_an_acute_mark_alarms_on_every_page_of_the_conversation(browser, acute, step):
    html = browser.get(page(step, acute)).content.decode()
    assert 'class="alarm"' in html
    assert "Hakan" in html


def test_an_acute_mark_comes_on_top_of_vandaag_at_once(browser, acute):
    html = browser.get(reverse("today")).content.decode()
    assert 'class="alarm"' in html
    assert "Rachida Amrani" in html


def test_the_coordinator_sees_who_hears_something_acute_and_nothing_of_what_was_told(city, sign_in, acute):
    client = sign_in(city.hakan)
    assert page("acute", acute) in client.get(reverse("today")).content.decode()
    html = client.get(page("acute", acute)).content.decode()
    assert "Marit Zwanenveld" in html
    assert "Rachida" not in html
    assert "Geen plek" not in html


@pytest.mark.parametrize("name", ["bram", "sef", "noor", "joost"])
def test_other_colleagues_do_not_see_the_alarm_of_a_conversation(city, sign_in, acute, name):
    client = sign_in(getattr(city, name))
    assert client.get(page("acute", acute)).status_code == 404


def test_an_acute_case_stays_on_vandaag_until_something_is_arranged(browser, acute, marit):
    address = browser.post(page("conclude", acute), {"command_key": str(uuid4())}).url
    assert address in browser.get(reverse("today")).content.decode()


# Ending ----------------------------------------------------------------------------------------------------------


def test_an_empty_conversation_is_refused_beside_the_two_things_that_are_obliged(browser, marit):
    address = browser.post(reverse("casework:intake-start")).url.replace("verhaal", "afronden")
    html = browser.post(address, {"command_key": str(uuid4())}).content.decode()
    assert "id_own_words_error" in html
    html = browser.post(address, {"command_key": str(uuid4()), "own_words": "Er was een vraag."}).content.decode()
    assert "id_name_error" in html
    assert "Er was een vraag." in html
    answer = browser.post(address, {"command_key": str(uuid4()), "own_words": "Er was een vraag.", "name": "Kees"})
    assert browser.get(answer.url).status_code == 200


def test_a_nickname_is_enough_and_what_is_on_the_sheet_is_never_replaced(browser, city, marit):
    intake = an_intake(marit, city.unit("schilderswijk"), name="", known_as="Kees van de brug")
    sent = {"command_key": str(uuid4()), "own_words": "Iets anders", "name": "Iemand anders"}
    assert browser.post(page("conclude", intake), sent).status_code == 302
    after = now(intake, marit)
    assert after.own_words == "Wij slapen vannacht nergens."
    assert after.name == ""


def test_concluding_twice_with_one_key_gives_one_case(browser, intake, marit):
    sent = {"command_key": str(uuid4()), "own_words": "", "name": ""}
    first, second = browser.post(page("conclude", intake), sent), browser.post(page("conclude", intake), sent)
    assert first.url == second.url
    with acting(marit.acting):
        assert Case.objects.count() == 1


def test_concluding_again_with_another_key_leads_to_the_case(browser, intake, marit):
    case = browser.post(page("conclude", intake), {"command_key": str(uuid4())}).url
    answer = browser.post(page("conclude", intake), {"command_key": str(uuid4())})
    assert answer.status_code == 409
    assert case in answer.content.decode()


def test_a_mark_after_the_end_says_so_and_gives_the_words_back(browser, intake):
    case = browser.post(page("conclude", intake), {"command_key": str(uuid4())}).url
    sent = {"kind": "concern", "concern-domain": "housing", "concern-severity": "2", "concern-text": "Te laat getypt"}
    answer = browser.post(page("marks", intake), sent)
    assert answer.status_code == 409
    html = answer.content.decode()
    assert "Te laat getypt" in html
    assert case in html


def test_the_sheet_after_the_end_gives_the_words_back(browser, intake):
    browser.post(page("conclude", intake), {"command_key": str(uuid4())})
    answer = browser.post(page("story", intake), {"revision": "1", "own_words": "Te laat getypt"})
    assert answer.status_code == 409
    assert "Te laat getypt" in answer.content.decode()


def test_a_page_of_a_conversation_that_ended_leads_to_its_case(browser, intake):
    case = browser.post(page("conclude", intake), {"command_key": str(uuid4())}).url
    assert browser.get(page("who", intake)).url == case


def test_throwing_away_is_asked_once_and_removes_what_was_typed(browser, intake, marit):
    assert browser.get(page("discard", intake)).status_code == 200
    assert now(intake, marit).own_words
    assert browser.post(page("discard", intake), {"command_key": str(uuid4())}).url == reverse("today")
    after = now(intake, marit)
    assert (after.status, after.own_words, after.name, after.phone) == ("discarded", "", "", "")
    with acting(marit.acting):
        assert HistoryEntry.objects.filter(verb="intake.discarded", thing_id=intake.pk).count() == 1


def pasts(intake, marit):
    """What the history of the rows still holds of a conversation."""
    with acting(marit.acting):
        return [kind.history.filter(intake_id=intake.pk).count() for kind in (Concern, Strength, SupportPerson)]


def test_what_is_thrown_away_stays_nowhere(browser, intake, marit):
    actions.mark_concern(actor=marit, intake=intake, domain="housing", severity=1, text="Geen dak")
    actions.mark_strength(actor=marit, intake=intake, text="Kookt graag")
    slip = actions.mark_person(actor=marit, intake=intake, name="Hatice")
    assert pasts(intake, marit) == [1, 1, 1]
    # A slip of the finger leaves nothing, and takes nothing else along.
    browser.post(page("unmark", intake, "person", slip.pk))
    assert pasts(intake, marit) == [1, 1, 0]
    browser.post(page("discard", intake), {"command_key": str(uuid4())})
    assert pasts(intake, marit) == [0, 0, 0]


def test_of_a_case_the_past_stays(browser, intake, marit):
    actions.mark_concern(actor=marit, intake=intake, domain="housing", severity=1, text="Geen dak")
    browser.post(page("conclude", intake), {"command_key": str(uuid4())})
    with acting(marit.acting), pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT forget_thrown_away(%s)", [intake.pk])
    assert pasts(intake, marit)[0] >= 1


def test_words_beyond_the_limit_are_refused_and_kept(browser, intake, marit):
    long = "a" * 250_000
    answer = browser.post(page("story", intake), {"revision": "1", "own_words": long})
    assert answer.status_code == 200
    html = answer.content.decode()
    assert "id_own_words_error" in html
    assert long in html
    assert now(intake, marit).own_words == "Wij slapen vannacht nergens."


def test_more_than_two_megabytes_is_refused_and_what_was_saved_stays(browser, intake, marit):
    answer = browser.post(page("story", intake), {"revision": "1", "own_words": "a" * (2 * 1024 * 1024 + 1)})
    assert answer.status_code == 400
    assert now(intake, marit).own_words == "Wij slapen vannacht nergens."


def test_an_unfinished_conversation_waits_on_vandaag(browser, intake):
    assert page("story", intake) in browser.get(reverse("today")).content.decode()
