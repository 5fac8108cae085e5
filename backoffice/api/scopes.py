"""What a token can be good for in the back office."""

from django.utils.translation import gettext_lazy as _

from luisterloket.connections.scopes import Scope, offer

from .views import HANDLES, READS

offer(
    Scope(READS, _("Read the requests of the desk"), role="specialist"),
    Scope(HANDLES, _("Take up requests of the desk, ask back and answer"), role="specialist"),
)
