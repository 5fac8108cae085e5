"""Help of a minute: noted without a name, one's own, and a conversation or part of a case with one press."""

import json
from uuid import uuid4

import pytest
from django.urls import reverse

from casework import actions
from casework.models import Intake, ShortContact
from luisterloket.convenant.disclosure import collect
from luisterloket.platform.acting import acting
from luisterloket.platform.drafts import draft_of
from luisterloket.platform.exceptions import NotAllowed, Refused
from luisterloket.platform.models import HistoryEntry
from tests.casework.heard import a_case

pytestmark = pytest.mark.django_db
PAGE = "/casework/kort/"
LETTER = {"done": "letter", "text": "Een brief van de energie, zij betaalt te veel"}


@pytest.fixture
def contact(city):
    return actions.note_short_contact(actor=city.marit, unit=city.unit("schilderswijk"), who="mevrouw van nummer 12", **LETTER)


def now(city, contact):
    with acting(city.marit.acting):
        return ShortContact.objects.select_related("intake").get(pk=contact.pk)


# Noting ----------------------------------------------------------------------------------------------------------


def test_two_things_are_enough_and_a_second_tap_notes_nothing_more(city, sign_in):
    client = sign_in(city.marit)
    sent = {**LETTER, "command_key": str(uuid4())}
    for _tap in range(2):
        assert client.post(PAGE, sent).url == f"{PAGE}#noted"
    html = client.get(PAGE).content.decode()
    assert html.count(LETTER["text"] + "</p>") == 1


@pytest.mark.parametrize("missing", ["done", "text"])
def test_what_was_typed_stays_when_something_is_missing(city, sign_in, missing):
    sent = {**LETTER, "who": "meneer met de pet", "command_key": str(uuid4())} | {missing: ""}
    html = sign_in(city.marit).post(PAGE, sent).content.decode()
    assert f"id_{missing}_error" in html
    assert "meneer met de pet" in html


def test_what_is_typed_is_kept_and_gone_once_it_is_noted(city, sign_in):
    client = sign_in(city.marit)
    address = f"{reverse('draft')}?form=short contact"
    body = {"revision": 0, "values": {"text": "Halverwege een zin", "done": "phone"}}
    assert client.patch(address, json.dumps(body), content_type="application/json").status_code == 200
    assert "Halverwege een zin" in client.get(PAGE).content.decode()
    client.post(PAGE, {**LETTER, "command_key": str(uuid4())})
    with acting(city.marit.acting):
        assert draft_of(city.marit, "short contact") is None
    assert "Halverwege een zin" not in client.get(PAGE).content.decode()


def test_who_was_signed_out_gets_their_text_back(client):
    answer = client.post(PAGE, LETTER)
    assert answer.status_code == 401
    assert LETTER["text"] in answer.content.decode()


def test_the_button_on_vandaag_opens_the_form_without_an_error(city, sign_in):
    client = sign_in(city.marit)
    assert f'action="{PAGE}"' in client.get(reverse("today")).content.decode()
    assert client.post(PAGE, {}).url == PAGE
    assert "data-error-summary" not in client.get(PAGE).content.decode()


def test_it_holds_no_minutes_and_history_holds_no_words(city, contact):
    assert not {field.name for field in ShortContact._meta.fields} & {"minutes", "duration", "ended_at", "until"}
    with acting(city.marit.acting):
        entry = HistoryEntry.objects.get(verb="short_contact.noted")
    assert entry.details == {"done": "letter", "domain": ""}


# Whose it is -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["bram", "hakan", "noor", "fatna", "joost", "eline", "daan"])
def test_nobody_else_sees_it_not_even_in_the_database(city, contact, name):
    with acting(getattr(city, name).acting):
        assert not ShortContact.objects.exists()


def test_a_colleague_cannot_use_it_either(city, contact):
    with pytest.raises(NotAllowed):
        actions.start_intake_from(actor=city.bram, contact=contact)


def test_a_list_is_paged_and_takes_as_many_queries_when_it_is_full(city, sign_in, contact, django_assert_max_num_queries):
    client = sign_in(city.marit)
    client.get(PAGE)
    with django_assert_max_num_queries(30) as few:
        client.get(PAGE)
    for number in range(11):
        actions.note_short_contact(actor=city.marit, unit=city.unit("schilderswijk"), done="phone", text=f"Nummer {number}")
    with django_assert_max_num_queries(len(few)):
        page = client.get(PAGE)
    assert len(page.context["rows"]) == 10
    older = client.get(PAGE, {"before": page.context["following"]})
    assert [row.contact.text for row in older.context["rows"]] == ["Nummer 0", LETTER["text"]]
    assert client.get(PAGE, {"before": "x"}).status_code == 404


