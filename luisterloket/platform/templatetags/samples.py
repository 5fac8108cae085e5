"""What the living style page (templates/stijl.html) shows: a form as it opens and one that was refused."""

from datetime import timedelta
from typing import Any

from django import forms, template
from django.core.paginator import Page, Paginator
from django.utils import timezone

from luisterloket.platform.renderers import Choice

from .icons import ICONS

__all__ = ["sample_forms", "sample_icons", "sample_moments", "sample_page"]

register = template.Library()

OUTCOMES = [
    ("granted", Choice("Toegekend", hint="De hulp is geregeld")),
    ("partly", Choice("Deels", hint="Een deel kan, een deel niet")),
    ("advice", Choice("Advies", hint="Het loket kan hiermee verder")),
    ("refused", Choice("Afgewezen", hint="Met reden én een volgende stap")),
]
SEVERITIES = [("later", "Later"), ("good", "Goed"), ("hard", "Lastig"), ("heavy", "Zwaar"), ("acute", "Acuut")]


class SampleForm(forms.Form):
    name = forms.CharField(label="Naam", help_text="Zoals iemand genoemd wil worden")
    mail = forms.EmailField(label="E-mailadres", required=False)
    desk = forms.ChoiceField(label="Desk", choices=[("wonen", "Desk Wonen en opvang"), ("inkomen", "Desk Inkomen")])
    since = forms.CharField(label="Sinds wanneer?", required=False)
    reason = forms.CharField(
        label="Waarom kan het niet?",
        help_text="In gewone taal. Dit wordt voorgelezen.",
        widget=forms.Textarea(attrs={"rows": 4, "class": "textarea--4"}),
        initial="De crisisopvang is vannacht vol.",
    )
    next_step = forms.CharField(
        label="Wat kan de inwoner nu wel doen?",
        help_text="Een afwijzing gaat nooit weg zonder volgende stap.",
        widget=forms.Textarea(attrs={"rows": 4, "class": "textarea--4"}),
        error_messages={"required": "Vul in wat de inwoner nu wel kan doen"},
    )
    outcome = forms.ChoiceField(label="Wat wordt het?", choices=OUTCOMES, widget=forms.RadioSelect)
    days = forms.MultipleChoiceField(
        label="Wanneer komt het uit?",
        choices=[("mo", "Maandag"), ("tu", "Dinsdag"), ("we", "Woensdag")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    told = forms.BooleanField(label="De inwoner weet hiervan", help_text="Zonder dit gaat het verzoek niet weg.")
    housing = forms.ChoiceField(label="Wonen", choices=SEVERITIES, widget=forms.RadioSelect, initial="acute")
    money = forms.ChoiceField(label="Geld", choices=SEVERITIES, widget=forms.RadioSelect, initial="later", required=False)
    story = forms.CharField(
        label="Wat speelt er?", widget=forms.Textarea(attrs={"rows": 3, "class": "textarea--2"}), required=False
    )
    strength = forms.CharField(
        label="Wat gaat goed, wie helpt al?", widget=forms.Textarea(attrs={"rows": 3, "class": "textarea--2"}), required=False
    )


@register.simple_tag
def sample_forms() -> dict[str, forms.Form]:
    refused = SampleForm(
        {"refused-name": "", "refused-reason": "Vol.", "refused-desk": "wonen", "refused-housing": "hard"}, prefix="refused"
    )
    refused.add_error(None, "Iemand anders heeft dit verzoek net beantwoord.")
    return {"open": SampleForm(prefix="open"), "refused": refused}


@register.simple_tag
def sample_icons() -> list[str]:
    return sorted(ICONS)


@register.simple_tag
def sample_moments() -> list[Any]:
    now = timezone.now()
    return [now, now - timedelta(days=1), now + timedelta(days=1), now + timedelta(days=5), now - timedelta(days=400)]


@register.simple_tag
def sample_page() -> Page:
    return Paginator(range(200), 20).page(4)
