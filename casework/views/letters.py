"""Letters from a case: written, read, fixed, printed and sent; and the texts that one begins from."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from casework import actions, letters, paper, permissions
from casework.document_categories import categories_to_add
from casework.forms.letters import (
    FixLetterForm,
    JudgeLetterForm,
    LetterTemplateForm,
    NewLetterTemplateForm,
    RewordLetterForm,
    SentForm,
    WriteLetterForm,
)
from casework.languages import direction_of
from casework.letter_fields import fields_by_name
from casework.letter_templates import LANGUAGES, any_text, categories_for_templates, letters_to_begin_from, taken_away
from casework.models import Letter
from luisterloket.people.permissions import may
from luisterloket.platform.forms import ActionForm

from . import SignedIn
from .visible import case_to_work_on

# What is done to a letter with one button, by its word in the address.
ACTS: dict[str, tuple[Any, type[ActionForm]]] = {
    "klaar": (actions.fix_letter, FixLetterForm),
    "nalezen": (actions.ask_letter_reader, ActionForm),
    "oordeel": (actions.judge_letter, JudgeLetterForm),
    "verstuurd": (actions.send_letter, SentForm),
    "niet": (actions.drop_letter, ActionForm),
}


def _done(act: str) -> str:
    return {
        "klaar": _("The letter is ready. Print it, and note when it went out."),
        "nalezen": _("Your colleagues see on Today that this letter waits to be read."),
        "oordeel": _("Noted."),
        "verstuurd": _("Noted: the letter went out."),
        "niet": _("The letter is not sent."),
    }[act]


@require_http_methods(["GET", "POST"])
def case_letters(request: SignedIn, pk: UUID) -> HttpResponse:
    """The letters of a case; sending begins one more."""
    case = case_to_work_on(request, pk)
    name, found = letters.letters_of(case, request.user)
    allowed = categories_to_add(request.user, case)
    texts = [text for text in letters_to_begin_from() if text.category in allowed]
    sent = request.POST if request.method == "POST" else None
    form = WriteLetterForm(sent, texts=texts, ways=letters.ways_of_reaching(case, request.user))
    if form.is_bound:
        letter = form.run(actions.write_letter, actor=request.user, case=case)
        if letter:
            return redirect("casework:case-letter-words", pk, letter.pk)
    context = {"case": case, "name": name, "letters": found, "form": form}
    context["may_keep"] = may(permissions.check_may_keep_letters, request.user)
    return render(request, "casework/letters.html", context)


@require_GET
def letter(request: SignedIn, pk: UUID, letter: UUID) -> HttpResponse:
    """One letter, as it is or will be sent."""
    return _letter_page(request, _letter(request, pk, letter))


@require_http_methods(["GET", "POST"])
def words(request: SignedIn, pk: UUID, letter: UUID) -> HttpResponse:
    """The words of a letter. “Measure” shows how hard it reads without keeping it."""
    found = _letter(request, pk, letter)
    if not found.is_draft:
        return redirect(found)
    sent = request.POST if request.method == "POST" else None
    form = RewordLetterForm(sent, letter=found)
    reading = letters.reading_of_letter(str(form["body"].value() or ""), found.language)
    if sent and "measure" in sent and request.htmx:
        return render(request, "casework/summary_reading.html", {"reading": reading})
    if sent and "measure" not in sent and form.run(actions.reword_letter, actor=request.user, letter=found):
        messages.success(request, _("Saved."))
        return redirect(found)
    page = letters.letter_page(found, request.user)
    context = {"page": page, "letter": found, "case": found.case, "form": form, "reading": reading}
    # What a colleague saved meanwhile stands beside what was typed here.
    context["theirs"] = Letter.objects.get(pk=found.pk) if _changed_meanwhile(form) else None
    return render(request, "casework/letter_words.html", context)


def _changed_meanwhile(form: RewordLetterForm) -> bool:
    return form.is_bound and form.has_error("__all__", "changed")


@require_POST
def act(request: SignedIn, pk: UUID, letter: UUID, act: str) -> HttpResponse:
    """One step further: ready, read by a colleague, out of the house, or not after all."""
    found = _letter(request, pk, letter)
    if act not in ACTS:
        raise Http404
    run, kind = ACTS[act]
    form = kind(request.POST)
    if form.run(run, actor=request.user, letter=found):
        messages.success(request, _done(act))
        return redirect(found)
    return _letter_page(request, found, **{act: form})


@require_GET
def on_paper(request: SignedIn, pk: UUID, letter: UUID) -> HttpResponse:
    """A letter that is ready as PDF; where the machine cannot make one, the page that can be printed."""
    found = _letter(request, pk, letter, what="letter on paper")
    if not paper.can_make_pdf():
        return redirect(found)
    if not letters.may_go_on_paper(found):
        messages.error(request, _("This letter does not go on paper yet. Read here why."))
        return redirect(found)
    context = {"letter": found, "direction": direction_of(found.language)}
    made = paper.pdf(render_to_string("casework/letter_paper.html", context), large="groot" in request.GET)
    # No name in what the file is called: it ends up in a list of downloads.
    headers = {"Content-Disposition": f'attachment; filename="{slugify(_("Letter"))}.pdf"'}
    return HttpResponse(made, content_type="application/pdf", headers=headers)


def _letter(request: SignedIn, pk: UUID, letter: UUID, *, what: str = "letter") -> Letter:
    """A letter of a case that this person works on, when they may see all that it tells of; else it is not there."""
    found = letters.letter_to_read(case_to_work_on(request, pk), request.user, letter, what=what)
    if found is None:
        raise Http404
    return found


def _letter_page(request: SignedIn, found: Letter, **forms: Any) -> HttpResponse:
    page = letters.letter_page(found, request.user)
    context = {
        "page": page,
        "letter": found,
        "case": found.case,
        "direction": direction_of(found.language),
        "fix": forms.get("klaar") or FixLetterForm(initial={"revision": found.revision}),
        "judge": forms.get("oordeel") or JudgeLetterForm(initial={"revision": found.revision}),
        "sent": forms.get("verstuurd") or SentForm(),
        "wrong": next(iter(forms.values()), None),
        "has_pdf": paper.can_make_pdf(),
    }
    return render(request, "casework/letter.html", context)


# Texts to begin from ---------------------------------------------------------------------------------------------


@require_GET
def templates(request: SignedIn) -> HttpResponse:
    """The letters that one can begin from, and who may change them."""
    permissions.check_may_keep_letters(request.user)
    context = {"texts": letters_to_begin_from(), "away": taken_away(), "languages": LANGUAGES}
    return render(request, "casework/letter_templates.html", context)


@require_http_methods(["GET", "POST"])
def template(request: SignedIn, code: str, language: str) -> HttpResponse:
    """A new version of one of them."""
    permissions.check_may_keep_letters(request.user)
    text = any_text(f"{code}.{language}")
    if text is None:
        raise Http404
    names = ("version", "name", "category", "subject", "body")
    values = {name: getattr(text, name) for name in names} | {"is_offered": text not in taken_away()}
    form = LetterTemplateForm(
        request.POST if request.method == "POST" else None, initial=values, categories=categories_for_templates()
    )
    if form.is_bound and form.run(actions.keep_letter_template, actor=request.user, code=code, language=language):
        messages.success(request, _("Kept as a new version."))
        return redirect("casework:letter-templates")
    return render(request, "casework/letter_template.html", {"form": form, "text": text, "fields": fields_by_name()})


@require_http_methods(["GET", "POST"])
def new_template(request: SignedIn) -> HttpResponse:
    """One that was not there."""
    permissions.check_may_keep_letters(request.user)
    sent = request.POST if request.method == "POST" else None
    form = NewLetterTemplateForm(sent, initial={"version": 0, "is_offered": True}, categories=categories_for_templates())
    if form.is_bound and form.run(actions.keep_letter_template, actor=request.user):
        messages.success(request, _("Kept as a new version."))
        return redirect("casework:letter-templates")
    return render(request, "casework/letter_template.html", {"form": form, "text": None, "fields": fields_by_name()})
