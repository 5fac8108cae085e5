"""The seals break on any change by anyone, the owner of the database included, and the command says where."""

from datetime import timedelta
from io import StringIO
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from luisterloket.convenant import sealing
from luisterloket.convenant.access_log import keep_look
from luisterloket.convenant.models import AccessLogEntry, LogMember, LogSegment
from luisterloket.convenant.sealing import seal, verify
from luisterloket.platform.acting import acting
from tests import writes
from tests.backoffice.scene import as_jobs

pytestmark = pytest.mark.django_db
PUT_IN = (
    "INSERT INTO convenant_logmember (entry_id, segment_id, place, digest)"
    " SELECT gen_random_uuid(), segment_id, count, repeat('a', 64)"
    " FROM convenant_logmember m JOIN convenant_logsegment s ON s.id = m.segment_id WHERE entry_id = '{0}'"
)


def looked(city, times=3):
    marit = city.marit
    with acting(marit.acting):
        for _ in range(times):
            keep_look(actor_id=marit.pk, post=marit.posts[0], purpose="listening", ground_kind="wijk", what="x", subjects=[uuid4()])


def sealed(city, times=3):
    looked(city, times)
    with as_jobs():
        return seal()


def by_hand(*statements):
    """As someone who owns the database and is out to hide something."""
    tables = ("accesslogentry", "processinglogentry", "logmember", "logsegment", "droppedsegment")
    with writes.allowed(), connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
        # What was put off to the end of the transaction would stand in the way of changing the table.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in tables:
            cursor.execute(f"ALTER TABLE convenant_{table} DISABLE TRIGGER USER")
        for statement in statements:
            cursor.execute(statement)
        for table in tables:
            cursor.execute(f"ALTER TABLE convenant_{table} ENABLE TRIGGER USER")
        cursor.execute("SET ROLE luisterloket_app")


def verified(*arguments):
    """What the command says and whether it ended well."""
    out, err = StringIO(), StringIO()
    with as_jobs():
        try:
            call_command("verify_access_log", *arguments, stdout=out, stderr=err)
        except CommandError:
            return False, out.getvalue() + err.getvalue()
    return True, out.getvalue()


def entries(log="access"):
    with as_jobs():
        return list(
            LogMember.objects.filter(segment__log=log).order_by("segment__number", "place").values_list("entry_id", flat=True)
        )


def test_both_logs_are_sealed_in_segments_that_follow_each_other(city, monkeypatch):
    monkeypatch.setattr(sealing, "BATCH", 2)
    before = sealed(city, 5)
    assert before >= 10
    with as_jobs():
        for log in ("access", "processing"):
            found = list(LogSegment.objects.filter(log=log))
            assert [one.number for one in found] == list(range(1, len(found) + 1))
            assert [one.previous for one in found] == ["", *(one.digest for one in found[:-1])]
        assert seal() == 0
    ok, told = verified()
    assert ok, told


def test_what_commits_late_comes_in_the_next_segment(city):
    sealed(city)
    late = AccessLogEntry(
        actor_id=city.marit.pk, purpose="listening", ground_kind="wijk", what="late", categories=[], subjects=[],
        at=timezone.now() - timedelta(minutes=5),
    )  # fmt: skip
    with writes.allowed(), acting(city.marit.acting):
        late.save(force_insert=True)
    with as_jobs():
        assert seal() == 1
        assert LogMember.objects.get(entry_id=late.pk).segment.number == LogSegment.objects.filter(log="access").count()
    assert verified()[0]


@pytest.mark.parametrize(
    ("statement", "what"),
    [
        ("UPDATE convenant_accesslogentry SET actor_id = gen_random_uuid() WHERE id = '{0}'", "was changed"),
        ("UPDATE convenant_accesslogentry SET at = at + interval '1 second' WHERE id = '{0}'", "was changed"),
        ("DELETE FROM convenant_accesslogentry WHERE id = '{0}'", "was removed"),
        ("DELETE FROM convenant_logmember WHERE entry_id = '{0}'", "not in its place"),
        ("DELETE FROM convenant_logmember WHERE entry_id = '{2}'", "was sealed with"),
        ("UPDATE convenant_logmember SET digest = repeat('a', 64) WHERE entry_id = '{0}'", "was changed"),
        (
            PUT_IN,
            "was removed",
        ),
        ("UPDATE convenant_logsegment SET count = count - 1 WHERE log = 'access' AND number = 2", "was sealed with"),
        ("UPDATE convenant_logsegment SET sealed_at = now() WHERE log = 'access' AND number = 2", "was sealed again"),
        ("UPDATE convenant_logsegment SET digest = repeat('b', 64) WHERE log = 'access' AND number = 2", "was sealed again"),
    ],
)
def test_what_the_owner_does_by_hand_is_found_and_named(city, statement, what):
    sealed(city)
    with as_jobs():
        first = LogSegment.objects.filter(log="access").count()
    sealed(city)
    sealed(city)
    with as_jobs():
        members = list(LogMember.objects.filter(segment__log="access", segment__number=first + 1).order_by("place"))
    ids = [one.entry_id for one in members]
    by_hand(statement.format(*ids).replace("number = 2", f"number = {first + 1}"))
    ok, told = verified()
    assert not ok
    assert f"access log, segment {first + 1}" in told
    assert what in told
    if "entry_id" not in statement and "convenant_accesslogentry" in statement:
        assert str(ids[0]) in told


