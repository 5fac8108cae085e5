"""A new key takes over everything of a whole city, files and history and second factors too, and then the old one can go."""

import base64
import os
import shutil
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from pathlib import Path
from typing import Any

import psycopg2
import pytest
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command
from django.db import connection
from django.urls import reverse

from casework import actions, file_store, matching, search_keys
from casework.models import Concern, Document, Resident
from luisterloket.platform import key_rotation
from luisterloket.platform.acting import acting
from luisterloket.platform.encryption import aliases, device_keys, encrypt
from tests import writes
from tests.casework.heard import a_case

pytestmark = pytest.mark.django_db


def a_key() -> str:
    return base64.b64encode(os.urandom(32)).decode()


@contextmanager
def as_owner() -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SET ROLE luisterloket_app")


def rotated(*options: str) -> str:
    said = StringIO()
    with as_owner():
        call_command("rotate_encryption", *options, stdout=said, stderr=said)
    return said.getvalue()


@pytest.fixture(autouse=True)
def own_files(settings: Any, tmp_path: Path) -> None:
    """What a test seals anew on disk is not taken back with its transaction."""
    shutil.copytree(settings.DOCUMENTS_DIR, tmp_path / "documents")
    settings.DOCUMENTS_DIR = tmp_path / "documents"


def new_keys(settings: Any) -> None:
    """A new one of each in front."""
    settings.ENCRYPTION_KEYS = [a_key(), *settings.ENCRYPTION_KEYS]
    settings.LOOKUP_KEYS = [a_key(), *settings.LOOKUP_KEYS]


def test_the_old_keys_can_go_after_everything_of_a_city_was_done_anew(world: Any, settings: Any) -> None:
    new_keys(settings)
    with pytest.raises(CommandError):
        rotated("--check")
    said = rotated()
    assert "ENCRYPTION_KEYS 2: 0 – not needed any more" in said
    assert "older" not in said
    # It was stopped and starts again: nothing is left to do.
    assert "done anew" not in rotated()
    settings.ENCRYPTION_KEYS, settings.LOOKUP_KEYS = settings.ENCRYPTION_KEYS[:1], settings.LOOKUP_KEYS[:1]
    with as_owner():
        kinds = key_rotation.everything()
        assert {name for kept in kinds for name in kept.by_key()} == {"1"}
        opened = sum(_opens(kept) for kept in kinds if isinstance(kept, key_rotation.EncryptedColumns))
        assert opened > 100
        for document in Document.objects.filter(wiped_at=None):
            assert file_store.read_file(document.storage_name, document.bound_to)
        # Past versions open too.
        assert Concern.history.first().text


def _opens(kept: key_rotation.EncryptedColumns) -> int:
    return sum(getattr(row, one.attname) is not None for row in kept.model._base_manager.all() for one in kept.fields)


def test_what_is_written_between_reading_and_writing_is_not_lost(city: Any, settings: Any, monkeypatch: Any) -> None:
    case = a_case(city.marit, city.unit("schilderswijk"), name="Rachida Amrani")
    with acting(city.marit.acting):
        resident = case.residents.get()
    new_keys(settings)
    met = Counter[str]()
    renewed = key_rotation.EncryptedColumns._renewed

    def somebody_writes(kept: Any, row: Any, field: Any, read: bytes) -> Any:
        if row.pk == resident.pk and kept.model is Resident and field.name == "name" and not met["wrote"]:
            met["wrote"] += 1
            with connection.cursor() as cursor:
                newer = encrypt("Rachida Bennani", field.bound_to(row))
                cursor.execute("UPDATE casework_resident SET name = %s WHERE id = %s", [newer, resident.pk])
        return renewed(kept, row, field, read)

    monkeypatch.setattr(key_rotation.EncryptedColumns, "_renewed", somebody_writes)
    rotated()
    assert met["wrote"] == 1
    with acting(city.marit.acting):
        assert Resident.objects.get(pk=resident.pk).name == "Rachida Bennani"


def test_what_cannot_be_opened_is_named_and_left(city: Any, settings: Any) -> None:
    case = a_case(city.marit, city.unit("schilderswijk"))
    with acting(city.marit.acting), writes.allowed(), connection.cursor() as cursor:
        resident = case.residents.get()
        cursor.execute("UPDATE casework_resident SET address = overlay(address placing 'xxxx' from 2) WHERE id = %s", [resident.pk])
    new_keys(settings)
    with pytest.raises(CommandError):
        rotated()
    with acting(city.marit.acting):
        assert Resident.objects.get(pk=resident.pk).name == "Rachida Amrani"


