"""What the API sends and reads of requests."""

from typing import Any

from rest_framework import serializers

from backoffice.models import SpecialistRequest
from backoffice.request_page import RequestPage
from luisterloket.connections.api.serializers import Choice, Moment, Strict, Text, WholeInAddress, Words, YesNo

from .words import ANSWERS, CLOCKS, RESULTS, STATUSES, URGENCIES, word

Status = SpecialistRequest.Status
LONGEST = 5000


class Verzoeken(Strict):
    """Waarop een lijst van verzoeken gefilterd wordt."""

    status = Choice(STATUSES, required=False, help_text="Alleen verzoeken met deze stand.")
    spoed = Choice(URGENCIES, required=False, help_text="Alleen verzoeken met deze spoed.")
    alleenEigen = YesNo(required=False, help_text="Alleen wat dit systeem zelf heeft opgepakt.")
    verzondenNa = Moment(required=False, help_text="Alleen verzoeken die na dit moment zijn verzonden.")
    cursor = Text(required=False, max_length=200, help_text="Waar de vorige pagina ophield: `volgende` van dat antwoord.")
    aantal = WholeInAddress(default=25, min_value=1, max_value=100, help_text="Hoeveel verzoeken op een pagina.")


class VerzoekKort(serializers.Serializer):
    """Een verzoek zoals het in de lijst staat: zonder naam en zonder wat er meeging."""

    id = serializers.UUIDField(help_text="Het kenmerk van het verzoek.")
    status = serializers.ChoiceField(choices=list(STATUSES), help_text="Hoe het met het verzoek staat.")
    spoed = serializers.ChoiceField(choices=list(URGENCIES), help_text="Wanneer een antwoord nodig is.")
    titel = serializers.CharField(help_text="De vraag in een paar woorden, zonder naam.")
    bureau = serializers.CharField(help_text="Het bureau waaraan de vraag is gesteld.")
    loket = serializers.CharField(help_text="Het luisterloket dat de vraag stelt.")
    gevraagdDoor = serializers.CharField(help_text="Wie van het loket de vraag stelt.")
    zelfOpgepakt = serializers.BooleanField(help_text="Of dit systeem het verzoek heeft opgepakt.")
    verzondenOp = Moment(help_text="Toen het verzoek is verzonden.")
    geopendOp = Moment(allow_null=True, help_text="Toen het bureau het voor het eerst opende.")
    opgepaktOp = Moment(allow_null=True, help_text="Toen iemand van het bureau het oppakte.")
    beantwoordOp = Moment(allow_null=True, help_text="Toen het bureau antwoordde.")
    afgerondOp = Moment(allow_null=True, help_text="Toen het verzoek is afgerond of verviel.")
    klok = serializers.ChoiceField(choices=list(CLOCKS), allow_null=True, help_text="Waarop nu wordt gewacht.")
    uiterlijkOp = Moment(allow_null=True, help_text="Wanneer die klok afloopt.")
    vastgelopenOp = Moment(allow_null=True, help_text="Sinds wanneer het te lang duurt.")


class VerzoekenPagina(serializers.Serializer):
    """Een pagina van de lijst, oudste eerst."""

    verzoeken = VerzoekKort(many=True)
    volgende = serializers.CharField(allow_null=True, help_text="De cursor van de volgende pagina; leeg op de laatste.")


class Meegestuurd(serializers.Serializer):
    """Eén gegeven dat meeging, zoals het bij verzenden was, met de grond waarop het bureau het ziet."""

    categorie = serializers.CharField(help_text="De gegevenscategorie van het convenant.")
    soort = serializers.CharField(help_text="Wat voor gegeven het is.")
    naam = serializers.CharField(help_text="Hoe het gegeven heet.")
    tekst = serializers.CharField(help_text="Het gegeven zelf.")
    grondslag = serializers.CharField(help_text="De wet en het artikel.")


class Bericht(serializers.Serializer):
    """Een vraag terug van het bureau, of de reactie van het loket."""

    van = serializers.ChoiceField(choices=["bureau", "loket"], help_text="Wie het schreef.")
    tekst = serializers.CharField(help_text="Wat er staat.")
    geschrevenOp = Moment(help_text="Toen het geschreven is.")


class Antwoord(serializers.Serializer):
    """Het antwoord van het bureau."""

    resultaat = serializers.ChoiceField(choices=list(RESULTS), help_text="Wat het geworden is.")
    tekst = serializers.CharField(help_text="Het antwoord met de reden.")
    vervolgstap = serializers.CharField(allow_blank=True, help_text="Wat de inwoner nu kan doen.")
    grond = serializers.CharField(allow_blank=True, help_text="De wet of regel waarop (een deel van) het niet kan.")


