"""Who works here, for whom, in which unit, and what part they play there from when until when."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, Group
from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import F, OuterRef, Q
from django.db.models.functions import Coalesce, JSONObject
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from luisterloket.people.roles import ROLES, Permission, Role
from luisterloket.platform.acting import Acting
from luisterloket.platform.models import UUIDModel
from luisterloket.platform.notifications import unread_along
from luisterloket.wijken.models import Wijk


class Organisation(UUIDModel):
    """A body that takes part: the gemeente, a welfare organisation, a corporation."""

    name = models.CharField(max_length=200, unique=True)
    # Number in the trade register (8 digits), where there is one.
    kvk_number = models.CharField(max_length=8, blank=True)
    # What only a gemeente may do by law, such as using the identity number, is warned of elsewhere.
    is_municipality = models.BooleanField(default=False)
    # From then on nobody is appointed here any more.
    closed_on = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name


class Unit(UUIDModel):
    """Where someone works: a wijk team, a desk, or an office of an organisation. Resident data carry the unit that owns them."""

    class Kind(models.TextChoices):
        WIJKTEAM = "wijkteam", _("Wijk team")
        DESK = "desk", _("Desk")
        OFFICE = "office", _("Office")

    kind = models.CharField(max_length=10, choices=Kind)
    name = models.CharField(max_length=200)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="units")
    wijk = models.ForeignKey(Wijk, on_delete=models.PROTECT, null=True, blank=True, related_name="units")
    # Carries what is granted to the unit as a whole, such as opening a routed request.
    group = models.OneToOneField(Group, on_delete=models.PROTECT, related_name="unit")
    # From then on nobody is appointed here any more, and nothing is done here.
    closed_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="wijk_team_has_a_wijk",
                condition=~Q(kind="wijkteam") | Q(wijk__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True)
class Post:
    """An appointment in force, as the signed-in person carries it along."""

    role: Role
    unit_id: UUID
    unit_kind: str
    unit_name: str
    organisation_id: UUID
    wijk_id: UUID | None


class _LoadedAlong:
    """Something of a higher floor that is loaded with each person; that floor gives the expression."""

    expression: Any = None

    def offer(self, expression: Any) -> None:
        self.expression = expression


# The cases outside one's own units in which one is involved, and the emergencies in which one has something open now.
outside_cases = _LoadedAlong()
open_emergencies = _LoadedAlong()


class UserQuerySet(models.QuerySet):
    def with_posts(self) -> "UserQuerySet":
        """Each with the appointments in force and the cases elsewhere, in the same query."""
        posts = (
            Appointment.objects.in_force()
            .filter(user=OuterRef("pk"))
            .order_by("since")
            .values(
                post=JSONObject(
                    role="role",
                    unit_id="unit_id",
                    unit_kind="unit__kind",
                    unit_name="unit__name",
                    organisation_id=Coalesce("on_behalf_of_id", "unit__organisation_id"),
                    wijk_id="unit__wijk_id",
                )
            )
        )
        along = {"loaded_cases": outside_cases.expression, "loaded_emergencies": open_emergencies.expression}
        offered = {name: expression for name, expression in along.items() if expression is not None}
        return self.annotate(loaded_posts=ArraySubquery(posts), **offered)

    def with_unread(self) -> "UserQuerySet":
        """Each with what they have not read, in the same query. Only of who acts: of others the database shows none."""
        return self.annotate(loaded_unread=unread_along())

    def holding(self, permission: Permission, *, unit_id: UUID) -> "UserQuerySet":
        """The people who, now and at this unit, hold a role with this permission. A system that works there is no colleague."""
        roles = [role.code for role in ROLES.values() if permission in role.permissions]
        return self.filter(
            models.Exists(Appointment.objects.in_force().filter(user=OuterRef("pk"), unit_id=unit_id, role__in=roles)),
            is_active=True,
            is_machine=False,
        )


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):  # type: ignore[misc]
    def create_user(self, email: str, password: str | None = None, **details: Any) -> "User":
        user = self.model(email=self.normalize_email(email), **details)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """A person who works with Luisterloket. What they may do follows from their appointments, never from the account."""

    id = models.UUIDField(primary_key=True, editable=False, default=UUIDModel._meta.get_field("id").default)
    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(_("name"), max_length=150)
    is_active = models.BooleanField(default=True)
    # Goes up when all sessions of this account must end at once: each session carries it along.
    session_round = models.PositiveIntegerField(default=0)
    # The system of a partner, which works through the API with a token and signs in on no page (decision 43).
    is_machine = models.BooleanField(default=False)

    objects = UserManager()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        return self.name

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """What each session carries, so that a new passphrase or a new round ends it."""
        text = f"{self.password}:{self.session_round}"
        return salted_hmac("luisterloket.people.session", text, secret=secret, algorithm="sha256").hexdigest()

    @cached_property
    def posts(self) -> tuple[Post, ...]:
        """The appointments in force, oldest first."""
        loaded = self._loaded.loaded_posts if self.is_active else []
        return tuple(
            Post(
                role=ROLES[post["role"]],
                unit_id=UUID(post["unit_id"]),
                unit_kind=post["unit_kind"],
                unit_name=post["unit_name"],
                organisation_id=UUID(post["organisation_id"]),
                wijk_id=UUID(post["wijk_id"]) if post["wijk_id"] else None,
            )
            for post in loaded
        )

    @cached_property
    def _loaded(self) -> Any:
        if hasattr(self, "loaded_posts"):
            return self
        from luisterloket.platform.acting import acting

        with acting(Acting(user_id=self.pk)):
            return User.objects.with_posts().get(pk=self.pk)

    @cached_property
    def acting(self) -> Acting:
        """What the database must know when this person acts."""
        return Acting(
            user_id=self.pk,
            units=_units(self.posts, lambda role: role.opens_files),
            money_units=_units(self.posts, lambda role: role.opens_money),
            # Who has no post any more has no case either, whatever part they still had in one.
            cases=tuple(getattr(self._loaded, "loaded_cases", None) or ()) if self.posts else (),
            reads_log=any(post.role.reads_log for post in self.posts),
        )

    @cached_property
    def emergencies(self) -> tuple[Mapping[str, str], ...]:
        """What this person has open in an emergency at this moment: `id` and `until` of each."""
        return tuple(getattr(self._loaded, "loaded_emergencies", None) or ()) if self.posts else ()

    def has(self, permission: Permission, *, unit_id: UUID | None = None) -> bool:
        """Whether one of this person's roles allows this, at that unit or (without one) anywhere."""
        return any(permission in post.role.permissions and unit_id in (None, post.unit_id) for post in self.posts)

    def units_with(self, permission: Permission) -> tuple[UUID, ...]:
        return _units(self.posts, lambda role: permission in role.permissions)

    def post_at(self, unit_id: UUID) -> Post | None:
        return next((post for post in self.posts if post.unit_id == unit_id), None)


