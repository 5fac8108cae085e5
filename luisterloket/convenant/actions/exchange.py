"""A convenant from a file becomes a new draft: wholly, or not at all."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from luisterloket.convenant import permissions
from luisterloket.convenant.exchange import Parsed, parse
from luisterloket.convenant.models import (
    Authorisation,
    Clause,
    ConvenantParty,
    ConvenantVersion,
    Law,
    LegalGround,
    Purpose,
    PurposeOfVersion,
    RetentionTerm,
)
from luisterloket.people.models import Organisation
from luisterloket.platform.commands import command
from luisterloket.platform.exceptions import Refused
from luisterloket.platform.history import record

from .categories import ensure_category
from .drafts import new_version


@command
def import_convenant(
    *, actor: Any, content: str, organisations: Mapping[str, Sequence[Organisation]], name: str, starts_on: date, ends_on: date,
    review_on: date,
) -> ConvenantVersion:  # fmt: skip
    """Make a draft of the convenant in `content`, a file of the format.

    `organisations` says which of ours each party of the file is: none leaves it out, more than one gives each the same place.
    Categories and purposes that are not here yet are made, and laws are added, off. Raises `FileRefused` with every mistake in
    the file, and `Refused` when an organisation stands for two parties or nobody is left.
    """
    permissions.check_may_configure(actor)
    parsed = parse(content)
    chosen = [(party, one) for party in parsed.parties for one in organisations.get(party.key, ())]
    if not chosen:
        raise Refused(_("Choose for at least one party which organisation it is."), code="nobody")
    if len({one.pk for _party, one in chosen}) < len(chosen):
        raise Refused(_("One organisation cannot be two parties. Choose another, or leave one out."), code="twice")
    version = new_version(name=name, starts_on=starts_on, ends_on=ends_on, review_on=review_on, reason=parsed.reason)
    for code, named in parsed.categories.items():
        ensure_category(code, named)
    for code, (named, why) in parsed.purposes.items():
        Purpose.objects.get_or_create(pk=code, defaults={"name": named})
        PurposeOfVersion.objects.create(version=version, purpose_id=code, why=why)
    parties = [
        (
            party.key,
            ConvenantParty.objects.create(
                version=version, organisation=one, kind=party.kind, task=party.task, contact=party.contact,
                ends_on=(party.ends_on or ends_on) if party.kind == ConvenantParty.Kind.INCIDENTAL else None,
            ),
        )
        for party, one in chosen
    ]  # fmt: skip
    _fill(version, parsed, parties)
    record(actor, "convenant.imported", version, number=version.number, parties=len(parties), cells=len(parsed.cells))
    return version


def _fill(version: ConvenantVersion, parsed: Parsed, parties: list[tuple[str, ConvenantParty]]) -> None:
    laws = {code: _law(code, name) for code, name in parsed.laws.items()}
    grounds = {}
    for key, party in parties:
        for (of, purpose, category), one in parsed.grounds.items():
            if of == key:
                grounds[party.pk, purpose, category] = LegalGround(
                    party=party, purpose_id=purpose, category_id=category, law=laws[one.law], article=one.article,
                    avg_basis=one.avg_basis, exception=one.exception,
                )  # fmt: skip
    LegalGround.objects.bulk_create(grounds.values())
    Authorisation.objects.bulk_create(
        Authorisation(
            version=version, party=party, role=role, purpose_id=purpose, category_id=category, phase=phase, level=level,
            ground=grounds[party.pk, purpose, category],
        )
        for key, party in parties
        for (of, role, purpose, category, phase), level in parsed.cells.items()
        if of == key
    )  # fmt: skip
    RetentionTerm.objects.bulk_create(
        RetentionTerm(
            version=version, category_id=one.category, months=one.months, starts=one.starts, law=one.law, article=one.article,
            checked_on=one.checked_on,
        )
        for one in parsed.retention
    )  # fmt: skip
    Clause.objects.bulk_create(
        Clause(version=version, number=number, title=title, text=text) for number, title, text in parsed.clauses
    )


def _law(code: str, name: str) -> Law:
    """The law of the register with this code or else this name; added, off, when there is none."""
    found = Law.objects.filter(code=code).first() or Law.objects.filter(name=name).first()
    return found or Law(code=code, name=name).put()
