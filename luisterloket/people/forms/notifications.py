"""How one wants to hear of what happens."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from luisterloket.people.models import NotificationSettings
from luisterloket.platform.forms import ActionForm
from luisterloket.platform.notifications import Group, How

CLOCK = {"invalid": _("Write the hour as for example 18:00."), "required": _("Write the hour as for example 18:00.")}


class NotificationSettingsForm(ActionForm):
    """A choice for each group of messages that can concern this person, and when they are left alone."""

    is_quiet = forms.BooleanField(label=_("Do not mail me in the hours below"), required=False)
    quiet_from = forms.TimeField(
        label=_("From what hour"), widget=forms.TimeInput({"type": "time"}, format="%H:%M"), error_messages=CLOCK
    )
    quiet_until = forms.TimeField(
        label=_("Until what hour"), widget=forms.TimeInput({"type": "time"}, format="%H:%M"), error_messages=CLOCK
    )
    days_off = forms.BooleanField(label=_("Nor in weekends and on public holidays"), required=False)
    urgent_passes = forms.BooleanField(label=_("But do mail me at once when it is urgent"), required=False)
    language = forms.ChoiceField(label=_("Language of the mails"), choices=settings.LANGUAGES, widget=forms.RadioSelect)

    def __init__(self, *args: Any, kept: NotificationSettings, groups: Iterable[Group], **kwargs: Any):
        names = ["is_quiet", "quiet_from", "quiet_until", "days_off", "urgent_passes", "language"]
        initial = {name: getattr(kept, name) for name in names}
        self.groups = {f"how_{group.code}": group for group in groups}
        super().__init__(*args, initial=initial, **kwargs)
        for name, group in self.groups.items():
            self.fields[name] = forms.ChoiceField(
                label=group.name, choices=How.choices, initial=kept.how(group), widget=forms.RadioSelect
            )

    @property
    def choices(self) -> list[forms.BoundField]:
        return [self[name] for name in self.groups]

    def details(self) -> dict[str, Any]:
        rest = {name: value for name, value in self.cleaned_data.items() if name not in self.groups}
        return {**rest, "choices": {group.code: self.cleaned_data[name] for name, group in self.groups.items()}}
