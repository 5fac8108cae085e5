"""Whatever is brought together and undone, in whatever order: no circle, nobody sees more than before, and undoing gives back
exactly what was seen.

Short in the usual run; `PROOF=full` makes it long. A failure prints the steps that lead to it.
"""

import os

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casework import actions
from casework.groups import kept_of
from casework.models import Case, CaseMember, ResidentMerge
from casework.selectors import case_page
from luisterloket.platform.acting import acting
from luisterloket.platform.exceptions import Refused
from tests.casework.heard import a_case

FULL = os.environ.get("PROOF") == "full"
CASES = 4
places = st.integers(0, CASES - 1)
merging = st.tuples(st.just("merge"), places, places, st.sampled_from(["this", "other"]))
steps = st.one_of(merging, merging, st.tuples(st.just("undo"), st.integers(0, 5)))


class Arrows:
    """Who is one person: from each row that was merged to the one it was merged into."""

    def __init__(self):
        self.into: dict[int, int] = {}

    def kept(self, number):
        while number in self.into:
            number = self.into[number]
        return number


@pytest.mark.django_db
@settings(
    max_examples=60 if FULL else 5,
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
    with acting(hakan.acting):
        mains = [CaseMember.objects.get(case=case).resident_id for case in cases]
    model, merges = Arrows(), []
    before = _seen(people, cases)
    # What was seen at each set of arrows: coming back to that set gives the same.
    known = {frozenset(): before}
    for step in todo:
        if step[0] == "merge":
            _merge(hakan, cases, model, merges, step)
        elif merges:
            merge, goes = merges.pop(step[1] % len(merges))
            actions.undo_merge(actor=hakan, merge=merge)
            del model.into[goes]
        now = _seen(people, cases)
        with acting(hakan.acting):
            kept = kept_of(mains)
            assert ResidentMerge.objects.in_force().count() == len(model.into)
        assert [kept[main] for main in mains] == [mains[model.kept(number)] for number in range(CASES)]
        assert known.setdefault(frozenset(model.into.items()), now) == now
        _nobody_sees_more(before, now)
    for merge, _goes in reversed(merges):
        actions.undo_merge(actor=hakan, merge=merge)
    assert _seen(people, cases) == before


def _merge(actor, cases, model, merges, step):
    _name, left, right, keep = step
    ours, theirs = model.kept(left), model.kept(right)
    details = {"keep": keep, "reason": "Zelfde mens"}
    try:
        merge = actions.merge_residents(actor=actor, case=cases[left], other=cases[right], **details)
    except Refused:
        assert ours == theirs
        return
    assert ours != theirs
    stays, goes = (ours, theirs) if keep == "this" else (theirs, ours)
    model.into[goes] = stays
    merges.append((merge, goes))


def _seen(people, cases):
    """What each sees of each case that they may open: the name, how to reach someone, and the other cases of that person."""
    found = {}
    for user in people:
        with acting(user.acting):
            visible = set(Case.objects.visible_to(user).values_list("pk", flat=True))
            for number, case in enumerate(cases):
                if case.pk in visible:
                    page = case_page(case, user)
                    facts = frozenset(item.text for item in page.facts)
                    found[user.pk, number] = (page.name, facts, frozenset(url for url, _at in page.same_person))
    return found


def _nobody_sees_more(before, now):
    """Names and numbers come only out of cases that this person may open by themselves."""
    assert now.keys() == before.keys()
    for (who, _number), (name, facts, _others) in now.items():
        own = [seen for (reader, _case), seen in before.items() if reader == who]
        assert name in {seen[0] for seen in own}
        assert facts <= frozenset().union(*(seen[1] for seen in own))
