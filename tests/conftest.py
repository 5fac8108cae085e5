"""One believable city in a template database, cloned per worker; every test starts from it.

The template is made once for the present migrations and demo city, and kept: the next run starts in seconds.
"""

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg2
import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection, connections
from django.db.backends.signals import connection_created
from django.utils import translation

from luisterloket.people.models import User
from luisterloket.platform import acting
from tests import writes
from tests.city import TestCity

ROOT = Path(__file__).resolve().parent.parent
APP = "luisterloket_app"


def _fingerprint() -> str:
    """Changes when the template would come out differently."""
    parts = [*ROOT.glob("*/migrations/*.py"), *ROOT.glob("luisterloket/*/migrations/*.py"), *ROOT.glob("**/demo.py")]
    # A migration puts these rules in the database, and the demo city signs this convenant.
    parts += [ROOT / "casework" / "erasure_rules.py", ROOT / "luisterloket" / "convenant" / "exchange" / "starter.json"]
    parts += [ROOT / "requirements" / "base.txt", ROOT / "luisterloket" / "settings.py"]
    found = [part for part in parts if ".venv" not in part.parts]
    digest = hashlib.sha256()
    for part in sorted(found):
        digest.update(part.read_bytes())
    return digest.hexdigest()[:12]


@contextmanager
def _server() -> Iterator[Any]:
    """A connection to the server that may create databases."""
    settings_ = settings.DATABASES["default"]
    options = {
        key: settings_[name]
        for key, name in (("user", "USER"), ("password", "PASSWORD"), ("host", "HOST"), ("port", "PORT"))
        if settings_[name]
    }
    server = psycopg2.connect(dbname="postgres", **options)
    server.autocommit = True
    try:
        yield server.cursor()
    finally:
        server.close()


def _template() -> str:
    # Two check-outs can share a server: each keeps its own family of templates.
    family = f"luisterloket_city_{os.environ.get('TEMPLATE_SUFFIX', 'main')}"
    name = f"{family}_{_fingerprint()}"
    with _server() as cursor:
        # One worker makes it, the others wait.
        cursor.execute("SELECT pg_advisory_lock(7405)")
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        if cursor.fetchone():
            return name
        cursor.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [f"{family}_"])
        for (old,) in cursor.fetchall():
            cursor.execute(f'DROP DATABASE IF EXISTS "{old}" WITH (FORCE)')
        making = f"{name}_making"
        # A database that was migrated before, with nothing in it, saves running all of that again.
        base = os.environ.get("TEMPLATE_FROM", "template1")
        cursor.execute(f'CREATE DATABASE "{making}" TEMPLATE "{base}"')
        address = os.environ["DATABASE_URL"].rsplit("/", 1)
        tail = address[1].partition("?")[2]
        url = f"{address[0]}/{making}" + (f"?{tail}" if tail else "")
        environment = {**os.environ, "DATABASE_URL": url, "DATABASE_ROLE": ""}
        for step in (["migrate", "-v0"], ["base_city"]):
            subprocess.run([sys.executable, "-m", "tests.manage", *step], cwd=ROOT, env=environment, check=True)
        cursor.execute(f'ALTER DATABASE "{making}" RENAME TO "{name}"')
    return name


def _clone(template: str, name: str) -> None:
    with _server() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')


def _use(name: str) -> None:
    for one in connections.all():
        one.close()
        one.settings_dict["NAME"] = name


@pytest.fixture(scope="session")
def template() -> str:
    return _template()


@pytest.fixture(scope="session")
def django_db_setup(template: str, django_db_blocker: Any, worker_id: str = "master") -> Iterator[None]:
    """Each worker its own clone, used as the application's role: what the database refuses the application, it refuses a test."""
    name = f"luisterloket_test_{os.environ.get('PYTEST_XDIST_WORKER', 'master')}_{os.getpid()}"
    _clone(template, name)
    with django_db_blocker.unblock():
        _use(name)
        connection.settings_dict["OPTIONS"]["assume_role"] = APP
    connection_created.connect(writes.watch, dispatch_uid="watch writes")
    yield
    with django_db_blocker.unblock():
        _use("postgres")
    with _server() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


@pytest.fixture
def own_database(template: str, django_db_setup: None, django_db_blocker: Any) -> Iterator[str]:
    """A database of this test's own, in which it may commit."""
    usual = connection.settings_dict["NAME"]
    name = f"luisterloket_own_{uuid4().hex[:12]}"
    _clone(template, name)
    with django_db_blocker.unblock():
        _use(name)
        try:
            yield name
        finally:
            _use(usual)
            with _server() as cursor:
                cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


@pytest.fixture(scope="session", autouse=True)
def _documents_apart(tmp_path_factory: Any) -> Iterator[None]:
    """The files of documents go to a folder of this run."""
    usual, settings.DOCUMENTS_DIR = settings.DOCUMENTS_DIR, tmp_path_factory.mktemp("documents")
    yield
    settings.DOCUMENTS_DIR = usual


@pytest.fixture(autouse=True)
def _nobody_acts() -> Iterator[None]:
    """Each test starts with nobody acting, in the language of the settings, and an empty cache."""
    translation.deactivate()
    with acting.acting(acting.NOBODY):
        yield
    cache._cache.clear() if hasattr(cache, "_cache") else None


@pytest.fixture
def city(db: None) -> TestCity:
    """The people, units, desks and money that every city has, by short name: `city.marit`, `city.unit("schilderswijk")`."""
    return TestCity()


@pytest.fixture
def sign_in(client: Any) -> Any:
    """Sign the test client in as someone: `page = sign_in(city.marit)`."""

    def as_person(user: User) -> Any:
        with writes.allowed():
            client.force_login(user)
        return client

    return as_person
