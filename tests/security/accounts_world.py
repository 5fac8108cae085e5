"""Accounts, rounds of the yearly review and data breaches of the world, made through the actions."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.utils import timezone

from luisterloket.convenant import actions as convenant
from luisterloket.people import actions as people
from luisterloket.people.models import AccessReview, Appointment, Unit
from tests import writes


def keep_accounts(world: Any, keep: Callable[..., None]) -> None:
    city = world.city
    for relation, user in {"other": city.bram, "own": city.olga}.items():
        keep("account", relation, pk=user.pk)
        keep("appointment", relation, pk=user.pk, appointment=user.appointments.get().pk)
    jeugd = city.unit("jeugd")
    proposal = people.propose_appointment(actor=city.olga, user=world.people["nobody"], unit=jeugd, role="auditor")
    keep("proposal", "waiting", pk=proposal.pk)
    keep("work unit", "here", pk=jeugd.pk)
    today = timezone.localdate()
    stadhuis = Unit.objects.get(name="Stadhuis")
    rounds = {
        "mine": ("schilderswijk", "marit"),
        "desk": ("wonen", "joost"),
        "other": ("vreewijk", "noor"),
        "office": ("", "petra"),
    }
    for relation, (key, name) in rounds.items():
        unit = city.unit(key) if key else stadhuis
        with writes.allowed():
            review = AccessReview.objects.create(unit=unit, opened_on=today, due_on=today + timedelta(days=30))
        keep("access review", relation, pk=review.pk)
        post = Appointment.objects.get(user=getattr(city, name), unit=unit)
        keep("access review line", relation, pk=review.pk, appointment=post.pk)
    for relation, user in {"mine": city.marit, "other": city.noor}.items():
        told = {"what": "zilverberk", "discovered_at": timezone.now(), "data": ["names"], "people": "one"}
        keep("breach", relation, pk=convenant.report_breach(actor=user, **told).pk)
