"""What the API sends and reads of hand-ins (overdrachten)."""

from typing import Any

from rest_framework import serializers

from backoffice.actions.hand_ins import LONGEST
from backoffice.hand_in_page import SentOne
from backoffice.models import HandIn
from luisterloket.connections.api.serializers import Choice, Day, Moment, Strict, Text, Whole, WholeInAddress, Words

from .words import HAND_IN_STATUSES, KINDS, KNOWS, PARTNERS, SENT_BACK, THREATS, URGENCIES, word

# Of what is sent: what each property is called in the action.
FIELDS = {
    "loketId": "unit",
    "soort": "kind",
    "categorie": "category",
    "naam": "name",
    "toelichting": "text",
    "inwonerWeet": "knows",
    "spoed": "urgency",
    "geboren": "born",
    "telefoon": "phone",
    "email": "email",
    "adres": "address",
    "kenmerk": "reference",
    "partner": "partner",
    "bedragInCenten": "amount",
    "dreiging": "threat",
    "signaaldatum": "signal_on",
}


def _line(name: str, text: str) -> Text:
    return Text(required=False, default="", allow_blank=True, max_length=LONGEST[name], help_text=text)


class Indienen(Strict):
    """Een inwoner die bij een loket wordt ingediend. Er gaat niet meer mee dan het loket nodig heeft om te helpen."""

    loketId = serializers.UUIDField(help_text="Het loket van de wijk waar de inwoner woont, uit `/loketten`.")
    soort = Choice(KINDS, help_text="Wat er wordt ingediend.")
    categorie = Words(max_length=50, help_text="Waar het vooral over gaat: een van de `categorieen` uit `/loketten`.")
    naam = Words(max_length=LONGEST["name"], help_text="Over wie het gaat.")
    toelichting = Words(max_length=LONGEST["text"], help_text="In een paar woorden wat er speelt.")
    inwonerWeet = Choice(KNOWS, help_text="Of de inwoner ervan weet.")
    spoed = Choice(URGENCIES, required=False, help_text="Wanneer een antwoord nodig is.")
    geboren = _line("born", "Geboortedatum of -jaar.")
    telefoon = _line("phone", "Telefoonnummer. Eén van telefoon, e-mail en adres is nodig.")
    email = _line("email", "E-mailadres.")
    adres = _line("address", "Adres, met de postcode.")
    kenmerk = _line("reference", "Het eigen kenmerk van de indiener.")
    partner = Choice(PARTNERS, required=False, help_text="Wie de achterstand meldt; nodig bij `betalingsachterstand`.")
    bedragInCenten = Whole(required=False, min_value=1, max_value=9_999_999_999, help_text="Het bedrag in hele centen.")
    dreiging = Choice(THREATS, required=False, help_text="Wat er dreigt te gebeuren.")
    signaaldatum = Day(required=False, help_text="De dag waarop het signaal kwam; niet in de toekomst.")


class Intrekken(Strict):
    """Niets: wie het vraagt, trekt het in."""


class Bladeren(Strict):
    """Waar de vorige pagina ophield."""

    cursor = Text(required=False, max_length=200, help_text="`volgende` van het vorige antwoord.")
    aantal = WholeInAddress(default=25, min_value=1, max_value=100, help_text="Hoeveel overdrachten op een pagina.")


class OverdrachtKort(serializers.Serializer):
    """Een overdracht zoals de indiener haar in de lijst ziet: zonder de gegevens van de inwoner."""

    id = serializers.UUIDField(help_text="Het kenmerk van de overdracht bij ons.")
    kenmerk = serializers.CharField(allow_blank=True, help_text="Het eigen kenmerk van de indiener.")
    soort = serializers.ChoiceField(choices=list(KINDS), help_text="Wat er is ingediend.")
    status = serializers.ChoiceField(choices=list(HAND_IN_STATUSES), help_text="Hoe het ermee staat.")
    loket = serializers.CharField(help_text="Het loket waar het is ingediend.")
    ingediendOp = Moment(help_text="Toen het is ingediend.")
    uiterlijkeAntwoorddatum = serializers.DateField(help_text="Tot en met welke dag het loket de tijd heeft.")
    beantwoordOp = Moment(allow_null=True, help_text="Toen het loket het aannam of terugstuurde.")


class OverdrachtenPagina(serializers.Serializer):
    """Een pagina van de lijst, oudste eerst."""

    overdrachten = OverdrachtKort(many=True)
    volgende = serializers.CharField(allow_null=True, help_text="De cursor van de volgende pagina; leeg op de laatste.")


class Overdracht(OverdrachtKort):
    """Een overdracht met wat de indiener ervan mag horen. Niets zegt of het loket de inwoner al kende."""

    teruggestuurdWegens = serializers.ChoiceField(choices=list(SENT_BACK), allow_null=True, help_text="Waarom het terugkwam.")
    teruggestuurdToelichting = serializers.CharField(allow_blank=True, help_text="Wat het loket daarbij schreef.")
    contactGelegd = serializers.BooleanField(allow_null=True, help_text="Of er contact was, als het convenant dat laat horen.")
    planGemaakt = serializers.BooleanField(allow_null=True, help_text="Of er een plan is, als het convenant dat laat horen.")


class Loket(serializers.Serializer):
    """Een loket waar kan worden ingediend."""

    id = serializers.UUIDField(help_text="Het kenmerk van het loket.")
    naam = serializers.CharField(help_text="Hoe het loket heet.")
    wijk = serializers.CharField(help_text="De wijk waarvoor het werkt.")


class Loketten(serializers.Serializer):
    """Waar en waarover dit systeem mag indienen, onder het convenant van vandaag."""

    loketten = Loket(many=True)
    categorieen = serializers.ListField(child=serializers.CharField(), help_text="De gegevenscategorieën die mogen.")


def short(one: HandIn) -> dict[str, Any]:
    return {
        "id": one.pk,
        "kenmerk": one.reference,
        "soort": word(KINDS, one.kind),
        "status": word(HAND_IN_STATUSES, one.status),
        "loket": one.unit.name,
        "ingediendOp": one.sent_at,
        "uiterlijkeAntwoorddatum": one.due_on,
        "beantwoordOp": one.answered_at,
    }


def whole(page: SentOne) -> dict[str, Any]:
    """As its page shows it to the sender."""
    one = page.hand_in
    return {
        **short(one),
        "teruggestuurdWegens": word(SENT_BACK, one.sent_back) if one.sent_back else None,
        "teruggestuurdToelichting": one.sent_back_words,
        "contactGelegd": one.contact_made if page.hears else None,
        "planGemaakt": one.plan_made if page.hears else None,
    }
