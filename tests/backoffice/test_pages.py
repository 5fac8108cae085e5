"""The pages of requests: who gets them, what stands on them, and that nothing typed is lost."""

import re
from uuid import uuid4

import pytest
from django.urls import reverse

from backoffice import actions, sharing
from backoffice.models import RequestItem, SpecialistRequest
from luisterloket.convenant.models import AccessLogEntry, Authorisation, ConvenantVersion, LegalGround
from luisterloket.platform.acting import acting
from luisterloket.platform.drafts import draft_of, save_draft
from tests import writes
from tests.backoffice import scene
from tests.backoffice.consenting import in_dutch

# Everything about Rachida that must never stand where it does not belong.
SECRETS = ["Rachida", "Amrani", "06 00 00 45 12", "Sofia", "veertig euro", "medicijnen"]


def new_page(case):
    return reverse("backoffice:request-new", args=[case.pk])


def filled_in(city, case, **details):
    desk = scene.desk(city)
    return {
        "desk": desk.pk, "shown_desk": desk.pk, "title": "Slaapplek", "question": "Kan zij in de opvang?", "urgency": "today",
        "items": scene.usual(city.marit, case, desk), "knows": "on", **details,
    }  # fmt: skip


# Sending ---------------------------------------------------------------------------------------------------------


def test_a_worker_chooses_a_desk_sees_what_goes_along_and_sends(city, sign_in):
    case = scene.a_case(city)
    marit = sign_in(city.marit)
    first = marit.get(new_page(case)).content.decode()
    assert first.index("Desk Wonen en opvang") < first.index("Desk Jeugd en gezin"), "what fits the concerns comes first"
    second = marit.get(new_page(case), {"desk": scene.desk(city).pk}).content.decode()
    assert "Sinds zondag geen vast adres" in second
    assert "Nog veertig euro" not in second, "what this desk may not see is not even offered"
    assert "Wmo 2015 art. 1.2.1 c" in second
    answer = marit.post(new_page(case), filled_in(city, case))
    with acting(city.marit.acting):
        request = SpecialistRequest.objects.get(case=case)
        assert RequestItem.objects.filter(request=request).count() == 4
    assert answer.url == request.get_absolute_url()


def test_what_is_unticked_stays(city, sign_in):
    case = scene.a_case(city)
    [phone] = scene.keys(city.marit, case, scene.desk(city), "phone")
    sign_in(city.marit).post(new_page(case), filled_in(city, case, items=[phone]))
    with acting(city.marit.acting):
        assert [item.kind for item in RequestItem.objects.filter(case=case)] == ["phone"]


def test_a_tampered_item_comes_back_as_an_error_with_all_that_was_typed(city, sign_in):
    from casework.models import Concern

    case = scene.a_case(city)
    with acting(city.marit.acting):
        money = Concern.objects.get(case=case, domain="finances")
    page = sign_in(city.marit).post(
        new_page(case), filled_in(city, case, items=[f"concern:{money.pk}"], question="Zij belde drie adressen")
    )
    text = page.content.decode()
    assert page.status_code == 200
    assert "data-error-summary" in text
    assert "Zij belde drie adressen" in text
    with acting(city.marit.acting):
        assert not SpecialistRequest.objects.exists()


def test_an_empty_form_says_what_is_missing_and_sends_nothing(city, sign_in):
    case = scene.a_case(city)
    page = sign_in(city.marit).post(new_page(case), filled_in(city, case, title="", question=""))
    assert page.content.decode().count('class="field__error" id="id_') == 2
    with acting(city.marit.acting):
        assert not SpecialistRequest.objects.exists()


def test_looking_first_sends_nothing_and_shows_the_letter_as_the_desk_sees_it(city, sign_in):
    case = scene.a_case(city)
    [quote] = scene.keys(city.marit, case, scene.desk(city), "quote")
    page = sign_in(city.marit).post(new_page(case), filled_in(city, case, items=[quote], preview="1"))
    letter = re.search(r'id="letter".*?</section>', page.content.decode(), re.S)[0]
    assert scene.QUOTE in letter
    assert "Kan zij in de opvang?" in letter
    assert "06 00 00 45 12" not in letter
    with acting(city.marit.acting):
        assert not SpecialistRequest.objects.exists()


