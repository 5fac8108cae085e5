"""A summary is made, put in other words, read back and agreed; an earlier version stays as it was agreed."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from casework import actions
from casework.models import CaseSummary, Concern
from luisterloket.convenant.models import AccessLogEntry, Authorisation
from luisterloket.platform.acting import acting
from luisterloket.platform.exceptions import NotAllowed, Refused
from luisterloket.platform.models import HistoryEntry
from tests import writes
from tests.casework.heard import a_case

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(city):
    return a_case(city.marit, city.unit("schilderswijk"), household=1)


@pytest.fixture
def version(city, case):
    return actions.compose_summary(actor=city.marit, case=case, language="nl")


def key_of(version, text):
    return next(part.key for part in version.as_composed.parts if text in part.text)


def reworded(city, version, text, words):
    wording = {key_of(version, text): words}
    return actions.edit_summary(actor=city.marit, version=version, revision=version.revision, wording=wording)


def agreed(city, version, **details):
    told = {"agreed_on": timezone.localdate(), "agreed_how": "in_person", **details}
    return actions.agree_summary(actor=city.marit, version=version, **told)


def page(version, name="case-summary-version"):
    return reverse(f"casework:{name}", args=[version.case_id, version.number])


def looks(city, **which):
    with acting(city.daan.acting):
        return list(AccessLogEntry.objects.filter(**which).order_by("at"))


# Making one ------------------------------------------------------------------------------------------------------


def test_one_makes_a_version_from_the_case_and_two_taps_make_one(city, sign_in, case):
    client, address = sign_in(city.marit), reverse("casework:case-summary", args=[case.pk])
    assert "Vannacht geen plek" in client.get(address).content.decode()
    sent = {"language": "nl", "command_key": str(uuid4())}
    for _tap in range(2):
        answer = client.post(address, sent)
        assert answer.url == reverse("casework:case-summary-version", args=[case.pk, 1])
    assert client.get(address).url == answer.url
    html = client.get(answer.url).content.decode()
    for part in ("Laat mijn kinderen slapen.", "Vannacht geen plek", "Nog veertig euro", "Spreekt vier talen", "Hatice"):
        assert part in html
    # Each page is one look, and making the version was one.
    assert len(looks(city, what="summary")) == 3


def test_a_language_that_is_not_offered_makes_nothing(city, sign_in, case):
    answer = sign_in(city.marit).post(reverse("casework:case-summary", args=[case.pk]), {"language": "tr"})
    assert "id_language_error" in answer.content.decode()
    with pytest.raises(Refused):
        actions.compose_summary(actor=city.marit, case=case, language="tr")


def test_nothing_changed_gives_the_version_that_still_waits(city, case, version):
    assert actions.compose_summary(actor=city.marit, case=case, language="nl") == version
    agreed(city, version)
    assert actions.compose_summary(actor=city.marit, case=case, language="nl").number == 2


# Other words -----------------------------------------------------------------------------------------------------


def test_a_part_is_put_in_other_words_and_the_record_stays(city, sign_in, version):
    client = sign_in(city.marit)
    html = client.get(page(version, "case-summary-wording")).content.decode()
    assert "Nog veertig euro" in html
    sent = {part.key: part.text for part in version.as_composed.parts} | {"revision": "0", "command_key": str(uuid4())}
    sent[key_of(version, "Nog veertig euro")] = "Er is bijna geen geld meer."
    assert client.post(page(version, "case-summary-wording"), sent).url == page(version)
    html = client.get(page(version)).content.decode()
    assert "Er is bijna geen geld meer." in html
    assert "Nog veertig euro" not in html
    with acting(city.marit.acting):
        assert Concern.objects.filter(case=version.case, domain="finances").get().text == "Nog veertig euro"


def test_what_stands_in_the_case_cannot_be_edited_away(city, sign_in, version):
    client = sign_in(city.marit)
    key = key_of(version, "Nog veertig euro")
    sent = {part.key: f"{part.text} Anders." for part in version.as_composed.parts} | {"revision": "0", key: " "}
    html = client.post(page(version, "case-summary-wording"), sent).content.decode()
    assert f"id_{key}_error" in html
    assert "Anders." in html
    with pytest.raises(Refused):
        actions.edit_summary(actor=city.marit, version=version, revision=0, wording={key: " "})


def test_who_saves_an_older_text_is_told_and_keeps_what_they_typed(city, sign_in, version):
    reworded(city, version, "Nog veertig euro", "Van een collega.")
    sent = {part.key: "Van mij." for part in version.as_composed.parts} | {"revision": "0"}
    html = sign_in(city.marit).post(page(version, "case-summary-wording"), sent).content.decode()
    assert "Van mij." in html
    with acting(city.marit.acting):
        assert "Van een collega." in CaseSummary.objects.get(pk=version.pk).as_written.text


def test_the_text_is_measured_without_keeping_it(city, sign_in, version):
    client = sign_in(city.marit)
    long = "Zij wil dat " + "de kinderen en " * 8 + "zijzelf slapen."
    sent = {part.key: part.text for part in version.as_composed.parts} | {"revision": "0", "measure": "1"}
    sent[key_of(version, "Nog veertig euro")] = long
    whole = client.post(page(version, "case-summary-wording"), sent)
    assert whole.context["reading"].long[0].text == long
    before = len(looks(city))
    part = client.post(page(version, "case-summary-wording"), sent, headers={"HX-Request": "true"})
    assert long in part.content.decode()
    assert "<form" not in part.content.decode()
    # Only what was typed went back.
    assert len(looks(city)) == before
    with acting(city.marit.acting):
        assert CaseSummary.objects.get(pk=version.pk).revision == 0


# The case goes on ------------------------------------------------------------------------------------------------


def test_the_page_says_what_changed_since_and_a_new_version_carries_the_words_that_still_hold(city, sign_in, case, version):
    version = reworded(city, version, "Spreekt vier talen", "Zij spreekt vier talen, en tolkt.")
    version = reworded(city, version, "Nog veertig euro", "Er is bijna geen geld meer.")
    client = sign_in(city.marit)
    assert not client.get(page(version)).context["page"].changed
    with acting(city.marit.acting):
        concern = Concern.objects.get(case=case, domain="finances")
    actions.amend(actor=city.marit, case=case, thing=concern, severity=5, text="De toeslag is er")
    actions.add_strength(actor=city.marit, case=case, text="Kookt voor de buren")
    changed = client.get(page(version)).context["page"].changed
    assert [text for text in changed.gone if "Nog veertig euro" in text] == changed.gone
    assert {"Kookt voor de buren.", next(text for text in changed.new if "De toeslag is er" in text)} == set(changed.new)
    following = actions.compose_summary(actor=city.marit, case=case, language="nl")
    text = following.as_written.text
    assert "Zij spreekt vier talen, en tolkt." in text
    assert "De toeslag is er" in text
    assert "Er is bijna geen geld meer." not in text
    # What was written of what is no longer so stands beside the field, and is not lost.
    assert "Er is bijna geen geld meer." in client.get(page(following, "case-summary-wording")).content.decode()


def test_an_earlier_version_stays_readable_as_it_was_agreed(city, sign_in, case, version):
    agreed(city, version, agreed_by="representative", representative="Zus Karima", agreed_how="interpreter")
    actions.add_strength(actor=city.marit, case=case, text="Kookt voor de buren")
    actions.compose_summary(actor=city.marit, case=case, language="nl")
    html = sign_in(city.marit).get(page(version)).content.decode()
    assert "Zus Karima" in html
    assert "Kookt voor de buren" not in html
    [look] = looks(city, what="summary version")
    assert set(look.categories) == set(version.categories)
    assert len(look.subjects) == 2


# Agreement -------------------------------------------------------------------------------------------------------


def test_read_back_and_agreed_is_kept_once_with_all_that_belongs_to_it(city, sign_in, version):
    client = sign_in(city.marit)
    sent = {
        "agreed_how": "telephone",
        "agreed_by": "representative",
        "representative": "Zus Karima",
        "read_back_by": str(city.marit.pk),
        "agreed_on": f"{timezone.localdate():%Y-%m-%d}",
        "command_key": str(uuid4()),
    }
    for _tap in range(2):
        assert client.post(page(version), sent).url == page(version)
    with acting(city.marit.acting):
        kept = CaseSummary.objects.get(pk=version.pk)
        assert (kept.agreed_how, kept.agreed_by, kept.representative) == ("telephone", "representative", "Zus Karima")
        [entry] = HistoryEntry.objects.filter(verb="summary.agreed")
        assert "Karima" not in str(entry.details)
        with connection.cursor() as cursor:
            cursor.execute("SELECT representative, composed FROM casework_casesummary WHERE id = %s", [version.pk])
            assert all(b"Karima" not in bytes(value) and b"veertig" not in bytes(value) for value in cursor.fetchone())
    assert "Zus Karima" in client.get(page(version)).content.decode()


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"agreed_by": "representative"}, "representative"),
        ({"agreed_on": timezone.localdate() + timedelta(days=1)}, "agreed_on"),
        ({"agreed_on": timezone.localdate() - timedelta(days=1)}, "agreed_on"),
        ({"read_back_by": "noor"}, "read_back_by"),
    ],
)
def test_an_agreement_that_cannot_be_is_refused_at_its_field(city, version, change, field):
    if "read_back_by" in change:
        change = {"read_back_by": city.noor}
    with pytest.raises(Refused) as refusal:
        agreed(city, version, **change)
    assert refusal.value.field == field


def test_what_was_agreed_changes_no_more_not_even_past_the_actions(city, sign_in, case, version):
    agreed(city, version)
    for again in (lambda: agreed(city, version), lambda: reworded(city, version, "Nog veertig euro", "x")):
        with pytest.raises(Refused):
            again()
    with writes.allowed(), acting(city.marit.acting):
        assert CaseSummary.objects.filter(pk=version.pk).update(agreed_how="writing") == 0
    assert sign_in(city.marit).get(page(version, "case-summary-wording")).url == page(version)


def test_only_the_newest_version_is_agreed_or_reworded(city, case, version):
    actions.add_strength(actor=city.marit, case=case, text="Kookt voor de buren")
    actions.compose_summary(actor=city.marit, case=case, language="nl")
    with pytest.raises(Refused):
        agreed(city, version)


# Who may read it -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["bram", "noor", "fatna", "joost", "eline"])
def test_only_who_works_on_the_case_makes_words_or_agrees(city, case, version, name):
    actions.involve(actor=city.marit, case=case, user=city.fatna, kind="buddy")
    who = getattr(city, name)
    for act in (
        lambda: actions.compose_summary(actor=who, case=case, language="nl"),
        lambda: actions.edit_summary(actor=who, version=version, revision=0, wording={}),
        lambda: actions.agree_summary(actor=who, version=version, agreed_on=timezone.localdate(), agreed_how="in_person"),
    ):
        with pytest.raises(NotAllowed):
            act()


def test_a_stored_version_is_not_shown_to_who_may_see_less_than_is_in_it(city, sign_in, case, version):
    """A text cannot be cut to measure, so it is all or nothing: and nothing of it is on the page that says no."""
    actions.add_strength(actor=city.marit, case=case, text="Kookt voor de buren")
    actions.compose_summary(actor=city.marit, case=case, language="nl")
    with writes.allowed():
        Authorisation.objects.filter(purpose="listening", role="wijkwerker", category="finances").delete()
    client = sign_in(city.marit)
    for number in (1, 2):
        for name in ("case-summary-version", "case-summary-wording"):
            answer = client.get(reverse(f"casework:{name}", args=[case.pk, number]))
            assert answer.status_code == 403
            assert "veertig euro" not in answer.content.decode()
    assert looks(city, what="summary version") == []
    # What they may see they can still tell: a version of their own, without the money.
    own = actions.compose_summary(actor=city.marit, case=case, language="nl")
    assert "veertig euro" not in own.as_written.text
    assert client.get(page(own)).status_code == 200


def test_a_version_of_another_case_is_not_there(city, sign_in, version):
    other = a_case(city.marit, city.unit("schilderswijk"), name="Iemand Anders")
    assert sign_in(city.marit).get(reverse("casework:case-summary-version", args=[other.pk, 1])).status_code == 404


@pytest.mark.parametrize(("name", "within"), [("marit", True), ("bram", True), ("noor", False), ("joost", False), ("daan", False)])
def test_the_database_itself_gives_no_version_outside_the_unit(city, version, name, within):
    with acting(getattr(city, name).acting):
        assert CaseSummary.objects.exists() is within


def test_the_page_takes_as_many_queries_for_ten_versions_as_for_one(city, sign_in, case, version, django_assert_max_num_queries):
    client = sign_in(city.marit)
    client.get(page(version))
    with django_assert_max_num_queries(60) as small:
        client.get(page(version))
    for number in range(9):
        actions.add_strength(actor=city.marit, case=case, text=f"Kracht {number}")
        last = actions.compose_summary(actor=city.marit, case=case, language="nl")
    with django_assert_max_num_queries(len(small)):
        client.get(page(last))
