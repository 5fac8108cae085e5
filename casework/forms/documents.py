"""Forms about documents: adding several at once, describing one better, taking one off."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework.actions import Arrived, arrived
from casework.document_categories import Sender, proposed
from casework.file_types import ACCEPT, KEPT, NotKept
from casework.models import Document, Resident
from luisterloket.platform.forms import ActionForm


class FilesInput(forms.ClearableFileInput):
    """Several files at once, from a phone its camera too."""

    allow_multiple_selected = True
    template_name = "django/forms/widgets/file.html"


class FilesField(forms.FileField):
    """Each file that was chosen, as it came in."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        found = [one for one in (data if isinstance(data, list | tuple) else [data]) if one]
        if not found:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        return found


class AboutForm(ActionForm):
    """What a document is, of whom, and of what kind of data."""

    kind = forms.ChoiceField(
        label=gettext_lazy("What is it?"),
        choices=Document.Kind.choices,
        widget=forms.RadioSelect,
        initial=Document.Kind.LETTER,
        error_messages=dict.fromkeys(["required", "invalid_choice"], gettext_lazy("Choose what it is.")),
    )
    title = forms.CharField(
        label=gettext_lazy("What is it about?"), required=False, max_length=200, widget=forms.TextInput({"autocomplete": "off"})
    )
    category = forms.ChoiceField(
        label=gettext_lazy("What kind of data is in it?"),
        help_text=gettext_lazy("This decides who may see it."),
        error_messages={"invalid_choice": gettext_lazy("Choose what kind of data is in it.")},
    )
    resident = forms.ModelChoiceField(
        Resident.objects.none(), label=gettext_lazy("Who is it about?"), required=False, empty_label=gettext_lazy("The household")
    )
    received_on = forms.DateField(
        label=gettext_lazy("When was it received?"),
        required=False,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": gettext_lazy("Choose the day.")},
    )

    def __init__(self, *args: Any, categories: Mapping[str, str], household: Iterable[tuple[UUID, str]], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.categories = categories
        fields: Any = self.fields
        fields["category"].choices = list(categories.items())
        names = dict(household)
        if len(names) < 2:
            del fields["resident"]
            return
        fields["resident"].queryset = Resident.objects.filter(pk__in=names)
        fields["resident"].label_from_instance = lambda one: names[one.pk]


class AddDocumentsForm(AboutForm):
    """The files, and what is asked of them together. A file that is not kept does not stop the others."""

    uploads = FilesField(
        label=gettext_lazy("Files or photos"),
        widget=FilesInput({"accept": ACCEPT}),
        error_messages={"required": gettext_lazy("Choose a file, or take a photo.")},
    )
    photo = forms.FileField(required=False, widget=forms.FileInput({"accept": "image/*", "capture": "environment"}))
    sender = forms.ChoiceField(
        label=gettext_lazy("From whom is it?"),
        help_text=gettext_lazy("Then we propose what kind of data is in it."),
        required=False,
    )
    field_order = ["uploads", "photo", "kind", "title", "sender", "category", "resident", "received_on"]

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        most = {"file": settings.UPLOAD_FILE_BYTES // 1024**2, "all": settings.UPLOAD_MOST_BYTES // 1024**2}
        size = _("At most %(file)s MB for each file, and %(all)s MB together.") % most
        fields["uploads"].help_text = f"{KEPT} {size}"
        fields["photo"].label = _("Or take a photo now")
        fields["sender"].choices = [("", "–"), *Sender.choices]
        fields["category"].required = False
        fields["category"].choices = [("", _("As proposed"))] + fields["category"].choices
        fields["title"].help_text = _("When left empty it is called as the file is.")
        # Of each file that is not kept, why.
        self.not_kept: list[str] = []

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        chosen = [*self.files.getlist(self.add_prefix("uploads")), *self.files.getlist(self.add_prefix("photo"))]
        if chosen and "uploads" in self.errors:
            del self.errors["uploads"]
        kept = [found for one in chosen if (found := self._looked_at(one))]
        cleaned["category"] = cleaned.get("category") or proposed(cleaned.get("kind", ""), cleaned.get("sender", ""))
        if cleaned["category"] not in self.categories:
            self.add_error("category", _("Choose what kind of data is in it."))
        for why in self.not_kept:
            self.add_error("uploads", why)
        # After the errors, which would take along what is right.
        cleaned["uploads"] = kept
        return cleaned

    def _looked_at(self, one: Any) -> Arrived | None:
        name = one.name[:80]
        try:
            if getattr(one, "too_large", False):
                most = settings.UPLOAD_FILE_BYTES // 1024**2
                raise NotKept(
                    _("This file is larger than %(most)s MB. Make it smaller, such as a photo at a lower quality.") % {"most": most}
                )
            return arrived(one.file, one.name)
        except NotKept as refusal:
            self.not_kept.append(_("“%(name)s” was not kept. %(why)s") % {"name": name, "why": refusal})
            return None

    @property
    def rest_is_right(self) -> bool:
        """Whether all that is wrong is that some files are not kept: then the others are."""
        return set(self.errors) <= {"uploads"} and bool(self.cleaned_data.get("uploads"))

    def details(self) -> dict[str, Any]:
        details = {name: value for name, value in self.cleaned_data.items() if name not in {"sender", "photo", "uploads"}}
        return details | {"files": self.cleaned_data["uploads"]}


class TakeOffForm(ActionForm):
    """Why it does not belong here."""

    because = forms.CharField(
        label=gettext_lazy("Why does it not belong here?"),
        max_length=500,
        widget=forms.Textarea({"rows": 2}),
        error_messages={"required": gettext_lazy("Say why.")},
    )
    of_someone_else = forms.BooleanField(
        label=gettext_lazy("It belongs to someone else: wipe the file now"),
        help_text=gettext_lazy("This cannot be undone."),
        required=False,
    )
