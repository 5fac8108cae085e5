"""Forms of the people of a desk among themselves; what they ask is checked again by the action."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from backoffice.desk_work import DeskWork
from backoffice.models import Kind, QueueDivision, SpecialistRequest, Urgency
from backoffice.queue_filter import NOBODY, PARTS, VIEWS
from luisterloket.people.models import User
from luisterloket.platform.forms import ActionForm
from luisterloket.wijken.models import Wijk

from .requests import ItemsField, words


class ColleagueField(forms.ChoiceField):
    """One of the people of a desk; the value is that person."""

    def __init__(self, *, people: Iterable[User] = (), empty: Any = _("Choose a colleague"), **kwargs: Any):
        super().__init__(**kwargs)
        self.empty = empty
        self.offer(people)

    def offer(self, people: Iterable[User]) -> None:
        self.people = {str(one.pk): one for one in people}
        self.choices = [("", self.empty), *((pk, one.name) for pk, one in self.people.items())]

    def clean(self, value: Any) -> User | None:
        return self.people.get(super().clean(value))


class AssignForm(ActionForm):
    """To whom the desk lead assigns it; a specialist sends their own name along."""

    to = ColleagueField(label=_("Assign to"))

    def __init__(self, *args: Any, people: Iterable[User], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["to"].offer(people)  # type: ignore[attr-defined]


class GiveBackForm(ActionForm):
    """One press."""


class NoteForm(ActionForm):
    text = words(_("A note for your colleagues"), rows=2, hint=_("The loket does not read this. It closes when the request does."))


class OpinionForm(ActionForm):
    colleague = ColleagueField(label=_("Which colleague?"))
    question = words(_("What would you like to know?"), rows=2)

    def __init__(self, *args: Any, people: Iterable[User], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["colleague"].offer(people)  # type: ignore[attr-defined]


class OpinionAnswerForm(ActionForm):
    answer = words(_("What do you think?"), rows=2)


class DivideForm(ActionForm):
    """Several ticked requests and what to do with them."""

    requests = ItemsField(label=_("Requests"), required=False)
    do = forms.ChoiceField(choices=QueueDivision.Do.choices)
    to = ColleagueField(label=_("Assign to"), required=False)

    def __init__(self, *args: Any, people: Iterable[User], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["to"].offer(people)  # type: ignore[attr-defined]


class FilterForm(ActionForm):
    """What to see of the queue, and under which name to keep that."""

    filter = forms.ChoiceField(label=_("Which requests?"), choices=[(code, name) for code, name in VIEWS.items()])
    kind = forms.ChoiceField(label=_("What kind of request is it?"), choices=[("", _("All")), *Kind.choices], required=False)
    urgency = forms.ChoiceField(label=_("Urgency"), choices=[("", _("All")), *Urgency.choices], required=False)
    assigned = forms.ChoiceField(label=_("In whose hands?"), required=False)
    wijk = forms.ChoiceField(label=_("From which wijk?"), required=False)
    name = forms.CharField(
        label=_("Name of your filter"), max_length=40, required=False,
        help_text=_("Only you see it. Do not use names of residents."),
        widget=forms.TextInput({"autocomplete": "off"}),
    )  # fmt: skip
    is_default = forms.BooleanField(label=_("Begin with this filter each time I open the queue"), required=False)

    def __init__(self, *args: Any, people: Iterable[User], wijken: Iterable[Wijk], **kwargs: Any):
        super().__init__(*args, **kwargs)
        hands = [("", _("All")), (NOBODY, _("Nobody’s yet")), *((str(one.pk), one.name) for one in people)]
        self.fields["assigned"].choices = hands  # type: ignore[attr-defined]
        self.fields["wijk"].choices = [("", _("All")), *((str(one.pk), one.name) for one in wijken)]  # type: ignore[attr-defined]

    @property
    def criteria(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in PARTS if self.cleaned_data[name]}

    def details(self) -> dict[str, Any]:
        sent = self.cleaned_data
        return {
            "name": sent["name"], "criteria": self.criteria, "is_default": sent["is_default"], "command_key": sent["command_key"],
        }  # fmt: skip


class AnswerTemplateForm(ActionForm):
    name = forms.CharField(label=_("Name"), max_length=60, required=False, help_text=_("By this name colleagues find it."))
    result = forms.ChoiceField(
        label=_("Answer it goes with"), required=False, choices=[("", _("Any answer")), *SpecialistRequest.Result.choices]
    )
    answer = words(_("Text of the answer"), rows=6, required=False)
    next_step = words(_("Text of what the resident can do now"), required=False)


class AnswerTemplateChangeForm(AnswerTemplateForm):
    version = forms.IntegerField(widget=forms.HiddenInput)


def work_forms(work: DeskWork, user: User) -> dict[str, ActionForm]:
    """The forms of the page of one request, empty, as far as this person can send them now."""
    others = [one for one in work.colleagues if one.pk != user.pk]
    found: dict[str, ActionForm] = {"note": NoteForm(auto_id="id_note_%s")}
    if others:
        found["opinion"] = OpinionForm(auto_id="id_opinion_%s", people=others)
    if work.mine:
        found["give_opinion"] = OpinionAnswerForm(auto_id="id_give_opinion_%s")
    if work.may_divide or work.may_take:
        found["assign"] = AssignForm(auto_id="id_assign_%s", people=work.colleagues)
    if work.may_give_back:
        found["give_back"] = GiveBackForm(auto_id="id_give_back_%s")
    return found
