"""What a page of a case asks before it lets itself be printed."""

from typing import Any

from django import template

from casework.keeping_back import things_kept
from casework.withholding import is_kept_from_paper

register = template.Library()


@register.inclusion_tag("casework/not_on_paper.html", takes_context=True)
def not_on_paper(context: Any, case: Any) -> dict[str, Any]:
    """On paper this page says only that it is not for paper, as soon as anything in the case is kept from someone at home."""
    return {"case": case, "kept": is_kept_from_paper(case, context["request"].user)}


@register.simple_tag
def kept_count(case: Any) -> int:
    """How many things of a case are kept from someone at home."""
    return things_kept(case.pk)
