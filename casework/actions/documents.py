"""Everything that changes the documents of a case: they are added, described better, taken off, put back, and wiped."""

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from io import BytesIO
from pathlib import PurePosixPath
from typing import Any, BinaryIO

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from casework import file_store, permissions
from casework.file_parts import picture_parts
from casework.file_types import FileType, recognised
from casework.models import Case, CaseMember, Document, Resident
from luisterloket.people.models import User
from luisterloket.platform.commands import command
from luisterloket.platform.exceptions import Refused
from luisterloket.platform.history import record

from .cases import touch
from .refusals import Missing, not_to_come

LONGEST_NAME, LONGEST_TITLE, LONGEST_SUFFIX = 120, 200, 10
# Marks that turn the direction of reading: with one of these "exe.pdf" shows as another name than it is.
HIDDEN = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


@dataclass(frozen=True)
class Arrived:
    """A file that was looked at and may be kept: what it is, and its content without what tells about its making."""

    name: str
    kind: FileType
    size: int
    sha256: str
    content: BinaryIO = field(repr=False, compare=False)

    def __str__(self) -> str:
        """The same for the same file, so that a form that is sent twice is known by it."""
        return f"{self.sha256} {self.name}"


def arrived(file: BinaryIO, name: str) -> Arrived:
    """Look at a file that came in. Raises `NotKept` with the reason."""
    kind = recognised(file)
    content: Any = file
    if kind.is_picture:
        content = BytesIO(b"".join(picture_parts(file, kind.mime)))
    size = content.seek(0, 2)
    content.seek(0)
    sha256 = hashlib.file_digest(content, "sha256").hexdigest()
    content.seek(0)
    return Arrived(clean_name(name, kind), kind, size, sha256, content)


def clean_name(name: str, kind: FileType) -> str:
    """What a file is called: without a path, without what cannot be seen, not endless, and ending as what it is."""
    name = unicodedata.normalize("NFC", HIDDEN.sub("", name)).replace("\\", "/").rsplit("/", 1)[-1]
    name = "".join(letter for letter in name if letter.isprintable()).strip(" .")
    stem, suffix = PurePosixPath(name or kind.suffix).stem, PurePosixPath(name).suffix.lower()
    if suffix not in (kind.suffix, *kind.other_suffixes):
        stem, suffix = (name if len(suffix) <= LONGEST_SUFFIX else stem), kind.suffix
    return (stem[:LONGEST_NAME].strip(" .") or _("document")) + suffix


@command
def add_documents(
    *,
    actor: User,
    case: Case,
    files: Iterable[Arrived],
    kind: str,
    category: str,
    resident: Resident | None = None,
    title: str = "",
    received_on: date | None = None,
) -> Case:
    """Keep files in the case, with one title for all of them. What is on file already in this category is not kept twice.

    For who works on the case and may write in the category. Raises `Missing` for a day to come and for who is not of the household.
    """
    permissions.check_may_add(actor, case, category)
    case = Case.locked(case.pk)
    _check(case, resident, received_on)
    there = set(Document.objects.on_file().filter(case=case, category=category).values_list("sha256", flat=True))
    files = [one for one in {one.sha256: one for one in files}.values() if one.sha256 not in there]
    for number, one in enumerate(files, 1):
        named = title.strip()[:LONGEST_TITLE] or PurePosixPath(one.name).stem
        if title.strip() and len(files) > 1:
            named = _("%(title)s (%(number)s of %(all)s)") % {"title": named, "number": number, "all": len(files)}
        _add(actor, case, one, kind=kind, category=category, resident=resident, title=named, received_on=received_on)
    if files:
        touch(case)
    return case


