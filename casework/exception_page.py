"""What the page of exceptions shows: those that the convenant lets someone read, and what they may do with each."""

from dataclasses import dataclass
from uuid import UUID

from luisterloket.convenant.disclosure import Ground, Item, disclose
from luisterloket.people.models import User
from luisterloket.people.permissions import may

from .disclosures import scope_of
from .exception_permissions import check_may_answer_exception
from .models import Case, RuleException
from .permissions import check_may_add


@dataclass(frozen=True)
class Shown:
    item: Item
    may_answer: bool
    may_change: bool

    @property
    def is_asked(self) -> bool:
        return bool(self.item.details["status"] == RuleException.Status.ASKED)

    @property
    def is_agreed(self) -> bool:
        return bool(self.item.details["status"] == RuleException.Status.AGREED)


@dataclass(frozen=True)
class ExceptionsPage:
    case: Case
    name: str
    exceptions: list[Shown]
    rows: dict[UUID, RuleException]


def exceptions_page(case: Case, user: User) -> ExceptionsPage:
    """The exceptions of a case. One disclosure."""
    rows = {one.pk: one for one in RuleException.objects.filter(case=case).select_related("case")}
    only = {"identity", *(one.category for one in rows.values())}
    disclosed = disclose(
        scope_of(case), to=user, purpose="listening", ground=Ground("involvement", case.pk), what="exceptions", only=only
    )
    shown = [
        Shown(
            item,
            may(check_may_answer_exception, user, rows[item.ref]),
            may(check_may_add, user, case, item.category),
        )
        for item in disclosed.of("exception")
    ]
    return ExceptionsPage(case, disclosed.text("name"), shown, {one.item.ref: rows[one.item.ref] for one in shown})
