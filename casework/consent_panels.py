"""What informing and consent add to the case page and the timeline."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from luisterloket.platform.registries import CasePanel, case_panels, sentence

from .consents import last_informings, last_steps
from .groups import kept_of
from .models import Case, CaseMember, ConsentStep
from .permissions import works_on

sentence("resident.informed", "chat", _("%(who)s told what is done with the data."))
sentence("consent.given", "check", _("%(who)s noted that consent was given."))
sentence("consent.refused", "minus", _("%(who)s noted that consent was refused."))
sentence("consent.withdrawn", "undo", _("%(who)s noted that consent was taken back."))


@case_panels.register(order=17)
def consent_of_the_case(user: Any, case: Case) -> CasePanel | None:
    """Whether whom the case is about was told, and how often they said yes; what to is on the page behind it."""
    if not works_on(user, case):
        return None
    members = list(CaseMember.objects.filter(case=case).values_list("resident_id", "part"))
    main = next((resident for resident, part in members if part == CaseMember.Part.MAIN), None)
    if main is None:
        return None
    kept = kept_of([resident for resident, _part in members])
    rows = [one for one, top in kept.items() if top == kept[main]]
    steps = last_steps(case.pk, rows).values()
    told = sorted(last_informings(case.pk, rows).values(), key=lambda one: one.at)
    context = {
        "case": case,
        "told": told[-1] if told else None,
        "given": sum(one.state == ConsentStep.State.GIVEN for one in steps),
        "withdrawn": sum(one.state == ConsentStep.State.WITHDRAWN for one in steps),
    }
    return CasePanel("casework/consent_panel.html", context)
