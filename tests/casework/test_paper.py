"""On paper stands what was read back, in letters large enough, and nothing that tells of whom before it is opened."""

import re
from collections import Counter
from io import BytesIO

import pytest
from django.urls import reverse
from django.utils import timezone

from casework import actions, paper
from casework.models import Concern, Strength
from luisterloket.convenant.models import AccessLogEntry
from luisterloket.platform.acting import acting
from tests.casework.heard import a_case
from tests.casework.test_summary import MOTHER, MUCH, NICKNAME, WAITS, case_of, waiting

pytestmark = pytest.mark.django_db
needs_pdf = pytest.mark.skipif(not paper.can_make_pdf(), reason="WeasyPrint or pango is not on this machine")


def address(version, name="case-summary-paper"):
    return reverse(f"casework:{name}", args=[version.case_id, version.number])


def read(content):
    return pytest.importorskip("pypdf").PdfReader(BytesIO(content))


def words(reader):
    """What is read, without the numbers at the foot of the pages."""
    text = " ".join(re.sub(r"\d+ / \d+\s*$", "", page.extract_text()) for page in reader.pages)
    return " ".join(text.split())


def sizes(reader):
    """The sizes of the letters, by how much is written in each."""
    found = Counter()

    def count(text, page_scale, text_scale, _font, size):
        found[round(size * abs(text_scale[3] * page_scale[3]))] += len(text)

    for page in reader.pages:
        page.extract_text(visitor_text=count)
    return found


@needs_pdf
@pytest.mark.parametrize("told", [MOTHER, NICKNAME, MUCH], ids=["a mother", "a nickname", "everything at once"])
def test_the_pdf_holds_every_open_concern_strength_and_wait_with_owner_and_day(city, sign_in, told):
    case = case_of(city, told)
    waiting(city, case)
    version = actions.compose_summary(actor=city.marit, case=case, language="nl")
    text = words(read(sign_in(city.marit).get(address(version)).content)).casefold()
    for part in version.as_written.parts:
        assert " ".join(part.text.split()).casefold() in text, part.text
    with acting(city.marit.acting):
        heard = [one.text for kind in (Concern, Strength) for one in kind.objects.filter(case=case)]
    for said in [*heard, *WAITS]:
        assert said.rstrip(".").casefold() in text


@needs_pdf
def test_the_pdf_is_tagged_speaks_its_language_and_names_nobody_outside_its_pages(city, sign_in):
    version = actions.compose_summary(actor=city.marit, case=a_case(city.marit, city.unit("schilderswijk")), language="nl")
    answer = sign_in(city.marit).get(address(version))
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"].startswith("attachment; filename=")
    assert answer.headers["Cache-Control"] == "no-store"
    reader = read(answer.content)
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    assert root["/Lang"] == "nl"
    outside = f"{dict(reader.metadata)} {root.get('/Metadata')} {answer.headers}"
    assert "Rachida" not in outside
    assert "Amrani" not in outside
    assert reader.metadata.title


@needs_pdf
def test_large_letters_are_of_eighteen_points(city, sign_in):
    version = actions.compose_summary(actor=city.marit, case=a_case(city.marit, city.unit("schilderswijk")), language="nl")
    client = sign_in(city.marit)
    for query, size in (("", paper.ORDINARY), ("?letter=groot", paper.LARGE)):
        found = sizes(read(client.get(address(version) + query).content))
        assert max(found, key=found.get) == size


@needs_pdf
def test_nothing_is_fetched_for_a_pdf():
    """Not even when someone's text would ask for it: a picture of elsewhere simply is not there."""
    made = paper.pdf('<html lang="nl"><title>x</title><p>Tekst<img src="http://127.0.0.1:9/x.png" alt=""></p>', large=False)
    assert made.startswith(b"%PDF")


@needs_pdf
def test_the_look_is_kept_as_on_paper(city, sign_in):
    version = actions.compose_summary(actor=city.marit, case=a_case(city.marit, city.unit("schilderswijk")), language="nl")
    sign_in(city.marit).get(address(version))
    with acting(city.daan.acting):
        [look] = AccessLogEntry.objects.filter(what="summary on paper")
    assert look.categories == sorted(version.categories)


def test_where_no_pdf_can_be_made_none_is_offered_and_the_page_is_printed(city, sign_in, monkeypatch):
    version = actions.compose_summary(actor=city.marit, case=a_case(city.marit, city.unit("schilderswijk")), language="nl")
    monkeypatch.setattr(paper, "_weasyprint", lambda: None)
    client = sign_in(city.marit)
    assert address(version) not in client.get(version.get_absolute_url()).content.decode()
    assert client.get(address(version)).url == version.get_absolute_url()
    monkeypatch.setattr(paper, "can_make_pdf", lambda: True)
    assert address(version) in client.get(version.get_absolute_url()).content.decode()


def test_the_page_itself_comes_in_large_letters(city, sign_in):
    version = actions.compose_summary(actor=city.marit, case=a_case(city.marit, city.unit("schilderswijk")), language="nl")
    agreed = {"agreed_on": timezone.localdate(), "agreed_how": "writing"}
    actions.agree_summary(actor=city.marit, version=version, **agreed)
    client = sign_in(city.marit)
    assert "paper--large" in client.get(version.get_absolute_url(), {"letter": "groot"}).content.decode()
    assert "paper--large" not in client.get(version.get_absolute_url()).content.decode()


def test_paper_names_luisterloket_once(city, sign_in):
    version = actions.compose_summary(actor=city.marit, case=case_of(city, MOTHER), language="nl")
    html = sign_in(city.marit).get(address(version, "case-summary-version")).content.decode()
    printed = re.search(r'class="paper__printed[^>]*>(.*?)</p>', html)[1]
    assert printed.startswith("Luisterloket Schilderswijk. ")