def test_the_letter_follows_each_change_without_sending(city, sign_in):
    case = scene.a_case(city)
    answer = sign_in(city.marit).post(new_page(case), filled_in(city, case, items=[]), HTTP_HX_REQUEST="true").content.decode()
    assert answer.lstrip().startswith('<section class="letter"')
    assert "06 00 00 45 12" not in answer
    with acting(city.marit.acting):
        assert not SpecialistRequest.objects.exists()


def test_another_desk_than_the_page_showed_is_looked_at_before_it_is_sent(city, sign_in):
    case = scene.a_case(city)
    both_may_see = scene.keys(city.marit, case, scene.desk(city), "phone")
    data = filled_in(city, case, desk=scene.desk(city, "inkomen").pk, items=both_may_see)
    page = sign_in(city.marit).post(new_page(case), data)
    text = page.content.decode()
    assert "Nog veertig euro" in text
    assert "Sinds zondag geen vast adres" not in text
    assert "Kan zij in de opvang?" in text
    with acting(city.marit.acting):
        assert not SpecialistRequest.objects.exists()


def test_the_resident_knowing_is_kept_with_the_sending(city, sign_in):
    from luisterloket.platform.models import HistoryEntry

    case = scene.a_case(city)
    sign_in(city.marit).post(new_page(case), filled_in(city, case))
    with acting(city.marit.acting):
        assert HistoryEntry.objects.get(verb="request.routed").details["knows"] is True


def test_the_same_form_sent_twice_is_one_request(city, sign_in):
    case = scene.a_case(city)
    page = sign_in(city.marit).get(new_page(case), {"desk": scene.desk(city).pk}).content.decode()
    key = re.search(r'name="command_key" value="([^"]+)"', page)[1]
    for _ in range(2):
        assert sign_in(city.marit).post(new_page(case), filled_in(city, case, command_key=key)).status_code == 302
    with acting(city.marit.acting):
        assert SpecialistRequest.objects.count() == 1


def test_what_was_being_typed_is_there_again_and_gone_after_sending(city, sign_in):
    case = scene.a_case(city)
    desk, form = scene.desk(city), f"request:{case.pk}"
    [phone] = scene.keys(city.marit, case, desk, "phone")
    values = {
        "desk": str(desk.pk),
        "title": "Slaapplek",
        "question": "Half getypte vraag",
        "urgency": "today",
        "items": str([phone]),
    }
    save_draft(actor=city.marit, form=form, revision=0, values=values)
    text = sign_in(city.marit).get(new_page(case)).content.decode()
    assert "Half getypte vraag" in text
    assert re.findall(r'value="([^"]+)" id="id_items_\d+" checked', text) == [phone]
    sign_in(city.marit).post(new_page(case), filled_in(city, case))
    with acting(city.marit.acting):
        assert draft_of(city.marit, form) is None


@pytest.mark.parametrize(
    ("who", "status"), {"marit": 200, "bram": 404, "noor": 404, "joost": 404, "eline": 404, "daan": 404}.items()
)
def test_the_page_for_sending_is_for_who_works_on_the_case(city, sign_in, who, status):
    case = scene.a_case(city)
    assert sign_in(getattr(city, who)).get(new_page(case)).status_code == status


# The queue -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["marit", "noor", "anouk", "eline", "daan", "petra"])
def test_a_queue_does_not_exist_for_who_is_not_at_that_desk(city, sign_in, who):
    assert sign_in(getattr(city, who)).get(scene.desk(city).get_absolute_url()).status_code == 404


@pytest.mark.parametrize("chosen", ["open", "mine", "waits", "stalled", "closed", "nonsense"])
def test_a_queue_shows_no_resident(city, sign_in, chosen):
    for make in scene.AT.values():
        make(city)
    page = sign_in(city.joost).get(scene.desk(city).get_absolute_url(), {"filter": chosen})
    text = page.content.decode()
    assert page.status_code == 200
    assert not [secret for secret in SECRETS if secret.lower() in text.lower()]


def titles(page):
    return re.findall(r'class="queue__title">([^<]+)<', page.content.decode())


