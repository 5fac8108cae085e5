"""What every page of a case asks about what is kept from someone at home: whether it may be printed, and how much there is."""

from typing import Any

from django import template

from casework.withholding import is_kept_from_paper
from casework.withholding_pages import things_kept

register = template.Library()


@register.inclusion_tag("casework/not_on_paper.html", takes_context=True)
def not_on_paper(context: Any, case: Any) -> dict[str, Any]:
    """On paper this page says only that it is not for paper, as soon as anything in the case is kept from someone at home."""
    return {"case": case, "kept": is_kept_from_paper(case, context["request"].user)}


@register.simple_tag
def kept_count(case: Any) -> int:
    """How many things of a case are kept from someone at home."""
    return things_kept(case.pk)
