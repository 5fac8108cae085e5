"""The privacy officer searches the log, reads no name of a resident in it, and takes it out in the form of its standards."""

import json
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from casework.disclosures import scope_of
from luisterloket.convenant import log_export
from luisterloket.convenant.access_log import keep_look, reference_of
from luisterloket.convenant.disclosure import Ground, disclose
from luisterloket.people.models import Organisation
from luisterloket.platform.acting import acting
from luisterloket.platform.exceptions import NotAllowed
from tests.casework.heard import a_case
from tests.convenant.test_access_log import all_looks

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(city):
    return a_case(city.marit, city.unit("schilderswijk"), household=1)


def look(who, case, **details):
    with acting(who.acting):
        return disclose(
            scope_of(case), to=who, ground=Ground("involvement", case.pk), **{"what": "plan", "purpose": "listening"} | details
        )


@pytest.fixture
def looked(city, case):
    """Two cases looked at by two people, one refused, one under break-glass."""
    other = a_case(city.noor, city.unit("vreewijk"))
    look(city.marit, case)
    look(city.noor, other, what="timeline")
    with acting(city.marit.acting):
        scope = scope_of(case)
    with acting(city.bram.acting), pytest.raises(NotAllowed):
        disclose(scope, to=city.bram, purpose="listening", ground=Ground("involvement", case.pk), what="plan")
    with acting(city.hakan.acting):
        keep_look(
            actor_id=city.hakan.pk, post=city.hakan.posts[0], purpose="listening", ground_kind="break_glass", what="case page",
            categories=["housing"], subjects=scope.subjects, case_id=case.pk,
        )  # fmt: skip
    return case, other, scope.subjects


def found(sign_in, city, **asked):
    answer = sign_in(city.daan).get(reverse("access-log"), asked)
    assert answer.status_code == 200
    return answer


def who_of(answer):
    return {one.who for one in answer.context["looks"]}


def test_she_finds_who_looked_by_each_thing_that_she_may_ask(city, looked, sign_in):
    case, other, residents = looked
    assert who_of(found(sign_in, city, who="zwaneN")) == {"Marit Zwanenveld"}
    assert who_of(found(sign_in, city, who="noor@oefenstad.example")) == {"Noor Veldkamp"}
    of_case = {"Marit Zwanenveld", "Hakan Erdoğmuş", "Bram Oosterling"}
    assert who_of(found(sign_in, city, case=f"https://loket.example/casework/casussen/{case.pk}/")) == of_case
    assert who_of(found(sign_in, city, case=case.pk.hex[:12])) == of_case
    assert who_of(found(sign_in, city, resident=reference_of(residents[1]))) == of_case
    assert who_of(found(sign_in, city, result="denied")) == {"Bram Oosterling"}
    assert who_of(found(sign_in, city, break_glass="on")) == {"Hakan Erdoğmuş"}
    wijkkracht = Organisation.objects.get(name="Stichting Wijkkracht Zuid")
    assert who_of(found(sign_in, city, organisation=str(wijkkracht.pk))) == {"Noor Veldkamp"}
    assert "Bram Oosterling" not in who_of(found(sign_in, city, category="housing"))
    yesterday = (timezone.localdate() - timedelta(days=1)).isoformat()
    assert who_of(found(sign_in, city, until=yesterday)) == set()
    assert "Marit Zwanenveld" in who_of(found(sign_in, city, since=yesterday, purpose="listening"))


def test_no_name_and_no_id_of_a_resident_stands_there(city, looked, sign_in):
    _case, _other, residents = looked
    page = found(sign_in, city).content.decode()
    assert "Rachida" not in page
    assert "Kind 0" not in page
    assert reference_of(residents[0]) in page
    assert not any(str(one) in page or one.hex in page for one in residents)


def test_what_cannot_be_understood_is_said_and_finds_nobody(city, looked, sign_in):
    answer = found(sign_in, city, resident="Rachida Amrani")
    assert "Copy it from the paper" in answer.content.decode() or "papier" in answer.content.decode()
    assert answer.context["looks"] == []
    assert found(sign_in, city, who="nobody of that name").context["looks"] == []


def test_what_was_searched_is_kept_as_ids_and_codes(city, looked, sign_in):
    case, _other, residents = looked
    found(sign_in, city, who="Zwanenveld", case=str(case.pk), resident=reference_of(residents[0]), break_glass="on")
    [entry] = all_looks(what="access log")
    assert entry.details == {
        "people": [str(city.marit.pk)],
        "case": case.pk.hex,
        "resident": reference_of(residents[0]),
        "break_glass": True,
    }


