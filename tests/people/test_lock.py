"""A screen that locks: nothing opens but the lock, and what was typed is given back to whom it belongs."""

import json
import time

import pytest
from django.test import Client
from django.urls import reverse

from luisterloket.convenant.demo import PASSPHRASE
from luisterloket.people import locking
from luisterloket.platform.encryption import alias
from tests import writes
from tests.casework.heard import a_case, an_intake

pytestmark = pytest.mark.django_db
JSON = {"Accept": "application/json"}
TYPED = {"own_words": "Zij slaapt vannacht bij haar zus.", "quote": "Ik wil rust."}


@pytest.fixture
def marit(sign_in, city):
    return sign_in(city.marit)


def change(client, **values):
    """Set the scene in the session itself."""
    with writes.allowed():
        session = client.session
        session.update(values)
        session.save()


def kept_in(page):
    return page.context["kept"]


class TestTheClock:
    def test_who_is_away_too_long_finds_the_screen_locked_and_the_session_there(self, marit, settings):
        marit.get(reverse("account"))
        change(marit, seen=int(time.time()) - settings.SESSION_IDLE_SECONDS - 5, mine="still here")
        assert marit.get(reverse("account")).status_code == 423
        assert marit.session["mine"] == "still here"

    def test_what_a_page_does_by_itself_is_no_sign_of_a_person(self, marit, settings):
        marit.get(reverse("account"))
        before = int(time.time()) - settings.SESSION_IDLE_SECONDS + 30
        change(marit, seen=before)
        marit.patch(reverse("draft") + "?form=x", '{"revision": 0, "values": {}}', headers={locking.BACKGROUND: "1"})
        assert marit.session["seen"] == before
        marit.get(reverse("session"), headers=JSON)
        assert marit.session["seen"] > before

    def test_after_a_whole_day_one_signs_in_anew(self, marit, settings):
        marit.get(reverse("account"))
        change(marit, began=int(time.time()) - settings.SESSION_ABSOLUTE_SECONDS - 5)
        assert marit.get(reverse("account")).url.startswith(reverse("account_login"))

    def test_a_locked_session_ends_after_a_whole_day_too(self, marit, settings):
        marit.post(reverse("lock"))
        change(marit, began=int(time.time()) - settings.SESSION_ABSOLUTE_SECONDS - 5)
        answer = marit.post(reverse("unlock"), {"password": PASSPHRASE})
        assert answer.status_code == 401


class TestLocked:
    @pytest.fixture
    def locked(self, marit):
        marit.post(reverse("lock"))
        return marit

    def test_a_page_is_not_shown_and_one_returns_to_it(self, city, marit):
        case = a_case(city.marit, city.unit("schilderswijk"), name="Rachida Amrani")
        address = case.get_absolute_url()
        assert "Rachida" in marit.get(address).content.decode()
        marit.post(reverse("lock"))
        page = marit.get(address)
        assert page.status_code == 423
        assert "Rachida" not in page.content.decode()
        assert reverse("today") not in page.content.decode()
        answer = marit.post(reverse("unlock"), {"password": PASSPHRASE, "return_to": page.context["address"]})
        assert answer.url == address
        assert "Rachida" in marit.get(address).content.decode()

    def test_a_page_that_does_not_exist_shows_no_menu(self, locked):
        assert reverse("today") not in locked.get("/nergens/").content.decode()

    def test_nobody_acts_on_a_locked_screen(self, city, locked, monkeypatch):
        """Also when a page would be reached by mistake, the database shows nothing of a resident."""
        intake = an_intake(city.marit, city.unit("schilderswijk"))
        monkeypatch.setattr(locking, "OPEN_WHEN_LOCKED", {"casework:intake-story"})
        assert locked.get(reverse("casework:intake-story", args=[intake.pk])).status_code == 404

    @pytest.mark.parametrize("headers", [JSON, {"HX-Request": "true"}])
    def test_a_script_is_told_plainly(self, locked, headers):
        answer = locked.get(reverse("today"), headers=headers)
        assert answer.status_code == 423
        assert set(answer.json()) == {"detail"}

    def test_typing_is_not_saved_and_the_page_is_told(self, city, marit):
        intake = an_intake(city.marit, city.unit("schilderswijk"))
        marit.post(reverse("lock"))
        body = json.dumps({"revision": 1, "values": {"own_words": "Vergrendeld"}})
        answer = marit.patch(reverse("casework:intake-sheet", args=[intake.pk]), body, content_type="application/json")
        assert answer.status_code == 423

    def test_a_form_is_given_back_after_unlocking_and_unreadable_before(self, city, marit):
        intake = an_intake(city.marit, city.unit("schilderswijk"))
        address = reverse("casework:intake-story", args=[intake.pk])
        marit.post(reverse("lock"))
        page = marit.post(address, {**TYPED, "csrfmiddlewaretoken": "x"})
        assert page.status_code == 423
        assert TYPED["own_words"] not in page.content.decode()
        sent = {"kept_typing": kept_in(page), "return_to": address}
        wrong = marit.post(reverse("unlock"), {**sent, "password": "niet deze lange wachtzin"})
        assert kept_in(wrong) == kept_in(page)
        given = marit.post(reverse("unlock"), {**sent, "password": PASSPHRASE})
        assert given.context["kept"] == list(TYPED.items())
        assert f'action="{address}"' in given.content.decode()

    def test_a_form_of_one_is_not_given_to_another(self, city, locked):
        kept = kept_in(locked.post(reverse("today"), TYPED))
        bram = Client()
        with writes.allowed():
            bram.force_login(city.bram)
        answer = bram.post(reverse("unlock"), {"kept_typing": kept})
        assert answer.status_code == 302
        assert TYPED["own_words"] not in answer.content.decode()

    def test_without_a_script_the_lock_takes_the_sheet_along(self, marit):
        page = marit.post(reverse("lock"), {**TYPED, "return_to": "/casework/"})
        assert page.status_code == 423
        given = marit.post(reverse("unlock"), {"kept_typing": kept_in(page), "return_to": "/casework/", "password": PASSPHRASE})
        assert given.context["kept"] == list(TYPED.items())

    def test_leaving_is_possible(self, locked):
        locked.post(reverse("account_logout"))
        assert "_auth_user_id" not in locked.session

    def test_the_key_of_what_was_not_sent_is_not_given(self, locked):
        answer = locked.get(reverse("session"), headers=JSON)
        assert answer.status_code == 423
        assert set(answer.json()) == {"detail", "csrf"}


