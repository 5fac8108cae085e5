"""What short contacts and reaching someone add to Vandaag, the case page and the timeline."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from luisterloket.people.roles import Permission
from luisterloket.platform.registries import Beginning, CasePanel, beginnings, case_panels, sentence

from .contacts import reaching
from .models import Case
from .permissions import may_read

SHOWN = 3

sentence("contact.reached", "chat", _("%(who)s had contact with the resident."))
sentence("contact.call_back", "phone", _("%(who)s had contact; they agreed to call back."))
sentence("contact.message_left", "mail", _("%(who)s tried to reach the resident and left a message."))
sentence("contact.not_reached", "minus", _("%(who)s tried to reach the resident, in vain."))
sentence("contact.amended", "edit", _("%(who)s changed how a contact went."))
sentence("short_contact.linked", "link", _("%(who)s added a short contact to this case."))


@beginnings.register(order=20)
def new_short_contact(user: Any) -> list[Beginning]:
    return [Beginning(_("New short contact"), reverse("casework:short-contacts"), "hand")] if user.has(Permission.LISTEN) else []


@case_panels.register(order=10)
def contact_with_the_resident(user: Any, case: Case) -> CasePanel | None:
    """How reaching someone goes: when, how and whether. The words stand on their own page."""
    if not may_read(user, "story", case.unit_id, case.pk):
        return None
    found = reaching(case)
    return CasePanel("casework/contact_panel.html", {"case": case, "reaching": found, "newest": found.newest[:SHOWN]})
