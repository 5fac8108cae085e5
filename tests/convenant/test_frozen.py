"""What was offered or signed does not change, whoever writes and with whatever: the database holds it."""

import pytest
from django.db import DatabaseError, connection, transaction

from luisterloket.convenant import actions
from luisterloket.convenant.models import ConvenantVersion
from luisterloket.platform.exceptions import Refused

from .drafting import a_draft, offered, party_of, save, signed

GEMEENTE = "Gemeente Den Haag"
CHANGES = {
    "a name": "UPDATE convenant_convenantversion SET name = 'anders' WHERE id = %(v)s",
    "a later review": "UPDATE convenant_convenantversion SET review_on = ends_on WHERE id = %(v)s",
    "a version": "DELETE FROM convenant_convenantversion WHERE id = %(v)s",
    "a level": "UPDATE convenant_authorisation SET level = 'contribute' WHERE version_id = %(v)s",
    "a cell less": "DELETE FROM convenant_authorisation WHERE version_id = %(v)s",
    "a cell moved here": "UPDATE convenant_authorisation SET version_id = %(v)s WHERE version_id = %(draft)s",
    "a ground": "UPDATE convenant_legalground SET article = 'art. 9' WHERE party_id = %(party)s",
    "a term": "UPDATE convenant_retentionterm SET months = 1 WHERE version_id = %(v)s",
    "a clause": "UPDATE convenant_clause SET text = 'anders' WHERE version_id = %(v)s",
    "a purpose": "DELETE FROM convenant_purposeofversion WHERE version_id = %(v)s",
    "a party's task": "UPDATE convenant_convenantparty SET task = 'anders' WHERE id = %(party)s",
    "another kind of party": "UPDATE convenant_convenantparty SET kind = 'incidental', ends_on = now() WHERE id = %(party)s",
    "one party more": "INSERT INTO convenant_convenantparty SELECT (jsonb_populate_record(p, jsonb_build_object('id',"
    " gen_random_uuid()))).* FROM convenant_convenantparty p WHERE id = %(party)s",
}


def refuses(sql, **ids):
    """Whether the database refuses it to its owner, who can do the most."""
    role = connection.settings_dict["OPTIONS"]["assume_role"]
    with connection.cursor() as cursor:
        raw = cursor.connection.cursor()
        raw.execute("SAVEPOINT before; RESET ROLE")
        try:
            raw.execute(sql, ids)
        except DatabaseError:
            return True
        except Exception as error:
            return getattr(error, "pgcode", "") in ("23001", "23514")
        finally:
            raw.execute(f"ROLLBACK TO before; SET ROLE {role}")
    return False


@pytest.mark.parametrize("state", ["offered", "signed", "in_force"])
@pytest.mark.parametrize("change", CHANGES)
def test_the_database_refuses_to_change_it(city, state, change):
    version = (
        ConvenantVersion.in_force() if state == "in_force" else {"offered": offered, "signed": signed}[state](city, a_draft(city))
    )
    draft = a_draft(city)
    assert refuses(CHANGES[change], v=version.pk, draft=draft.pk, party=party_of(version, GEMEENTE).pk), (state, change)


def test_of_a_draft_it_lets_everything_be_changed(city):
    draft = a_draft(city)
    party = party_of(draft, GEMEENTE)
    for change in ("a name", "a level", "a ground", "a clause", "a party's task", "one party more"):
        if change != "one party more":
            assert not refuses(CHANGES[change], v=draft.pk, draft=draft.pk, party=party.pk), change


@pytest.mark.parametrize(
    ("state", "sql"),
    [
        ("draft", "UPDATE convenant_convenantversion SET status = 'in_force', signed_at = now() WHERE id = %(v)s"),
        ("draft", "UPDATE convenant_convenantversion SET status = 'signed', signed_at = now() WHERE id = %(v)s"),
        ("offered", "UPDATE convenant_convenantversion SET status = 'signed', signed_at = now() WHERE id = %(v)s"),
        ("offered", "UPDATE convenant_convenantversion SET status = 'in_force', signed_at = now() WHERE id = %(v)s"),
        ("in_force", "UPDATE convenant_convenantversion SET status = 'draft' WHERE id = %(v)s"),
        ("in_force", "UPDATE convenant_convenantparty SET signed_by = 'Een ander' WHERE id = %(party)s"),
        ("in_force", "UPDATE convenant_convenantparty SET signed_on = NULL WHERE id = %(party)s"),
        ("signed", "UPDATE convenant_convenantparty SET signed_on = NULL WHERE id = %(party)s"),
        ("in_force", "TRUNCATE convenant_clause"),
    ],
)
def test_a_state_and_a_signature_move_only_as_they_may(city, state, sql):
    make = {
        "draft": lambda: a_draft(city),
        "offered": lambda: offered(city, a_draft(city)),
        "signed": lambda: signed(city, a_draft(city)),
    }
    version = make[state]() if state in make else ConvenantVersion.in_force()
    assert refuses(sql, v=version.pk, party=party_of(version, GEMEENTE).pk)


def test_a_cell_rests_on_a_ground_of_its_own_place(city):
    draft = a_draft(city)
    sql = (
        "UPDATE convenant_authorisation SET ground_id = (SELECT id FROM convenant_legalground WHERE party_id = %(party)s AND"
        " purpose_id = 'debt' LIMIT 1) WHERE version_id = %(v)s AND purpose_id = 'shelter'"
    )
    assert refuses(sql, v=draft.pk, party=party_of(draft, GEMEENTE).pk)


def test_the_actions_say_it_in_words(city):
    version = offered(city, a_draft(city))
    with pytest.raises(Refused) as refusal, transaction.atomic():
        save(city, version, "debt", {})
    assert refusal.value.code == "not_a_draft"
    with pytest.raises(Refused):
        actions.remove_party(actor=city.petra, party=party_of(version, GEMEENTE))
    with pytest.raises(Refused):
        actions.add_clause(actor=city.petra, version=version, number=99, title="x", text="y")
    with pytest.raises(Refused):
        actions.discard_draft(actor=city.petra, version=version)