def _units(posts: Iterable[Post], matters: Any) -> tuple[UUID, ...]:
    return tuple(dict.fromkeys(post.unit_id for post in posts if matters(post.role)))


class AppointmentQuerySet(models.QuerySet):
    def in_force(self) -> "AppointmentQuerySet":
        today = timezone.localdate()
        return self.filter(Q(until=None) | Q(until__gte=today), since__lte=today)

    def in_force_or_later(self) -> "AppointmentQuerySet":
        """Also those that begin on a day to come."""
        return self.filter(Q(until=None) | Q(until__gte=timezone.localdate()))


class Appointment(UUIDModel):
    """Someone plays a role in a unit, from a day until (and including) a day."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="appointments")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="appointments")
    role = models.CharField(max_length=20, choices=[(role.code, role.name) for role in ROLES.values()])
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    # Who appointed this person, when that is not who holds the unit: a wijkwethouder is of the gemeente, also where a welfare
    # organisation holds the wijk team. The convenant speaks to this party.
    on_behalf_of = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    # To which another agreed; the database asks it for the roles that one person does not give alone (separation.py).
    proposal = models.OneToOneField("people.Proposal", on_delete=models.PROTECT, null=True, blank=True, related_name="appointment")

    objects = AppointmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="appointment_ends_after_it_starts",
                condition=Q(until=None) | Q(until__gte=F("since")),
            ),
            models.UniqueConstraint(fields=["user", "unit", "role", "since"], name="appointment_once"),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_role_display()}, {self.unit}"

    @property
    def is_in_force(self) -> bool:
        today = timezone.localdate()
        return self.since <= today and (self.until is None or self.until >= today)
