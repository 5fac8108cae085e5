"""What a token can be good for in the back office."""

from django.utils.translation import gettext_lazy as _

from luisterloket.connections.scopes import Scope, offer
from luisterloket.people.models import Unit

from . import hand_ins
from .views import HANDLES, READS

AT_A_DESK: dict[str, str] = {Unit.Kind.DESK: "specialist"}
HANDS_IN: dict[str, str] = {Unit.Kind.DESK: "specialist", Unit.Kind.OFFICE: "reporter"}
offer(
    Scope(READS, _("Read the requests of the desk"), AT_A_DESK),
    Scope(HANDLES, _("Take up requests of the desk, ask back and answer"), AT_A_DESK),
    Scope(hand_ins.READS, _("Read what became of what was handed in"), HANDS_IN),
    Scope(hand_ins.SENDS, _("Hand residents in"), HANDS_IN),
)