class TestUnlocking:
    @pytest.fixture
    def locked(self, marit):
        change(marit, mine="still here")
        marit.post(reverse("lock"))
        return marit

    def test_the_session_goes_on_under_a_new_id_and_open_forms_hold(self, city):
        client = Client(enforce_csrf_checks=True)
        with writes.allowed():
            client.force_login(city.marit)
        change(client, mine="still here")
        token = client.get(reverse("session"), headers=JSON).json()["csrf"]
        client.post(reverse("lock"), headers={**JSON, "X-CSRFToken": token})
        before = client.cookies["sessionid"].value
        answer = client.post(reverse("unlock"), {"password": PASSPHRASE}, headers={**JSON, "X-CSRFToken": token})
        assert answer.status_code == 200
        assert client.cookies["sessionid"].value != before
        assert client.session["mine"] == "still here"
        assert client.post(reverse("lock"), headers={**JSON, "X-CSRFToken": token}).status_code == 200

    def test_unlocking_without_proof_of_origin_shows_the_lock_again(self, city):
        client = Client(enforce_csrf_checks=True)
        with writes.allowed():
            client.force_login(city.marit)
        change(client, locked=True)
        answer = client.post(reverse("unlock"), {"password": PASSPHRASE}, headers={"Origin": "http://testserver"})
        assert answer.status_code == 423
        assert client.session["locked"]
        strange = client.post(reverse("unlock"), {"password": PASSPHRASE}, headers={"Origin": "https://strange.example"})
        assert strange.status_code == 403

    def test_someone_elses_passphrase_opens_nothing(self, city, locked):
        with writes.allowed():
            bram = city.bram
            bram.set_password("een heel andere wachtzin")
            bram.save()
        assert locked.post(reverse("unlock"), {"password": "een heel andere wachtzin"}).status_code == 423
        assert locked.get(reverse("account")).status_code == 423

    def test_several_wrong_passphrases_end_the_session(self, locked):
        answers = [
            locked.post(reverse("unlock"), {"password": f"verkeerde wachtzin {n}"}, headers=JSON).status_code
            for n in range(locking.TRIES)
        ]
        assert answers == [400] * (locking.TRIES - 1) + [401]
        assert "_auth_user_id" not in locked.session
        assert locked.post(reverse("unlock"), {"password": PASSPHRASE}).status_code == 401

    def test_wrong_unlocking_counts_with_wrong_log_ins(self, city, locked, client):
        other = Client()
        for _ in range(3):
            other.post(reverse("account_login"), {"login": city.marit.email, "password": "verkeerd verkeerd"})
        for _ in range(2):
            locked.post(reverse("unlock"), {"password": "verkeerde wachtzin"})
        right = locked.post(reverse("unlock"), {"password": PASSPHRASE})
        assert right.status_code == 423
        assert locked.session["locked"]

    def test_a_form_outlives_the_end_of_the_session(self, city, locked, sign_in):
        kept = kept_in(locked.post(reverse("today"), TYPED))
        for _ in range(locking.TRIES):
            page = locked.post(reverse("unlock"), {"password": "verkeerde wachtzin", "kept_typing": kept})
        assert page.status_code == 401
        assert kept_in(page) == kept
        given = sign_in(city.marit).post(reverse("unlock"), {"kept_typing": kept})
        assert given.context["kept"] == list(TYPED.items())

    def test_one_returns_to_this_site_only(self, locked):
        answer = locked.post(reverse("unlock"), {"password": PASSPHRASE, "return_to": "https://strange.example/"})
        assert answer.url == reverse("start")

    @pytest.mark.parametrize("sealed", ["nonsense", "AAAA", "AQAAAAAA" * 9, "é"])
    def test_nonsense_is_given_back_to_nobody(self, locked, sealed):
        answer = locked.post(reverse("unlock"), {"password": PASSPHRASE, "kept_typing": sealed})
        assert answer.status_code == 302


class TestThePersonOfAPage:
    def test_a_page_of_someone_else_saves_nothing(self, city, marit):
        body = '{"revision": 0, "values": {"text": "Van Bram"}}'
        answer = marit.patch(reverse("draft") + "?form=x", body, headers={"X-Person": alias(city.bram.pk)})
        assert answer.status_code == 401
        assert marit.patch(reverse("draft") + "?form=x", body, headers={"X-Person": alias(city.marit.pk)}).status_code == 200

    def test_each_has_a_key_of_their_own_that_stays_the_same(self, city, marit, sign_in):
        first = marit.get(reverse("session"), headers=JSON).json()
        again = marit.get(reverse("session"), headers=JSON).json()
        bram = sign_in(city.bram).get(reverse("session"), headers=JSON).json()
        assert (first["key"], first["person"]) == (again["key"], again["person"])
        assert first["key"] != bram["key"]
        assert first["person"] != bram["person"]

    def test_who_is_signed_out_gets_no_key(self, client, db):
        assert client.get(reverse("session"), headers=JSON).status_code == 401
