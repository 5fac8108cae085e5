"""What a file is, by what is in it and never by its name (decision 0024). Nothing is unpacked, opened or drawn here."""

import re
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, BinaryIO

from django.utils.translation import gettext_lazy as _

from .file_parts import BrokenPicture, picture_parts

HEAD = 4096
# Bytes that no text has: all below a space, but for tabs and the ends of lines and pages.
NO_TEXT = re.compile(rb"[\x00-\x08\x0b\x0e-\x1f]")
# Of the directory of an office document: so many files, so much unpacked, so many times larger than packed.
MOST_ENTRIES, MOST_UNPACKED, MOST_TIMES, LONGEST_DIRECTORY = 3_000, 300 * 1024**2, 200, 1024**2


@dataclass(frozen=True)
class FileType:
    """One kind of file that we keep."""

    mime: str
    suffix: str
    name: Any
    other_suffixes: tuple[str, ...] = ()

    @property
    def is_picture(self) -> bool:
        """Whether every browser shows it, also where nothing in it may run; of HEIC few do, of PDF not in a sandbox."""
        return self.mime in {"image/jpeg", "image/png", "image/webp"}


class NotKept(Exception):
    """This file is not kept; the message says why, in the words of whoever sent it."""


PDF = FileType("application/pdf", ".pdf", _("PDF"))
JPEG = FileType("image/jpeg", ".jpg", _("Photo"), (".jpeg", ".jfif"))
PNG = FileType("image/png", ".png", _("Picture"))
WEBP = FileType("image/webp", ".webp", _("Picture"))
HEIC = FileType("image/heic", ".heic", _("Photo (HEIC)"), (".heif",))
TEXT = FileType("text/plain", ".txt", _("Text"), (".text", ".csv", ".md", ".log"))
DOCX = FileType("application/vnd.openxmlformats-officedocument.wordprocessingml.document", ".docx", _("Word document"))
XLSX = FileType("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ".xlsx", _("Excel sheet"))
ODT = FileType("application/vnd.oasis.opendocument.text", ".odt", _("Text document (ODT)"))
ODS = FileType("application/vnd.oasis.opendocument.spreadsheet", ".ods", _("Sheet (ODS)"))
TYPES = {one.mime: one for one in (PDF, JPEG, PNG, WEBP, HEIC, TEXT, DOCX, XLSX, ODT, ODS)}
# What a browser offers to choose from. What is chosen is looked at here, whatever it was called.
ACCEPT = ",".join([*(suffix for one in TYPES.values() for suffix in (one.suffix, *one.other_suffixes[:1])), "image/*"])

KEPT = _("Kept are PDF, photos (JPEG, PNG, WebP, HEIC), text, and documents of Word, Excel and LibreOffice.")
# How a file begins that we know and do not keep.
REFUSED: list[tuple[bytes, Any]] = [
    (b"MZ", _("This is a program and not a document.")),
    (b"\x7fELF", _("This is a program and not a document.")),
    (b"\xca\xfe\xba\xbe", _("This is a program and not a document.")),
    (b"#!", _("This is a program and not a document.")),
    (b"\xd0\xcf\x11\xe0", _("This is an old Office file, which can hold programs. Save it as PDF or as .docx and add that.")),
    (b"{\\rtf", _("This is an RTF file. Save it as PDF or as .docx and add that.")),
    (b"GIF8", _("This is a GIF picture. Save it as PNG or JPEG and add that.")),
    (b"Rar!", _("This is a packed file. Unpack it and add the documents themselves.")),
    (b"7z\xbc\xaf", _("This is a packed file. Unpack it and add the documents themselves.")),
    (b"\x1f\x8b", _("This is a packed file. Unpack it and add the documents themselves.")),
]
PACKED = _("This is a packed file. Unpack it and add the documents themselves.")
MACROS = _("There are macros in this document: small programs. Save it without macros, or as PDF.")
BOMB = _("Far more is packed in this file than a document holds, so it is not opened.")
TWO_IN_ONE = _("This file is two kinds of file in one, which no ordinary program makes. Print it to PDF and add that.")
DAMAGED = _("This file is damaged or not whole. Open it, save it again and add that.")
WEB_PAGE = _("This is a web page or a drawing, which can hold programs. Print it to PDF and add that.")


def recognised(file: BinaryIO) -> FileType:
    """What a file is. Raises `NotKept` for what we do not keep, and for what is more than one thing at once."""
    file.seek(0)
    head = file.read(HEAD)
    size = file.seek(0, 2)
    if not head:
        raise NotKept(_("This file is empty."))
    for begins, why in REFUSED:
        # A letter can begin with these two capitals; a program has bytes in it that no text has.
        if head.startswith(begins) and not (begins == b"MZ" and _readable(head)):
            raise NotKept(why)
    found = next((look(file, head, size) for begins, look in LOOKS if begins(head)), None) or _text(file, head)
    if found is None:
        raise NotKept(KEPT)
    return found


def _pdf(file: BinaryIO, head: bytes, size: int) -> FileType:
    file.seek(max(size - 64 * 1024, 0))
    tail = file.read()
    if b"%%EOF" not in tail:
        raise NotKept(DAMAGED)
    # A zip is read from its end: behind a PDF it makes a second file of the same bytes.
    if b"PK\x05\x06" in tail[tail.rindex(b"%%EOF") :]:
        raise NotKept(TWO_IN_ONE)
    return PDF


def _picture(kind: FileType) -> Callable[[BinaryIO, bytes, int], FileType]:
    def look(file: BinaryIO, head: bytes, size: int) -> FileType:
        try:
            for _part in picture_parts(file, kind.mime):
                pass
        except BrokenPicture:
            raise NotKept(DAMAGED) from None
        return kind

    return look


def _heic(file: BinaryIO, head: bytes, size: int) -> FileType | None:
    brands = head[8 : min(int.from_bytes(head[:4], "big"), 256)]
    return HEIC if any(brand in brands for brand in (b"heic", b"heix", b"hevc", b"mif1", b"msf1")) else None


def _zip(file: BinaryIO, head: bytes, size: int) -> FileType:
    """An office document, by the directory at its end. Only that is read, and two small parts that say what it is."""
    _check_directory(file, size)
    try:
        with zipfile.ZipFile(file) as packed:
            entries = packed.infolist()
            _check_entries(entries)
            names = {entry.filename for entry in entries}
            if any("vbaproject" in name.lower() or "/activex/" in name.lower() for name in names):
                raise NotKept(MACROS)
            if any(name.startswith(("Basic/", "Scripts/")) for name in names):
                raise NotKept(MACROS)
            if "[Content_Types].xml" in names:
                with packed.open("[Content_Types].xml") as part:
                    if b"macroenabled" in part.read(256 * 1024).lower():
                        raise NotKept(MACROS)
                for inside, kind in (("word/document.xml", DOCX), ("xl/workbook.xml", XLSX)):
                    if inside in names:
                        return kind
            if entries[0].filename == "mimetype":
                with packed.open("mimetype") as part:
                    says = part.read(100).decode("ascii", "replace").strip()
                if says in (ODT.mime, ODS.mime):
                    return TYPES[says]
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, ValueError, EOFError, zlib.error):
        raise NotKept(DAMAGED) from None
    raise NotKept(PACKED)


