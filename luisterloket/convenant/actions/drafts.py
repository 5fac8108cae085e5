"""A version while it is a draft: made, changed, thrown away. Only the convenant administrator does this."""

from datetime import date
from typing import Any

from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from luisterloket.convenant import permissions
from luisterloket.convenant.exchange import parse, starter
from luisterloket.convenant.models import ConvenantVersion
from luisterloket.convenant.refusals import RefusedAt, filled_in
from luisterloket.platform.commands import command
from luisterloket.platform.exceptions import Refused
from luisterloket.platform.history import record

from .categories import ensure_category
from .copying import copy_content, remove_content


def draft_of(actor: Any, version: ConvenantVersion, revision: int | None = None) -> ConvenantVersion:
    """The draft as it is now, held until the transaction ends and counted as changed.

    Raises `Refused` for what is no draft any more, and when `revision`, that of the page it was typed on, is not the newest.
    """
    permissions.check_may_configure(actor)
    version = ConvenantVersion.locked(version.pk)
    if not version.is_draft:
        raise Refused(
            _("This version is no draft any more, so it does not change. Make a new version from it."), code="not_a_draft"
        )
    if revision is not None and revision != version.revision:
        raise Refused(
            _("This draft was changed in another window or by a colleague. Look at it again before you save."), code="changed"
        )
    version.revision += 1
    version.save(update_fields=["revision"])
    return version


def new_version(*, name: str, starts_on: date, ends_on: date, review_on: date, **details: Any) -> ConvenantVersion:
    """A draft with the next number; its days are checked."""
    check_days(starts_on, ends_on, review_on)
    newest = ConvenantVersion.objects.aggregate(number=Max("number"))["number"] or 0
    return ConvenantVersion(
        name=filled_in("name", name, _("Give the convenant a name.")), number=newest + 1, starts_on=starts_on, ends_on=ends_on,
        review_on=review_on, **details,
    ).put()  # fmt: skip


def check_days(starts_on: date, ends_on: date, review_on: date) -> None:
    if ends_on <= starts_on:
        raise RefusedAt(_("The last day must be after the first."), code="order", field="ends_on")
    if not starts_on <= review_on <= ends_on:
        raise RefusedAt(_("The review is between the first and the last day."), code="review", field="review_on")


@command
def start_draft(
    *,
    actor: Any,
    name: str,
    starts_on: date,
    ends_on: date,
    review_on: date,
    source: ConvenantVersion | None = None,
    reason: str = "",
) -> ConvenantVersion:
    """Begin a new version: from `source`, usually the one in force, or empty. It decides nothing yet."""
    permissions.check_may_configure(actor)
    version = new_version(
        name=name, starts_on=starts_on, ends_on=ends_on, review_on=review_on, based_on=source, reason=reason.strip()
    )
    if source is not None:
        copy_content(source, version)
    else:
        # There may be nothing here yet: the kinds of data are those of the software, called as the starter calls them.
        for code, called in parse(starter()).categories.items():
            ensure_category(code, called)
    record(actor, "convenant.drafted", version, number=version.number, source=str(source.pk) if source else "")
    return version


@command
def edit_details(
    *,
    actor: Any,
    version: ConvenantVersion,
    revision: int,
    name: str,
    starts_on: date,
    ends_on: date,
    review_on: date,
    reason: str = "",
) -> ConvenantVersion:
    """Name, first and last day, day of review, and why there is a new version."""
    version = draft_of(actor, version, revision)
    check_days(starts_on, ends_on, review_on)
    version.name = filled_in("name", name, _("Give the convenant a name."))
    version.starts_on, version.ends_on, version.review_on, version.reason = starts_on, ends_on, review_on, reason.strip()
    version.save(update_fields=["name", "starts_on", "ends_on", "review_on", "reason"])
    record(actor, "convenant.details_changed", version)
    return version


@command
def discard_draft(*, actor: Any, version: ConvenantVersion) -> ConvenantVersion:
    """Throw a draft away. It decided nothing, and nobody's signature stands under it."""
    version = draft_of(actor, version)
    if ConvenantVersion.objects.filter(based_on=version).exists():
        raise Refused(_("Another version was made from this draft. Throw that one away first."), code="source")
    gone = ConvenantVersion(pk=version.pk, number=version.number, name=version.name)
    remove_content(version)
    version.delete()
    record(actor, "convenant.draft_discarded", gone, number=gone.number, at=timezone.localdate().isoformat())
    return gone
