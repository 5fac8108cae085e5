"""Writing a version as a file. Who signed is not in it: a file is a text to agree on, and a signature is of one version here."""

import json
from collections.abc import Hashable, Iterable
from typing import Any
from uuid import UUID

from django.utils.text import slugify

from luisterloket.convenant.models import Authorisation, ConvenantVersion, DataCategory, LegalGround

from .shape import FORMAT, FORMAT_VERSION


def as_file(version: ConvenantVersion) -> str:
    """This version in the format of docs/convenant-file.md, the same text each time. Eight queries."""
    parties = list(version.parties.select_related("organisation").order_by("organisation__name"))
    keys = _keys((party.pk, party.organisation.name) for party in parties)
    grounds = list(
        LegalGround.objects.filter(party__version=version).select_related("law").order_by("purpose", "category__order", "pk")
    )
    cells = list(Authorisation.objects.filter(version=version).order_by("purpose", "category__order", "role"))
    terms = list(version.retention_terms.order_by("category__order"))
    used = {one.category_id for many in (grounds, cells, terms) for one in many}
    whole = {
        "format": FORMAT,
        "format_version": FORMAT_VERSION,
        "name": version.name,
        "reason": version.reason,
        "starts_on": version.starts_on.isoformat(),
        "ends_on": version.ends_on.isoformat(),
        "review_on": version.review_on.isoformat(),
        "categories": [{"code": one.pk, "name": one.name} for one in DataCategory.objects.all() if one.pk in used],
        "purposes": [
            {"code": one.purpose_id, "name": one.purpose.name, "why": one.why}
            for one in version.purposes.select_related("purpose").order_by("purpose")
        ],
        "laws": [{"code": code, "name": name} for code, name in sorted({(one.law.code, one.law.name) for one in grounds})],
        "parties": [
            {
                "key": keys[one.pk],
                "name": one.organisation.name,
                "kvk_number": one.organisation.kvk_number,
                "kind": one.kind,
                "task": one.task,
                "contact": one.contact,
                **({"ends_on": one.ends_on.isoformat()} if one.ends_on else {}),
            }
            for one in parties
        ],
        "grounds": _grounds(grounds, keys),
        "cells": _cells(cells, keys),
        "retention": [
            {
                "category": one.category_id,
                "months": one.months,
                "starts": one.starts,
                "law": one.law,
                "article": one.article,
                "checked_on": one.checked_on.isoformat(),
            }
            for one in terms
        ],
        "clauses": [{"number": one.number, "title": one.title, "text": one.text} for one in version.clauses.all()],
    }
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


def _keys(names: Iterable[tuple[UUID, str]]) -> dict[UUID, str]:
    """A short key for each party, from its name."""
    found: dict[UUID, str] = {}
    for pk, name in names:
        base = slugify(name)[:40].strip("-_") or "partij"
        key, number = base, 2
        while key in found.values():
            key, number = f"{base}-{number}", number + 1
        found[pk] = key
    return found


def _grounds(grounds: list[LegalGround], keys: dict[UUID, str]) -> list[dict[str, Any]]:
    """Those of one party and purpose that say the same as one, with their categories."""
    groups: dict[Hashable, dict[str, Any]] = {}
    for one in grounds:
        same = (keys[one.party_id], one.purpose_id, one.law.code, one.article, one.avg_basis, one.exception)
        party, purpose, law, article, basis, exception = same
        entry = {"parties": [party], "purpose": purpose, "categories": [], "law": law, "article": article, "avg_basis": basis}
        groups.setdefault(same, {**entry, "exception": exception})["categories"].append(one.category_id)
    return [groups[same] for same in sorted(groups, key=str)]


def _cells(cells: list[Authorisation], keys: dict[UUID, str]) -> list[dict[str, Any]]:
    """Those of one role, purpose, phase and level as one, with their categories."""
    groups: dict[Hashable, dict[str, Any]] = {}
    for one in cells:
        same = (keys[one.party_id], one.purpose_id, one.role, one.phase, one.level)
        party, purpose, role, phase, level = same
        entry = {"parties": [party], "roles": [role], "purpose": purpose, "phase": phase, "level": level, "categories": []}
        groups.setdefault(same, entry)["categories"].append(one.category_id)
    return [groups[same] for same in sorted(groups, key=str)]
