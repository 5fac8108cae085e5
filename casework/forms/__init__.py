"""Forms of the conversation and the case."""

from .cases import ConfirmForm, ConnectForm, JoinForm, SearchForm
from .contacts import AmendShortContactForm, LinkForm, MomentForm, ShortContactForm
from .marks import MARK_FORMS, ConcernForm, MarkForm, MarkForms, PersonForm, StrengthForm
from .money import LINE_FORMS
from .persons import MergeForm, PartForm, PersonalForm
from .sheets import (
    Both,
    ConcludeForm,
    QuestionsForm,
    SheetForm,
    StartForm,
    StoryForm,
    WhoForm,
    household_from,
    rough_date,
    sheet_values,
)
from .summaries import AgreeForm, ComposeForm, WordingForm

__all__ = [
    "AgreeForm",
    "AmendShortContactForm",
    "Both",
    "ComposeForm",
    "ConcernForm",
    "ConcludeForm",
    "ConfirmForm",
    "ConnectForm",
    "JoinForm",
    "LINE_FORMS",
    "LinkForm",
    "MARK_FORMS",
    "MarkForm",
    "MarkForms",
    "MergeForm",
    "PartForm",
    "MomentForm",
    "PersonForm",
    "PersonalForm",
    "QuestionsForm",
    "SearchForm",
    "SheetForm",
    "ShortContactForm",
    "StartForm",
    "StoryForm",
    "StrengthForm",
    "WhoForm",
    "WordingForm",
    "household_from",
    "rough_date",
    "sheet_values",
]