def test_a_segment_that_is_taken_out_is_missed(city):
    sealed(city)
    sealed(city)
    sealed(city)
    by_hand(
        "DELETE FROM convenant_logmember m USING convenant_logsegment s WHERE s.id = m.segment_id AND s.log = 'processing' AND number = 2",
        "DELETE FROM convenant_logsegment WHERE log = 'processing' AND number = 2",
    )
    ok, told = verified()
    assert not ok
    assert "processing log, segment 2: is missing" in told


def test_a_line_that_is_put_in_long_after_is_found(city):
    sealed(city)
    by_hand(
        "INSERT INTO convenant_accesslogentry SELECT (jsonb_populate_record(e, jsonb_build_object('id', gen_random_uuid(),"
        f" 'at', e.at - interval '9 days'))).* FROM convenant_accesslogentry e WHERE id = '{entries()[0]}'"
    )
    with as_jobs():
        seal()
    ok, told = verified()
    assert not ok
    assert "was put in after" in told


def test_a_chain_that_was_made_anew_does_not_fit_a_seal_that_was_written_down(city):
    sealed(city)
    _ok, told = verified()
    noted = next(line for line in told.splitlines() if line.startswith("access")).rpartition("seal ")[2]
    assert verified("--seal", noted)[0]
    by_hand(
        f"UPDATE convenant_accesslogentry SET role = 'buddy' WHERE id = '{entries()[0]}'",
        "DELETE FROM convenant_logmember",
        "DELETE FROM convenant_logsegment",
    )
    with as_jobs():
        seal()
    assert verified()[0]
    ok, told = verified("--seal", noted)
    assert not ok
    assert noted in told


def test_the_site_itself_cannot_verify_what_it_cannot_see(city):
    with pytest.raises(CommandError, match="does not see the whole log"):
        call_command("verify_access_log")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE convenant_logsegment SET digest = ''",
        "DELETE FROM convenant_logsegment",
        "DELETE FROM convenant_logmember",
        "INSERT INTO convenant_droppedsegment SELECT id, now(), 1, 'x' FROM convenant_logsegment",
        "INSERT INTO convenant_logsegment SELECT * FROM convenant_logsegment",
    ],
)
@pytest.mark.parametrize("role", ["luisterloket_jobs", "luisterloket_app"])
def test_jobs_seal_and_can_change_nothing(city, statement, role):
    sealed(city)
    with pytest.raises(DatabaseError), transaction.atomic(), writes.allowed(), connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL ROLE {role}; {statement}")


# Dropping --------------------------------------------------------------------------------------------------------


def old_segment():
    """A sealed segment of long ago. Nothing can make one but waiting: here the seals are made over what was put back."""
    by_hand(
        "DELETE FROM convenant_logmember",
        "DELETE FROM convenant_logsegment",
        "UPDATE convenant_accesslogentry SET at = at - interval '7 years'",
        "UPDATE convenant_processinglogentry SET at = at - interval '7 years'",
    )
    with as_jobs():
        seal()


def as_owner(name, *arguments):
    out = StringIO()
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        try:
            call_command(name, *arguments, stdout=out)
        finally:
            cursor.execute("SET ROLE luisterloket_app")
    return out.getvalue()


def test_what_is_past_its_term_goes_whole_and_its_seal_stays(city):
    looked(city)
    old_segment()
    sealed(city, 2)
    with as_jobs():
        count = LogSegment.objects.count()
        young = list(
            LogMember.objects.filter(segment__log="access").order_by("-segment__number").values_list("entry_id", flat=True)[:2]
        )
    assert "run again with --yes" in as_owner("drop_access_log")
    assert len(entries()) > 2
    assert "60 months" in as_owner("drop_access_log", "--yes")
    with as_jobs():
        assert AccessLogEntry.objects.filter(pk__in=young).count() == 2
        assert LogSegment.objects.count() == count
        assert verify("access").dropped >= 1
    ok, told = verified()
    assert ok, told
    assert "dropped when their term had passed" in told


def test_what_is_young_cannot_be_dropped_unseen(city):
    sealed(city)
    by_hand("INSERT INTO convenant_droppedsegment SELECT id, now(), 60, 'x' FROM convenant_logsegment WHERE log = 'access'")
    as_owner_deletes = (
        "DELETE FROM convenant_accesslogentry e USING convenant_logmember m WHERE m.entry_id = e.id",
        "DELETE FROM convenant_logmember m USING convenant_logsegment s WHERE s.id = m.segment_id AND s.log = 'access'",
    )
    by_hand(*as_owner_deletes)
    ok, told = verified()
    assert not ok
    assert "before its term had passed" in told
