"""The matrix of one purpose of a draft, as one screen."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from luisterloket.convenant import actions, matrix_page
from luisterloket.convenant.grounds import ProblemsRefused
from luisterloket.convenant.models import Authorisation, AvgBasis, ConvenantVersion, Law, Phase, PurposeOfVersion
from luisterloket.platform.exceptions import Refused

from .visible import of_a_draft


@require_http_methods(["GET", "POST"])
@of_a_draft
def matrix(request: HttpRequest, version: ConvenantVersion, purpose: PurposeOfVersion) -> HttpResponse:
    """Who may see what for this purpose. Adding a column keeps what was typed; saving is all or nothing."""
    asked = request.POST if request.method == "POST" else request.GET
    phase = asked.get("phase", "")
    phase = phase if phase in Phase.values else Phase.ANY.value
    only = _party(version, asked.get("only", ""))
    if request.method == "GET":
        return _show(request, version, matrix_page.matrix_page(purpose, phase, matrix_page.kept(purpose, phase, only), only=only))
    typed = matrix_page.sent(request.POST)
    problems: list[str] = []
    wrong: list[matrix_page.Place] = []
    if request.POST.get("do") != "add":
        try:
            actions.save_matrix(
                actor=request.user, of_version=purpose, revision=_number(request.POST.get("revision", "")), phase=phase,
                parties=typed.parties, cells=typed.cells, grounds=typed.filled(),
            )  # fmt: skip
        except ProblemsRefused as refusal:
            problems, wrong = refusal.sentences, refusal.places
        except Refused as refusal:
            problems = list(refusal.messages)
        else:
            messages.success(request, _("Kept."))
            query = f"?phase={phase}" + (f"&only={only}" if only else "")
            return redirect(reverse("convenant-matrix", args=[version.pk, purpose.pk]) + query)
    page = matrix_page.matrix_page(purpose, phase, typed, only=only, wrong=wrong)
    return _show(request, version, page, problems=problems, revision=request.POST.get("revision", ""), changed=True)


def _show(
    request: HttpRequest, version: ConvenantVersion, page: matrix_page.MatrixPage, *, problems: list[str] | None = None,
    revision: str = "", changed: bool = False,
) -> HttpResponse:  # fmt: skip
    context = {
        "version": version,
        "page": page,
        "phases": Phase.choices,
        "levels": [(matrix_page.NOTHING, _("Nothing")), *Authorisation.Level.choices],
        "laws": Law.objects.all(),
        "bases": AvgBasis.choices,
        "problems": problems or [],
        "revision": revision or version.revision,
        "changed": changed,
    }
    return render(request, "convenant/matrix.html", context)


def _party(version: ConvenantVersion, text: str) -> UUID | None:
    """The party to show alone, when it is one of this version."""
    try:
        found = version.parties.filter(pk=UUID(text)).values_list("pk", flat=True).first()
    except ValueError:
        return None
    return found


def _number(text: str) -> int:
    """The revision of the page; of a form that was tampered with none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1
