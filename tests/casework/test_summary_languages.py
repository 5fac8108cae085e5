"""A summary in the language of the resident, when the municipality supplied all of its sentences, and never half."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import ProgrammingError, connection, transaction
from django.urls import reverse

from casework import actions
from casework.languages import languages, offered, wording_in
from casework.models import SummaryTemplate
from luisterloket.platform.exceptions import Refused
from luisterloket.platform.plain import phrases
from tests import writes
from tests.casework.heard import a_case

pytestmark = pytest.mark.django_db


@pytest.fixture
def turkish(tmp_path):
    """What a municipality hands in: the file that the product wrote, filled."""
    empty = tmp_path / "summary.po"
    call_command("import_summary_templates", "tr", empty, "--empty", stdout=StringIO())
    asked = empty.read_text().split("\n\n")
    filled = [f'{entry.splitlines()[0]}\nmsgstr "TR {entry.splitlines()[0][7:]}' for entry in asked if entry.strip()]
    empty.write_text("\n\n".join(filled))
    return empty


def load(file, language="tr"):
    """As the owner of the database, as `manage.py` runs it."""
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
        try:
            call_command("import_summary_templates", language, file, stdout=StringIO())
        finally:
            cursor.execute("SET ROLE luisterloket_app")


def test_the_application_itself_cannot_change_what_was_supplied(city, turkish):
    load(turkish)
    with writes.allowed(), transaction.atomic(), pytest.raises(ProgrammingError, match="permission denied"):
        SummaryTemplate.objects.update(text="anders")


def test_a_language_is_offered_when_it_is_complete(city, turkish):
    assert "tr" not in dict(offered())
    load(turkish)
    assert dict(offered())["tr"] == "Türkçe"


def test_one_sentence_less_and_it_is_not_offered(city, sign_in, turkish):
    entries = turkish.read_text().split("\n\n")
    turkish.write_text("\n\n".join(entries[1:]))
    load(turkish)
    assert "tr" not in dict(offered())
    with pytest.raises(Refused):
        wording_in("tr")
    html = sign_in(city.petra).get(reverse("casework:summary-languages")).content.decode()
    assert "Türkçe" in html
    assert phrases()[0] in html


def test_a_newer_file_replaces_the_whole(city, turkish, tmp_path):
    load(turkish)
    half = tmp_path / "half.po"
    half.write_text("\n\n".join(turkish.read_text().split("\n\n")[:3]))
    load(half)
    [found] = [language for language in languages() if language.code == "tr"]
    assert (found.version, len(found.missing)) == (2, len(phrases()) - 3)


def test_a_translation_that_loses_a_name_is_refused_and_nothing_is_kept(city, turkish):
    turkish.write_text(turkish.read_text().replace("TR This is the story of %(name)s.", "TR This is the story of %(naam)s."))
    with pytest.raises(CommandError, match="This is the story of"):
        load(turkish)
    assert not SummaryTemplate.objects.exists()


@pytest.mark.parametrize("content", ["msgid niets\n", "", 'msgid "Something else"\nmsgstr "Başka"\n'])
def test_a_file_without_phrases_is_refused(city, tmp_path, content):
    file = tmp_path / "wrong.po"
    file.write_text(content)
    with pytest.raises(CommandError):
        load(file)


def test_the_sentences_are_in_that_language_and_what_people_said_is_as_they_said_it(city, sign_in, turkish):
    load(turkish)
    case = a_case(city.marit, city.unit("schilderswijk"), household=2)
    version = actions.compose_summary(actor=city.marit, case=case, language="tr")
    own_words = {"strength"}
    for part in version.as_composed.parts:
        assert "TR " in part.text or part.key.split("-")[0] in own_words
    text = version.as_composed.text
    for said in ("Vannacht geen plek", "Nog veertig euro", "Spreekt vier talen", "Laat mijn kinderen slapen."):
        assert said in text
    html = sign_in(city.marit).get(version.get_absolute_url()).content.decode()
    assert 'lang="tr"' in html
    assert sign_in(city.marit).get(version.get_absolute_url()).context["page"].supplied


def test_a_newer_translation_is_no_change_of_the_case(city, sign_in, turkish):
    load(turkish)
    case = a_case(city.marit, city.unit("schilderswijk"))
    version = actions.compose_summary(actor=city.marit, case=case, language="tr")
    turkish.write_text(turkish.read_text().replace("TR ", "TR2 "))
    load(turkish)
    assert not sign_in(city.marit).get(version.get_absolute_url()).context["page"].changed


def test_a_language_from_the_right_reads_from_the_right(city, sign_in, turkish):
    load(turkish, "ar")
    version = actions.compose_summary(actor=city.marit, case=a_case(city.marit, city.unit("schilderswijk")), language="ar")
    assert 'lang="ar" dir="rtl"' in sign_in(city.marit).get(version.get_absolute_url()).content.decode()
