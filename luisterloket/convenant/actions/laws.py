"""The register of laws: a law is added, comes into force on a day, and can be put off again."""

from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from luisterloket.convenant import permissions
from luisterloket.convenant.models import Law
from luisterloket.convenant.refusals import RefusedAt, filled_in
from luisterloket.platform.commands import command
from luisterloket.platform.exceptions import Refused
from luisterloket.platform.history import record


@command
def add_law(*, actor: Any, name: str, note: str = "") -> Law:
    """Add a law to the register, off: a ground that rests on it gives nothing before it is switched on with a day."""
    permissions.check_may_configure(actor)
    name = filled_in("name", name, _("Write the name of the law."))
    code = slugify(name)[:50]
    if not code or Law.objects.filter(code=code).exists() or Law.objects.filter(name__iexact=name).exists():
        raise RefusedAt(_("A law with this name is in the register already."), code="known", field="name")
    law = Law(code=code, name=name, note=note.strip()).put()
    record(actor, "law.added", law, law=law.code)
    return law


@command
def switch_on_law(*, actor: Any, law: Law, since: date, checked_on: date, note: str = "") -> Law:
    """The law is in force from this day on, as read on `checked_on`. A day to come is kept and counts from then."""
    permissions.check_may_configure(actor)
    law = Law.objects.select_for_update(no_key=True).get(pk=law.pk)
    if checked_on > timezone.localdate():
        raise RefusedAt(_("This day is still to come."), code="future", field="checked_on")
    law.in_force_since, law.checked_on, law.note = since, checked_on, note.strip()
    law.save(update_fields=["in_force_since", "checked_on", "note"])
    record(actor, "law.switched_on", law, law=law.code, since=since.isoformat())
    return law


@command
def switch_off_law(*, actor: Any, law: Law) -> Law:
    """The law is not in force: at once nothing is disclosed any more on a ground that rests on it."""
    permissions.check_may_configure(actor)
    law = Law.objects.select_for_update(no_key=True).get(pk=law.pk)
    if law.in_force_since is None:
        raise Refused(_("This law is off already."), code="off_already")
    law.in_force_since = None
    law.save(update_fields=["in_force_since"])
    record(actor, "law.switched_off", law, law=law.code)
    return law
