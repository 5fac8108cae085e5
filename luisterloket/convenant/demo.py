"""The demo city's ground: wijken with real CBS codes, organisations, units, people and a signed convenant. All people are made up."""

from datetime import date, timedelta

from django.utils import timezone

from luisterloket.people import actions as people
from luisterloket.people.models import Organisation, User
from luisterloket.platform.acting import Job
from luisterloket.platform.demo import PASSPHRASE, City, part
from luisterloket.wijken.models import Area, WayOfWorking, Wijk

from . import actions
from .models import Authorisation, ConvenantParty, ConvenantVersion, DataCategory, LegalGround, Purpose

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
    "stadhuis": ("office", "Stadhuis", "denhaag", None),
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
    "ravi": ("Ravi Jagesar", [("treasurer", "schilderswijk"), ("treasurer", "vreewijk")]),
    "olga": ("Olga Vermeulen", [("account_admin", "stadhuis")]),
    "petra": ("Petra Wiersinga", [("convenant_admin", "stadhuis")]),
    "daan": ("Daan Terpstra", [("privacy_officer", "stadhuis")]),
    "lotte": ("Lotte Hagendoorn", [("rights_handler", "stadhuis")]),
    "gerda": ("Gerda Postmus", [("auditor", "schilderswijk", "denhaag")]),
    "mirjam": ("Mirjam Schenkel", [("participant", "school")]),
    "ruud": ("Ruud van Gelderen", [("participant", "politie")]),
}
CATEGORIES = [
    ("known", "Bekend zijn", "ordinary"),
    ("identity", "Naam en geboortejaar", "ordinary"),
    ("contact", "Bereikbaarheid", "ordinary"),
    ("household", "Gezin", "ordinary"),
    ("story", "Eigen woorden", "ordinary"),
    ("strengths", "Krachten en wensen", "ordinary"),
    ("housing", "Wonen", "ordinary"),
    ("finances", "Geld", "ordinary"),
    ("work", "Werk en leren", "ordinary"),
    ("daily_life", "Dagelijks leven", "ordinary"),
    ("family", "Kinderen en familie", "ordinary"),
    ("network", "Mensen eromheen", "ordinary"),
    ("participation", "Taal, papieren, meedoen", "ordinary"),
    ("health", "Gezondheid", "special"),
    ("mental_health", "Hoe het voelt", "special"),
    ("addiction", "Verslaving", "special"),
    ("justice", "Politie en justitie", "criminal"),
    ("payment", "Betaling", "ordinary"),
    ("safety", "Veiligheid (meldcode)", "special"),
    ("bsn", "Burgerservicenummer", "bsn"),
]
PURPOSES = {
    "listening": "Luisteren, samen een plan maken en helpen",
    "finding": "Weten dat iemand al bekend is",
    "shelter": "Opvang en wonen regelen",
    "income": "Inkomen regelen",
    "debt": "Schulden regelen",
    "youth": "Hulp voor kinderen en gezin",
    "payment": "Uitbetalen",
    "deciding": "Beslissen over maatwerk",
    "conference": "Overleg over een gezin",
    "conference_safety": "Overleg over zorgwekkend gedrag en veiligheid",
}
# An identity number is given to nobody: no convenant party here named a law for it.
EVERYTHING = [code for code, _, _ in CATEGORIES if code not in {"known", "payment", "bsn"}]
WIJK = ["mussen", "wijkkracht", "goedebuur"]
# What may lie on the table of an overleg over a household: nothing special or criminal. Each at the table sees less.
AT_TABLE = [
    "identity", "contact", "household", "story", "strengths", "housing", "finances", "work", "daily_life", "family", "network",
    "participation",
]  # fmt: skip
# And on that of an overleg over safety: its own table, its own ground. No money, no health.
AT_SAFETY_TABLE = ["identity", "household", "story", "strengths", "family", "network", "justice", "safety"]
# Purpose, organisations, roles, level, categories, law, article.
MATRIX = [
    ("listening", WIJK, ["wijkwerker", "coordinator"], "contribute", EVERYTHING, "Wmo 2015", "art. 2.2.4"),
    ("listening", WIJK, ["buddy"], "read", ["identity", "contact", "household", "strengths", "network"], "Wmo 2015", "art. 2.2.4"),
    ("finding", WIJK, ["wijkwerker", "coordinator"], "read", ["known"], "Wmo 2015", "art. 2.2.4"),
    (
        "shelter",
        ["denhaag"],
        ["specialist", "desk_lead"],
        "read",
        ["identity", "contact", "household", "story", "housing", "family"],
        "Wmo 2015",
        "art. 1.2.1 c",
    ),
    (
        "income",
        ["denhaag"],
        ["specialist", "desk_lead"],
        "read",
        ["identity", "contact", "household", "story", "finances", "work"],
        "Participatiewet",
        "art. 35",
    ),
    (
        "debt",
        ["denhaag"],
        ["specialist", "desk_lead"],
        "read",
        ["identity", "contact", "household", "story", "finances"],
        "Wet gemeentelijke schuldhulpverlening",
        "art. 3",
    ),
    (
        "youth",
        ["denhaag"],
        ["specialist", "desk_lead"],
        "read",
        ["identity", "contact", "household", "story", "family", "strengths"],
        "Jeugdwet",
        "art. 2.3",
    ),
    ("conference", WIJK, ["wijkwerker", "coordinator"], "read", AT_TABLE, "Wmo 2015", "art. 2.2.4"),
    (
        "conference",
        ["denhaag"],
        ["specialist", "desk_lead"],
        "read",
        ["identity", "household", "story", "family", "strengths"],
        "Jeugdwet",
        "art. 2.3",
    ),
    ("conference", ["school"], ["participant"], "read", ["identity", "family", "strengths"], "Jeugdwet", "art. 2.7"),
    ("conference_safety", WIJK, ["wijkwerker", "coordinator"], "read", AT_SAFETY_TABLE, "Wmo 2015", "art. 2.2.4"),
    (
        "conference_safety",
        ["denhaag"],
        ["specialist", "desk_lead"],
        "read",
        ["identity", "household", "family", "strengths", "safety"],
        "Jeugdwet",
        "art. 2.3",
    ),
    ("conference_safety", ["school"], ["participant"], "read", ["identity", "family", "strengths"], "Jeugdwet", "art. 2.7"),
    ("conference_safety", ["politie"], ["participant"], "read", ["identity", "justice"], "Politiewet 2012", "art. 3"),
    ("payment", WIJK, ["treasurer"], "read", ["payment"], "Wmo 2015", "art. 2.2.4"),
    ("payment", WIJK, ["wijkwerker", "coordinator"], "contribute", ["payment"], "Wmo 2015", "art. 2.2.4"),
]


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
        user = city.people[key] = User.objects.create_user(f"{key}@oefenstad.example", PASSPHRASE, name=name)
        for role, unit, *of in posts:
            people.appoint(
                actor=BUILDER, user=user, unit=city.units[unit], role=role, since=date(2026, 1, 1),
                on_behalf_of=city.organisations[of[0]] if of else None,
            )  # fmt: skip


