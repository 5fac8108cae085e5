"""What of casework goes along to the new owner of a case. The higher floors fill the same registry in their own actions."""

from casework.models import Case, MeldcodeTrack
from luisterloket.people.models import User
from luisterloket.platform.registries import moves_along

from .appointments import give_meetings


@moves_along.register(order=10)
def appointments_go_along(actor: User, case: Case, before: User, after: User) -> None:
    give_meetings(case, before, after)


@moves_along.register(order=11)
def meldcode_goes_along(actor: User, case: Case, before: User, after: User) -> None:
    """Someone still does the next step, by the same day."""
    for track in MeldcodeTrack.objects.filter(case=case, owner=before):
        track.owner = after
        track.save(update_fields=["owner"])