def test_the_filters_of_a_queue(city, sign_in):
    for state, make in scene.AT.items():
        make(city, title=f"In {state}")
    late = scene.sent(city, title="Te laat")
    scene.run_out(late, city.marit)
    with scene.as_jobs():
        from backoffice.sweep import sweep

        sweep()
    joost = sign_in(city.joost)
    shown = {
        name: titles(joost.get(scene.desk(city).get_absolute_url(), {"filter": name}))
        for name in ("open", "mine", "waits", "stalled", "closed")
    }
    assert shown["open"][0] == "Te laat"
    assert set(shown["open"]) == {"Te laat", "In sent", "In taken_up", "In asked_back", "In contested"}
    assert shown["open"][-1] == "In asked_back", "a clock that stands still comes last"
    assert set(shown["mine"]) == {"In taken_up", "In asked_back"}
    assert shown["waits"] == ["In asked_back"]
    assert shown["stalled"] == ["Te laat"]
    assert set(shown["closed"]) == {"In answered", "In closed", "In escalated", in_dutch("The ground for this request has ended")}


def test_a_long_queue_goes_on_where_it_stopped(city, sign_in):
    case = scene.a_case(city)
    for n in range(30):
        scene.sent(city, case, title=f"Vraag {n}", urgency="today" if n % 2 else "normal", items=[])
    joost = sign_in(city.joost)
    first = joost.get(scene.desk(city).get_absolute_url())
    link = re.search(r'href="([^"]+after=[^"]+)"', first.content.decode())[1].replace("&amp;", "&")
    second = joost.get(link)
    assert (len(titles(first)), len(titles(second))) == (25, 5)
    assert set(titles(first)) | set(titles(second)) == {f"Vraag {n}" for n in range(30)}


@pytest.mark.parametrize("after", ["x", "~~", "0~2026~nonsense", "1~2026-01-01T00:00:00~00000000-0000-0000-0000-000000000000"])
def test_a_made_up_place_in_the_queue_starts_it_anew(city, sign_in, after):
    scene.sent(city)
    assert titles(sign_in(city.joost).get(scene.desk(city).get_absolute_url(), {"after": after})) == ["Slaapplek voor vannacht"]


def queries_of(client, url, capture):
    client.get(url)
    with capture() as captured:
        assert client.get(url).status_code == 200
    return len(captured)


@pytest.fixture
def capture():
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    return lambda: CaptureQueriesContext(connection)


def test_no_page_asks_more_of_the_database_with_more_rows(city, sign_in, capture):
    cases = [scene.a_case(city, name=f"Bewoner {letter}") for letter in "ABCDE"]
    some = [scene.taken_up(city, case=case) for case in cases]
    pages = {
        "queue": ("joost", scene.desk(city).get_absolute_url()),
        "at the desk": ("joost", some[0].get_absolute_url()),
        "at the loket": ("marit", some[0].get_absolute_url()),
        "requests": ("marit", reverse("backoffice:requests")),
        "new": ("marit", f"{new_page(cases[0])}?desk={scene.desk(city).pk}"),
    }
    before = {name: queries_of(sign_in(getattr(city, who)), url, capture) for name, (who, url) in pages.items()}
    for n in range(45):
        scene.sent(city, cases[n % 5])
        if n % 5 == 0:
            actions.reply_to_desk(actor=city.marit, request=actions.ask_back(actor=city.joost, request=some[0], text="?"), text="!")
    after = {name: queries_of(sign_in(getattr(city, who)), url, capture) for name, (who, url) in pages.items()}
    assert after == before


# One request -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("state", scene.AT)
def test_another_desk_another_wijk_and_the_others_get_the_same_404_as_for_nothing(city, sign_in, state):
    request = scene.AT[state](city)
    missing = reverse("backoffice:request", args=["00000000-0000-4000-8000-000000000000"])
    for who in ("noor", "anouk", "bram", "eline", "ravi", "daan"):
        client = sign_in(getattr(city, who))
        there, not_there = client.get(request.get_absolute_url()), client.get(missing)
        assert (there.status_code, without_tokens(there)) == (404, without_tokens(not_there))


def without_tokens(page):
    """The page without what differs at each call: the proofs of origin of its forms and scripts."""
    return re.sub(r'(value|nonce|hx-headers|X-CSRFToken)(="|\': ?")[^"]*"|hx-headers=\'[^\']*\'', "", page.content.decode())


def test_the_desk_sees_the_question_and_what_went_along_and_no_more(city, sign_in):
    request = scene.taken_up(city)
    text = sign_in(city.joost).get(request.get_absolute_url()).content.decode()
    for shown in [
        "Kan zij in de opvang?",
        "Rachida Amrani",
        "06 00 00 45 12",
        "Sinds zondag geen vast adres",
        "Wmo 2015 art. 1.2.1 c",
    ]:
        assert shown in text
    for kept in ["Nog veertig euro", "medicijnen", "vier talen", "Vannacht staan we op straat", scene.QUOTE]:
        assert kept not in text


