"""Which role, where, and under which version."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from luisterloket.convenant.models import ConvenantVersion
from luisterloket.convenant.previews import PLAYED_IN, Seat, seat_for
from luisterloket.people.models import Unit
from luisterloket.people.roles import ROLES


class PreviewForm(forms.Form):
    """Read from the address: it changes nothing."""

    use_required_attribute = False
    role = forms.ChoiceField(
        label=_("Role"), error_messages={"required": _("Choose a role."), "invalid_choice": _("Choose a role.")}
    )
    place = forms.ModelChoiceField(
        Unit.objects.none(),
        label=_("Where"),
        empty_label=None,
        error_messages={"required": _("Choose where."), "invalid_choice": _("Choose where.")},
    )

    def __init__(self, *args: Any, places: QuerySet[Unit], **kwargs: Any):
        super().__init__(*args, **kwargs)
        place, role = self.fields["place"], self.fields["role"]
        kinds = set(places.values_list("kind", flat=True))
        place.queryset = places.order_by("-kind", "name")  # type: ignore[attr-defined]
        role.choices = [(code, ROLES[code].name) for kind in PLAYED_IN if kind in kinds for code in PLAYED_IN[kind]]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or self.cleaned_data
        if "role" in found and "place" in found and self.seat is None:
            played = next(kind for kind, roles in PLAYED_IN.items() if found["role"] in roles)
            raise ValidationError({"place": _("This role is played in: %(kind)s.") % {"kind": Unit.Kind(played).label.lower()}})
        return found

    @property
    def seat(self) -> Seat | None:
        return seat_for(self.cleaned_data["role"], self.cleaned_data["place"])


class VersionPreviewForm(PreviewForm):
    """Also which version decides: the one in force, or a draft."""

    version = forms.ModelChoiceField(
        ConvenantVersion.objects.order_by("-number"),
        label=_("Version of the convenant"),
        empty_label=None,
        error_messages={"required": _("Choose a version."), "invalid_choice": _("Choose a version.")},
    )

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["version"].label_from_instance = (  # type: ignore[attr-defined]
            lambda one: f"{one.number}, {one.get_status_display()}"
        )