@part(20)
def the_convenant(city: City) -> None:
    for order, (code, name, sensitivity) in enumerate(CATEGORIES):
        DataCategory.objects.create(code=code, name=name, sensitivity=sensitivity, order=order)
    for code, name in PURPOSES.items():
        Purpose.objects.create(code=code, name=name)
    today = timezone.localdate()
    version = ConvenantVersion.objects.create(
        name="Convenant Luisterloket Den Haag en Rotterdam",
        number=1,
        starts_on=today - timedelta(days=200),
        ends_on=today + timedelta(days=530),
        review_on=today + timedelta(days=165),
    )
    parties = {
        key: ConvenantParty.objects.create(
            version=version, organisation=organisation, signed_by="De bestuurder", signed_on=today - timedelta(days=210)
        )
        for key, organisation in city.organisations.items()
    }
    for purpose, organisations, roles, level, categories, law, article in MATRIX:
        for organisation in organisations:
            for category in categories:
                special = {code: kind for code, _, kind in CATEGORIES}[category]
                exception = {"special": "UAVG art. 30 lid 1", "criminal": "UAVG art. 33 lid 1", "ordinary": ""}[special]
                ground, _ = LegalGround.objects.get_or_create(
                    party=parties[organisation],
                    purpose_id=purpose,
                    category_id=category,
                    defaults={"law": law, "article": article, "avg_basis": "6(1)(e)", "exception": exception},
                )
                for role in roles:
                    Authorisation.objects.create(
                        version=version,
                        party=parties[organisation],
                        role=role,
                        purpose_id=purpose,
                        category_id=category,
                        level=level,
                        ground=ground,
                    )
    actions.sign_convenant(actor=BUILDER, version=version)
