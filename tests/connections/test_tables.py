"""What the jobs may read of connections."""

import pytest
from django.db import connection

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("column", ["secret_hash", "hint", "scopes", "connection_id"])
def test_jobs_read_nothing_of_a_token(city, column):
    with connection.cursor() as cursor:
        cursor.execute("SELECT has_column_privilege('luisterloket_jobs', 'connections_apitoken', %s, 'SELECT')", [column])
        assert cursor.fetchone() == (False,)