def _check_directory(file: BinaryIO, size: int) -> None:
    """That the directory is small and the file begins where it says, before a library reads it."""
    file.seek(max(size - 66_000, 0))
    tail = file.read()
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) - at < 22:
        raise NotKept(DAMAGED)
    end = tail[at:]
    entries, length, starts = (int.from_bytes(end[a:b], "little") for a, b in ((10, 12), (12, 16), (16, 20)))
    if entries > MOST_ENTRIES or length > LONGEST_DIRECTORY:
        raise NotKept(BOMB)
    if starts + length != max(size - 66_000, 0) + at:
        raise NotKept(TWO_IN_ONE)


def _check_entries(entries: list[zipfile.ZipInfo]) -> None:
    unpacked, packed = sum(one.file_size for one in entries), sum(one.compress_size for one in entries)
    if len(entries) > MOST_ENTRIES or unpacked > MOST_UNPACKED:
        raise NotKept(BOMB)
    if unpacked > 1024**2 and unpacked > MOST_TIMES * max(packed, 1):
        raise NotKept(BOMB)
    if not entries or min(one.header_offset for one in entries) != 0:
        raise NotKept(TWO_IN_ONE)
    if any(one.flag_bits & 1 for one in entries):
        raise NotKept(_("This document is locked with a password. Save it without one and add that."))


def _text(file: BinaryIO, head: bytes) -> FileType | None:
    file.seek(0)
    whole = file.read()
    if not _readable(whole):
        return None
    words = decoded(whole)
    begins = words.lstrip("\ufeff \t\r\n")[:2000].casefold()
    if begins.startswith("<") or any(tag in begins for tag in ("<html", "<script", "<svg", "<!doctype", "<body", "<iframe")):
        raise NotKept(WEB_PAGE)
    if "%pdf-" in begins:
        raise NotKept(TWO_IN_ONE)
    return TEXT


def _readable(some: bytes) -> bool:
    """Whether there is nothing in it but text."""
    if some.startswith((b"\xff\xfe", b"\xfe\xff")):
        some = some.decode("utf-16", "replace").encode()
    return NO_TEXT.search(some) is None


def decoded(text: bytes) -> str:
    """The words of a text file, however old the program that wrote it."""
    if text.startswith((b"\xff\xfe", b"\xfe\xff")):
        return text.decode("utf-16", "replace")
    try:
        return text.decode()
    except UnicodeDecodeError:
        return text.decode("cp1252", "replace")


Look = Callable[[BinaryIO, bytes, int], FileType | None]
LOOKS: list[tuple[Callable[[bytes], bool], Look]] = [
    (lambda head: head.startswith(b"%PDF-"), _pdf),
    (lambda head: head.startswith(b"\xff\xd8\xff"), _picture(JPEG)),
    (lambda head: head.startswith(b"\x89PNG\r\n\x1a\n"), _picture(PNG)),
    (lambda head: head.startswith(b"RIFF") and head[8:12] == b"WEBP", _picture(WEBP)),
    (lambda head: head[4:8] == b"ftyp", _heic),
    (lambda head: head.startswith(b"PK\x03\x04"), _zip),
]
