"""The demo city's ground: wijken with real CBS codes, organisations, units, people and a signed convenant. All people are made up."""

from datetime import date, timedelta
from functools import cache

from django.contrib.auth.hashers import make_password
from django.utils import timezone

from luisterloket.people import actions as people
from luisterloket.people.models import Organisation, User
from luisterloket.platform.acting import Job
from luisterloket.platform.demo import PASSPHRASE, City, part
from luisterloket.wijken.models import Area, WayOfWorking, Wijk

from . import actions
from .exchange import starter
from .models import ConvenantParty

BUILDER = Job("demo city")

# Name, city, CBS areas (standards checked 2026): a wijk can be a CBS wijk or a buurt inside one.
WIJKEN = {
    "schilderswijk": ("Schilderswijk", "Den Haag", [("WK051829", "Schildersbuurt")]),
    "moerwijk": ("Moerwijk", "Den Haag", [("WK051836", "Moerwijk")]),
    "laak": ("Laak", "Den Haag", [("WK051838", "Laakkwartier en Spoorwijk")]),
    "vreewijk": ("Vreewijk", "Rotterdam", [("BU05991080", "Vreewijk")]),
    "afrikaanderwijk": ("Afrikaanderwijk", "Rotterdam", [("BU05991086", "Afrikaanderwijk")]),
}
DOMAIN_ORDER = [
    "housing",
    "finances",
    "family",
    "network",
    "work",
    "physical_health",
    "mental_health",
    "daytime",
    "participation",
    "self_care",
    "housekeeping",
    "addiction",
    "justice",
]
ORGANISATIONS = {
    "denhaag": "Gemeente Den Haag",
    "rotterdam": "Gemeente Rotterdam",
    "mussen": "Stichting Buurthuis De Mussen",
    "wijkkracht": "Stichting Wijkkracht Zuid",
    "school": "Basisschool De Hoefkring",
    "politie": "Politie Eenheid Den Haag",
    "goedebuur": "Buurtcoöperatie De Goede Buur",
    "bron": "Drinkwaterbedrijf De Bron",
}
MUNICIPALITIES = {"denhaag", "rotterdam"}
# Unit: kind, name, organisation, wijk.
UNITS = {
    "schilderswijk": ("wijkteam", "Luisterloket Schilderswijk", "mussen", "schilderswijk"),
    "moerwijk": ("wijkteam", "Luisterloket Moerwijk", "mussen", "moerwijk"),
    "laak": ("wijkteam", "Luisterloket Laak", "mussen", "laak"),
    "vreewijk": ("wijkteam", "Luisterloket Vreewijk", "wijkkracht", "vreewijk"),
    "afrikaanderwijk": ("wijkteam", "Luisterloket Afrikaanderwijk", "wijkkracht", "afrikaanderwijk"),
    "goedebuur": ("wijkteam", "De Goede Buur Vreewijk", "goedebuur", "vreewijk"),
    "wonen": ("desk", "Desk Wonen en opvang", "denhaag", None),
    "inkomen": ("desk", "Desk Inkomen", "denhaag", None),
    "schuldhulp": ("desk", "Desk Schuldhulp", "denhaag", None),
    "jeugd": ("desk", "Desk Jeugd en gezin", "denhaag", None),
    "invordering": ("desk", "Desk Invordering", "denhaag", None),
    "stadhuis": ("office", "Stadhuis", "denhaag", None),
    "bron": ("office", "De Bron, betalingsachterstanden", "bron", None),
    "school": ("office", "Basisschool De Hoefkring, zorgteam", "school", None),
    "politie": ("office", "Wijkpolitie Schilderswijk", "politie", None),
}
# Person: name, posts as (role, unit) or, for who is not of the organisation that holds the unit, (role, unit, organisation).
PEOPLE: dict[str, tuple[str, list[tuple[str, ...]]]] = {
    "marit": ("Marit Zwanenveld", [("wijkwerker", "schilderswijk")]),
    "bram": ("Bram Oosterling", [("wijkwerker", "schilderswijk")]),
    "fatna": ("Fatna Ouardi", [("buddy", "schilderswijk")]),
    "hakan": ("Hakan Erdoğmuş", [("coordinator", "schilderswijk")]),
    "eline": ("Eline Stokvisch", [("wijkwethouder", "schilderswijk", "denhaag")]),
    "noor": ("Noor Veldkamp", [("wijkwerker", "vreewijk")]),
    "sef": ("Sef Bontenbal", [("coordinator", "vreewijk")]),
    "tamara": ("Tamara Rietdijk", [("wijkwethouder", "vreewijk", "rotterdam")]),
    "imke": ("Imke Dijkgraaf", [("wijkwerker", "goedebuur")]),
    "ruben": ("Ruben Castelijn", [("coordinator", "goedebuur")]),
    "joost": ("Joost Hemmelder", [("specialist", "wonen")]),
    "ilse": ("Ilse Brinkhof", [("desk_lead", "wonen")]),
    "anouk": ("Anouk Verlaat", [("specialist", "inkomen")]),
    "wim": ("Wim Dekkers", [("desk_lead", "schuldhulp")]),
    "karim": ("Karim Belhadj", [("specialist", "jeugd")]),
    "thijs": ("Thijs Koelewijn", [("specialist", "invordering")]),
    "sanne": ("Sanne Waterreus", [("reporter", "bron")]),
    "ravi": ("Ravi Jagesar", [("treasurer", "schilderswijk"), ("treasurer", "vreewijk")]),
    "olga": ("Olga Vermeulen", [("account_admin", "stadhuis")]),
    "petra": ("Petra Wiersinga", [("convenant_admin", "stadhuis")]),
    "daan": ("Daan Terpstra", [("privacy_officer", "stadhuis")]),
    # For the municipality in the teams of another organisation.
    "lotte": (
        "Lotte Hagendoorn",
        [("rights_handler", "stadhuis"), *(("rights_handler", unit, "denhaag") for unit in ("schilderswijk", "moerwijk", "laak"))],
    ),
    "gerda": ("Gerda Postmus", [("auditor", "schilderswijk", "denhaag")]),
    "mirjam": ("Mirjam Schenkel", [("participant", "school")]),
    "ruud": ("Ruud van Gelderen", [("participant", "politie")]),
}
# Which organisations take the place of a party of the starter, with who signed for them.
PARTIES = {
    "welzijn": ["mussen", "wijkkracht", "goedebuur"],
    "gemeente": ["denhaag"],
    "school": ["school"],
    "politie": ["politie"],
    "signaalpartner": ["bron"],
}
SIGNED_BY = {
    "mussen": ("Joke Tielens", "Directeur-bestuurder"),
    "wijkkracht": ("Anil Ramdin", "Bestuurder"),
    "goedebuur": ("Corrie van Zanten", "Voorzitter"),
    "denhaag": ("Marjan Overbeek", "Wethouder, namens het college"),
    "rotterdam": ("Stefan Dalmeijer", "Wethouder, namens het college"),
    "school": ("Liesbeth Groen", "Directeur"),
    "politie": ("Bas Kuiper", "Teamchef"),
    "bron": ("Henriëtte Visch", "Directeur klant"),
}


