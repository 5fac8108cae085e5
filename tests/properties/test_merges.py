"""Whatever is brought together and undone, in whatever order: no circle, nobody sees more than before, and undoing gives back
exactly what was seen. Of whom a case is about, and of a household.

Short in the usual run; `PROOF=full` makes it long. A failure prints the steps that lead to it.
"""

import os

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casework import actions
from casework.case_page import case_page
from casework.groups import kept_of
from casework.models import Case, CaseMember, ResidentMerge
from luisterloket.platform.acting import acting
from luisterloket.platform.exceptions import Refused
from tests.casework.heard import a_case

FULL = os.environ.get("PROOF") == "full"
CASES = 4
# In each case whom it is about and one of the household, and in the first another.
ROWS = 2 * CASES + 1
places = st.integers(0, ROWS - 1)
merging = st.tuples(st.just("merge"), places, places, st.sampled_from(["this", "other"]))
steps = st.one_of(merging, merging, st.tuples(st.just("undo"), st.integers(0, 5)))


class Arrows:
    """Who is one person: from each row that was merged to the one it was merged into."""

    def __init__(self):
        self.into: dict[int, int] = {}

    def person(self, number, seen):
        """Who someone is for one who sees these rows: as far up as they see, and no further."""
        while number in self.into and self.into[number] in seen:
            number = self.into[number]
        return "beyond", self.into.get(number, number)

    def kept(self, number):
        while number in self.into:
            number = self.into[number]
        return number


@pytest.mark.django_db
@settings(
    max_examples=60 if FULL else 2,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(todo=st.lists(steps, min_size=3, max_size=14 if FULL else 7))
def test_what_is_seen_depends_only_on_what_is_together_now(city, todo):
    point = transaction.savepoint()
    try:
        _walk(city, todo)
    finally:
        transaction.savepoint_rollback(point)


def _walk(city, todo):
    people = [getattr(city, name) for name in ("hakan", "marit", "bram", "fatna")]
    hakan, marit, bram, fatna = people
    owners = [marit, bram, hakan, marit]
    cases = [
        a_case(owner, city.unit("schilderswijk"), name=f"Naam {number}", phone=f"06 0000000{number}")
        for number, owner in enumerate(owners)
    ]
    for number in (0, 1, 3):
        actions.involve(actor=owners[number], case=cases[number], user=hakan, kind="co_worker")
    actions.involve(actor=marit, case=cases[0], user=fatna, kind="buddy")
    places = [*range(CASES), *range(CASES), 0]
    for number, place in enumerate(places[CASES:]):
        actions.add_member(actor=owners[place], case=cases[place], name=f"Kind {number}", part="child", born=f"20{10 + number}")
    with acting(hakan.acting):
        mains = [CaseMember.objects.get(case=case, part="main").resident_id for case in cases]
    rows = list(mains)
    for number, place in enumerate(places[CASES:]):
        with acting(owners[place].acting):
            children = CaseMember.objects.filter(case=cases[place], part="child").select_related("resident")
            rows.append(next(one.resident_id for one in children if one.resident.name == f"Kind {number}"))
    model, merges = Arrows(), []
    before = _seen(people, cases)
    # What was seen at each set of arrows: coming back to that set gives the same.
    known = {frozenset(): before}
    for step in todo:
        if step[0] == "merge":
            _merge(hakan, [(cases[place], row) for place, row in zip(places, rows, strict=True)], model, merges, step)
        elif merges:
            merge, goes = merges.pop(step[1] % len(merges))
            actions.undo_merge(actor=hakan, merge=merge)
            del model.into[goes]
        now = _seen(people, cases)
        with acting(hakan.acting):
            kept = kept_of(rows)
            assert ResidentMerge.objects.in_force().count() == len(model.into)
        assert [kept[row] for row in rows] == [rows[model.kept(number)] for number in range(ROWS)]
        _everybody_once(now, places, model, buddy=fatna)
        assert known.setdefault(frozenset(model.into.items()), now) == now
        _nobody_sees_more(before, now)
    for merge, _goes in reversed(merges):
        actions.undo_merge(actor=hakan, merge=merge)
    assert _seen(people, cases) == before


def _merge(actor, people, model, merges, step):
    _name, left, right, keep = step
    ours, theirs = model.kept(left), model.kept(right)
    (case, resident), (other, other_resident) = people[left], people[right]
    details = {"keep": keep, "reason": "Zelfde mens", "resident": resident, "other_resident": other_resident}
    try:
        merge = actions.merge_residents(actor=actor, case=case, other=other, **details)
    except Refused:
        assert ours == theirs
        return
    assert ours != theirs
    stays, goes = (ours, theirs) if keep == "this" else (theirs, ours)
    model.into[goes] = stays
    merges.append((merge, goes))


def _seen(people, cases):
    """What each sees of each case that they may open: the name, how to reach someone, the other cases of that person, who lives
    along.
    """
    found = {}
    for user in people:
        with acting(user.acting):
            visible = set(Case.objects.visible_to(user).values_list("pk", flat=True))
            for number, case in enumerate(cases):
                if case.pk in visible:
                    page = case_page(case, user)
                    facts = frozenset(item.text for item in page.facts)
                    found[user.pk, number] = (page.name, facts, frozenset(url for url, _at in page.same_person), _names(page))
    return found


def _names(page):
    return tuple(sorted(item.details["name"] for item in page.household))


def _everybody_once(now, places, model, *, buddy):
    """In each case as many people live along as there are, without whom it is about. A buddy sees only rows of their own case."""
    for (who, case), (_name, _facts, _others, household) in now.items():
        seen = {number for number, place in enumerate(places) if who != buddy.pk or place == case}
        people = {model.person(number, seen) for number, place in enumerate(places) if place == case}
        assert len(household) == len(people - {model.person(case, seen)})


def _nobody_sees_more(before, now):
    """Names and numbers come only out of cases that this person may open by themselves."""
    assert now.keys() == before.keys()
    for (who, _number), (name, facts, _others, household) in now.items():
        own = [seen for (reader, _case), seen in before.items() if reader == who]
        names = {seen[0] for seen in own}.union(*(seen[3] for seen in own))
        assert {name, *household} <= names
        assert facts <= frozenset().union(*(seen[1] for seen in own))
