"""Documents and letters for the demo city. Everything in them is made up; the files are drawn here."""

import struct
import zlib
from datetime import timedelta
from io import BytesIO

from django.utils import timezone

from luisterloket.people.models import User
from luisterloket.platform.demo import City, part

from . import actions
from .models import Case, CaseMember, Letter

# Name of the file, title, kind, category, days ago, words.
LETTERS = [
    (
        "aanmaning-energie.txt", "Aanmaning van de energie", "letter", "finances", 9,
        "Oefenenergie BV\n\nU heeft twee rekeningen niet betaald. Betaal voor het einde van de maand € 212,40.\nKenmerk: OE-4471\n",
    ),
    (
        "beschikking-toeslag.pdf", "Beschikking huurtoeslag", "decision", "housing", 30,
        "Beschikking huurtoeslag. U krijgt vanaf volgende maand 214 euro per maand.",
    ),
]  # fmt: skip


@part(130)
def letters_on_the_table(city: City) -> None:
    """What lies in the drawer: a reminder, a decision, a photo of the meter; and a letter that asks the creditor to wait."""
    case, marit = city.cases["gulsen"], city.people["marit"]
    for name, title, kind, category, days, words in LETTERS:
        content = _pdf(words) if name.endswith(".pdf") else words.encode()
        _add(case, marit, name, content, kind=kind, category=category, title=title, days=days)
    _add(case, marit, "meterstand.png", _png(), kind="photo", category="finances", title="De meterstand", days=2)
    letter = actions.write_letter(
        actor=marit, case=case, text="uitstel.nl", to=Letter.To.OUTSIDE, way=Letter.Way.POST, to_name="Oefenenergie BV",
        to_address="Postbus 100\n0000 AA Oefenstad",
    )  # fmt: skip
    filled = {"[kenmerk]": "OE-4471", "[aantal]": "zes", "[datum]": "1 februari", "[nummer]": "070 000 00 00"}
    body = letter.body
    for open_field, text in filled.items():
        body = body.replace(open_field, text)
    letter = actions.reword_letter(
        actor=marit, letter=letter, revision=0, subject=letter.subject, body=body, to_address=letter.to_address
    )
    actions.fix_letter(actor=marit, letter=letter, revision=letter.revision)
    main = CaseMember.objects.select_related("resident").get(case=case, part=CaseMember.Part.MAIN).resident
    actions.write_letter(actor=marit, case=case, text="afspraken.nl", to=Letter.To.HOUSEHOLD, way=Letter.Way.IN_HAND, resident=main)


def _add(case: Case, actor: User, name: str, content: bytes, *, days: int, **described: str) -> None:
    file = actions.arrived(BytesIO(content), name)
    on = timezone.localdate() - timedelta(days=days)
    actions.add_documents(actor=actor, case=case, files=[file], received_on=on, **described)


def _pdf(words: str) -> bytes:
    """A page with one line."""
    drawn = f"BT /F1 14 Tf 60 760 Td ({words}) Tj ET".encode("latin-1", "replace")
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(drawn), drawn),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    made, places = b"%PDF-1.4\n", []
    for number, one in enumerate(parts, 1):
        places.append(len(made))
        made += b"%d 0 obj%s endobj\n" % (number, one)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return made + b"xref\n0 6\n0000000000 65535 f \n%strailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (table, len(made))


def _png() -> bytes:
    """A meter with a dial, roughly."""
    size = 160

    def shade(x: int, y: int) -> bytes:
        far = (x - 80) ** 2 + (y - 80) ** 2
        return b"\x22\x22\x22" if 60**2 < far < 66**2 or (abs(x - y) < 3 and far < 50**2 and x > 80) else b"\xee\xea\xe0"

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    rows = b"".join(b"\x00" + b"".join(shade(x, y) for x in range(size)) for y in range(size))
    head = struct.pack(">IIBBBBB", size, size, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
