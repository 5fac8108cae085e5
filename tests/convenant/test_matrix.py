"""The matrix on one screen: cells and grounds are kept together or not at all."""

import pytest
from django.urls import reverse

from luisterloket.convenant import actions
from luisterloket.convenant.grounds import ProblemsRefused
from luisterloket.convenant.models import Authorisation, ConvenantVersion, LegalGround
from luisterloket.platform.exceptions import Refused

from .drafting import a_draft, cells_of, offered, party_of, purpose_of, said, save

GEMEENTE, SCHOOL = "Gemeente Den Haag", "Basisschool De Hoefkring"


@pytest.fixture
def draft(city):
    return a_draft(city)


def address(draft, purpose="debt"):
    return reverse("convenant-matrix", args=[draft.pk, purpose_of(draft, purpose).pk])


def as_typed(page, **change):
    """What the form on the page would send."""
    shown = page.context["page"]
    data = {
        "revision": page.context["revision"],
        "phase": shown.phase.value,
        "column": [one.key for one in shown.columns],
        "do": "keep",
    }
    data |= {cell.name: cell.level for row in shown.rows for cell in row.cells}
    for part in shown.grounds:
        for ground in part.grounds:
            data |= {f"{ground.name}:{name}": getattr(ground.said, name) for name in ("law", "article", "avg_basis", "exception")}
    return {**data, **change}


def test_what_is_shown_and_sent_unchanged_stays_as_it_was(city, draft, sign_in):
    page = sign_in(city.petra)
    for purpose in ("listening", "debt", "conference"):
        before, grounds = cells_of(draft, purpose), LegalGround.objects.filter(party__version=draft).count()
        answer = page.post(address(draft, purpose), as_typed(page.get(address(draft, purpose))))
        assert answer.status_code == 302, answer.context["problems"]
        assert cells_of(draft, purpose) == before
        assert LegalGround.objects.filter(party__version=draft).count() == grounds


def test_a_cell_without_a_ground_is_not_kept_and_the_page_says_which(city, draft, sign_in):
    page, gemeente = sign_in(city.petra), party_of(draft, GEMEENTE)
    name = f"cell:{gemeente.pk.hex}:specialist:work"
    answer = page.post(address(draft), as_typed(page.get(address(draft)), **{name: "read"}))
    text = answer.content.decode()
    assert "Werk en leren" in answer.context["problems"][0]
    assert GEMEENTE in answer.context["problems"][0]
    assert f"ground:{gemeente.pk.hex}:work:law" in text
    assert (gemeente.pk, "specialist", "work") not in cells_of(draft, "debt")
    # What was typed still stands there.
    shown = {cell.name: cell.level for row in answer.context["page"].rows for cell in row.cells}
    assert shown[name] == "read"
    rest = f"ground:{gemeente.pk.hex}:_rest"
    filled = {f"{rest}:law": said("wgs").law, f"{rest}:article": "art. 3", f"{rest}:avg_basis": "6(1)(e)", f"{rest}:exception": "x"}
    assert page.post(address(draft), as_typed(answer, **filled)).status_code == 302
    ground = LegalGround.objects.get(party=gemeente, purpose="debt", category="work")
    assert (ground.law.code, ground.article, ground.exception) == ("wgs", "art. 3", "")


def test_special_data_need_an_exception_and_a_ground_is_whole(city, draft):
    desk = party_of(draft, GEMEENTE).pk
    for category, ground in (
        ("health", said("wgs")),
        ("justice", said("wgs")),
        ("work", said("wgs", article=" ")),
        ("work", said("wgs", avg_basis="7")),
        ("work", type(said("wgs"))("geen wet", "art. 1", "6(1)(e)")),
        ("work", None),
    ):
        with pytest.raises(ProblemsRefused) as refusal:
            save(city, draft, "debt", {(desk, "specialist", category): "read"}, {(desk, category): ground} if ground else {})
        assert refusal.value.places == [(desk, category)]
    save(
        city,
        draft,
        "debt",
        {(desk, "specialist", "health"): "read"},
        {(desk, "health"): said("wgs", exception="UAVG art. 30 lid 1")},
    )
    assert (desk, "specialist", "health") in cells_of(draft, "debt")


