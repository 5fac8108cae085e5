"""A law that is not in force gives nothing; a phase of the work opens only its own cells; another version can be looked ahead at."""

from datetime import timedelta

import pytest
from django.utils import timezone

from casework import actions as casework
from casework.disclosures import scope_of
from casework.phases import phase_of_case
from luisterloket.convenant import actions
from luisterloket.convenant.disclosure import Ground, authorised, disclose, who_may
from luisterloket.convenant.models import ConvenantVersion, Law, deciding
from luisterloket.people.models import Organisation
from luisterloket.platform.acting import acting
from luisterloket.platform.exceptions import NotAllowed, Refused
from tests.casework.heard import a_case

from .drafting import a_draft, cells_of, in_force, party_of, said, save

GEMEENTE, WIJK = "Gemeente Den Haag", "Stichting Buurthuis De Mussen"


def law(code):
    return Law.objects.get(code=code)


def desk_sees(category, purpose="debt"):
    gemeente = Organisation.objects.get(name=GEMEENTE)
    return category in who_may(purpose).get((gemeente.pk, "specialist"), {})


def on_the_wams(city):
    """A version in force in which Schulden regelen shows what is done for work, on the ground of the Wams."""
    draft = a_draft(city)
    place = (party_of(draft, GEMEENTE).pk, "work")
    save(city, draft, "debt", {(place[0], "specialist", "work"): "read"}, {place: said("wams", "art. 2.3a.3")})
    return in_force(city, draft)


def test_a_cell_on_the_wams_gives_nothing_until_it_is_law(city):
    assert law("wams").in_force_since is None
    on_the_wams(city)
    assert desk_sees("finances")
    assert not desk_sees("work")
    today = timezone.localdate()
    actions.switch_on_law(actor=city.petra, law=law("wams"), since=today + timedelta(days=1), checked_on=today)
    assert not desk_sees("work")
    actions.switch_on_law(actor=city.petra, law=law("wams"), since=today, checked_on=today)
    assert desk_sees("work")
    actions.switch_off_law(actor=city.petra, law=law("wams"))
    assert not desk_sees("work")
    assert desk_sees("finances")


def test_a_law_that_is_put_off_shuts_every_page_that_rests_on_it(city):
    case = a_case(city.marit, city.unit("schilderswijk"))
    actions.switch_off_law(actor=city.petra, law=law("wmo-2015"))
    with acting(city.marit.acting):
        seen = disclose(scope_of(case), to=city.marit, purpose="listening", ground=Ground("involvement", case.pk), what="test")
    assert list(seen) == []


def test_only_the_administrator_switches_laws(city):
    with pytest.raises(NotAllowed):
        actions.switch_on_law(actor=city.daan, law=law("wams"), since=timezone.localdate(), checked_on=timezone.localdate())
    with pytest.raises(NotAllowed):
        actions.switch_off_law(actor=city.marit, law=law("wmo-2015"))
    with pytest.raises(Refused):
        actions.switch_off_law(actor=city.petra, law=law("wams"))


def test_a_new_law_begins_off_and_stands_there_once(city):
    added = actions.add_law(actor=city.petra, name="Wet domeinoverstijgend samenwerken")
    assert added.in_force_since is None
    with pytest.raises(Refused):
        actions.add_law(actor=city.petra, name="wet domeinoverstijgend samenwerken")


# Phases ----------------------------------------------------------------------------------------------------------


def test_the_phase_of_a_case_follows_from_its_plan_and_its_end(city):
    case = a_case(city.marit, city.unit("schilderswijk"))
    assert phase_of_case(case.pk) == "exploring"
    due = timezone.localdate() + timedelta(days=7)
    step = casework.add_step(actor=city.marit, case=case, kind="loket", text="Bellen", guard=city.marit, due_on=due)
    assert phase_of_case(case.pk) == "investigating"
    casework.answer_step(actor=city.marit, step=step, version=step.version, answer="agreed")
    assert phase_of_case(case.pk) == "coordinating"


def test_what_is_for_one_phase_is_nothing_in_another_and_nothing_without_a_case(city):
    draft = a_draft(city)
    wijk = party_of(draft, WIJK)
    key = (wijk.pk, "wijkwerker", "health")
    save(city, draft, "listening", {key: None})
    save(
        city, draft, "listening", {key: "read"}, {key[::2]: said("wmo-2015", exception="UAVG art. 30 lid 1")}, phase="investigating"
    )
    in_force(city, draft)
    case, marit = a_case(city.marit, city.unit("schilderswijk")), city.marit
    assert "health" not in authorised(marit.posts, "listening")
    with acting(marit.acting):
        assert "health" not in authorised(marit.posts, "listening", case.pk)
    casework.add_goal(actor=marit, case=case, text="Rust", domain="housing")
    with acting(marit.acting):
        assert authorised(marit.posts, "listening", case.pk)["health"].level == "read"
        seen = disclose(scope_of(case), to=marit, purpose="listening", ground=Ground("involvement", case.pk), what="test")
    assert "health" in seen.allowed
    assert "health" not in authorised(marit.posts, "listening")


# Looking ahead ---------------------------------------------------------------------------------------------------


def test_inside_deciding_another_version_decides_and_outside_it_never_did(city):
    draft = a_draft(city, starts_in=10)
    save(city, draft, "debt", {key: None for key in cells_of(draft, "debt") if key[2] == "story"})
    today = timezone.localdate()
    assert desk_sees("story", "debt")
    with deciding(draft):
        assert not desk_sees("story", "debt")
        assert desk_sees("finances")
        assert ConvenantVersion.in_force().pk == draft.pk
    assert desk_sees("story", "debt")
    with pytest.raises(ZeroDivisionError), deciding(draft):
        1 / 0  # noqa: B018
    assert ConvenantVersion.in_force().pk != draft.pk
    # A law that will be in force on its first day counts in the look ahead.
    place = (party_of(draft, GEMEENTE).pk, "work")
    save(city, draft, "debt", {(place[0], "specialist", "work"): "read"}, {place: said("wams")})
    actions.switch_on_law(actor=city.petra, law=law("wams"), since=today + timedelta(days=5), checked_on=today)
    with deciding(draft):
        assert desk_sees("work")