def test_a_desk_knows_that_another_desk_is_at_work_and_not_which(city, sign_in):
    case = scene.a_case(city)
    request = scene.sent(city, case)
    before = sign_in(city.joost).get(request.get_absolute_url()).content.decode()
    scene.sent(city, case, to="schuldhulp", title="Drie schuldeisers")
    after = sign_in(city.joost).get(request.get_absolute_url()).content.decode()
    assert ("One other desk" in before or "Nog een andere desk" in before) is False
    assert "One other desk" in after or "Nog een andere desk" in after
    assert "Schuldhulp" not in after
    assert "schuldeisers" not in after


def allow(city, code):
    """Let who works at Wonen read this category for its purpose, on a ground like one that it has already."""
    with writes.allowed():
        cell = Authorisation.objects.filter(version=ConvenantVersion.in_force(), purpose="shelter", category="housing").first()
        ground = LegalGround.objects.get(pk=cell.ground_id)
        ground.pk, ground.category_id = uuid4(), code
        ground.save(force_insert=True)
        for role in ("specialist", "desk_lead"):
            Authorisation.objects.create(
                version=cell.version,
                party=cell.party,
                role=role,
                purpose_id="shelter",
                category_id=code,
                ground=ground,
                level="read",
            )


def test_which_other_desk_is_known_only_when_the_convenant_gives_all_that_it_was_given(city, sign_in):
    case = scene.a_case(city)
    request = scene.sent(city, case)
    scene.sent(city, case, to="schuldhulp", title="Drie schuldeisers")

    def shown():
        return sign_in(city.joost).get(request.get_absolute_url()).content.decode()

    assert "Schuldhulp" not in shown()
    needed = set(scene.desk(city, "schuldhulp").usually_needs)
    with acting(city.joost.acting):
        missing = needed - set(sharing.desk_may_see(scene.desk(city), case))
    assert missing
    for code in missing:
        allow(city, code)
    assert "Schuldhulp" in shown()
    assert "Nog een andere desk" not in shown()
    assert "schuldeisers" not in shown()
    # What waits for the resident's yes is closed to this desk, and so is which desk has it.
    with writes.allowed():
        LegalGround.objects.filter(purpose="shelter", category=sorted(missing)[0]).update(avg_basis="6(1)(a)")
    assert "Schuldhulp" not in shown()
    assert "Nog een andere desk" in shown()


def test_the_loket_sees_that_the_desk_opened_it(city, sign_in):
    request = scene.sent(city)
    url = request.get_absolute_url()
    before = sign_in(city.marit).get(url).content.decode()
    sign_in(city.joost).get(url)
    assert sign_in(city.marit).get(url).content.decode() != before
    assert scene.now_of(request, city.marit).opened_at


def test_each_look_of_the_loket_is_kept_too(city, sign_in):
    request = scene.sent(city)
    sign_in(city.marit).get(request.get_absolute_url())
    with acting(city.daan.acting):
        look = AccessLogEntry.objects.get(what="request", actor_id=city.marit.pk)
        assert look.case_id == request.case_id


def post(client, request, name, **data):
    return client.post(reverse(f"backoffice:request-{name}", args=[request.pk]), data)


def test_the_whole_loop_through_the_pages(city, sign_in):
    request = scene.sent(city)
    steps = [
        ("joost", "take-up", {}, "taken_up"),
        ("joost", "ask-back", {"text": "Hoe oud zijn zij?"}, "asked_back"),
        ("marit", "reply", {"text": "Vier en een."}, "taken_up"),
        ("joost", "answer", {"result": "granted", "answer": "Er is plek."}, "answered"),
        ("marit", "tell", {"told_how": "phone", "outcome": "helps"}, "closed"),
    ]
    for who, name, data, status in steps:
        answer = post(sign_in(getattr(city, who)), request, name, **data)
        assert (answer.status_code, answer.headers.get("Location")) == (302, request.get_absolute_url())
        assert scene.now_of(request, city.marit).status == status


