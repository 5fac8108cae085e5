"""Text about people is unreadable in the database and stays with whom it is about."""

import base64
import os
from io import StringIO

import pytest
from cryptography.exceptions import InvalidTag
from django.core.management import call_command
from django.db import connection

from casework import actions
from casework.models import Concern, Intake, Resident
from luisterloket.platform import encryption
from luisterloket.platform.acting import acting
from tests import writes


@pytest.fixture
def intake(city):
    marit = city.marit
    intake = actions.start_intake(actor=marit, unit=city.unit("schilderswijk"))
    return actions.save_sheet(actor=marit, intake=intake, revision=0, values={"own_words": "Mijn geheim", "name": "Rachida"})


def raw(table: str, column: str, pk: object) -> bytes:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM {table} WHERE id = %s", [pk])
        return bytes(cursor.fetchone()[0])


@pytest.mark.django_db
def test_the_database_holds_no_readable_text(city, intake):
    with acting(city.marit.acting):
        assert b"geheim" not in raw("casework_intake", "own_words", intake.pk)
        assert Intake.objects.get(pk=intake.pk).own_words == "Mijn geheim"


@pytest.mark.django_db
def test_a_text_moved_to_someone_else_does_not_open(city, intake):
    marit = city.marit
    other = actions.start_intake(actor=marit, unit=city.unit("schilderswijk"))
    with acting(marit.acting), writes.allowed():
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE casework_intake SET own_words = (SELECT own_words FROM casework_intake WHERE id = %s) WHERE id = %s",
                [intake.pk, other.pk],
            )
        with pytest.raises(InvalidTag):
            _ = Intake.objects.get(pk=other.pk).own_words


@pytest.mark.django_db
def test_history_copies_still_open(city, intake):
    marit = city.marit
    concern = actions.mark_concern(actor=marit, intake=intake, domain="housing", severity=2, text="Vocht in huis")
    with acting(marit.acting):
        assert Concern.history.get(id=concern.pk).text == "Vocht in huis"
        assert Concern.history.get(id=concern.pk).history_user_id == marit.pk


@pytest.mark.django_db
def test_encrypted_text_cannot_be_filtered_on(city):
    from django.core.exceptions import FieldError

    with pytest.raises((FieldError, TypeError)):
        list(Resident.objects.filter(name="Rachida"))


@pytest.mark.django_db
def test_a_new_key_takes_over_and_the_old_one_can_go(city, intake, settings):
    new = base64.b64encode(os.urandom(32)).decode()
    old = settings.ENCRYPTION_KEYS
    encryption._ring.cache_clear()
    try:
        settings.ENCRYPTION_KEYS = [new, *old]
        with connection.cursor() as cursor:
            cursor.execute("RESET ROLE")
        call_command("rotate_encryption", stdout=StringIO())
        encryption._ring.cache_clear()
        settings.ENCRYPTION_KEYS = [new]
        assert Intake.objects.get(pk=intake.pk).own_words == "Mijn geheim"
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SET ROLE luisterloket_app")
        encryption._ring.cache_clear()
