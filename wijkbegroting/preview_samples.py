"""What who decides, pays and audits have to show in a preview: the page of a grant. They see the money, and no file."""

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luisterloket.convenant.previews import Sample, Stage, samples

from . import actions
from .models import MaatwerkGrant

AMOUNT, MANDATE, BUDGET = 450_00, 1_000_00, 10_000_00


@samples.register(order=40)
def a_grant(stage: Stage) -> Sample | None:
    """Waiting for the wijkwethouder, and for others decided. Only of a made-up case: money of a real one is never touched."""
    role = stage.seat.role
    if not stage.helpers or not role.opens_money or role.opens_files:
        return None
    coordinator, wethouder, treasurer = (stage.helpers[role] for role in ("coordinator", "wijkwethouder", "treasurer"))
    year = timezone.localdate().year
    budget = actions.open_budget(actor=treasurer, unit=stage.team, year=year)
    source = actions.add_source(actor=treasurer, budget=budget, name=_("The municipality"))
    actions.receive_money(actor=treasurer, source=source, amount=BUDGET)
    line = actions.propose_line(
        actor=stage.builder, budget=budget, source=source, name=_("First need"), intention=_("Nobody is without food or a roof"),
        effect="social", amount=BUDGET,
    )  # fmt: skip
    line = actions.approve_line(actor=wethouder, line=line)
    grant: MaatwerkGrant = actions.ask_maatwerk(
        actor=stage.builder, case=stage.case, line=line, amount=AMOUNT, purpose=_("First month of rent"),
        why_not_regular=_("The regular way takes eight weeks"), expected_return=_("The children stay at their school"),
        payee_kind="landlord", method="shop",
    )  # fmt: skip
    if role.code != "wijkwethouder":
        day = timezone.localdate()
        actions.sign_mandate(actor=wethouder, unit=stage.team, role="wijkwerker", amount=MANDATE, starts_on=day, ends_on=day)
    grant = actions.cosign_grant(actor=coordinator, grant=grant)
    return Sample(gettext_lazy("A grant"), grant.get_absolute_url())
