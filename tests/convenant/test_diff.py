"""What a draft changes, in words, in both directions."""

from django.utils import timezone

from luisterloket.convenant import actions
from luisterloket.convenant.diff import difference
from luisterloket.convenant.models import ConvenantVersion, Law

from .drafting import a_draft, cells_of, in_force, party_of, purpose_of, said, save

GEMEENTE, SCHOOL = "Gemeente Den Haag", "Basisschool De Hoefkring"


def both_ways(city, draft):
    """Of the draft against the version in force, and the other way round."""
    old = ConvenantVersion.in_force()
    draft = ConvenantVersion.objects.get(pk=draft.pk)
    return difference(old, draft), difference(draft, old)


def test_a_copy_changes_nothing_but_its_days(city):
    found = difference(ConvenantVersion.in_force(), a_draft(city))
    assert [*found.gains, *found.loses, *found.off, *found.grounds, *found.parties] == []


def test_who_gains_in_one_direction_loses_in_the_other(city):
    draft = a_draft(city)
    desk = party_of(draft, GEMEENTE).pk
    grounds = {(desk, "work"): said("wgs"), (desk, "housing"): said("wgs")}
    save(city, draft, "debt", {(desk, "specialist", "work"): "read", (desk, "specialist", "housing"): "contribute"}, grounds)
    there, back = both_ways(city, draft)
    assert len(there.gains) == 2
    assert "Werk en leren" in there.gains[0]
    assert "Schulden regelen" in there.gains[0]
    assert GEMEENTE in there.gains[0]
    assert "Wonen" in there.gains[1]
    assert there.loses == []
    assert back.gains == []
    assert len(back.loses) == 2


def test_a_level_that_goes_up_or_down_is_told(city):
    draft = a_draft(city)
    key = (party_of(draft, GEMEENTE).pk, "specialist", "finances")
    save(city, draft, "debt", {key: "contribute"})
    there, back = both_ways(city, draft)
    assert len(there.gains) == 1
    assert "Geld" in there.gains[0]
    assert there.loses == []
    assert len(back.loses) == 1
    assert back.gains == []


def test_a_law_that_is_off_makes_cells_vanish_and_the_diff_says_so(city):
    draft = a_draft(city)
    desk = party_of(draft, GEMEENTE).pk
    changed = {(desk, category): said("wams") for _party, _role, category in cells_of(draft, "debt")}
    save(city, draft, "debt", {}, changed)
    there, _back = both_ways(city, draft)
    assert any("Wams" in line and "Geld" in line for line in there.off)
    assert any("Geld" in line for line in there.loses)
    assert any("Wams" in line for line in there.grounds)
    actions.switch_on_law(
        actor=city.petra, law=Law.objects.get(code="wams"), since=timezone.localdate(), checked_on=timezone.localdate()
    )
    there, _back = both_ways(city, draft)
    assert there.off == []
    assert there.loses == []


def test_parties_terms_clauses_and_days_are_told(city):
    draft = a_draft(city, starts_in=4)
    actions.remove_party(actor=city.petra, party=party_of(draft, SCHOOL))
    clause, term = draft.clauses.first(), draft.retention_terms.first()
    actions.change_clause(actor=city.petra, clause=clause, number=clause.number, title=clause.title, text="Anders")
    actions.remove_retention(actor=city.petra, term=term)
    actions.remove_purpose(actor=city.petra, of_version=purpose_of(draft, "payment"))
    there, back = both_ways(city, draft)
    assert [SCHOOL in line for line in there.parties] == [True]
    told = "\n".join(there.rest)
    for words in (clause.title, term.category.name, "Uitbetalen"):
        assert words in told
    assert any("Uitbetalen" in line for line in there.loses)
    assert any("Uitbetalen" in line for line in back.gains)


def test_the_page_tells_it(city, sign_in):
    draft = a_draft(city)
    key = (party_of(draft, GEMEENTE).pk, "specialist", "finances")
    save(city, draft, "debt", {key: None})
    page = sign_in(city.petra).get(f"/convenant/versies/{draft.pk}/verschil/").content.decode()
    assert "Geld" in page
    assert "Schulden regelen" in page
    version = in_force(city, ConvenantVersion.objects.get(pk=draft.pk))
    assert "Geld" in sign_in(city.marit).get(f"/convenant/versies/{version.pk}/verschil/").content.decode()