def test_a_column_is_added_without_losing_what_was_typed(city, draft, sign_in):
    page, school, desk = sign_in(city.petra), party_of(draft, SCHOOL), party_of(draft, GEMEENTE)
    typed = {f"cell:{desk.pk.hex}:specialist:finances": "contribute", "do": "add", "add": f"{school.pk.hex}:participant"}
    answer = page.post(address(draft), as_typed(page.get(address(draft)), **typed))
    shown = answer.context["page"]
    assert (school.pk, "participant") in [(one.party.pk, one.role) for one in shown.columns]
    assert {cell.name: cell.level for row in shown.rows for cell in row.cells}[
        f"cell:{desk.pk.hex}:specialist:finances"
    ] == "contribute"
    assert cells_of(draft, "debt")[desk.pk, "specialist", "finances"] == "read"


def test_one_party_at_a_time_leaves_the_others_alone(city, draft, sign_in):
    page, school = sign_in(city.petra), party_of(draft, SCHOOL)
    one = f"{address(draft, 'conference')}?only={school.pk}"
    before = cells_of(draft, "conference")
    sent = as_typed(page.get(one), **{f"cell:{school.pk.hex}:participant:family": "none", "only": str(school.pk)})
    assert page.post(address(draft, "conference"), sent).status_code == 302
    after = cells_of(draft, "conference")
    assert set(before) - set(after) == {(school.pk, "participant", "family")}
    assert not LegalGround.objects.filter(party=school, purpose="conference", category="family").exists()


def test_a_cell_of_one_phase_stands_beside_that_of_every_phase(city, draft, sign_in):
    page, desk = sign_in(city.petra), party_of(draft, GEMEENTE)
    other = f"{address(draft)}?phase=investigating"
    sent = as_typed(page.get(other), **{f"cell:{desk.pk.hex}:desk_lead:finances": "contribute"})
    before = cells_of(draft, "debt")
    assert page.post(address(draft), sent).status_code == 302
    assert cells_of(draft, "debt") == before
    assert cells_of(draft, "debt", phase="investigating") == {(desk.pk, "desk_lead", "finances"): "contribute"}


def test_what_is_not_of_this_version_is_refused(city, draft):
    foreign = party_of(ConvenantVersion.in_force(), GEMEENTE).pk
    desk = party_of(draft, GEMEENTE).pk
    for key, level in (
        ((foreign, "specialist", "finances"), "read"),
        ((desk, "baas", "finances"), "read"),
        ((desk, "specialist", "haarkleur"), "read"),
        ((desk, "specialist", "finances"), "alles"),
    ):
        with pytest.raises(Refused) as refusal:
            save(city, draft, "debt", {key: level})
        assert refusal.value.code == "unknown"


def test_a_tampered_form_breaks_nothing(city, draft, sign_in):
    page = sign_in(city.petra)
    for wrong in (
        {"revision": "veel"},
        {"column": "x:y"},
        {"cell:a:b:c": "read"},
        {"phase": "straks"},
        {"party": "niemand"},
        {"a:b:c:d": "e"},
    ):
        assert page.post(address(draft), as_typed(page.get(address(draft)), **wrong)).status_code in (200, 302)
    assert page.get(f"{address(draft)}?only=niemand&phase=ooit").status_code == 200


def test_of_what_is_offered_the_screen_does_not_open(city, draft, sign_in):
    where = address(draft)
    offered(city, draft)
    page = sign_in(city.petra)
    assert page.get(where).url == reverse("convenant-version", args=[draft.pk])
    assert page.post(where, {"do": "keep"}).url == reverse("convenant-version", args=[draft.pk])
    assert (
        Authorisation.objects.filter(version=draft).count()
        == Authorisation.objects.filter(version=ConvenantVersion.in_force()).count()
    )


def test_a_new_purpose_begins_empty_and_is_filled(city, draft, sign_in):
    page = sign_in(city.petra)
    made = actions.add_purpose(actor=city.petra, version=draft, name="Wonen met zorg")
    where = reverse("convenant-matrix", args=[draft.pk, made.pk])
    assert page.get(where).context["page"].columns == []
    desk = party_of(draft, GEMEENTE).pk
    key, law = f"{desk.hex}:specialist", said("wmo-2015").law
    sent = {
        "revision": page.get(where).context["revision"], "phase": "any", "column": key, f"cell:{key}:housing": "read",
        f"ground:{desk.hex}:housing:law": law, f"ground:{desk.hex}:housing:article": "art. 1", f"ground:{desk.hex}:housing:avg_basis": "6(1)(e)",
    }  # fmt: skip
    assert page.post(where, sent).status_code == 302
    assert cells_of(draft, made.purpose_id) == {(desk, "specialist", "housing"): "read"}
