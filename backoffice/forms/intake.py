"""The fields that a desk's own questions become in the form of a request."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from backoffice.intake import MOST
from backoffice.models import DeskQuestion
from luisterloket.platform.forms import ActionForm

Kind = DeskQuestion.Kind


class IntakeForm(ActionForm):
    """A form with the questions of a desk in it; their answers go to the action together, by the code of the question."""

    def __init__(self, *args: Any, questions: Iterable[DeskQuestion] = (), **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.questions: list[DeskQuestion] = []
        self.ask(questions)

    def ask(self, questions: Iterable[DeskQuestion]) -> None:
        """Show these questions, with what was typed at those that were there before."""
        self.questions = list(questions)
        self.fields |= {one.field: field_of(one) for one in self.questions}

    @property
    def asked(self) -> list[Any]:
        """The bound fields of the desk's questions, in its order."""
        return [self[one.field] for one in self.questions]

    def details(self) -> dict[str, Any]:
        own = {one.field for one in self.questions}
        answers = {str(one.code): _as_text(self.cleaned_data.get(one.field)) for one in self.questions}
        return {name: value for name, value in self.cleaned_data.items() if name not in own} | {"answers": answers}


def field_of(question: DeskQuestion) -> forms.Field:
    told: dict[str, Any] = {"label": question.text, "help_text": question.hint, "required": question.required}
    told["error_messages"] = {"required": _("The desk needs an answer to this.")}
    if question.kind == Kind.YES_NO:
        return forms.ChoiceField(**told, choices=[("yes", _("Yes")), ("no", _("No"))], widget=forms.RadioSelect)
    if question.kind == Kind.CHOICE:
        return forms.ChoiceField(**told, choices=[(one, one) for one in question.choices], widget=forms.RadioSelect)
    if question.kind == Kind.DATE:
        told["error_messages"]["invalid"] = _("Choose the day.")
        return forms.DateField(**told, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))
    return forms.CharField(**told, max_length=MOST, widget=forms.Textarea({"rows": 2, "class": "textarea--2"}))


def _as_text(value: Any) -> str:
    return value.isoformat() if isinstance(value, date) else str(value or "")
