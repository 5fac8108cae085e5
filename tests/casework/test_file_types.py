"""A file is what its bytes say: what is named otherwise, can run, or is two things in one is refused with the reason."""

import zipfile
from io import BytesIO

import pytest
from django.utils.translation import override

from casework import actions
from casework.file_types import DOCX, HEIC, JPEG, ODT, PDF, PNG, TEXT, WEBP, NotKept, recognised
from tests.casework import files

EXE = b"MZ\x90\x00\x03\x00\x00\x00\x04\x00" + bytes(200)
BOMB = files.packed({**files.DOCX, "word/media/image1.bin": bytes(60 * 1024**2)})


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (files.PDF, PDF),
        (files.png(), PNG),
        (files.jpeg(), JPEG),
        (files.webp(), WEBP),
        (files.heic(), HEIC),
        ("Beste mevrouw, één brief.\n".encode(), TEXT),
        ("Beste mevrouw, één brief.".encode("cp1252"), TEXT),
        (b"MZ is de afkorting van mijn zus.", TEXT),
        (files.packed(files.DOCX), DOCX),
        (files.packed(files.ODT, method=zipfile.ZIP_STORED), ODT),
    ],
    ids=lambda value: getattr(value, "suffix", None),
)
def test_what_is_kept_is_known_by_its_content(content, kind):
    assert recognised(BytesIO(content)) is kind


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "empty"),
        (EXE, "a program and"),
        (b"\x7fELF" + bytes(100), "a program and"),
        (b"#!/bin/sh\nrm -rf /", "a program and"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "a web page"),
        (b"\xef\xbb\xbf\n  <!DOCTYPE html><body>", "a web page"),
        ("<html><script>".encode("utf-16"), "a web page"),
        (b"\xd0\xcf\x11\xe0" + bytes(600), "old Office"),
        (files.packed({**files.DOCX, "word/vbaProject.bin": b"x"}), "macros"),
        (files.packed({**files.DOCX, "[Content_Types].xml": b"application/vnd.ms-word.document.macroEnabled.main+xml"}), "macros"),
        (files.packed({**files.ODT, "Basic/Standard/Module1.xml": b"x"}), "macros"),
        (BOMB, "Far more is packed"),
        (files.packed({f"word/{number}.xml": b"" for number in range(3_001)}), "Far more is packed"),
        (files.packed({"virus.exe": EXE}), "a packed file"),
        (files.PDF + files.packed({"index.html": b"<script>"}), "two kinds"),
        (EXE + files.packed(files.DOCX), "a program and"),
        (b"GIF89a" + bytes(50), "GIF"),
        (b"hallo %PDF-1.7 " + files.PDF, "two kinds"),
        (files.png()[:-20], "damaged"),
        (files.jpeg()[:200], "damaged"),
        (b"%PDF-1.4 en niets meer", "damaged"),
        (files.packed(files.DOCX)[:-30], "damaged"),
        (bytes(range(256)) * 4, "Kept are"),
    ],
)
def test_what_is_not_kept_is_refused_with_the_reason(content, says):
    with override("en"), pytest.raises(NotKept, match=says):
        recognised(BytesIO(content))


def test_where_a_photo_was_taken_is_left_out_and_how_it_is_turned_stays():
    from PIL import Image

    for content, name in ((files.jpeg(), "a.jpg"), (files.webp(), "a.webp"), (files.png(text=b"Comment\x00" + files.GPS), "a.png")):
        assert files.GPS in content
        kept = actions.arrived(BytesIO(content + b"PK\x03\x04 verborgen"), name).content.read()
        assert files.GPS not in kept
        assert b"verborgen" not in kept
        picture = Image.open(BytesIO(kept))
        picture.load()
        if name == "a.jpg":
            assert picture.getexif()[0x0112] == 6


@pytest.mark.parametrize(
    ("name", "becomes"),
    [
        ("../../etc/brief.pdf", "brief.pdf"),
        ("C:\\Users\\Marit\\brief.pdf", "brief.pdf"),
        ("factuur\u202efdp.exe", "factuurfdp.exe.pdf"),
        ("brief.pdf.exe", "brief.pdf.exe.pdf"),
        ("x" * 300 + ".pdf", "x" * 120 + ".pdf"),
        ("re\x00gel\r\nwissel.PDF", "regelwissel.pdf"),
        ("...", "document.pdf"),
        ("Brief Ömer ’s.pdf", "Brief Ömer ’s.pdf"),
    ],
)
def test_a_name_is_shown_as_it_is_read_and_leads_nowhere(name, becomes):
    assert actions.arrived(BytesIO(files.PDF), name).name == becomes