def test_a_slip_is_put_right_as_long_as_nothing_came_of_it(city, sign_in, contact):
    client = sign_in(city.marit)
    amend = reverse("casework:short-contact-amend", args=[contact.pk])
    assert LETTER["text"] in client.get(amend).content.decode()
    assert "id_text_error" in client.post(amend, {"done": "phone", "text": " "}).content.decode()
    assert client.post(amend, {"done": "phone", "text": "Gebeld met de energie", "domain": "finances"}).url == f"{PAGE}#noted"
    after = now(city, contact)
    assert (after.done, after.text, after.domain, after.who) == ("phone", "Gebeld met de energie", "finances", "")
    actions.start_intake_from(actor=city.marit, contact=contact)
    assert client.get(amend).url == PAGE
    with pytest.raises(Refused):
        actions.amend_short_contact(actor=city.marit, contact=contact, **LETTER)


# What comes of it ------------------------------------------------------------------------------------------------


def test_it_becomes_a_conversation_with_one_press_and_the_same_one_with_two(city, sign_in, contact):
    client = sign_in(city.marit)
    address = reverse("casework:short-contact-intake", args=[contact.pk])
    first, second = client.post(address).url, client.post(address).url
    assert first == second
    intake = now(city, contact).intake
    assert first == intake.get_absolute_url()
    assert (intake.own_words, intake.known_as) == (LETTER["text"], "mevrouw van nummer 12")


def test_with_the_conversation_it_becomes_part_of_the_case(city, contact):
    intake = actions.start_intake_from(actor=city.marit, contact=contact)
    case = actions.conclude_intake(actor=city.marit, intake=intake)
    assert now(city, contact).case_id == case.pk


def test_a_conversation_that_came_to_nothing_leaves_it_as_it_was(city, contact):
    actions.discard_intake(actor=city.marit, intake=actions.start_intake_from(actor=city.marit, contact=contact))
    kept = now(city, contact)
    assert kept.text == LETTER["text"]
    assert kept.intake is None
    again = actions.start_intake_from(actor=city.marit, contact=contact)
    assert again.status == Intake.Status.LISTENING


def test_of_someone_known_it_goes_to_their_case_and_is_read_there(city, sign_in, contact):
    case = a_case(city.marit, city.unit("schilderswijk"))
    client = sign_in(city.marit)
    address = reverse("casework:short-contact-link", args=[contact.pk])
    assert "Rachida Amrani" in client.get(address).content.decode()
    assert "Rachida Amrani" in client.post(address, {"q": "rachida"}).content.decode()
    answer = client.post(address, {"case": str(case.pk), "command_key": str(uuid4())})
    assert answer.url == reverse("casework:case-contact", args=[case.pk])
    assert LETTER["text"] in client.get(answer.url).content.decode()
    own = client.get(PAGE).content.decode()
    assert LETTER["text"] not in own
    assert case.get_absolute_url() in own


def test_it_cannot_be_linked_to_a_case_that_is_not_mine_to_open(city, sign_in, contact):
    case = a_case(city.bram, city.unit("schilderswijk"))
    address = reverse("casework:short-contact-link", args=[contact.pk])
    client = sign_in(city.marit)
    for pk in (case.pk, uuid4(), "x"):
        assert client.post(address, {"case": str(pk)}).status_code in {200, 404}
    assert now(city, contact).case_id is None


def test_it_goes_to_one_case_only(city, contact):
    first, second = (a_case(city.marit, city.unit("schilderswijk"), name=name) for name in ("Een", "Twee"))
    actions.link_to_case(actor=city.marit, contact=contact, case=first)
    for refused in (
        lambda: actions.link_to_case(actor=city.marit, contact=contact, case=second),
        lambda: actions.start_intake_from(actor=city.marit, contact=contact),
    ):
        with pytest.raises(Refused):
            refused()
    assert now(city, contact).case_id == first.pk


def test_in_a_case_it_is_of_the_category_of_what_it_was_about(city):
    case = a_case(city.marit, city.unit("schilderswijk"))
    for domain, text in (("physical_health", "Een brief van het ziekenhuis"), ("", "Een brief van iemand")):
        one = actions.note_short_contact(actor=city.marit, unit=city.unit("schilderswijk"), done="letter", text=text, domain=domain)
        actions.link_to_case(actor=city.marit, contact=one, case=case)
    from casework.disclosures import scope_of

    with acting(city.marit.acting):
        given = {
            category: [item.text for item in collect(scope_of(case), frozenset({category})) if item.kind == "short_contact"]
            for category in ("health", "story", "finances")
        }
    assert given == {"health": ["Een brief van het ziekenhuis"], "story": ["Een brief van iemand"], "finances": []}


def test_after_linking_who_is_involved_reads_it_and_a_buddy_does_not(city, sign_in, contact):
    case = a_case(city.marit, city.unit("schilderswijk"))
    actions.link_to_case(actor=city.marit, contact=contact, case=case)
    actions.involve(actor=city.marit, case=case, user=city.bram, kind="co_worker")
    actions.involve(actor=city.marit, case=case, user=city.fatna, kind="buddy")
    address = reverse("casework:case-contact", args=[case.pk])
    assert LETTER["text"] in sign_in(city.bram).get(address).content.decode()
    assert sign_in(city.fatna).get(address).status_code == 403
    assert LETTER["text"] not in sign_in(city.fatna).get(case.get_absolute_url()).content.decode()
