"""Looks at what was fixed before: a version of a summary, the past of a row. What someone may see of it is decided now.

`disclose()` gives what the sources hold today. What was kept earlier is no source, so its categories are held against the
convenant here, and the look is logged with the categories that were shown.
"""

from collections.abc import Iterable
from uuid import UUID

from django.utils.translation import gettext as _

from luisterloket.convenant.disclosure import Ground, Scope, authorised, log_look, open_to_all_of, refuse, standing_on
from luisterloket.people.models import User
from luisterloket.platform.exceptions import NotAllowed

from .disclosures import scope_of
from .models import Case, CaseSummary

PURPOSE = "listening"


class Look:
    """Someone involved in a case looks at something of it that was kept. Raises `NotAllowed` when they have no ground."""

    def __init__(self, case: Case, user: User):
        self.user = user
        self.scope = scope_of(case)
        self.ground = Ground("involvement", case.pk)
        standing = standing_on(self.ground, user, self.scope)
        if standing is None:
            refuse(self.scope, to=user, purpose=PURPOSE, ground=self.ground, what="kept before")
        self._post = standing.posts[0] if standing.posts else None
        # What was fixed as one text is not cut: a category that one of them closed is closed as a whole.
        self._cells = open_to_all_of(self.scope, PURPOSE, authorised(standing.posts, PURPOSE, case.pk))

    @property
    def allowed(self) -> frozenset[str]:
        """The categories that the convenant in force lets this person see."""
        return frozenset(self._cells)

    def keep(self, what: str, categories: Iterable[str], *, of: UUID | None = None) -> None:
        """Log the look, with what was shown; `of` one resident when it was not of all."""
        version = next((cell.version_id for cell in self._cells.values()), None)
        log_look(
            Scope((of,), self.scope.case_id) if of else self.scope,
            to=self.user,
            purpose=PURPOSE,
            ground=self.ground,
            post=self._post,
            what=what,
            categories=categories,
            version_id=version,
        )


def check_may_read(version: CaseSummary, allowed: Iterable[str]) -> None:
    """A text cannot be cut to measure, so it is shown whole or not at all."""
    if not set(version.categories) <= set(allowed):
        raise NotAllowed(_("This version tells more than the convenant lets you see. Ask a colleague who made it."))
