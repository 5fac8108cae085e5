"""What the convenant lets someone read of help of a minute, and of when a resident was reached."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from luisterloket.convenant.disclosure import Item, Scope, source
from luisterloket.platform.templatetags.ui import when

from .domains import CATEGORY_OF, LifeDomain
from .models import ContactMoment, ShortContact
from .permissions import category_of_contact


@source("story", *set(CATEGORY_OF.values()))
def short_contacts(scope: Scope, categories: frozenset[str]) -> Iterator[Item]:
    """What was linked to the case, each in the category of what it was about."""
    if scope.case_id is None:
        return
    for one in ShortContact.objects.filter(case_id=scope.case_id).select_related("noted_by").order_by("-noted_at"):
        details = {
            "at": one.noted_at,
            "done": one.get_done_display(),
            "domain": LifeDomain(one.domain).label if one.domain else "",
            "by": one.noted_by.name,
            "by_id": one.noted_by_id,
        }
        yield Item(category_of_contact(one), "short_contact", scope.subjects[0], one.pk, _("Short contact"), one.text, details)


@source("story")
def contact_moments(scope: Scope, categories: frozenset[str]) -> Iterator[Item]:
    if scope.case_id is None:
        return
    for one in ContactMoment.objects.filter(case_id=scope.case_id).select_related("spoke").order_by("-on", "-noted_at"):
        how = f"{when(one.on)}, {one.get_part_of_day_display()}: {one.get_kind_display()}, {one.get_result_display()}"
        text = ". ".join(filter(None, [how, one.text.strip()]))
        details = {
            "on": one.on,
            "part_of_day": one.part_of_day,
            "part_of_day_name": one.get_part_of_day_display(),
            "kind": one.kind,
            "kind_name": one.get_kind_display(),
            "result": one.result,
            "result_name": one.get_result_display(),
            "words": one.text,
            "noted_at": one.noted_at,
            "by": one.spoke.name,
            "by_id": one.spoke_id,
        }
        yield Item("story", "contact_moment", scope.subjects[0], one.pk, _("Contact"), text, details)
