"""What several pages of conversations and cases ask."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _

from luisterloket.convenant.disclosure import Scope, authorised, collect
from luisterloket.people.models import User
from luisterloket.platform.plain import Plain
from luisterloket.platform.registries import summary_sentences
from luisterloket.wijken.models import WayOfWorking

from .disclosures import scope_of
from .domains import LifeDomain
from .groups import kept_of
from .models import Case, Involvement
from .permissions import posts_for
from .withholding import kept_from, kept_in, key_of_part, same_key

# How the main resident is reached, in the order in which one needs it.
REACH = ("phone", "email", "address", "channel", "best_moments", "language", "interpreter")


def domains_in_order(unit_id: UUID) -> list[LifeDomain]:
    """The life domains in the order in which the wijk of this unit asks about them; what it does not name comes last."""
    order = (
        WayOfWorking.objects.filter(wijk__units=unit_id).order_by("-version").values_list("domain_order", flat=True).first() or []
    )
    named = [LifeDomain(code) for code in dict.fromkeys(order) if code in LifeDomain.values]
    return named + [domain for domain in LifeDomain if domain not in named]


def rows_of_main(scope: Scope) -> list[UUID]:
    """The rows of whom the case is about, as far as they are in this scope: the one that is kept first."""
    kept = kept_of(scope.subjects)
    main = scope.subjects[0]
    return sorted((one for one in scope.subjects if kept[one] == kept[main]), key=lambda one: one != kept[main])


def born_in_words(born: str) -> str:
    """An age when the day is known, a year when only that is; what cannot be read is given as it was written."""
    try:
        day = date.fromisoformat(born)
    except ValueError:
        return _("born in %(year)s") % {"year": born} if born else ""
    today = timezone.localdate()
    return _("%(age)s years old") % {"age": today.year - day.year - ((today.month, today.day) < (day.month, day.day))}


def people_in(case: Case) -> models.QuerySet:
    """The ids of who has a part in this case."""
    return Involvement.objects.in_force().filter(case=case).values("user_id")


def what_waits(case: Case, user: User) -> list[Plain]:
    """Sentences of the higher floors about what was asked and what waits."""
    return [sentence for tell in summary_sentences for sentence in tell(user, case)]


def keys_of_things(case: Case, user: User) -> set[str]:
    """The keys of everything in a case that this person may see, and of what the higher floors say of it."""
    allowed = authorised(posts_for(user, case.unit_id), "listening", case.pk)
    items = {same_key(item.key) for item in collect(scope_of(case), frozenset(allowed))}
    return items | {key_of_part(wait.about) for wait in what_waits(case, user)}


def keys_kept_from(case: Case, user: User, readers: Collection[UUID]) -> list[str]:
    """The keys of everything in a case, as far as this person sees it, that one of these members of the household must not read."""
    allowed = authorised(posts_for(user, case.unit_id), "listening", case.pk)
    kept = kept_in(case.pk)
    return [item.key for item in collect(scope_of(case), frozenset(allowed)) if kept_from(item, kept) & frozenset(readers)]
