"""Switching the identity number on and off."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from luisterloket.convenant import identity_numbers, permissions
from luisterloket.convenant.models import IdentityNumberUse
from luisterloket.people.models import Organisation
from luisterloket.platform.commands import command
from luisterloket.platform.exceptions import Refused
from luisterloket.platform.history import record


@command
def switch_on_identity_numbers(*, actor: Any, organisation: Organisation, law: str, article: str, reason: str) -> IdentityNumberUse:
    """From now on this organisation may use the identity number of residents, under the law that is named (UAVG article 46).

    Raises `Refused` without a law, an article or a reason, and when it is on already.
    """
    permissions.check_may_configure(actor)
    law, article, reason = law.strip(), article.strip(), reason.strip()
    if not (law and article):
        raise Refused(_("Write the law and the article that allow it. Without a law the number may not be used."), code="no_ground")
    if not reason:
        raise Refused(_("Write why this organisation needs the number."), code="no_reason")
    organisation = Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)
    if identity_numbers.in_force(organisation.pk).exists():
        raise Refused(_("It is switched on already for this organisation."), code="on_already")
    use = IdentityNumberUse(organisation=organisation, law=law, article=article, reason=reason, switched_on_by=actor).put()
    record(actor, "identity_number.switched_on", use, organisation=str(organisation.pk))
    return use


@command
def switch_off_identity_numbers(*, actor: Any, organisation: Organisation, reason: str) -> IdentityNumberUse:
    """The ground is gone: the number is no longer asked, shown or searched, and what is kept of it is erased, also from the past.

    Raises `Refused` without a reason, and when it is not on.
    """
    permissions.check_may_configure(actor)
    if not reason.strip():
        raise Refused(_("Write why it is switched off."), code="no_reason")
    use = identity_numbers.in_force(organisation.pk).select_for_update(no_key=True).first()
    if use is None:
        raise Refused(_("It is not switched on for this organisation."), code="not_on")
    use.switched_off_at, use.switched_off_by, use.reason_off = timezone.now(), actor, reason.strip()
    use.save(update_fields=["switched_off_at", "switched_off_by", "reason_off"])
    # Only then: the database erases for no organisation that has it switched on.
    use.erased = sum(erase(organisation.pk) for erase in identity_numbers.erasers)
    use.save(update_fields=["erased"])
    record(actor, "identity_number.switched_off", use, organisation=str(organisation.pk), erased=use.erased)
    return use
