"""Who may do what with a request of a resident about their data (decision 31)."""

from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import BooleanField, Q, QuerySet
from django.db.models.expressions import RawSQL
from django.utils.translation import gettext_lazy as _

from luisterloket.convenant.disclosure import authorised
from luisterloket.people.models import Appointment, Post, Unit, User
from luisterloket.people.permissions import may
from luisterloket.people.roles import Permission
from luisterloket.platform.exceptions import NotAllowed

from .models import Case, RightsCopy, RightsRequest
from .models.rights import RightsRequestQuerySet
from .permissions import check_may_work_on, posts_for

HANDLES = _("A rights handler for this wijk may do this.")
HANDLER = "rights_handler"
# Under which the convenant lets someone see it.
PURPOSE = "rights"


def handled_by(user: User) -> RightsRequestQuerySet:
    """The requests of the units for which this person handles them, as the database's wall counts those; none of a case that they
    are kept out of.
    """
    if not user.has(Permission.HANDLE_RIGHTS):
        return RightsRequest.objects.none()
    units = RawSQL("SELECT unnest(rights_units(%s))", [user.pk])  # noqa: S611
    kept_out = RawSQL("SELECT unnest(kept_out_of(%s))", [user.pk])  # noqa: S611
    return RightsRequest.objects.filter(unit__in=units).exclude(case__in=kept_out)


def units_handled_by(user: User) -> tuple[UUID, ...]:
    """The units for which someone handles rights today: where they are appointed for it, or all that their organisation holds."""
    if not user.has(Permission.HANDLE_RIGHTS):
        return ()
    with connection.cursor() as cursor:
        cursor.execute("SELECT unnest(rights_units(%s))", [user.pk])
        return tuple(unit for (unit,) in cursor.fetchall())


def handlers_of(unit: Unit) -> QuerySet[User]:
    """Who handles requests of this unit today: appointed there for it, or at an office of the organisation that holds it."""
    there = Q(unit=unit) | Q(unit__kind=Unit.Kind.OFFICE, unit__organisation=unit.organisation_id)
    posts = Appointment.objects.in_force().filter(there, role=HANDLER)
    return User.objects.filter(is_active=True, pk__in=posts.values("user_id"))


def supervisors() -> QuerySet[User]:
    """Who reads the log, and is told when a term of the law passes."""
    posts = Appointment.objects.in_force().filter(role="privacy_officer")
    return User.objects.filter(is_active=True, pk__in=posts.values("user_id"))


def check_may_record(actor: Any, case: Case) -> None:
    """Whoever works on the case: the resident sits opposite them."""
    check_may_work_on(actor, case)


def check_may_handle(actor: Any, request: RightsRequest) -> None:
    if not handled_by(actor).filter(pk=request.pk).exists():
        raise NotAllowed(HANDLES)


def check_has_in_hand(actor: Any, request: RightsRequest) -> None:
    """The one handler who took it in hand, until the resident was told."""
    check_may_handle(actor, request)
    if request.handler_id != actor.pk or request.status not in RightsRequest.OPENS:
        raise NotAllowed(_("Only the handler who has this request in hand may do this. Take it in hand first."))


def check_may_see_to(actor: Any, request: RightsRequest) -> None:
    """What both sides do: make sure who it is, and take it back for the resident."""
    if not may(check_may_handle, actor, request):
        check_may_work_on(actor, Case(pk=request.case_id, unit_id=request.unit_id))


def check_may_see_list(actor: Any) -> None:
    """Who handles requests; who supervises sees which there are and when they are due, and nothing of whom."""
    if not (actor.has(Permission.HANDLE_RIGHTS) or actor.has(Permission.READ_LOG)):
        raise NotAllowed(_("A rights handler or the privacy officer may see this. Of your own cases it stands with the case."))


def copy_to_read(actor: Any, request_id: UUID) -> RightsCopy | None:
    """The copy that this person was asked to read, as long as they have not."""
    return RightsCopy.objects.filter(request=request_id, reader=actor.pk, read_at=None).order_by("-asked_at").first()


def could_read(actor: Any, request: RightsRequest) -> QuerySet[User]:
    """Who can be the second reader: a colleague who handles requests for this unit, or who works in the wijk of the case.
    Nobody who is kept out of that case.
    """
    unit = Unit.objects.get(pk=request.unit_id)
    workers = User.objects.holding(Permission.LISTEN, unit_id=unit.pk)
    either = Q(pk__in=workers.values("pk")) | Q(pk__in=handlers_of(unit).values("pk"))
    kept_out = RawSQL("%s = ANY (kept_out_of(people_user.id))", [request.case_id], output_field=BooleanField())  # noqa: S611
    found = User.objects.filter(either, is_active=True).exclude(pk=actor.pk)
    return found.annotate(kept_out=kept_out).filter(kept_out=False).order_by("name")


def sees_as_much(actor: Any, reader: User, request: RightsRequest) -> bool:
    """Whether the convenant lets the second reader see all that the handler sees: else they would read another copy."""
    return set(authorised(posts_under_right(actor, request.unit_id), PURPOSE)) <= set(
        authorised(posts_under_right(reader, request.unit_id), PURPOSE)
    )


def posts_under_right(user: Any, unit_id: UUID) -> tuple[Post, ...]:
    """The posts in which someone looks under a request of a resident: as who handles them, or else as who works in the wijk."""
    handler = tuple(post for post in user.posts if Permission.HANDLE_RIGHTS in post.role.permissions)
    return handler or posts_for(user, unit_id)
