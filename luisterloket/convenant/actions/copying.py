"""A version with all that is in it, copied into a new draft or removed with it. Signatures are never copied."""

from typing import Any

from django.db import models

from luisterloket.convenant.models import (
    Authorisation,
    Clause,
    ConvenantParty,
    ConvenantVersion,
    LegalGround,
    PurposeOfVersion,
    RetentionTerm,
)

# What belongs to the signature, and to the leaving, of the version it was under.
OF_THE_SIGNATURE = {
    "signed_by", "signed_function", "signed_on", "signature_recorded_by", "signature_recorded_at", "secrecy_signed_on", "left_on",
}  # fmt: skip


def copy_content(source: ConvenantVersion, target: ConvenantVersion) -> None:
    """Everything of `source` but who signed; without the parties that left it."""
    parties = {
        one.pk: _copy(one, version=target, leave=OF_THE_SIGNATURE)
        for one in ConvenantParty.objects.filter(version=source, left_on=None)
    }
    ConvenantParty.objects.bulk_create(parties.values())
    grounds = {one.pk: _copy(one, party=parties[one.party_id]) for one in LegalGround.objects.filter(party__in=list(parties))}
    LegalGround.objects.bulk_create(grounds.values())
    Authorisation.objects.bulk_create(
        _copy(one, version=target, party=parties[one.party_id], ground=grounds[one.ground_id])
        for one in Authorisation.objects.filter(version=source, party__in=list(parties))
    )
    for model in (PurposeOfVersion, RetentionTerm, Clause):
        model.objects.bulk_create(_copy(one, version=target) for one in model.objects.filter(version=source))


def remove_content(version: ConvenantVersion) -> None:
    """Of a draft; the database refuses it of any other."""
    Authorisation.objects.filter(version=version).delete()
    LegalGround.objects.filter(party__version=version).delete()
    for model in (ConvenantParty, PurposeOfVersion, RetentionTerm, Clause):
        model.objects.filter(version=version).delete()


def _copy(row: Any, *, leave: set[str] = frozenset(), **other: Any) -> Any:  # type: ignore[assignment]
    """The same row anew, pointing at `other`, without the fields to `leave`."""
    fields: list[models.Field] = [field for field in row._meta.concrete_fields if not field.primary_key]
    kept = {field.attname: getattr(row, field.attname) for field in fields if field.name not in leave and field.name not in other}
    return type(row)(**kept, **other)
