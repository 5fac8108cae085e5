"""On what ground someone at a table looks, and what lies there: copies, never the case itself (decision 22)."""

from typing import Any

from luisterloket.convenant.disclosure import Disclosure, Ground, Item, Scope, Standing, disclose_fixed, ground
from luisterloket.people.models import User

from .models import CaseConference, ConferenceItem, ConferenceParticipant


@ground("conference")
def at_the_table(actor: Any, look: Ground, scope: Scope) -> Standing | None:
    """Someone with a seat, in the post in which they were invited and which they still hold.

    From the invitation until the table closes; for who was there also after that, since record and agreements stay theirs.
    """
    conference = CaseConference.objects.visible_to(actor).filter(pk=look.ref).first() if look.ref else None
    if conference is None or scope.case_id != conference.case_id or not set(scope.subjects) <= set(conference.subjects):
        return None
    seat = ConferenceParticipant.objects.seated().filter(conference=conference, user=actor).first()
    if seat is None or not (conference.table_is_open or seat.came):
        return None
    post = seat.post_of(actor)
    return Standing((post,), conference.case_id) if post else None


def on_the_table(conference: CaseConference, user: User) -> Disclosure:
    """What lies on the table for this person, under the purpose of the kind. The look is kept with that purpose.

    Raises `NotAllowed` when the ground does not hold.
    """
    return _look(conference, user, "conference", with_items=True)


def keep_look(conference: CaseConference, user: User, what: str) -> None:
    """Keep that someone at the table reads what is written of it, such as its record. Raises `NotAllowed` as `on_the_table`."""
    _look(conference, user, what, with_items=False)


def _look(conference: CaseConference, user: User, what: str, *, with_items: bool) -> Disclosure:
    found = (
        ConferenceItem.objects.filter(conference=conference, taken_off_at=None) if with_items and conference.table_is_open else []
    )
    items = [Item(one.category, one.kind, one.subject_id, one.ref, one.label, one.text, also=frozenset(one.also)) for one in found]
    return disclose_fixed(
        items,
        Scope(tuple(conference.subjects), conference.case_id),
        to=user,
        purpose=conference.kind,
        ground=Ground("conference", conference.pk),
        what=what,
    )
