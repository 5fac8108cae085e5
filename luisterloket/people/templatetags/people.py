"""Who one may sign in as, on the log-in page of the demo city."""

from typing import Any

from django import template
from django.conf import settings

from luisterloket.people.views import demo_people as people

register = template.Library()


@register.simple_tag
def demo_people() -> dict[str, list[dict[str, Any]]]:
    """Empty outside the demo city."""
    return people() if settings.DEMO or settings.TESTING else {"wijk": [], "city": []}
