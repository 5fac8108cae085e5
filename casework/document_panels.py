"""What documents and letters add to Vandaag and the timeline."""

from datetime import timedelta
from typing import Any

from django.db.models import F, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luisterloket.convenant.disclosure import authorised
from luisterloket.people.roles import Permission
from luisterloket.platform.registries import TodayItem, sentence, today

from .letters import authors_of
from .models import Case, Letter
from .permissions import posts_for

AT_MOST = 20
# A letter that is ready goes out within a day, or it is said that it did not.
SENT_WITHIN = timedelta(days=1)

sentence("document.added", "page", gettext_lazy("%(who)s added a document."))
sentence("document.amended", "edit", gettext_lazy("%(who)s described a document better."))
sentence("document.taken_off", "minus", gettext_lazy("%(who)s took a document off."))
sentence("document.put_back", "undo", gettext_lazy("%(who)s put a document back."))
sentence("document.wiped", "trash", gettext_lazy("%(who)s wiped a document that belonged to someone else."))
sentence("letter.written", "edit", gettext_lazy("%(who)s began a letter."))
sentence("letter.reworded", "edit", gettext_lazy("%(who)s changed the words of a letter."))
sentence("letter.check_asked", "eye", gettext_lazy("%(who)s asked a colleague to read a letter first."))
sentence("letter.checked", "eye", gettext_lazy("%(who)s read a letter before it goes out."))
sentence("letter.fixed", "check", gettext_lazy("%(who)s made a letter ready."))
sentence("letter.sent", "send", gettext_lazy("%(who)s sent a letter."))
sentence("letter.dropped", "minus", gettext_lazy("%(who)s did not send a letter after all."))


@today.register(order=37)
def letters_to_send(user: Any) -> list[TodayItem]:
    """Letters that this person made ready, and of which it is not said yet that they went out."""
    if not user.has(Permission.LISTEN):
        return []
    mine = _open_to(user).filter(status=Letter.Status.FIXED, fixed_by=user).order_by("fixed_at")
    return [
        TodayItem(
            title=_("Did the letter go out?"),
            url=one.get_absolute_url(),
            action=_("Say when"),
            why=_("It is ready, and it is not noted that it was sent."),
            due_at=one.fixed_at + SENT_WITHIN,
            state=_("Letter"),
            icon="mail",
            owner=user.name,
            case_id=one.case_id,
        )
        for one in mine.defer("subject", "body", "to_name", "to_address", "note")[:AT_MOST]
        if one.fixed_at and _may_read(user, one)
    ]


@today.register(order=38)
def letters_to_read(user: Any) -> list[TodayItem]:
    """Letters that wait for this person to read them before they go out, and those of theirs in which something must not be."""
    if not user.has(Permission.LISTEN):
        return []
    drafts = _open_to(user).filter(status=Letter.Status.DRAFT).exclude(asked_by=None).select_related("asked_by", "read_by")
    asked = drafts.filter(Q(read_revision=None) | ~Q(read_revision=F("revision"))).exclude(asked_by=user)
    wrong = drafts.filter(found=Letter.Found.WRONG, read_revision=F("revision"), asked_by=user)
    texts = ("subject", "body", "to_name", "to_address", "note")
    found = [
        TodayItem(
            title=_("Read a letter before it goes out"),
            url=one.get_absolute_url(),
            action=_("Read and judge"),
            why=_("%(who)s asks you. Something in this case is kept from someone at home.") % {"who": one.asked_by.name},  # type: ignore[union-attr]
            due_at=one.read_due_at,
            tone="waiting",
            state=_("Second reader"),
            icon="eye",
            owner=one.asked_by.name,  # type: ignore[union-attr]
            case_id=one.case_id,
        )
        for one in asked.order_by("read_due_at").defer(*texts)[:AT_MOST]
        if _may_read(user, one) and user.pk not in authors_of(one)
    ]
    return found + [
        TodayItem(
            title=_("A letter cannot go out as it is"),
            url=one.get_absolute_url(),
            action=_("Look at it"),
            why=_("%(who)s found that something must not be in it.") % {"who": one.read_by.name if one.read_by else ""},
            due_at=one.read_due_at,
            tone="waiting",
            state=_("Second reader"),
            icon="eye",
            owner=user.name,
            case_id=one.case_id,
        )
        for one in wrong.order_by("read_at").defer(*texts)[:AT_MOST]
        if _may_read(user, one)
    ]


def _open_to(user: Any) -> Any:
    return Letter.objects.filter(case__in=Case.objects.visible_to(user).values("pk"))


def _may_read(user: Any, letter: Letter) -> bool:
    return set(letter.categories) <= set(authorised(posts_for(user, letter.unit_id), "listening", letter.case_id))