def someone(key: str, name: str) -> User:
    """An account of the demo city. All have one passphrase, which is therefore sealed once."""
    return User.objects.create(email=f"{key}@oefenstad.example", name=name, password=_sealed())


@cache
def _sealed() -> str:
    return make_password(PASSPHRASE)


@part(10)
def the_ground(city: City) -> None:
    for key, (name, place, areas) in WIJKEN.items():
        wijk = city.wijken[key] = Wijk.objects.create(name=name, city=place)
        wijk.areas.set([Area.objects.create(code=code, name=area, year=2025) for code, area in areas])
        WayOfWorking.objects.create(wijk=wijk, version=1, starts_on=date(2026, 1, 1), domain_order=DOMAIN_ORDER)
    for key, name in ORGANISATIONS.items():
        city.organisations[key] = Organisation.objects.create(name=name, is_municipality=key in MUNICIPALITIES)
    for key, (kind, name, organisation, wijk_key) in UNITS.items():
        city.units[key] = people.open_unit(
            actor=BUILDER,
            kind=kind,
            name=name,
            organisation=city.organisations[organisation],
            wijk=city.wijken[wijk_key] if wijk_key else None,
        )
    for key, (name, posts) in PEOPLE.items():
        user = city.people[key] = someone(key, name)
        for role, unit, *of in posts:
            people.appoint(
                actor=BUILDER, user=user, unit=city.units[unit], role=role, since=date(2026, 1, 1),
                on_behalf_of=city.organisations[of[0]] if of else None,
            )  # fmt: skip


@part(20)
def the_convenant(city: City) -> None:
    """The starter, filled in with the organisations of this city, signed and in force."""
    keeper, today = city.people["petra"], timezone.localdate()
    version = actions.import_convenant(
        actor=keeper,
        content=starter(),
        organisations={key: [city.organisations[one] for one in of] for key, of in PARTIES.items()},
        name="Convenant Luisterloket Den Haag en Rotterdam",
        starts_on=today - timedelta(days=200),
        ends_on=today + timedelta(days=530),
        review_on=today + timedelta(days=165),
    )
    # It takes part, and is given nothing: its wijken are helped by those above.
    actions.add_party(actor=keeper, version=version, organisation=city.organisations["rotterdam"])
    actions.offer_convenant(actor=keeper, version=version)
    signed_on = today - timedelta(days=210)
    for key, (name, function) in SIGNED_BY.items():
        party = ConvenantParty.objects.get(version=version, organisation=city.organisations[key])
        actions.sign_for_party(actor=keeper, party=party, name=name, function=function, signed_on=signed_on)
    actions.bring_into_force(actor=keeper, version=version)
