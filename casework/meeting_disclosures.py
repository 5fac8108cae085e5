"""What the convenant lets someone read of the appointments of a case."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luisterloket.convenant.disclosure import Item, Scope, source
from luisterloket.platform.templatetags.ui import when

from .models import Meeting

CAREFUL = gettext_lazy("An appointment. Let it go along only when this desk cannot do without.")


@source(Meeting.CATEGORY)
def meetings(scope: Scope, categories: frozenset[str]) -> Iterator[Item]:
    """Those to come first, the first due first; then how the others went."""
    if scope.case_id is None:
        return
    found = Meeting.objects.filter(case_id=scope.case_id).select_related("who", "along")
    for one in sorted(found, key=lambda one: (bool(one.ended), one.starts_at)):
        people = " + ".join(user.name for user in (one.who, one.along) if user)
        text = ", ".join(filter(None, [when(one.starts_at), str(one.get_kind_display()), one.place, people]))
        details = {
            "kind": one.kind,
            "kind_name": one.get_kind_display(),
            "starts_at": one.starts_at,
            "minutes": one.minutes,
            "place": one.place,
            "purpose": one.purpose,
            "people": people,
            "who": one.who.name,
            "who_ids": tuple(filter(None, [one.who_id, one.along_id])),
            "alone_because": one.alone_because,
            "interpreter": one.interpreter,
            "booked": one.interpreter_booked,
            "ended": one.get_ended_display() if one.ended else "",
            "over": one.is_over,
        }
        yield Item(Meeting.CATEGORY, "meeting", scope.subjects[0], one.pk, _("Appointment"), text, details, careful=CAREFUL)
