"""A convenant as a file: out and in again it is the same, and a file that is wrong is taken over in no part."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from luisterloket.convenant import actions
from luisterloket.convenant.exchange import FileRefused, as_file, parse, starter
from luisterloket.convenant.known import CATEGORIES
from luisterloket.convenant.models import (
    Authorisation,
    Clause,
    ConvenantVersion,
    DataCategory,
    LegalGround,
    Phase,
    Purpose,
    RetentionTerm,
)
from luisterloket.people.models import Organisation
from luisterloket.people.roles import ROLES
from luisterloket.platform.exceptions import NotAllowed, Refused
from tests import writes

from .drafting import a_draft, days, in_force

LAWS = ["wmo-2015", "wams", "een-andere-wet"]
NAMES = ["Gemeente Den Haag", "Stichting Wijkkracht Zuid", "Basisschool De Hoefkring"]


def taken_over(city, content, **more):
    parsed = parse(content)
    organisations = {party.key: list(Organisation.objects.filter(name=party.name)) for party in parsed.parties}
    return actions.import_convenant(actor=city.petra, content=content, organisations=organisations, **{**days(), **more})


def everything(version):
    """All that a version says, without its ids."""
    cells = Authorisation.objects.filter(version=version).values_list(
        "party__organisation__name", "role", "purpose", "category", "phase", "level", "ground__law__code", "ground__article"
    )
    grounds = LegalGround.objects.filter(party__version=version).values_list(
        "party__organisation__name", "purpose", "category", "law__code", "article", "avg_basis", "exception"
    )
    terms = RetentionTerm.objects.filter(version=version).values_list(
        "category", "months", "starts", "law", "article", "checked_on"
    )
    return [
        set(cells),
        set(grounds),
        set(terms),
        set(version.clauses.values_list("number", "title", "text")),
        set(version.purposes.values_list("purpose", "why")),
        set(version.parties.values_list("organisation__name", "kind", "task", "contact", "ends_on")),
    ]


def test_the_version_in_force_comes_back_the_same(city):
    present = ConvenantVersion.in_force()
    again = taken_over(city, as_file(present))
    assert everything(again) == everything(present)
    assert again.status == "draft"
    assert not again.parties.exclude(signed_on=None).exists()


@st.composite
def convenants(draw):
    """Any file of the format, small."""
    codes = draw(st.lists(st.sampled_from(sorted(CATEGORIES)), min_size=1, max_size=4, unique=True))
    purposes = draw(st.lists(st.sampled_from(["listening", "debt", "iets-nieuws"]), min_size=1, max_size=2, unique=True))
    keys = dict(zip("abc", NAMES, strict=True))
    words = st.text(st.characters(categories=["L", "Nd", "Zs", "P"]), min_size=1, max_size=20).filter(
        lambda text: text.strip() == text
    )
    grounds, cells, seen = [], [], set()
    for key in keys:
        for purpose in purposes:
            for code in codes:
                ground = {
                    "law": draw(st.sampled_from(LAWS)),
                    "article": draw(words),
                    "avg_basis": draw(st.sampled_from(["6(1)(a)", "6(1)(e)"])),
                }
                grounds.append({"parties": [key], "purpose": purpose, "categories": [code], **ground, "exception": draw(words)})
                for role in draw(st.lists(st.sampled_from(sorted(ROLES)), max_size=3, unique=True)):
                    phase, level = draw(st.sampled_from(Phase.values)), draw(st.sampled_from(["read", "contribute"]))
                    if (key, role, purpose, code, phase) not in seen:
                        seen.add((key, role, purpose, code, phase))
                        cells.append(
                            {
                                "parties": [key],
                                "roles": [role],
                                "purpose": purpose,
                                "phase": phase,
                                "level": level,
                                "categories": [code],
                            }
                        )
    return {
        "format": "luisterloket-convenant",
        "format_version": 1,
        "name": draw(words),
        "categories": [{"code": code, "name": code} for code in codes],
        "purposes": [{"code": code, "name": code, "why": draw(words)} for code in purposes],
        "laws": [{"code": code, "name": code} for code in LAWS],
        "parties": [{"key": key, "name": name, "kind": "core"} for key, name in keys.items()],
        "grounds": grounds,
        "cells": cells,
        "retention": [],
        "clauses": [{"number": draw(st.integers(1, 999)), "title": draw(words), "text": draw(words)}],
    }


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(whole=convenants())
def test_whatever_is_taken_over_and_written_again_is_the_same(city, whole):
    first = taken_over(city, json.dumps(whole))
    second = taken_over(city, as_file(first))
    assert everything(second) == everything(first)
    assert Authorisation.objects.filter(version=first).count() == len(whole["cells"])


def test_the_starter_is_complete_and_can_be_used_where_there_is_nothing_yet(city):
    with writes.allowed():
        for model in (Authorisation, LegalGround, RetentionTerm, Clause):
            model.objects.all().delete()
    parsed = parse(starter())
    assert {"wams"}.isdisjoint(parsed.laws)
    assert parsed.cells
    assert parsed.retention
    assert len(parsed.clauses) > 10
    assert set(parsed.categories) == set(CATEGORIES)
    version = actions.import_convenant(
        actor=city.petra, content=starter(), organisations={"gemeente": [Organisation.objects.get(name=NAMES[0])]}, **days()
    )
    assert [party.organisation.name for party in version.parties.all()] == [NAMES[0]]
    assert in_force(city, version).status == "in_force"


def test_what_is_not_here_yet_is_made_and_a_new_law_begins_off(city):
    whole = json.loads(as_file(ConvenantVersion.in_force()))
    whole["purposes"].append({"code": "wonen-met-zorg", "name": "Wonen met zorg", "why": ""})
    whole["laws"].append({"code": "nieuwe-wet", "name": "Nieuwe wet"})
    version = taken_over(city, json.dumps(whole))
    assert Purpose.objects.filter(pk="wonen-met-zorg").exists()
    assert version.purposes.filter(purpose="wonen-met-zorg").exists()
    draft = json.loads(as_file(a_draft(city)))
    assert draft["format_version"] == 1


WRONG = {
    "a category that the software does not know": ("categories[0].code", lambda f: f["categories"][0].update(code="haarkleur")),
    "a cell of a party that is not there": ("cells[0].parties[0]", lambda f: f["cells"][0].update(parties=["niemand"])),
    "a role that does not exist": ("cells[1].roles[0]", lambda f: f["cells"][1].update(roles=["baas"])),
    "a level that does not exist": ("cells[0].level", lambda f: f["cells"][0].update(level="alles")),
    "a cell without a ground": ("cells[0].categories", lambda f: f.update(grounds=[])),
    "special data without an exception": ("grounds[", lambda f: [g.update(exception="") for g in f["grounds"]]),
    "a basis that is none": ("grounds[0].avg_basis", lambda f: f["grounds"][0].update(avg_basis="7")),
    "an article left out": ("grounds[0].article", lambda f: f["grounds"][0].pop("article")),
    "the same cells twice": ("cells[", lambda f: f["cells"].append(f["cells"][0])),
    "a day that is none": ("retention[0].checked_on", lambda f: f["retention"][0].update(checked_on="gisteren")),
    "a term of no months": ("retention[0].months", lambda f: f["retention"][0].update(months=0)),
    "a number twice": ("clauses[1].number", lambda f: f["clauses"][1].update(number=1)),
    "a list that is none": ("parties", lambda f: f.update(parties="iedereen")),
    "something unknown": ("extra", lambda f: f.update(extra=1)),
    "another format": ("format", lambda f: f.update(format="iets")),
    "a later format": ("format", lambda f: f.update(format_version=2)),
    "a sign that is no text": ("name", lambda f: f.update(name="a\x00b")),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_a_file_that_is_wrong_is_refused_with_the_place(city, wrong):
    place, spoil = WRONG[wrong]
    whole = json.loads(as_file(ConvenantVersion.in_force()))
    spoil(whole)
    before = ConvenantVersion.objects.count()
    with pytest.raises(FileRefused) as refusal:
        actions.import_convenant(actor=city.petra, content=json.dumps(whole), organisations={}, **days())
    assert any(found.startswith(place) for found, _text in refusal.value.problems), refusal.value.problems
    assert ConvenantVersion.objects.count() == before


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", "null", "[" * 100_000, '{"format": NaN}', '{"name": 1, "name": 2}', "x" * 1_000_001, "1e999999"],
    ids=range(9),
)
def test_what_is_no_convenant_at_all_is_refused_plainly(text):
    with pytest.raises(FileRefused) as refusal:
        parse(text)
    assert refusal.value.problems


def test_a_file_cannot_make_a_kind_of_data_less_sensitive(city):
    content = as_file(ConvenantVersion.in_force())
    taken_over(city, content)
    assert DataCategory.objects.get(pk="health").sensitivity == "special"


def test_one_organisation_is_not_two_parties_and_nobody_is_no_convenant(city):
    content, one = as_file(ConvenantVersion.in_force()), [Organisation.objects.get(name=NAMES[0])]
    for organisations, code in (({}, "nobody"), ({party.key: one for party in parse(content).parties}, "twice")):
        with pytest.raises(Refused) as refusal:
            actions.import_convenant(actor=city.petra, content=content, organisations=organisations, **days())
        assert refusal.value.code == code
    with pytest.raises(NotAllowed):
        actions.import_convenant(actor=city.daan, content=content, organisations={}, **days())


def test_over_the_pages_a_file_goes_out_and_comes_in(city, sign_in):
    page = sign_in(city.petra)
    answer = page.get(reverse("convenant-file", args=[ConvenantVersion.in_force().pk]))
    assert answer["Content-Disposition"].startswith("attachment")
    file = SimpleUploadedFile("c.json", answer.content, content_type="application/json")
    step = page.post(reverse("convenant-read-in"), {"file": file})
    form = step.context["form"]
    data = {name: form[name].value() for name in form.fields}
    sent = page.post(reverse("convenant-read-in"), {name: value for name, value in data.items() if value is not None})
    made = ConvenantVersion.objects.order_by("-number").first()
    assert sent.url == reverse("convenant-edit", args=[made.pk])
    assert everything(made) == everything(ConvenantVersion.in_force())
    wrong = page.post(reverse("convenant-read-in"), {"file": SimpleUploadedFile("c.json", b'{"format": "iets"}')})
    assert "format" in wrong.content.decode()
    assert page.get(reverse("convenant-read-in") + "?starter=1").status_code == 200


def test_an_empty_draft_begins_with_the_kinds_of_data_that_the_software_knows(city):
    with writes.allowed():
        for model in (Authorisation, LegalGround, RetentionTerm):
            model.objects.all().delete()
        DataCategory.objects.all().delete()
    actions.start_draft(actor=city.petra, **days())
    known = DataCategory.objects.values_list("pk", "sensitivity")
    assert dict(known) == CATEGORIES
