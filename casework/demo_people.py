"""How the people of the demo city live together and are reached, who speaks for them, and one who is protected."""

from typing import Any

from django.utils import timezone

from luisterloket.platform.acting import acting
from luisterloket.platform.demo import City, part

from . import actions
from .models import Case, CaseMember


@part(115)
def people_of_the_cases(city: City) -> None:
    """Through the actions, as the owner of each case would; the cases do not come on top of the list by it."""
    _gulsen(city.cases["gulsen"])
    _mehmet(city.cases["mehmet"])
    _samira(city.cases["samira"])
    _zanele(city, city.cases["zanele"])


def _gulsen(case: Case) -> None:
    """The phone frightens her; her daughter speaks for her."""
    with as_owner(case) as (actor, members):
        mother = members["main"].resident
        reach = {name: getattr(mother, name) for name in ("phone", "address", "language")}
        actions.set_reach(
            actor=actor, case=case, resident=mother, **reach, channel="message", never_call=True, interpreter="Turks",
            best_moments="’s ochtends, niet op vrijdag",
        )  # fmt: skip
        actions.add_representative(
            actor=actor, case=case, resident=mother, kind="speaks", scope="matter", matter="bellen met de gemeente",
            name="Elif Yıldırım", phone="06 00 00 01 25", reason="Haar moeder durft niet op te nemen",
            pass_phrase="de gele theepot", since=timezone.localdate(),  # noqa: S106
        )  # fmt: skip


def _mehmet(case: Case) -> None:
    """A bewindvoerder decides about his money."""
    with as_owner(case) as (actor, members):
        actions.add_representative(
            actor=actor, case=case, resident=members["main"].resident, kind="bewindvoerder", scope="money", name="J. de Wit",
            organisation="Bewind aan de Vaart", phone="070 000 01 90", since=timezone.localdate(), document_seen=True,
        )  # fmt: skip


def _samira(case: Case) -> None:
    """She has authority over the children alone; their father moved out."""
    with as_owner(case) as (actor, members):
        father = actions.add_member(actor=actor, case=case, name="Younes Tahiri", part="partner", born="1982")
        for child in members["children"]:
            one = child.resident
            actions.change_member(
                actor=actor, case=case, member=child, name=one.name, part="child", born=one.born, authority="one_parent"
            )
            actions.add_tie(actor=actor, case=case, child=child, kind="parent", adult=members["main"], has_authority=True)
            actions.add_tie(actor=actor, case=case, child=child, kind="parent", adult=father)
        actions.end_member(actor=actor, case=case, member=father, until=timezone.localdate())


def _zanele(city: City, case: Case) -> None:
    """Her address is secret: only Marit and Bram can open the case."""
    with as_owner(case) as (actor, members):
        actions.protect(
            actor=actor, case=case, resident=members["main"].resident, reason="secret_address", named=[city.people["bram"]],
            explanation="Zij is voor haar ex gevlucht. Bel nooit naar het werk.",
        )  # fmt: skip


class as_owner:
    """The owner of a case and its people, and the case as recent afterwards as it was before."""

    def __init__(self, case: Case):
        self.case = case

    def __enter__(self) -> tuple[Any, dict[str, Any]]:
        with acting(self.case.owner.acting):
            self.before = Case.objects.values_list("last_activity_at", flat=True).get(pk=self.case.pk)
            members = list(CaseMember.objects.filter(case=self.case).select_related("resident").order_by("pk"))
        main = next(one for one in members if one.part == CaseMember.Part.MAIN)
        return self.case.owner, {"main": main, "children": [one for one in members if one.part == CaseMember.Part.CHILD]}

    def __exit__(self, *_failure: Any) -> None:
        Case.objects.filter(pk=self.case.pk).update(last_activity_at=self.before)
