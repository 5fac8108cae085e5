"""The case or the version in an address, for who may open it: to everyone else it is not there (404), as if it never was.

Who may open a case and still may not do what the page is for gets 403, with who may: these raise `NotAllowed` for that.
"""

from uuid import UUID

from django.shortcuts import get_object_or_404

from casework import permissions
from casework.models import Case, CaseSummary

from . import SignedIn


def visible_case(request: SignedIn, pk: UUID) -> Case:
    return get_object_or_404(Case.objects.visible_to(request.user).select_related("owner"), pk=pk)


def case_to_work_on(request: SignedIn, pk: UUID) -> Case:
    case = visible_case(request, pk)
    permissions.check_may_work_on(request.user, case)
    return case


def case_with(request: SignedIn, pk: UUID, category: str) -> Case:
    """A case of which this person may see the data of this category."""
    case = visible_case(request, pk)
    permissions.check_may_see(request.user, case, category)
    return case


def version_to_work_on(request: SignedIn, pk: UUID, number: int) -> CaseSummary:
    """A version of the summary, with the case that was fetched already."""
    case = case_to_work_on(request, pk)
    found = get_object_or_404(CaseSummary.objects.select_related("made_by", "read_back_by"), case=case, number=number)
    found.case = case
    return found
