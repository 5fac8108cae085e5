"""Choosing the case that something belongs to: of one's own cases, or by a name. A page of its own shows what is chosen for."""

from typing import Any

from . import finding
from .forms import LinkForm, SearchForm


def choices(user: Any, text: str, form: LinkForm) -> dict[str, Any]:
    """What `casework/choose_case.html` needs. Finding is kept in the access log as any search is."""
    text = text.strip()[:200]
    found = finding.search(user, text) if text else None
    return {
        "form": form,
        "search": SearchForm({"q": text} if text else None),
        "found": found,
        "rows": found.rows if found else finding.my_cases(user)[0],
    }
