"""Every look is in both logs, with where it came from and how it ended; what cannot be kept is not shown."""

from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from casework import actions
from casework.disclosures import scope_of
from luisterloket.convenant import access_log
from luisterloket.convenant.access_log import reference_of, subject_hash
from luisterloket.convenant.disclosure import Ground, disclose
from luisterloket.convenant.models import AccessLogEntry, Authorisation, ConvenantVersion, ProcessingLogEntry
from luisterloket.platform.acting import acting
from luisterloket.platform.commands import command
from luisterloket.platform.exceptions import NotAllowed
from tests import writes
from tests.casework.heard import a_case, address

pytestmark = pytest.mark.django_db
PHONE = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Mobile Safari/537.36"


@pytest.fixture
def case(city):
    return a_case(city.marit, city.unit("schilderswijk"), household=1)


def all_looks(**which):
    """As the owner of the tables, who sees everything."""
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
        try:
            return list(AccessLogEntry.objects.filter(**which).order_by("at"))
        finally:
            cursor.execute("SET ROLE luisterloket_app")


def all_processing(**which):
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
        try:
            return list(ProcessingLogEntry.objects.filter(**which).order_by("at"))
        finally:
            cursor.execute("SET ROLE luisterloket_app")


def look(who, case, what="test", purpose="listening"):
    with acting(who.acting):
        return disclose(scope_of(case), to=who, purpose=purpose, ground=Ground("involvement", case.pk), what=what)


def test_a_look_has_who_in_which_role_for_whom_whose_what_why_and_how_it_ended(city, case):
    look(city.marit, case)
    [entry] = all_looks(what="test")
    assert (entry.actor_id, entry.role, entry.result) == (city.marit.pk, "wijkwerker", "given")
    assert entry.organisation_id == city.marit.posts[0].organisation_id
    assert (entry.case_id, entry.ground_kind, entry.ground_id, entry.purpose) == (case.pk, "involvement", case.pk, "listening")
    assert entry.convenant_version_id == ConvenantVersion.in_force().pk
    assert "housing" in entry.categories
    assert not entry.break_glass


def test_the_processing_log_has_one_line_for_each_resident_and_no_user(city, case):
    look(city.marit, case)
    [entry] = all_looks(what="test")
    lines = all_processing(name="test")
    assert {line.data_subject_id for line in lines} == {subject_hash(one) for one in entry.subjects}
    assert len(lines) == 2
    for line in lines:
        assert (line.trace_id, line.parent_span_id, line.status) == (entry.trace_id, entry.span_id, "Ok")
        assert line.span_id != entry.span_id
        assert line.start_ms <= line.end_ms
        assert line.processing_activity_id.endswith(
            f"/convenant/register/?versie={entry.convenant_version_id}#{entry.organisation_id}-listening"
        )
        told = " ".join(str(value) for value in vars(line).values())
        assert str(city.marit.pk) not in told
        assert not any(str(one) in told for one in entry.subjects)


def test_the_line_says_where_someone_came_from_and_no_more_of_their_device(city, case, sign_in, settings):
    settings.PROXIES = 1
    client = sign_in(city.marit)
    client.get(address("case", case), HTTP_USER_AGENT=PHONE, HTTP_X_FORWARDED_FOR="203.0.113.9, 198.51.100.7")
    [entry] = all_looks(what="case page")
    # The proxy's own word, and not what was sent along by who asks.
    assert (entry.address, entry.client) == ("198.51.100.7", "phone")
    assert len(entry.session) == 16
    assert client.session.session_key not in entry.session
    assert not any("Android" in str(value) for value in vars(entry).values())


def test_without_a_proxy_of_our_own_nothing_that_is_sent_along_is_believed(city, case, sign_in):
    sign_in(city.marit).get(address("case", case), REMOTE_ADDR="192.0.2.5", HTTP_X_FORWARDED_FOR="203.0.113.9")
    [entry] = all_looks(what="case page")
    assert (entry.address, entry.client) == ("192.0.2.5", "program")


