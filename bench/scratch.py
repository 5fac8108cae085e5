"""Scratch databases on the server of DATABASE_URL, dropped again whatever happens."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg2
from psycopg2.extras import register_uuid

APP = "luisterloket_app"
JOBS = "luisterloket_jobs"
# Two runs at once do not meet.
NAME = f"luisterloket_bench_{os.getpid()}"


def address(name: str) -> str:
    return urlunsplit(urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}"))


@contextmanager
def connected(name: str, role: str = "") -> Iterator[Any]:
    """psycopg2 without anything of Django in between, as the owner or as `role`; each statement is its own transaction."""
    register_uuid()
    bare = psycopg2.connect(address(name))
    bare.autocommit = True
    try:
        with bare.cursor() as cursor:
            if role:
                cursor.execute(f"SET ROLE {role}")
            yield cursor
    finally:
        bare.close()


@contextmanager
def database(name: str, template: str = "") -> Iterator[str]:
    """A database of our own for as long as this lasts: empty, or a copy of another in which nobody works."""
    with connected("postgres") as server:
        copy = f' TEMPLATE "{template}" STRATEGY FILE_COPY' if template else ""
        server.execute(f'CREATE DATABASE "{name}"{copy}')
        try:
            yield name
        finally:
            use("postgres")
            server.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def use(name: str, role: str = "") -> None:
    """Let Django work in this database, as this role; without one as the owner."""
    from django.db import connection

    connection.close()
    connection.settings_dict["NAME"] = name
    options = connection.settings_dict["OPTIONS"]
    options.pop("assume_role", None)
    if not role:
        return
    options["assume_role"] = role
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        found = cursor.fetchone()[0]
    if found != role:
        raise SystemExit(f"This must be measured as {role}, not as {found}.")
