"""Who administers, audits, pays or decides about money reads nothing of what people tell: not on a page, not in the database."""

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection
from django.test import Client
from django.urls import NoReverseMatch, get_resolver, reverse

from luisterloket.people.roles import ROLES
from luisterloket.platform.acting import acting
from luisterloket.platform.encryption import EncryptedTextField
from tests import writes

from .matrix import ANY, MATRIX, NONE
from .world import SECRET, World

pytestmark = pytest.mark.django_db
READ_NOTHING = ("account_admin", "convenant_admin", "auditor", "treasurer", "wijkwethouder")
ADMINISTER = ("account_admin", "convenant_admin")
# What was written for who decides or pays, without a word of what was told: see decision 9 and the grounds “grant” and “payment”.
OF_MONEY = {"wijkbegroting_maatwerkgrant"}
# Written for who decides on it, and about nobody that can be known: see decision 44.
FOR_THE_WIJKWETHOUDER = {"backoffice_escalation"}
# Only ever of who wrote it.
ONES_OWN = {"platform_draft", "convenant_breach"}


@pytest.mark.parametrize("role", READ_NOTHING)
def test_no_page_that_they_may_open_shows_what_was_told(world: World, role: str) -> None:
    browser = Client()
    with writes.allowed():
        browser.force_login(world.people[role])
    opened = 0
    for row in MATRIX:
        relations = [one for one, roles in row.may.items() if role in roles and one != NONE]
        for relation in relations if row.method == "GET" else ():
            ids = world.ids(row.of, relation) if row.of and relation != ANY else {}
            page = browser.get(reverse(row.name, kwargs={**ids, **row.extra}) + row.query, follow=True)
            opened += 1
            assert SECRET not in page.content.decode(errors="ignore").casefold(), f"{row.label} {relation}"
    assert opened > 5


@pytest.mark.parametrize("role", READ_NOTHING)
def test_the_database_gives_them_no_row_with_a_text_about_someone(world: World, role: str) -> None:
    allowed = ONES_OWN | (OF_MONEY if ROLES[role].opens_money else set())
    allowed |= FOR_THE_WIJKWETHOUDER if role == "wijkwethouder" else set()
    with acting(world.people[role].acting), connection.cursor() as cursor:
        for model in apps.get_models(include_auto_created=True):
            table = model._meta.db_table
            if table in allowed or not any(isinstance(one, EncryptedTextField) for one in model._meta.concrete_fields):
                continue
            cursor.execute(f'SELECT count(*) FROM "{table}"')  # noqa: S608
            assert cursor.fetchone() == (0,), table


@pytest.mark.parametrize("role", ADMINISTER)
def test_administrators_pass_no_wall_at_all(world: World, role: str) -> None:
    who = world.people[role].acting
    assert (who.units, who.money_units, who.cases, who.reads_log) == ((), (), (), False)


def test_there_is_no_django_admin() -> None:
    """It writes past the actions and shows every table: decision 33."""
    assert not [app for app in settings.INSTALLED_APPS if app.startswith("django.contrib.admin")]
    assert "admin" not in (get_resolver().namespace_dict or {})
    with pytest.raises(NoReverseMatch):
        reverse("admin:index")
    assert Client().get("/admin/").status_code in {302, 404}
    assert "is_superuser" not in {field.name for field in apps.get_model("people.User")._meta.get_fields()}
