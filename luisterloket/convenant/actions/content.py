"""What a draft says in words: its purposes, its clauses, and how long data are kept."""

from datetime import date
from typing import Any

from django.utils.text import slugify
from django.utils.translation import gettext as _

from luisterloket.convenant.models import (
    Authorisation,
    Clause,
    ConvenantVersion,
    DataCategory,
    LegalGround,
    Purpose,
    PurposeOfVersion,
    RetentionTerm,
)
from luisterloket.convenant.refusals import RefusedAt, filled_in
from luisterloket.platform.commands import command
from luisterloket.platform.history import record

from .drafts import draft_of


@command
def add_purpose(
    *, actor: Any, version: ConvenantVersion, purpose: Purpose | None = None, name: str = "", why: str = ""
) -> PurposeOfVersion:
    """Let the draft be about a purpose, one that is known or a new one by its name. Its matrix is empty at first.

    The name of a purpose that is known does not change: other versions speak of it.
    """
    version = draft_of(actor, version)
    if purpose is None:
        name = filled_in("name", name, _("Choose a purpose, or write the name of a new one."))
        code = slugify(name)[:50]
        if not code or Purpose.objects.filter(pk=code).exists() or Purpose.objects.filter(name__iexact=name).exists():
            raise RefusedAt(_("This purpose is known already. Choose it from the list."), code="known", field="name")
        purpose = Purpose(code=code, name=name)
        purpose.full_clean()
        purpose.save(force_insert=True)
    if PurposeOfVersion.objects.filter(version=version, purpose=purpose).exists():
        raise RefusedAt(_("This version is about that purpose already."), code="there", field="purpose")
    found = PurposeOfVersion(version=version, purpose=purpose, why=why.strip()).put()
    record(actor, "convenant.purpose_added", found, version=str(version.pk), purpose=purpose.pk)
    return found


@command
def explain_purpose(*, actor: Any, of_version: PurposeOfVersion, why: str) -> PurposeOfVersion:
    """Why this purpose needs data, and when that stops."""
    draft_of(actor, of_version.version)
    of_version.why = why.strip()
    of_version.save(update_fields=["why"])
    record(actor, "convenant.purpose_explained", of_version, purpose=of_version.purpose_id)
    return of_version


@command
def remove_purpose(*, actor: Any, of_version: PurposeOfVersion) -> ConvenantVersion:
    """Take a purpose out of the draft, with its grounds and its matrix."""
    version, purpose = draft_of(actor, of_version.version), of_version.purpose_id
    Authorisation.objects.filter(version=version, purpose=purpose).delete()
    LegalGround.objects.filter(party__version=version, purpose=purpose).delete()
    PurposeOfVersion.objects.filter(pk=of_version.pk).delete()
    record(actor, "convenant.purpose_removed", version, purpose=purpose)
    return version


@command
def add_clause(*, actor: Any, version: ConvenantVersion, number: int, title: str, text: str) -> Clause:
    """Add an article to the text of the draft."""
    version = draft_of(actor, version)
    clause = Clause(version=version, **_words(number, title, text))
    _number_is_free(clause)
    clause.put()
    record(actor, "convenant.clause_added", clause, version=str(version.pk), number=number)
    return clause


@command
def change_clause(*, actor: Any, clause: Clause, number: int, title: str, text: str) -> Clause:
    draft_of(actor, clause.version)
    for field, value in _words(number, title, text).items():
        setattr(clause, field, value)
    _number_is_free(clause)
    clause.save(update_fields=["number", "title", "text"])
    record(actor, "convenant.clause_changed", clause, number=number)
    return clause


@command
def remove_clause(*, actor: Any, clause: Clause) -> ConvenantVersion:
    version = draft_of(actor, clause.version)
    Clause.objects.filter(pk=clause.pk).delete()
    record(actor, "convenant.clause_removed", version, number=clause.number)
    return version


@command
def set_retention(
    *, actor: Any, version: ConvenantVersion, category: DataCategory, months: int, starts: str, law: str, article: str = "",
    checked_on: date,
) -> RetentionTerm:  # fmt: skip
    """How long the draft lets a category be kept, from when and by what law; replaces the term it had."""
    version = draft_of(actor, version)
    if months < 1:
        raise RefusedAt(_("A term is at least one month."), code="months", field="months")
    law = filled_in("law", law, _("Write the law, or the list of the archives, that this term comes from."))
    RetentionTerm.objects.filter(version=version, category=category).delete()
    term = RetentionTerm(
        version=version, category=category, months=months, starts=starts, law=law, article=article.strip(), checked_on=checked_on
    ).put()
    record(actor, "convenant.retention_set", term, version=str(version.pk), category=category.pk, months=months)
    return term


@command
def remove_retention(*, actor: Any, term: RetentionTerm) -> ConvenantVersion:
    """Without a term nothing of this category is thrown away."""
    version = draft_of(actor, term.version)
    RetentionTerm.objects.filter(pk=term.pk).delete()
    record(actor, "convenant.retention_removed", version, category=term.category_id)
    return version


def _words(number: int, title: str, text: str) -> dict[str, Any]:
    if not 1 <= number <= 999:
        raise RefusedAt(_("Number the articles from 1."), code="number", field="number")
    return {
        "number": number,
        "title": filled_in("title", title, _("Give the article a title.")),
        "text": filled_in("text", text, _("Write what the article says.")),
    }


def _number_is_free(clause: Clause) -> None:
    if Clause.objects.filter(version=clause.version_id, number=clause.number).exclude(pk=clause.pk).exists():
        raise RefusedAt(_("There is an article with this number already."), code="number", field="number")
