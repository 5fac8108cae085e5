"""Files for these tests, made here: small, and each of them what it says or something else than that."""

import struct
import zipfile
import zlib
from io import BytesIO

from casework import actions
from casework.models import Document
from luisterloket.platform.acting import acting

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
GPS = b"52 deg 4' 30'' N"


def png(size: int = 8, *, text: bytes = b"") -> bytes:
    def part(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    rows = b"".join(b"\x00" + b"\xff\xee\xdd" * size for _row in range(size))
    made = b"\x89PNG\r\n\x1a\n" + part(b"IHDR", struct.pack(">IIBBBBB", size, size, 8, 2, 0, 0, 0))
    return made + (part(b"tEXt", text) if text else b"") + part(b"IDAT", zlib.compress(rows)) + part(b"IEND", b"")


def jpeg() -> bytes:
    """A photo that was turned, with where it was taken."""
    from PIL import Image

    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010E] = GPS.decode()
    made = BytesIO()
    Image.new("RGB", (16, 8), "white").save(made, "JPEG", exif=exif)
    return made.getvalue()


def webp() -> bytes:
    from PIL import Image

    made = BytesIO()
    exif = Image.Exif()
    exif[0x010E] = GPS.decode()
    Image.new("RGB", (16, 8), "white").save(made, "WEBP", exif=exif)
    return made.getvalue()


def packed(names: dict[str, bytes], *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(made, "w", method) as file:
        for name, content in names.items():
            file.writestr(name, content)
    return made.getvalue()


TYPES = b'<Types><Override ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
DOCX = {"[Content_Types].xml": TYPES, "word/document.xml": b"<w:document/>"}
ODT = {"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<office/>"}


def heic() -> bytes:
    return struct.pack(">I", 24) + b"ftypheic" + b"\x00\x00\x00\x00mif1heic" + b"\x00" * 40


def add(actor, case, *, name="brief.pdf", content=PDF, category="housing", title="", **more) -> Document:
    """Keep one file as `actor`."""
    file = actions.arrived(BytesIO(content), name)
    actions.add_documents(actor=actor, case=case, files=[file], kind="letter", category=category, title=title, **more)
    with acting(actor.acting):
        return Document.objects.on_file().get(case=case, sha256=file.sha256, category=category)
