"""What the house leaves behind goes by itself."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from luisterloket.platform import drafts
from luisterloket.platform.acting import acting
from luisterloket.platform.models import Command, Draft, OutboxEvent
from luisterloket.platform.upkeep import clear_old
from tests.backoffice.scene import as_jobs
from tests.casework.erasing import as_owner

pytestmark = pytest.mark.django_db
LONG_AGO = timedelta(days=91)


def test_what_was_typed_and_never_sent_goes_after_a_while(city):
    for form in ("old", "new"):
        drafts.save_draft(actor=city.marit, form=form, revision=0, values={"text": "Een zin"})
    with as_owner():
        Draft.objects.filter(form="old").update(saved_at=timezone.now() - LONG_AGO)
    with as_jobs():
        clear_old()
    with acting(city.marit.acting):
        assert [one.form for one in Draft.objects.filter(owner_id=city.marit.pk)] == ["new"]


def test_keys_and_told_messages_go_and_what_was_not_told_stays(city):
    then = timezone.now() - LONG_AGO
    with as_owner():
        Command.objects.create(key=uuid4(), action="a", content="", result_label="", result_id="", at=then)
        told, waits = (OutboxEvent.objects.create(event="e", thing_label="x", thing_id=uuid4(), at=then) for _each in range(2))
        OutboxEvent.objects.filter(pk=told.pk).update(delivered_at=then)
    with as_jobs():
        clear_old()
    with as_owner():
        assert not Command.objects.filter(at=then).exists()
        assert set(OutboxEvent.objects.filter(at=then).values_list("pk", flat=True)) == {waits.pk}