def test_a_trace_comes_in_and_goes_out_as_w3c_asks(city, case, sign_in):
    trace = "4bf92f3577b34da6a3ce929d0e0e4736"
    client = sign_in(city.marit)
    answer = client.get(address("case", case), HTTP_TRACEPARENT=f"00-{trace}-00f067aa0ba902b7-01")
    assert answer.headers["traceparent"].startswith(f"00-{trace}-")
    [entry] = all_looks(what="case page")
    assert {entry.trace_id, *(line.trace_id for line in all_processing(name="case page"))} == {trace}
    for wrong in ("", "nonsense", f"ff-{trace}-00f067aa0ba902b7-01", f"00-{'0' * 32}-00f067aa0ba902b7-01"):
        assert client.get(address("case", case), HTTP_TRACEPARENT=wrong).headers["X-Trace-Id"] != trace


def test_a_refusal_is_kept_and_says_nothing_to_who_asked(city, case):
    with pytest.raises(NotAllowed) as refused:
        look_as_outsider(city, case)
    assert str(refused.value) == ""
    [entry] = all_looks(result="denied")
    assert (entry.actor_id, entry.case_id, entry.categories) == (city.bram.pk, case.pk, [])
    assert {line.status for line in all_processing(parent_span_id=entry.span_id)} == {"Unset"}


def look_as_outsider(city, case):
    with acting(city.marit.acting):
        scope = scope_of(case)
    with acting(city.bram.acting):
        disclose(scope, to=city.bram, purpose="listening", ground=Ground("involvement", case.pk), what="test")


def test_a_refusal_inside_an_action_that_is_undone_is_kept_all_the_same(city, case):
    @command
    def try_it(*, actor):
        look_as_outsider(city, case)

    with pytest.raises(NotAllowed):
        try_it(actor=city.bram)
    assert len(all_looks(result="denied")) == 1


def test_a_look_that_gives_nothing_says_so(city, case):
    with writes.allowed():
        Authorisation.objects.all().delete()
    look(city.marit, case)
    [entry] = all_looks(what="test")
    assert entry.result == "nothing"


def test_a_page_whose_look_cannot_be_kept_is_not_shown(city, case, sign_in, monkeypatch):
    monkeypatch.setattr(access_log, "KEEP", access_log.KEEP.replace("convenant_processinglogentry", "convenant_gone"))
    client = sign_in(city.marit)
    client.raise_request_exception = False
    with transaction.atomic():
        answer = client.get(address("case", case))
        transaction.set_rollback(True)
    assert answer.status_code == 500
    assert "Rachida" not in answer.content.decode()
    assert "X-Trace-Id" in answer.headers


@pytest.mark.parametrize("log", ["accesslogentry", "processinglogentry"])
@pytest.mark.parametrize(
    "how", ["UPDATE convenant_{} SET trace_id = ''", "DELETE FROM convenant_{}", "TRUNCATE convenant_{} CASCADE"]
)
@pytest.mark.parametrize("role", ["luisterloket_app", "luisterloket_jobs", None])
def test_neither_log_ever_changes(city, case, log, how, role):
    look(city.marit, case)
    with pytest.raises(DatabaseError), transaction.atomic(), writes.allowed(), connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL ROLE {role or 'NONE'}; {how.format(log)}")


def test_only_who_supervises_reads_the_processing_log(city, case):
    look(city.marit, case)
    for who, sees in ((city.marit, False), (city.hakan, False), (city.petra, False), (city.daan, True)):
        with acting(who.acting):
            assert ProcessingLogEntry.objects.exists() is sees


def test_one_statement_keeps_a_look_at_many(city, django_assert_num_queries):
    marit = city.marit
    with acting(marit.acting):
        post = marit.posts[0]
        residents = [uuid4() for _ in range(25)]
        with django_assert_num_queries(1):
            access_log.keep_look(
                actor_id=marit.pk, post=post, purpose="listening", ground_kind="own_cases", what="many", subjects=residents
            )
    assert len(all_processing(name="many")) == 25
    assert len({reference_of(one) for one in residents}) == 25


def test_reading_the_log_says_what_was_searched(city, case, sign_in):
    sign_in(city.daan).get(reverse("access-log"), {"result": "denied"})
    [entry] = all_looks(what="access log")
    assert entry.details == {"result": "denied"}
    assert entry.role == "privacy_officer"


def test_a_case_is_moved_and_joined_without_losing_who_looked(city, case):
    """What a worker sees of their own case is unchanged by the second log."""
    actions.join_case(actor=city.hakan, case=case, reason="asked")
    look(city.hakan, case)
    with acting(city.marit.acting):
        assert AccessLogEntry.objects.filter(case_id=case.pk, actor_id=city.hakan.pk).exists()
