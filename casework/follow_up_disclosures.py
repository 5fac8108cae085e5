"""What the convenant lets someone read of the next contact of a case, of how it was ended, and of the early sign it began with."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luisterloket.convenant.disclosure import Item, Scope, source
from luisterloket.platform.templatetags.ui import when

from .models import CaseEnding, EarlySign, FollowUp, LooseEndDecision

CAREFUL = gettext_lazy("The next contact. Let it go along only when this desk cannot do without.")
CAREFUL_WORDS = gettext_lazy(
    "What was said at the end, or by somebody else. Let it go along only when this desk cannot do without."
)


@source(FollowUp.CATEGORY)
def follow_ups(scope: Scope, categories: frozenset[str]) -> Iterator[Item]:
    """The one to come first; then those that were done, the newest first."""
    if scope.case_id is None:
        return
    found = list(FollowUp.objects.filter(case_id=scope.case_id).select_related("who", "done_by"))
    for one in sorted(found, key=lambda one: (one.done_at is not None, -(one.done_at or one.made_at).timestamp())):
        text = ", ".join(filter(None, [when(one.due_on), one.who.name, one.about]))
        details = {
            "kind": one.kind,
            "kind_name": one.get_kind_display(),
            "due_on": one.due_on,
            "who": one.who.name,
            "about": one.about,
            "moved_because": one.moved_because,
            "late": one.is_late,
            "flagged": one.flagged_because,
            "done_at": one.done_at,
            "done_by": one.done_by.name if one.done_by else "",
            "done_by_id": one.done_by_id,
            "result": one.get_result_display() if one.result else "",
            "result_code": one.result,
        }
        yield Item(FollowUp.CATEGORY, "follow_up", scope.subjects[0], one.pk, _("Next contact"), text, details, careful=CAREFUL)


@source("story")
def endings(scope: Scope, categories: frozenset[str]) -> Iterator[Item]:
    """How the case was ended or put on waakvlam, the newest first, with what was decided on what was open."""
    if scope.case_id is None:
        return
    main = scope.subjects[0]
    for one in CaseEnding.objects.filter(case_id=scope.case_id).select_related("by").order_by("-at"):
        text = ". ".join(filter(None, [str(one.get_goes_display()), one.changed.rstrip("."), one.own_words]))
        details = {
            "into": one.get_into_display(),
            "goes": one.get_goes_display(),
            "changed": one.changed,
            "own_words": one.own_words,
            "agreed_how": one.get_agreed_how_display() if one.agreed_how else "",
            "at": one.at,
            "by": one.by.name,
            "by_id": one.by_id,
        }
        yield Item("story", "ending", main, one.pk, _("How it ended"), text, details, careful=CAREFUL_WORDS)
    for decision in LooseEndDecision.objects.filter(case_id=scope.case_id).select_related("who"):
        details = {
            "kind": decision.kind,
            "thing": decision.ref,
            "ending": decision.ending_id,
            "who": decision.who.name,
            "until": decision.until,
        }
        label = _("Still open at the end")
        tells = frozenset({f"{decision.kind}:{decision.ref}"})
        yield Item("story", "loose_end", main, decision.pk, label, decision.because, details, careful=CAREFUL_WORDS, tells=tells)


@source("story")
def early_signs(scope: Scope, categories: frozenset[str]) -> Iterator[Item]:
    """The signs that came into this case."""
    if scope.case_id is None:
        return
    for one in EarlySign.objects.filter(case_id=scope.case_id).order_by("-noted_at"):
        details = {"kind": one.get_kind_display(), "noted_at": one.noted_at}
        main = scope.subjects[0]
        yield Item("story", "early_sign", main, one.pk, _("Early sign"), one.seen, details, careful=CAREFUL_WORDS)