def test_a_refusal_without_next_step_comes_back_with_the_text_and_the_summary(city, sign_in):
    request = scene.taken_up(city)
    page = post(
        sign_in(city.joost), request, "answer", result="refused", refused_under="Wmo 2015", answer="De opvang is vannacht vol."
    )
    text = page.content.decode()
    assert "De opvang is vannacht vol." in text
    assert "data-error-summary" in text
    assert 'href="#id_answer_next_step"' in text


def test_an_answer_that_comes_too_late_keeps_its_text(city, sign_in):
    request = scene.taken_up(city)
    actions.answer_request(actor=city.ilse, request=request, result="granted", answer="Er is plek.")
    page = post(sign_in(city.joost), request, "answer", result="advice", answer="Mijn lange antwoord van tien minuten.")
    text = page.content.decode()
    assert page.status_code == 200
    assert "Mijn lange antwoord van tien minuten." in text
    assert "Er is plek." in text, "one sees what the colleague answered"
    assert "data-error-summary" in text
    assert scene.now_of(request, city.joost).answer == "Er is plek."


@pytest.mark.parametrize(("who", "name", "status"), [
    ("marit", "take-up", 403), ("marit", "answer", 403), ("joost", "tell", 403), ("joost", "withdraw", 403),
    ("noor", "tell", 404), ("anouk", "take-up", 404), ("eline", "withdraw", 404),
])  # fmt: skip
def test_seen_but_not_yours_is_403_and_unseen_is_404(city, sign_in, who, name, status):
    request = scene.sent(city)
    data = {"result": "granted", "answer": "x", "told_how": "phone", "outcome": "helps", "reason": "solved"}
    assert post(sign_in(getattr(city, who)), request, name, **data).status_code == status
    assert scene.now_of(request, city.marit).status == "sent"


@pytest.mark.parametrize("name", ["take-up", "ask-back", "reply", "answer", "tell", "withdraw"])
def test_nothing_is_done_by_merely_following_a_link(city, sign_in, name):
    request = scene.sent(city)
    assert sign_in(city.joost).get(reverse(f"backoffice:request-{name}", args=[request.pk])).status_code == 405


@pytest.mark.parametrize(("state", "offered"), {
    "sent": {"take-up"}, "taken_up": {"answer", "ask-back"}, "asked_back": set(), "answered": set(), "closed": set(),
}.items())  # fmt: skip
def test_the_desk_is_offered_only_what_it_can_do_now(city, sign_in, state, offered):
    assert forms_on(sign_in(city.joost), scene.AT[state](city)) == offered


@pytest.mark.parametrize(("state", "offered"), {
    "sent": {"withdraw"}, "taken_up": {"withdraw"}, "asked_back": {"reply", "withdraw"}, "answered": {"tell"}, "closed": set(),
    "withdrawn": set(),
}.items())  # fmt: skip
def test_the_loket_is_offered_only_what_it_can_do_now(city, sign_in, state, offered):
    assert forms_on(sign_in(city.marit), scene.AT[state](city)) == offered


def forms_on(client, request):
    text = client.get(request.get_absolute_url()).content.decode()
    names = ["take-up", "ask-back", "reply", "answer", "tell", "withdraw"]
    return {name for name in names if f'action="{reverse(f"backoffice:request-{name}", args=[request.pk])}"' in text}


# The loket's list ------------------------------------------------------------------------------------------------


def test_the_list_shows_my_requests_with_the_worst_clock_first_and_is_one_look(city, sign_in):
    scene.sent(city, scene.a_case(city, name="Gülsen Yıldız"), title="Geld")
    late = scene.sent(city, title="Te laat")
    scene.run_out(late, city.marit)
    text = sign_in(city.marit).get(reverse("backoffice:requests")).content.decode()
    assert text.index("Te laat") < text.index(">Geld<")
    assert "Gülsen Yıldız" in text
    with acting(city.daan.acting):
        assert len(AccessLogEntry.objects.get(what="requests").subjects) == 2


def test_the_list_holds_nothing_of_cases_one_is_not_in(city, sign_in):
    scene.sent(city)
    for who in ("bram", "hakan", "noor"):
        assert "Slaapplek" not in sign_in(getattr(city, who)).get(reverse("backoffice:requests")).content.decode()


@pytest.mark.parametrize("chosen", ["open", "waits", "stalled", "closed"])
def test_each_filter_of_the_list_works(city, sign_in, chosen):
    for make in scene.AT.values():
        make(city)
    assert sign_in(city.marit).get(reverse("backoffice:requests"), {"filter": chosen}).status_code == 200
