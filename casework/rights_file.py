"""The copy of everything as a file for a machine (docs/rights-copy.md)."""

from collections.abc import Mapping
from typing import Any

from .rights_copy import Copy
from .rights_values import for_file

# Names of details that only say which row of the database it is.
NOT_IN_A_FILE = ("_id", "_ids")


def as_json(copy: Copy, about: Mapping[str, Any]) -> dict[str, Any]:
    """The copy for a machine. The names are kept as they are: docs/rights-copy.md says what each means."""
    return {
        "format": "luisterloket-copy",
        "version": 1,
        "request": str(copy.request.pk),
        "made_at": copy.made_at.isoformat(),
        "about": {name: for_file(value) for name, value in about.items()},
        "data": [
            {
                "category": one.item.category,
                "category_name": one.category,
                "kind": one.item.kind,
                "id": str(one.item.ref),
                "case": str(one.case_id),
                "label": str(one.item.label),
                "text": one.item.text,
                "beside": [str(text) for text in one.item.beside],
                "details": _details(one.item.details),
            }
            for one in copy.given
        ],
        "sections": {
            section.code: [
                {
                    "id": line.key,
                    "label": str(line.label),
                    "text": line.text,
                    "at": line.at.isoformat() if line.at else None,
                    "details": _details(line.details),
                }
                for line in section.lines
            ]
            for section in copy.sections
        },
        "kept_back": {"count": len(copy.kept), "reason": copy.kept_in_words if copy.kept else ""},
    }


def _details(details: Mapping[str, Any]) -> dict[str, Any]:
    found = {name: for_file(value) for name, value in details.items() if not name.endswith(NOT_IN_A_FILE)}
    return {name: value for name, value in found.items() if value not in (None, "", [], {})}