def test_the_secret_of_a_second_factor_follows(city: Any, settings: Any) -> None:
    with writes.allowed():
        factor = Authenticator.objects.create(user=city.marit, type="totp", data={"secret": get_adapter().encrypt("JBSWY3DP")})
    new_keys(settings)
    rotated()
    settings.ENCRYPTION_KEYS = settings.ENCRYPTION_KEYS[:1]
    assert get_adapter().decrypt(Authenticator.objects.get(pk=factor.pk).data["secret"]) == "JBSWY3DP"


def test_people_are_found_all_the_while(city: Any, settings: Any) -> None:
    facts = {"born": "1997-03-14", "phone": "06 12345678"}
    before = a_case(city.marit, city.unit("schilderswijk"), **facts)

    def found(typed: str) -> set[Any]:
        with acting(city.marit.acting):
            hits = matching.find([before.unit_id], search_keys.parse(typed))[0]
            return {hit.resident_id for hit in hits if hit.facts}

    settings.LOOKUP_KEYS = [a_key(), *settings.LOOKUP_KEYS]
    after = a_case(city.marit, city.unit("schilderswijk"), **facts)
    with acting(city.marit.acting):
        both = {case.residents.get().pk for case in (before, after)}
    for typed in ("14-3-1997", "0612345678", "rachida amrani 14-3-1997"):
        assert found(typed) == both
    # In another wijk as well, where only the whole name with the day of birth tells.
    with acting(city.noor.acting), connection.cursor() as cursor:
        told = search_keys.parse("rachida amrani 14-3-1997").identity
        cursor.execute("SELECT DISTINCT known_elsewhere(one) FROM unnest(%s::text[]) one", [list(told)])
        assert cursor.fetchall() == [(before.unit_id,)]
    rotated()
    settings.LOOKUP_KEYS = settings.LOOKUP_KEYS[:1]
    assert found("14-3-1997") == both


def test_the_command_keeps_off_who_is_at_work_on_someone(city: Any, settings: Any) -> None:
    case = a_case(city.marit, city.unit("schilderswijk"), born="1997-03-14")
    with acting(city.marit.acting):
        resident = case.residents.get()
    new_keys(settings)
    details = connection.get_connection_params()
    other = psycopg2.connect(**{name: details[name] for name in ("dbname", "user", "password", "host", "port") if name in details})
    with other, other.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock_shared(hashtextextended(%s, 0))", [f"search keys {resident.pk}"])
        with as_owner(), writes.allowed():
            assert search_keys.renew(resident.pk) is None
    other.close()
    with as_owner(), writes.allowed():
        assert search_keys.renew(resident.pk) is True
        assert search_keys.renew(resident.pk) is False


def test_who_is_protected_gets_no_key_back(city: Any, settings: Any) -> None:
    case = a_case(city.marit, city.unit("schilderswijk"), born="1997-03-14")
    with acting(city.marit.acting):
        resident = case.residents.get()
    actions.protect(actor=city.marit, case=case, resident=resident, reason="safety", named=[city.hakan])
    new_keys(settings)
    rotated()
    with acting(city.marit.acting):
        assert {kind for kind, _key in resident.search_keys.values_list("kind", "key")} == {"hidden", "ref"}


def test_a_page_that_was_open_and_a_text_that_waits_in_a_browser_outlive_a_new_key(city: Any, settings: Any, sign_in: Any) -> None:
    client = sign_in(city.marit)
    before = client.get(reverse("session")).json()
    settings.ENCRYPTION_KEYS = [a_key(), *settings.ENCRYPTION_KEYS]
    settings.LOOKUP_KEYS = [a_key(), *settings.LOOKUP_KEYS]
    after = client.get(reverse("session"), headers={"X-Person": before["person"]}).json()
    assert before["key"] in after["keys"]
    assert before["person"] in after["persons"]
    assert after["key"] != before["key"]
    assert len(device_keys(city.marit.pk)) == len(aliases(city.marit.pk)) == 2
