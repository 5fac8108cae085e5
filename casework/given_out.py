"""What went out of a case by letter or over a table, for who tells a resident what was shared with whom, and asks it back."""

from datetime import datetime, time
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from luisterloket.platform.registries import GivenOut, given_out
from luisterloket.wijken.calendar import AMSTERDAM

from .letters import may_read_letter
from .looks import Look
from .models import Case, CaseConference, ConferenceItem, ConferenceParticipant, Letter


@given_out.register(order=10)
def letters_given_out(user: Any, case: Case) -> list[GivenOut]:
    """Letters that were sent to someone outside the household, as far as this person may read them."""
    allowed = Look(case, user).allowed
    sent = Letter.objects.filter(case=case, to=Letter.To.OUTSIDE, status=Letter.Status.SENT).defer("body")
    return [
        GivenOut(
            key=f"letter:{one.pk}",
            at=datetime.combine(one.sent_on, time(12), AMSTERDAM) if one.sent_on else one.made_at,
            to=_("Letter to %(who)s") % {"who": one.to_name},
            categories=frozenset(one.categories),
            subjects=frozenset(),
            url=one.get_absolute_url(),
        )
        for one in sent
        if may_read_letter(one, allowed)
    ]


@given_out.register(order=15)
def tables_given_out(user: Any, case: Case) -> list[GivenOut]:
    """What lay on the table of an overleg that was held, by the organisation that saw it; for who has a seat there."""
    held = CaseConference.objects.visible_to(user).filter(case=case, status=CaseConference.Status.HELD)
    found = []
    for conference in held:
        items = list(ConferenceItem.objects.filter(conference=conference, taken_off_at=None).defer("text"))
        came = ConferenceParticipant.objects.seated().filter(conference=conference, came=True, organisation__isnull=False)
        named = dict(came.values_list("organisation_id", "organisation__name"))
        found += [
            GivenOut(
                key=f"conference:{conference.pk}",
                at=conference.held_at or conference.starts_at,
                to=_("Overleg with %(who)s") % {"who": name},
                categories=frozenset(category for item in items for category in (item.category, *item.also)),
                subjects=frozenset(item.subject_id for item in items),
                url=reverse("casework:conference", args=[conference.pk]),
                purpose=conference.kind,
                organisation_id=organisation,
            )
            for organisation, name in named.items()
            if organisation != case.unit.organisation_id and items
        ]
    return found
