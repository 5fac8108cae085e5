"""Documents: kept sealed, given through one door, never disagreeing with their rows, and not there for who may not see them."""

import os
import shutil
import time
from io import BytesIO
from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from casework import actions, file_store
from casework.document_sweep import clear_files
from casework.models import Document, Involvement
from luisterloket.convenant.models import AccessLogEntry, Authorisation
from luisterloket.platform.acting import NOBODY, acting
from luisterloket.platform.exceptions import NotAllowed, Refused
from luisterloket.platform.sealed_files import Broken, opened
from tests import writes
from tests.backoffice.scene import as_jobs
from tests.casework import files
from tests.casework.heard import a_case, address

pytestmark = pytest.mark.django_db
MARKER = "Zilverberk-aanmaning"


@pytest.fixture
def case(city):
    return a_case(city.marit, city.unit("schilderswijk"))


def sent(*uploads, **more):
    return {"kind": "letter", "sender": "landlord", "title": "", "uploads": list(uploads), "command_key": str(uuid4()), **more}


def upload(name="brief.pdf", content=files.PDF):
    return SimpleUploadedFile(name, content, "application/octet-stream")


def on_file(city, case):
    with acting(city.marit.acting):
        return list(Document.objects.on_file().filter(case=case).order_by("added_at"))


def path_of(document):
    return Path(settings.DOCUMENTS_DIR) / document.storage_name[:2] / document.storage_name


def test_what_is_sent_is_kept_and_comes_back_the_same_to_who_works_on_the_case(city, sign_in, case):
    client = sign_in(city.marit)
    assert client.post(address("case-documents", case), sent(upload(), upload("foto.png", files.png()))).status_code == 302
    letter, photo = on_file(city, case)
    # Proposed by whom it comes from; named as the file is.
    assert (letter.category, letter.title, photo.title) == ("housing", "brief", "foto")
    answer = client.get(address("case-document-file", case, letter.pk))
    assert answer.content == files.PDF
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "no-store"
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert client.get(address("case-document-file", case, photo.pk))["Content-Disposition"].startswith("inline")
    with acting(city.daan.acting):
        entry = AccessLogEntry.objects.filter(what="document opened").earliest("at")
        assert (entry.actor_id, entry.categories) == (city.marit.pk, ["housing"])


def test_on_disk_it_is_sealed_elsewhere_than_what_is_served(city, case):
    document = files.add(city.marit, case, content=f"Beste {MARKER}".encode(), name="brief.txt")
    path = path_of(document)
    assert MARKER.encode() not in path.read_bytes()
    assert path.stat().st_mode & 0o077 == 0
    for served in (settings.STATIC_ROOT, *settings.STATICFILES_DIRS):
        assert not served or not path.is_relative_to(served)


def test_one_file_that_is_not_kept_does_not_take_the_others_or_what_was_typed_along(city, sign_in, case):
    form = sent(upload(), upload("nota.pdf", b"MZ\x90\x00" + bytes(300)), upload("leeg.txt", b""), title="Van de verhuurder")
    html = sign_in(city.marit).post(address("case-documents", case), form).content.decode()
    assert [one.title for one in on_file(city, case)] == ["Van de verhuurder"]
    assert "nota.pdf" in html
    assert "leeg.txt" in html
    assert 'value="Van de verhuurder"' in html
    assert form["command_key"] not in html


def test_a_form_that_is_sent_twice_adds_once(city, sign_in, case):
    client, form = sign_in(city.marit), sent()
    for _time in range(2):
        assert client.post(address("case-documents", case), {**form, "uploads": upload()}).status_code == 302
    # Another form with the same file, such as after one of the two was refused.
    client.post(address("case-documents", case), sent(upload()))
    assert len(on_file(city, case)) == 1


def test_a_name_that_turns_around_is_given_back_as_it_reads(city, sign_in, case):
    client = sign_in(city.marit)
    client.post(address("case-documents", case), sent(upload('räkning "\u202efdp.exe')))
    [document] = on_file(city, case)
    header = client.get(address("case-document-file", case, document.pk))["Content-Disposition"]
    assert "filename*=utf-8''r%C3%A4kning%20%22fdp.exe.pdf" in header
    assert "\u202e" not in header


def test_a_file_in_the_place_of_another_or_cut_short_is_refused(city, sign_in, case):
    first = files.add(city.marit, case, content=b"van de een " * 20_000, name="een.txt")
    second = files.add(city.marit, case, content=b"van de ander " * 20_000, name="ander.txt")
    whole = path_of(first).read_bytes()
    shutil.copy(path_of(second), path_of(first))
    with pytest.raises(Broken):
        file_store.read_file(first.storage_name, first.bound_to)
    # Cut exactly where a piece ends: every piece that is left is right by itself.
    path_of(first).write_bytes(whole[: 24 + 2 * (64 * 1024 + 16)])
    with pytest.raises(Broken):
        file_store.read_file(first.storage_name, first.bound_to)
    page = sign_in(city.marit).get(address("case-document-file", case, first.pk))
    assert page.url == address("case-documents", case)


def test_a_file_that_is_missing_says_so(city, sign_in, case):
    document = files.add(city.marit, case)
    path_of(document).unlink()
    client = sign_in(city.marit)
    answer = client.get(address("case-document-file", case, document.pk), follow=True)
    assert [message.level_tag for message in answer.context["messages"]] == ["error"]


