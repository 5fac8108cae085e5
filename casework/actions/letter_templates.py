"""The municipality's own letters to begin from: each change is a new version, and nothing is removed."""

from django.db.models import Max
from django.utils.translation import gettext as _

from casework import permissions
from casework.letter_fields import FIELDS, names_in
from casework.letter_templates import LANGUAGES, any_text, categories_for_templates
from casework.models import LetterTemplate
from luisterloket.people.models import User
from luisterloket.platform.commands import command
from luisterloket.platform.exceptions import Refused
from luisterloket.platform.history import record

from .refusals import Missing


@command
def keep_letter_template(
    *,
    actor: User,
    code: str,
    language: str,
    name: str,
    category: str,
    subject: str,
    body: str,
    version: int,
    is_offered: bool = True,
) -> LetterTemplate:
    """A new version of a letter to begin from; the first of a new one. Letters that were begun from an earlier version stay.

    Raises `Missing` for a field that nobody can fill, and `Refused` when a colleague kept a version in between.
    """
    permissions.check_may_keep_letters(actor)
    now = any_text(f"{code}.{language}")
    if (now.version if now else 0) != version:
        raise Refused(_("A colleague changed this letter meanwhile. Open it again; what you typed is still here."), code="changed")
    strange = [name for name in names_in(f"{subject} {body}") if name not in FIELDS]
    if strange:
        raise Missing(_("No field is called %(names)s.") % {"names": ", ".join(strange)}, code="field", field="body")
    if language not in LANGUAGES or category not in categories_for_templates():
        raise Missing(_("Choose what kind of data is in it."), code="category", field="category")
    last = LetterTemplate.objects.filter(code=code, language=language).aggregate(last=Max("version"))["last"] or 0
    made = LetterTemplate(
        code=code, language=language, version=last + 1, name=name.strip(), category=category, subject=subject.strip(),
        body=body.replace("\r\n", "\n").strip(), is_offered=is_offered, made_by=actor,
    )  # fmt: skip
    made.full_clean(exclude=["made_by"])
    made.save(force_insert=True)
    record(actor, "letter_template.kept", made, code=code, language=language, version=made.version)
    return made
