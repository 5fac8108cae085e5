"""The demo city's money: a budget for two wijken, and the maatwerk in people's stories. Everything goes through actions."""

from datetime import date
from typing import Any

from django.utils import timezone

from luisterloket.platform.demo import City, part

from . import actions
from .models import BudgetLine, MaatwerkGrant

MANDATE = 1_000_00
# Wijk: treasurer, wijkwethouder, sources with what they paid.
WIJKEN = {
    "schilderswijk": ("ravi", "eline", [("Gemeente Den Haag", 260_000_00), ("Woningcorporatie Haagwonen", 20_000_00)]),
    "vreewijk": ("ravi", "tamara", [("Gemeente Rotterdam", 90_000_00), ("Woningcorporatie Zuiderhuis", 10_000_00)]),
}
# Key: wijk, name, intention, effect, euros, proposed by.
LINES = {
    "eerste-nood": (
        "schilderswijk",
        "Eerste nood",
        "Niemand in de wijk hoeft een nacht zonder eten of dak",
        "social",
        40_000,
        "hakan",
    ),
    "kansen-op-werk": (
        "schilderswijk",
        "Kansen op werk",
        "Mensen houden hun baan of beginnen een opleiding",
        "economic",
        60_000,
        "marit",
    ),
    "huis-op-orde": ("schilderswijk", "Huis op orde", "Minder ziek door vocht, kou en lekkage", "physical", 85_000, "hakan"),
    "jong-in-de-wijk": (
        "schilderswijk",
        "Jong in de wijk",
        "Jongeren hebben een plek en iemand die hen kent",
        "social",
        48_000,
        "marit",
    ),
    "buurtkracht": ("schilderswijk", "Buurtkracht", "Bewoners beginnen zelf iets", "social", 25_000, "hakan"),
    "vreewijk-eerste-nood": (
        "vreewijk",
        "Eerste nood",
        "Wie niets meer heeft, kan vandaag geholpen worden",
        "social",
        25_000,
        "sef",
    ),
    "vreewijk-bankslapers": ("vreewijk", "Bankslapers", "Jongeren zonder adres hebben een eigen kamer", "physical", 40_000, "noor"),
}


@part(40)
def the_money(city: City) -> None:
    year = timezone.localdate().year
    budgets: dict[str, Any] = {}
    sources: dict[str, Any] = {}
    for key, (treasurer, wijkwethouder, givers) in WIJKEN.items():
        keeper = city.people[treasurer]
        budgets[key] = actions.open_budget(actor=keeper, unit=city.units[key], year=year)
        for name, amount in givers:
            source = actions.add_source(actor=keeper, budget=budgets[key], name=name)
            actions.receive_money(actor=keeper, source=source, amount=amount)
            sources.setdefault(key, source)
        for role in ("wijkwerker", "coordinator"):
            actions.sign_mandate(
                actor=city.people[wijkwethouder],
                unit=city.units[key],
                role=role,
                amount=MANDATE,
                starts_on=date(year, 1, 1),
                ends_on=date(year, 12, 31),
            )
    for key, (wijk, name, intention, effect, euros, proposer) in LINES.items():
        line = actions.propose_line(
            actor=city.people[proposer],
            budget=budgets[wijk],
            source=sources[wijk],
            name=name,
            intention=intention,
            effect=effect,
            amount=euros * 100,
        )
        city.lines[key] = actions.approve_line(actor=city.people[WIJKEN[wijk][1]], line=line)


@part(130)
def the_stories(city: City) -> None:
    nood, werk = city.lines["eerste-nood"], city.lines["kansen-op-werk"]
    if rachida := city.cases.get("rachida"):
        package = _ask(
            city,
            "marit",
            rachida,
            nood,
            85_00,
            "Noodpakket: eten voor drie dagen, luiers en een busabonnement",
            "De voedselbank heeft een wachtlijst van twee weken",
            "Vanavond eten de kinderen, morgen is er rust om verder te praten",
            payee_kind="supplier",
            method="shop",
        )
        package = actions.cosign_grant(actor=city.people["bram"], grant=package)
        actions.pay_grant(actor=city.people["ravi"], grant=package, reference="Winkel 0412")
        deposit = _ask(
            city,
            "marit",
            rachida,
            nood,
            1_650_00,
            "Eerste huur en borg van een tijdelijke woning",
            "Bijzondere bijstand duurt acht weken, de woning is morgen weg",
            "Geen crisisopvang nodig: ongeveer € 140 per nacht",
            payee_kind="landlord",
            method="bank",
            payee_name="Stichting Tijdelijk Onderdak",
            iban="NL91ABNA0417164300",
        )
        actions.cosign_grant(actor=city.people["hakan"], grant=deposit)
    if denise := city.cases.get("denise"):
        _ask(
            city,
            denise.owner.email.split("@")[0],
            denise,
            werk,
            480_00,
            "Zes rijlessen en het examen, voor een baan in de thuiszorg",
            "Het regionale werkbedrijf betaalt alleen voor wie een uitkering heeft",
            "De werkgever houdt de baan vast als het rijbewijs er in maart is",
            payee_kind="supplier",
            method="bank",
            payee_name="Rijschool Rondom",
            iban="NL02ABNA0123456789",
        )
    if mehmet := city.cases.get("mehmet"):
        course = _ask(
            city,
            "hakan",
            mehmet,
            werk,
            350_00,
            "Cursus loonadministratie, om van boekhouden voor anderen zijn werk te maken",
            "De gemeente vergoedt scholing alleen tot 55 jaar",
            "Drie winkels in de straat willen hem hun boekhouding geven",
            payee_kind="supplier",
            method="bank",
            payee_name="Avondschool Haaglanden",
            iban="NL91ABNA0417164300",
        )
        actions.cosign_grant(actor=city.people["marit"], grant=course)
    budget = nood.budget
    actions.propose_line(
        actor=city.people["hakan"],
        budget=budget,
        source=budget.sources.get(name="Woningcorporatie Haagwonen"),
        name="Warme winter",
        intention="Radiatorfolie en een klusteam voor 120 huizen",
        effect=BudgetLine.Effect.PHYSICAL,
        amount=18_000_00,
    )


def _ask(city: City, asker: str, case: Any, line: BudgetLine, amount: int, *argument: str, **payment: str) -> MaatwerkGrant:
    purpose, why_not_regular, expected_return = argument
    return actions.ask_maatwerk(
        actor=city.people[asker],
        case=case,
        line=line,
        amount=amount,
        purpose=purpose,
        why_not_regular=why_not_regular,
        expected_return=expected_return,
        **payment,
    )
