"""The wijk of the access matrix, for every test that asks what it tells."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from tests.city import TestCity

from .world import World


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """Built once, in a transaction that is taken back; each request of a test is taken back by itself."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield World(TestCity())
        transaction.set_rollback(True)
