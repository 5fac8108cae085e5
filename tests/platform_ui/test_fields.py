"""The HTML of a field, as readers hear it: label, hint, error and control tied together."""

import re

from django import forms
from django.template import engines
from django.utils import translation

from luisterloket.platform.renderers import Choice


class Answer(forms.Form):
    name = forms.CharField(label="Naam", help_text="Zoals iemand genoemd wil worden")
    mail = forms.EmailField(label="E-mailadres", required=False)
    desk = forms.ChoiceField(label="Desk", choices=[("wonen", "Wonen")])
    outcome = forms.ChoiceField(
        label="Wat wordt het?",
        widget=forms.RadioSelect,
        choices=[("granted", Choice("Toegekend", hint="De hulp is <geregeld>")), ("refused", "Afgewezen")],
    )
    told = forms.BooleanField(label="De inwoner weet dit", required=False)
    reason = forms.CharField(label="Waarom?", widget=forms.Textarea(attrs={"class": "textarea--4", "rows": 4}))
    command_key = forms.CharField(widget=forms.HiddenInput)


def html(text):
    """One space where there is space, none between tags."""
    return re.sub(r">\s+<", "><", re.sub(r"\s+", " ", str(text))).replace(" >", ">").replace("> ", ">").replace(" <", "<").strip()


def summary(form):
    with translation.override("en"):
        return html(engines["django"].from_string("{% cotton error-summary :form='form' %}{% endcotton %}").render({"form": form}))


def field(name, data=None):
    with translation.override("en"):
        return html(Answer(data)[name].as_field_group())


def test_a_field_with_a_hint():
    assert field("name") == (
        '<div class="field"><label class="label" for="id_name">Naam</label>'
        '<p class="hint" id="id_name_helptext">Zoals iemand genoemd wil worden</p>'
        '<input type="text" name="name" aria-describedby="id_name_helptext" class="textbox" aria-required="true" id="id_name">'
        "</div>"
    )


def test_a_field_that_may_stay_empty_says_so():
    assert field("mail") == (
        '<div class="field"><label class="label" for="id_mail">E-mailadres<span class="optional">(optional)</span></label>'
        '<input type="email" name="mail" maxlength="320" class="textbox" id="id_mail"></div>'
    )


def test_a_search_form_leaves_the_word_out():
    form = Answer()
    form.mark_optional = False
    assert "optional" not in html(form["mail"].as_field_group())


def test_a_refused_field():
    found = field("reason", {"reason": ""})
    assert found.startswith('<div class="field field--invalid"><label class="label" for="id_reason">Waarom?</label>')
    assert '<p class="field__error" id="id_reason_error"><svg' in found
    assert '<span><span class="visually-hidden">Error:</span>This field is required.</span></p>' in found
    assert 'class="textarea textarea--4" aria-invalid="true" aria-describedby="id_reason_error" aria-required="true"' in found


def test_hint_comes_before_error():
    assert 'aria-describedby="id_name_helptext id_name_error"' in field("name", {})


def test_a_select():
    assert '<select name="desk" class="select" aria-required="true" id="id_desk">' in field("desk")


def test_choices_are_a_named_group():
    assert field("outcome") == (
        '<fieldset class="field field--group" role="radiogroup" aria-required="true"><legend class="label">Wat wordt het?</legend>'
        '<div class="choices">'
        '<label class="choice choice--card"><input type="radio" name="outcome" value="granted" id="id_outcome_0">'
        '<span class="choice__label">Toegekend</span><span class="choice__hint">De hulp is &lt;geregeld&gt;</span></label>'
        '<label class="choice choice--card"><input type="radio" name="outcome" value="refused" id="id_outcome_1">'
        '<span class="choice__label">Afgewezen</span></label></div></fieldset>'
    )


def test_a_refused_group_says_it_once():
    found = field("outcome", {})
    assert found.count("aria-invalid") == 1
    assert 'aria-invalid="true" aria-describedby="id_outcome_error"' in found


def test_a_chosen_choice_stays_chosen():
    assert 'value="refused" id="id_outcome_1" checked>' in field("outcome", {"outcome": "refused"})


def test_a_tick_box_has_its_label_around_it():
    assert field("told") == (
        '<div class="field field--check"><label class="check" for="id_told"><input type="checkbox" name="told" id="id_told">'
        "<span>De inwoner weet dit</span></label></div>"
    )


def test_the_browser_never_validates_in_its_own_words():
    assert "required" not in re.sub(r'aria-required="true"', "", html(Answer()))


def test_a_whole_form_draws_the_hidden_fields_too():
    assert '<input type="hidden" name="command_key" id="id_command_key">' in html(Answer())


def test_the_summary_leads_to_every_refused_field():
    form = Answer({"name": "", "desk": "wonen"})
    form.add_error(None, "Iemand <anders> was eerder")
    found = summary(form)
    assert 'tabindex="-1" role="alert" data-error-summary' in found
    assert "<li>Iemand &lt;anders&gt; was eerder</li>" in found
    assert '<a href="#id_name">Naam: This field is required.</a>' in found
    assert '<a href="#id_outcome_0">Wat wordt het? This field is required.</a>' in found


def test_no_summary_without_errors():
    assert summary(Answer()) == ""
