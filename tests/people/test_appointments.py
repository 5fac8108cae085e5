"""Who appointed someone is the party that the convenant speaks to, whoever holds the unit."""

import pytest

from luisterloket.convenant.models import AccessLogEntry
from luisterloket.people.models import Organisation
from luisterloket.platform.acting import acting
from tests.wijkbegroting import scene

pytestmark = pytest.mark.django_db


def test_a_wijkwethouder_in_a_wijk_team_of_a_welfare_organisation_looks_for_the_gemeente(city, sign_in):
    grant = scene.cosigned(city, amount=1_650_00)
    sign_in(city.eline).get(grant.get_absolute_url())
    with acting(city.daan.acting):
        look = AccessLogEntry.objects.filter(actor_id=city.eline.pk).latest("at")
    gemeente = Organisation.objects.get(name="Gemeente Den Haag")
    assert city.unit("schilderswijk").organisation_id != gemeente.pk
    assert (look.role, look.purpose, look.organisation_id) == ("wijkwethouder", "deciding", gemeente.pk)