def test_the_pages_of_a_search_follow_each_other(city, looked, sign_in, monkeypatch):
    monkeypatch.setattr("luisterloket.convenant.looks.PAGE", 1)
    case, *_rest = looked
    first = found(sign_in, city, case=case.pk.hex)
    seen = [first.context["looks"][0].entry_id]
    following = first.context["following"]
    while following:
        page = sign_in(city.daan).get(f"{reverse('access-log')}?{following}")
        seen += [one.entry_id for one in page.context["looks"]]
        following = page.context["following"]
    assert len(seen) == len(set(seen)) == len(all_looks(case_id=case.pk))


# Taking it out ---------------------------------------------------------------------------------------------------


def taken_out(city, sign_in, form):
    today = timezone.localdate().isoformat()
    answer = sign_in(city.daan).post(reverse("access-log-export"), {"form": form, "since": today, "until": today})
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"].startswith("attachment")
    return answer


def test_the_processing_log_comes_out_as_ldv_asks(city, looked, sign_in):
    _case, _other, residents = looked
    answer = taken_out(city, sign_in, "ldv")
    spans = json.loads(answer.content)["resourceSpans"][0]["scopeSpans"][0]["spans"]
    assert spans
    for span in spans:
        assert set(span) == {
            "traceId", "spanId", "parentSpanId", "name", "kind", "startTimeUnixNano", "endTimeUnixNano", "status", "attributes",
        }  # fmt: skip
        assert (len(span["traceId"]), len(span["spanId"]), len(span["parentSpanId"])) == (32, 16, 16)
        attributes = {one["key"]: one["value"]["stringValue"] for one in span["attributes"]}
        assert set(attributes) == {
            "dpl.core.processing_activity_id", "dpl.core.data_subject_id", "dpl.core.data_subject_id_type",
        }  # fmt: skip
        assert attributes["dpl.core.processing_activity_id"].startswith("http")
    text = answer.content.decode()
    people = [str(one.pk) for one in (city.marit, city.noor, city.bram, city.hakan)]
    assert not any(one in text for one in [*people, *map(str, residents), "Zwanenveld", "Rachida"])


@pytest.mark.parametrize("form", ["nen7513", "nen7513-csv"])
def test_the_access_log_comes_out_under_the_names_of_nen_7513(city, looked, sign_in, form):
    text = taken_out(city, sign_in, form).content.decode()
    for name in (
        "EventDateTime",
        "UserName",
        "RoleIDCode",
        "PurposeOfUse",
        "NetworkAccessPointID",
        "ParticipantObjectID",
        "EmergencyAccess",
    ):
        assert name in text
    assert "Marit Zwanenveld" in text
    assert "Rachida" not in text
    if form == "nen7513":
        outcomes = {one["UserName"]: one["EventOutcomeIndicator"] for one in json.loads(text) if one["EventID"] == "plan"}
        assert outcomes == {"Marit Zwanenveld": 0, "Bram Oosterling": 4}


def test_taking_it_out_is_kept_and_too_much_at_once_is_refused(city, looked, sign_in, monkeypatch):
    taken_out(city, sign_in, "ldv")
    [entry] = all_looks(what="access log export")
    assert entry.details["form"] == "ldv"
    monkeypatch.setattr(log_export.export, "__kwdefaults__", {"at_most": 1})
    today = timezone.localdate().isoformat()
    answer = sign_in(city.daan).post(reverse("access-log-export"), {"form": "ldv", "since": today, "until": today})
    assert "export_access_log" in answer.content.decode()
    assert len(all_looks(what="access log export")) == 1


def test_the_command_takes_it_out_on_behalf_of_a_privacy_officer_only(city, looked, tmp_path):
    today, to = timezone.localdate().isoformat(), tmp_path / "log.json"
    with pytest.raises(CommandError, match="no privacy officer"):
        call_command("export_access_log", "ldv", today, today, str(to), "--by", city.marit.email)
    call_command("export_access_log", "ldv", today, today, str(to), "--by", city.daan.email, stdout=StringIO())
    assert json.loads(to.read_text())["resourceSpans"]
    assert to.stat().st_mode & 0o077 == 0
    assert all_looks(what="access log export", actor_id=city.daan.pk)