class Verzoek(VerzoekKort):
    """Een verzoek met de vraag, wat het bureau er vandaag van mag zien, en wat er over en weer is geschreven."""

    vraag = serializers.CharField(allow_null=True, help_text="De vraag; leeg als het loket haar naleest of de grond verviel.")
    doel = serializers.CharField(help_text="Het doel van het convenant waarvoor de gegevens meegingen.")
    convenantversie = serializers.IntegerField(allow_null=True, help_text="De versie van het convenant bij verzenden.")
    meegestuurd = Meegestuurd(many=True)
    berichten = Bericht(many=True)
    antwoord = Antwoord(allow_null=True)
    andereBureaus = serializers.IntegerField(min_value=0, help_text="Hoeveel andere bureaus met deze zaak bezig zijn.")
    bureausBekend = serializers.ListField(
        child=serializers.CharField(),
        help_text="Welke daarvan: alleen die niets kregen dat dit bureau volgens het convenant niet mag zien.",
    )


class Oppakken(Strict):
    """Niets: wie het vraagt, pakt het op."""


class Terugvragen(Strict):
    """Wat het bureau eerst moet weten."""

    tekst = Words(max_length=LONGEST, help_text="De vraag aan het loket, in gewone woorden.")


class Beantwoorden(Strict):
    """Het antwoord van het bureau."""

    resultaat = Choice(ANSWERS, help_text="Wat het geworden is.")
    antwoord = Words(max_length=LONGEST, help_text="Het antwoord met de reden, in gewone taal: het wordt de inwoner voorgelezen.")
    vervolgstap = Text(
        required=False, default="", allow_blank=True, max_length=LONGEST,
        help_text="Wat de inwoner nu kan doen. Verplicht bij `afgewezen` en `deelsToegekend`.",
    )  # fmt: skip
    grond = Text(
        required=False, default="", allow_blank=True, max_length=500,
        help_text="De wet of regel waarop het niet kan. Verplicht bij `afgewezen` en `deelsToegekend`.",
    )  # fmt: skip

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if attrs["resultaat"] not in (ANSWERS["afgewezen"], ANSWERS["deelsToegekend"]):
            return attrs
        missing = {
            "vervolgstap": "Een afwijzing, ook van een deel, gaat nooit weg zonder wat de inwoner nu kan doen.",
            "grond": "Noem de wet of de regel waarop dit, of een deel ervan, niet kan.",
        }
        wrong = {field: [told] for field, told in missing.items() if not attrs[field].strip()}
        if wrong:
            raise serializers.ValidationError(wrong)
        return attrs


def short(one: SpecialistRequest, user: Any) -> dict[str, Any]:
    """A request for the list."""
    return {
        "id": one.pk,
        "status": word(STATUSES, one.status),
        "spoed": word(URGENCIES, one.urgency),
        "titel": str(one.title_at_desk),
        "bureau": one.desk_unit.name,
        "loket": one.unit.name,
        "gevraagdDoor": one.asked_by.name,
        "zelfOpgepakt": one.assigned_to_id == user.pk,
        "verzondenOp": one.sent_at,
        "geopendOp": one.opened_at,
        "opgepaktOp": one.taken_up_at,
        "beantwoordOp": one.answered_at,
        "afgerondOp": one.closed_at,
        "klok": word(CLOCKS, one.clock),
        "uiterlijkOp": one.due_at,
        "vastgelopenOp": one.stalled_at,
    }


def unread(one: SpecialistRequest, user: Any) -> dict[str, Any]:
    """One without what it says: its ground ended, or the token is not good for reading."""
    nothing: dict[str, Any] = {
        "vraag": None, "meegestuurd": [], "berichten": [], "antwoord": None, "andereBureaus": 0, "bureausBekend": [],
    }  # fmt: skip
    return {**short(one, user), **nothing, "doel": one.purpose.name, "convenantversie": None}


def whole(page: RequestPage, user: Any) -> dict[str, Any]:
    """One request as its page at the desk shows it."""
    one = page.request
    return {
        **short(one, user),
        "vraag": one.question if one.words_are_open else None,
        "doel": one.purpose.name,
        "convenantversie": page.convenant.number if page.convenant else None,
        "meegestuurd": [
            {"categorie": item.category, "soort": item.kind, "naam": item.label, "tekst": item.text, "grondslag": item.legal_ground}
            for item in page.items
        ],
        "berichten": [
            {"van": "bureau" if each.from_desk else "loket", "tekst": each.text, "geschrevenOp": each.at} for each in page.messages
        ],
        "antwoord": _answer(one),
        "andereBureaus": page.other_desks,
        "bureausBekend": page.known_desks,
    }


def _answer(one: SpecialistRequest) -> dict[str, Any] | None:
    if not one.answered_at:
        return None
    return {"resultaat": word(RESULTS, one.result), "tekst": one.answer, "vervolgstap": one.next_step, "grond": one.refused_under}
