"""Who is paid and on which account: the category `payment`, shown to who asked and to who pays."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from luisterloket.convenant.disclosure import Disclosure, Ground, Item, Scope, Standing, disclose, ground, log_look, source
from luisterloket.convenant.models import ConvenantVersion
from luisterloket.people.models import User
from luisterloket.people.roles import Permission

from .models import MaatwerkGrant
from .permissions import works_on_case_of

PURPOSE = "payment"
PAYING = {MaatwerkGrant.Status.APPROVED, MaatwerkGrant.Status.PAID}


@source("payment")
def payees(scope: Scope, categories: frozenset[str]) -> Iterator[Item]:
    """Name and account of each grant for these residents."""
    for grant in MaatwerkGrant.objects.filter(resident__in=scope.subjects, case=scope.case_id).order_by("asked_at"):
        if grant.payee_name:
            yield Item("payment", "payee", grant.resident_id, grant.pk, _("Payee"), grant.payee_name)
        if grant.iban:
            yield Item("payment", "iban", grant.resident_id, grant.pk, _("IBAN"), grant.iban)


@ground("payment")
def to_be_paid(actor: Any, look: Ground, scope: Scope) -> Standing | None:
    """The treasurer of the wijk, for a grant that is to be paid or was; and who works on the case it is for."""
    grant = MaatwerkGrant.objects.visible_to(actor).filter(pk=look.ref).first() if look.ref else None
    if grant is None or scope != scope_of_grant(grant):
        return None
    if actor.has(Permission.PAY, unit_id=grant.unit_id) and grant.status in PAYING:
        return Standing(tuple(post for post in actor.posts if post.unit_id == grant.unit_id), grant.case_id)
    if works_on_case_of(actor, grant):
        there = tuple(post for post in actor.posts if post.unit_id == grant.unit_id)
        return Standing(there or tuple(post for post in actor.posts if post.unit_kind == "wijkteam"), grant.case_id)
    return None


def scope_of_grant(grant: MaatwerkGrant) -> Scope:
    """Whom a grant is about, for who cannot open the case."""
    return Scope((grant.resident_id,), grant.case_id)


def payment_of(grant: MaatwerkGrant, user: User) -> Disclosure:
    """Payee and account of this grant. Raises `NotAllowed` when they are not for this person."""
    return disclose(scope_of_grant(grant), to=user, purpose=PURPOSE, ground=Ground("payment", grant.pk), what="maatwerk payment")


def log_argument(grants: list[MaatwerkGrant], user: User) -> None:
    """Keep that someone outside the case read what was written for who decides: no name in it, but about someone all the same."""
    if not grants:
        return
    version = ConvenantVersion.in_force()
    only = grants[0] if len(grants) == 1 else None
    scope = Scope(tuple(dict.fromkeys(grant.resident_id for grant in grants)), only.case_id if only else None)
    log_look(
        scope,
        to=user,
        purpose="deciding",
        ground=Ground("grant", only.pk if only else None),
        post=user.post_at(grants[0].unit_id),
        what="maatwerk argument",
        categories=["payment"],
        version_id=version.pk if version else None,
    )