def _add(actor: User, case: Case, one: Arrived, **described: Any) -> None:
    document = Document(
        case=case, unit_id=case.unit_id, file_name=one.name, content_type=one.kind.mime, size=one.size, sha256=one.sha256,
        storage_name=file_store.new_name(), added_by=actor, **described,
    )  # fmt: skip
    one.content.seek(0)
    # The file first: a row never promises what is not there. Without a row it is cleared by the job.
    try:
        file_store.put_file(one.content, document.storage_name, document.bound_to)
    except OSError:
        raise Refused(_("Files cannot be kept now. Tell who manages Luisterloket."), code="no_room") from None
    try:
        document.put()
    except BaseException:
        file_store.wipe_file(document.storage_name)
        raise
    record(actor, "document.added", document, kind=document.kind, category=document.category)


@command
def amend_document(
    *,
    actor: User,
    document: Document,
    kind: str,
    category: str,
    title: str,
    resident: Resident | None = None,
    received_on: date | None = None,
) -> Document:
    """Describe it better. For who may write in the category it was in, and in the one that it comes in."""
    document = _held(actor, document)
    permissions.check_may_add(actor, document.case, category)
    _check(document.case, resident, received_on)
    if not title.strip():
        raise Missing(_("Write in a few words what it is."), code="no_title", field="title")
    document.kind, document.category, document.title = kind, category, title.strip()
    document.resident, document.received_on = resident, received_on
    document.full_clean(exclude=["case", "unit", "resident", "added_by", "removed_by"])
    document.save(update_fields=["kind", "category", "title", "resident", "received_on"])
    record(actor, "document.amended", document, kind=kind, category=category)
    touch(document.case)
    return document


@command
def take_off_document(*, actor: User, document: Document, because: str, of_someone_else: bool = False) -> Document:
    """It does not belong on file. It can be put back, unless it belongs to someone else: then the file is wiped at once, and its
    title and name with it. Raises `Missing` without a reason.
    """
    document = _held(actor, document)
    if not because.strip():
        raise Missing(_("Say why."), code="no_reason", field="because")
    document.removed_at, document.removed_by, document.removed_because = timezone.now(), actor, because.strip()
    changed = ["removed_at", "removed_by", "removed_because"]
    if of_someone_else:
        document.wiped_at, document.title, document.file_name = document.removed_at, "", ""
        changed += ["wiped_at", "title", "file_name"]
        transaction.on_commit(lambda: _wipe(document.storage_name))
    document.save(update_fields=changed)
    record(actor, "document.wiped" if of_someone_else else "document.taken_off", document, category=document.category)
    touch(document.case)
    return document


@command
def put_back_document(*, actor: User, document: Document) -> Document:
    """It belongs on file after all."""
    permissions.check_may_add(actor, document.case, document.category)
    document = Document.objects.select_for_update(no_key=True, of=("self",)).select_related("case").get(pk=document.pk)
    if document.removed_at is None or document.wiped_at is not None:
        raise Refused(_("This document cannot be put back."), code="state")
    document.removed_at, document.removed_by, document.removed_because = None, None, ""
    document.save(update_fields=["removed_at", "removed_by", "removed_because"])
    record(actor, "document.put_back", document, category=document.category)
    touch(document.case)
    return document


def _wipe(name: str) -> None:
    # When it cannot be now, the job does it: the row says that it was wiped.
    with suppress(OSError):
        file_store.wipe_file(name)


def _held(actor: User, document: Document) -> Document:
    permissions.check_may_add(actor, document.case, document.category)
    document = Document.objects.select_for_update(no_key=True, of=("self",)).select_related("case").get(pk=document.pk)
    permissions.check_may_add(actor, document.case, document.category)
    if document.removed_at is not None:
        raise Refused(_("This document was taken off already."), code="state")
    return document


def _check(case: Case, resident: Resident | None, received_on: date | None) -> None:
    if resident is not None and not CaseMember.objects.filter(case=case, resident=resident).exists():
        raise Missing(_("Choose someone of this household."), code="not_of_case", field="resident")
    if received_on is not None:
        not_to_come(received_on, field="received_on")