def test_what_was_left_without_a_row_is_cleared_and_what_is_on_file_stays(city, case):
    document = files.add(city.marit, case)
    orphan, young = file_store.new_name(), file_store.new_name()
    for name in (orphan, young):
        file_store.put_file(BytesIO(b"niemand"), name, "niemand")
    unfinished = path_of(document).with_name("being-written-x1")
    unfinished.write_bytes(b"half")
    for path in (path_of(document), Path(settings.DOCUMENTS_DIR) / orphan[:2] / orphan, unfinished):
        os.utime(path, (time.time() - 7200,) * 2)
    # Who does not see all rows would take every file for an orphan.
    with acting(city.noor.acting), pytest.raises(RuntimeError):
        clear_files()
    with as_jobs():
        assert clear_files() == 2
    assert path_of(document).exists()
    assert not unfinished.exists()
    assert not (Path(settings.DOCUMENTS_DIR) / orphan[:2] / orphan).exists()
    assert (Path(settings.DOCUMENTS_DIR) / young[:2] / young).exists()


def test_it_is_taken_off_with_a_reason_and_can_be_put_back(city, sign_in, case):
    document = files.add(city.marit, case, title=MARKER)
    client = sign_in(city.marit)
    assert client.post(address("case-document-off", case, document.pk), {"because": ""}).status_code == 200
    client.post(address("case-document-off", case, document.pk), {"because": "Staat er dubbel in"})
    assert client.get(address("case-document-file", case, document.pk)).status_code == 404
    assert "Staat er dubbel in" in client.get(address("case-documents", case)).content.decode()
    client.post(address("case-document-put-back", case, document.pk))
    assert client.get(address("case-document-file", case, document.pk)).status_code == 200


def test_what_belongs_to_someone_else_is_wiped_at_once(city, case, django_capture_on_commit_callbacks):
    document = files.add(city.marit, case, title=MARKER)
    with django_capture_on_commit_callbacks(execute=True):
        gone = actions.take_off_document(actor=city.marit, document=document, because="Van de buren", of_someone_else=True)
    assert not path_of(document).exists()
    assert (gone.title, gone.file_name) == ("", "")
    with pytest.raises(Refused):
        actions.put_back_document(actor=city.marit, document=gone)


def test_a_category_that_one_may_not_see_is_not_there_at_all(city, sign_in, case):
    hidden = files.add(city.marit, case, category="health", title=MARKER)
    seen = files.add(city.marit, case, content=files.PDF + b"\n", title="Huurcontract")
    actions.join_case(actor=city.bram, case=case, reason="asked")
    with writes.allowed():
        Authorisation.objects.filter(category_id="health", role="wijkwerker").delete()
    client = sign_in(city.bram)
    html = client.get(address("case-documents", case)).content.decode()
    assert "Huurcontract" in html
    assert MARKER not in html
    for name in ("case-document-file", "case-document"):
        made_up, answer = (client.get(address(name, case, pk)) for pk in (uuid4(), hidden.pk))
        assert (answer.status_code, len(answer.content)) == (404, len(made_up.content))
    assert client.get(address("case-document-file", case, seen.pk)).status_code == 200
    with pytest.raises(NotAllowed):
        files.add(city.bram, case, category="health", content=b"Uitslag", name="a.txt")


def test_neither_a_buddy_nor_a_desk_nor_another_wijk_gets_a_file(city, sign_in, case):
    document = files.add(city.marit, case, category="household")
    actions.involve(actor=city.marit, case=case, user=city.fatna, kind=Involvement.Kind.BUDDY)
    for user, status in ((city.fatna, 403), (city.joost, 404), (city.noor, 404), (city.daan, 404)):
        assert sign_in(user).get(address("case-document-file", case, document.pk)).status_code == status
        with pytest.raises(NotAllowed):
            actions.take_off_document(actor=user, document=document, because="Nee")
    with acting(NOBODY):
        assert not Document.objects.exists()


def test_it_is_of_someone_of_this_household_and_of_no_day_to_come(city, case):
    stranger = a_case(city.marit, city.unit("schilderswijk"), name="Ander")
    with acting(city.marit.acting):
        other = stranger.residents.get()
    with pytest.raises(Refused):
        files.add(city.marit, case, resident=other)
    with pytest.raises(Refused):
        files.add(city.marit, case, received_on=timezone.localdate() + timezone.timedelta(days=1))


def test_with_a_new_key_files_are_sealed_anew_and_read_the_same(city, case, settings):
    document = files.add(city.marit, case, content=b"woorden " * 30_000, name="a.txt")
    settings.ENCRYPTION_KEYS = ["bmlldXdlLXNsZXV0ZWwtdm9vci1kZS10ZXN0LTMyYiE=", *settings.ENCRYPTION_KEYS]
    assert file_store.seal_anew(document.storage_name, document.bound_to)
    assert not file_store.seal_anew(document.storage_name, document.bound_to)
    settings.ENCRYPTION_KEYS = settings.ENCRYPTION_KEYS[:1]
    with path_of(document).open("rb") as sealed:
        assert b"".join(opened(sealed, document.bound_to)) == b"woorden " * 30_000
