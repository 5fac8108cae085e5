"""What every page of a case asks about what is kept from someone at home: whether it may be printed, and how much there is."""

from typing import Any

from django import template

from casework.models import Withheld

register = template.Library()


@register.inclusion_tag("casework/not_on_paper.html")
def not_on_paper(case: Any) -> dict[str, Any]:
    """On paper this page says only that it is not for paper, as soon as anything in the case is kept from someone at home."""
    return {"case": case, "kept": Withheld.objects.in_force().filter(case=case).exists()}


@register.simple_tag
def kept_count(case: Any) -> int:
    """How many things of a case are kept from someone at home."""
    return Withheld.objects.in_force().filter(case=case).values("kind", "thing").distinct().count()
