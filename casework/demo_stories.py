"""The stories of the demo city, from the essay (1, 2, 3, 4 and 6) and around it. In Dutch, because that is what was heard."""

from dataclasses import dataclass, field

ACUTE, HEAVY, HARD, FAIR, GOOD = 1, 2, 3, 4, 5


@dataclass(frozen=True)
class Story:
    key: str
    owner: str
    name: str
    own_words: str
    quote: str = ""
    asked: str = ""
    behind: str = ""
    unit: str = "schilderswijk"
    known_as: str = ""
    born: str = ""
    phone: str = ""
    address: str = ""
    language: str = ""
    household: list[tuple[str, str, str]] = field(default_factory=list)
    # Life domain, severity, text, since, who helps.
    concerns: list[tuple[str, int, str, str, str]] = field(default_factory=list)
    strengths: list[tuple[str, str]] = field(default_factory=list)
    # Name, relation, what they can do.
    people: list[tuple[str, str, str]] = field(default_factory=list)
    days_ago: int = 0
    quiet_for: int = 0
    agreed: bool = False
    # What stood in the summary, and how it was said instead before it was agreed.
    reworded: tuple[str, str] | None = None


STORIES = [
    Story(
        key="rachida",
        owner="marit",
        name="Rachida Amrani",
        born="1997-03-14",
        phone="06 00 00 01 21",
        address="Bij Hatice, Jacob Catsstraat",
        language="Nederlands en Tarifit",
        own_words=(
            "Mijn ex heeft mij er zondag uitgezet, met de kinderen. Twee nachten sliepen wij bij Hatice op de bank, maar "
            "zij heeft zelf vier kinderen en vannacht kan het echt niet meer. Ik ben bij het stadhuis geweest. Zij zeiden "
            "dat ik niet dakloos genoeg ben, omdat ik geen verslaving heb en geen schulden. Ik heb zelf al drie adressen "
            "gebeld. De toeslagen komen nog op zijn rekening binnen, ik heb nog 40 euro tot vrijdag. Ilyas slaapt slecht en "
            "is stil op school. Ik wil gewoon dat mijn kinderen vannacht ergens slapen waar ze niet bang zijn. De rest komt "
            "later wel. Ik werkte in de keuken van De Mussen en ik wil straks een opleiding in de zorg."
        ),
        quote="Ik wil gewoon dat mijn kinderen vannacht ergens slapen waar ze niet bang zijn.",
        asked="een plek voor vannacht, voor ons drieën",
        behind="rust, zodat zij weer naar haar werk kan",
        household=[("Ilyas", "child", "2022"), ("Sofia", "child", "2025")],
        concerns=[
            ("housing", ACUTE, "Op straat gezet door haar ex, vannacht geen plek voor haar en de kinderen", "sinds zondag", ""),
            ("finances", HEAVY, "De toeslagen komen op de rekening van haar ex, nog € 40 tot vrijdag", "drie weken", ""),
            ("family", HARD, "Ilyas slaapt slecht en is stil op school", "", "de juf van groep 1"),
        ],
        strengths=[
            ("Zocht zelf al drie adressen", "housing"),
            ("Heeft geen schulden en houdt alles bij in een schriftje", "finances"),
            ("Spreekt vier talen en tolkt voor buren", ""),
            ("Wil een opleiding in de zorg", "work"),
        ],
        people=[("Hatice", "buurvrouw", "overdag op de kinderen passen"), ("Juf Annemiek", "school", "Ilyas in de gaten houden")],
    ),
    Story(
        key="denise",
        owner="marit",
        name="Denise Kartosen",
        born="2001-06-02",
        phone="06 00 00 01 22",
        address="Hobbemastraat",
        own_words=(
            "Een half jaar geleden sliep ik nog in de opvang. Nu heb ik een kamer en werk ik bij de thuiszorg. Ze willen "
            "mij houden, maar de nieuwe route kan alleen met een auto. Rijles kost 500 euro voor het laatste stuk en het "
            "examen. Ik heb al lessen gehad van mijn eigen geld. Bij de gemeente zeggen ze dat er geen regeling voor is, "
            "omdat ik werk heb."
        ),
        quote="Ik heb zo hard gewerkt om hier te komen. Laat mij niet hierop stuklopen.",
        asked="hulp bij het laatste stuk van haar rijbewijs",
        behind="haar baan houden, en niet terug naar de opvang",
        concerns=[
            ("work", HARD, "Zonder rijbewijs loopt haar contract af", "tot eind volgende maand", "haar teamleider"),
            ("finances", FAIR, "Houdt per maand € 60 over", "", ""),
        ],
        strengths=[
            ("Werkt een half jaar zonder een dag te missen", "work"),
            ("Betaalde zelf al twintig lessen", "finances"),
            ("Wil later zelf meiden in de opvang helpen", ""),
        ],
        people=[("Wendy", "teamleider thuiszorg", "schrijft een brief over haar contract")],
        days_ago=6,
        quiet_for=1,
        agreed=True,
        reworded=(
            "Zonder rijbewijs",
            "Werk gaat goed. Zonder rijbewijs stopt haar contract. Haar teamleider helpt.",
        ),
    ),
    Story(
        key="jayden",
        owner="bram",
        name="Jayden Pronker",
        born="2008-11-21",
        phone="06 00 00 01 23",
        address="Bij zijn pleegouders, Parallelweg",
        own_words=(
            "Zaterdag werd ik achttien. Maandag kwam de brief dat mijn pleegzorg stopt. Mijn pleegouders willen best dat ik "
            "blijf, maar zij krijgen er niks meer voor en dat kunnen ze niet betalen. Ik zit in mijn examenjaar. Iedereen "
            "zegt: zo is de regel."
        ),
        quote="Ik werd achttien en toen hield het op. Alsof je dan ineens alles kan.",
        asked="blijven wonen waar hij woont tot zijn examen",
        behind="ergens bij horen",
        concerns=[
            (
                "housing",
                HEAVY,
                "De pleegzorg is gestopt, hij kan nog drie weken blijven",
                "sinds zijn verjaardag",
                "zijn pleegouders",
            ),
            ("finances", HARD, "Heeft nog geen eigen inkomen en geen zorgverzekering", "", ""),
            ("mental_health", HARD, "Ligt nachten wakker en spijbelt", "", "zijn mentor"),
        ],
        strengths=[("Staat een 7,4 gemiddeld", "work"), ("Geeft voetbaltraining aan de kleintjes", "")],
        people=[("Ans en Rob", "pleegouders", "hij mag er blijven eten en slapen als het geregeld is")],
        days_ago=13,
        quiet_for=2,
    ),
    Story(
        key="gulsen",
        owner="marit",
        name="Gülşen Yıldırım",
        born="1974",
        phone="06 00 00 01 24",
        address="Vaillantlaan",
        language="Turks",
        own_words=(
            "Mijn dochter is gestopt met haar studie omdat zij voor mij zorgde. Nu moet zij alles terugbetalen. De "
            "deurwaarder belt elke dag. Ik heb een kleine uitkering. Alles wat ik gespaard had voor een begrafenis is op. "
            "Elk loket stuurt mij naar een ander."
        ),
        quote="Ik kan niet meer slapen als de telefoon gaat.",
        asked="dat het bellen stopt",
        behind="dat haar dochter weer kan leren",
        household=[("Elif Yıldırım", "child", "2003")],
        concerns=[
            ("finances", HEAVY, "De studieschuld van haar dochter wordt ingevorderd, het spaargeld is op", "vier maanden", ""),
            ("mental_health", HARD, "Durft de telefoon niet op te nemen", "", "de huisarts"),
            ("participation", FAIR, "Begrijpt de brieven niet", "", "Fatna leest mee"),
        ],
        strengths=[("Kookt elke week voor dertig buren", "network"), ("Elif wil haar studie afmaken", "work")],
        people=[("Elif", "dochter", "brieven ordenen"), ("Moskeebestuur", "gemeenschap", "een boodschappenpakket")],
        days_ago=21,
        quiet_for=3,
        agreed=True,
    ),
    # The same as Gülşen, heard before anyone knew: to be brought together.
    Story(
        key="gulsen_before",
        owner="marit",
        name="Gulsen Yildirim",
        born="1974",
        phone="06 00 00 01 24",
        language="Turks",
        own_words="Ik kwam vragen of iemand een brief van de belasting wil lezen. Thuis durf ik hem niet open te maken.",
        quote="Zo'n blauwe envelop ligt bij mij een week onder de fruitschaal.",
        asked="een brief lezen",
        concerns=[("participation", FAIR, "Durft brieven niet open te maken", "", "")],
        strengths=[("Vraagt op tijd om hulp", "")],
        days_ago=58,
        quiet_for=57,
        agreed=True,
    ),
    Story(
        key="orlando",
        owner="noor",
        unit="vreewijk",
        name="Orlando Sprockel",
        known_as="Lando",
        born="2005",
        phone="06 00 00 02 31",
        own_words=(
            "Ik slaap nu bij de vierde vriend. Elke paar weken moet ik verder. Zonder adres geen uitkering, zonder "
            "uitkering geen kamer. Ik ben niet de enige, van mijn voetbalteam slapen er drie zo."
        ),
        quote="Ik heb een sporttas, dat is mijn huis.",
        asked="een adres",
        behind="een plek waar hij niet te veel is",
        concerns=[
            ("housing", HEAVY, "Slaapt om de paar weken bij een andere vriend", "sinds februari", "vrienden"),
            ("finances", HEAVY, "Krijgt geen uitkering omdat hij geen adres heeft", "", ""),
            ("daytime", HARD, "De dagen zijn leeg", "", ""),
        ],
        strengths=[("Traint drie avonden in de week", "daytime"), ("Heeft zijn diploma lasser niveau 2", "work")],
        people=[("Dwayne", "teamgenoot", "zijn post ontvangen")],
        days_ago=9,
        quiet_for=0,
    ),
    Story(
        key="joke",
        owner="bram",
        name="Joke van der Velde",
        born="1949",
        phone="070 000 01 25",
        address="Hoefkade",
        own_words="Sinds Piet er niet meer is, kom ik de deur niet uit. De lift is weer stuk en ik woon op vier hoog.",
        quote="De dagen duren zo lang.",
        asked="dat de lift gemaakt wordt",
        behind="weer onder de mensen komen",
        concerns=[
            ("network", HARD, "Ziet soms een week lang niemand", "een jaar", ""),
            ("physical_health", FAIR, "Kan de trap niet meer op", "", "de fysiotherapeut"),
        ],
        strengths=[("Breit voor alle baby's in de straat", "daytime")],
        people=[("Ria", "nicht", "belt op zondag")],
        days_ago=30,
        quiet_for=12,
    ),
    Story(
        key="mehmet",
        owner="hakan",
        name="Mehmet Aksoy",
        born="1968",
        phone="06 00 00 01 26",
        address="Van Ostadestraat",
        own_words=("Mijn winkel ging dicht en de huur liep door. Nu zit ik met de schuld van de zaak en van thuis door elkaar."),
        quote="Ik heb dertig jaar nooit iemand iets gevraagd.",
        asked="overzicht in de schulden",
        behind="zijn trots terug",
        household=[("Nuray Aksoy", "partner", "1971")],
        concerns=[
            ("finances", HEAVY, "Schulden van de winkel en van het huishouden door elkaar", "sinds maart", "zijn zwager"),
            ("work", HARD, "Vindt op zijn leeftijd geen werk", "", ""),
        ],
        strengths=[("Kent iedereen in de straat", "network"), ("Kan boekhouden", "work")],
        days_ago=17,
        quiet_for=5,
        agreed=True,
    ),
    Story(
        key="zanele",
        owner="marit",
        name="Zanele Mokoena",
        born="1990",
        phone="06 00 00 01 27",
        address="Delftselaan",
        language="Engels",
        own_words="De stroom is afgesloten omdat de brief naar mijn oude adres ging. Ik kook op een campinggasje.",
        quote="I just want to pay them, but nobody tells me where.",
        asked="weer stroom",
        behind="niet steeds te laat zijn met alles",
        household=[("Thabo", "child", "2019")],
        concerns=[
            ("housekeeping", HEAVY, "Geen stroom in huis", "vijf dagen", "de buren geven een verlengsnoer"),
            ("participation", HARD, "De brieven zijn in het Nederlands", "", ""),
        ],
        strengths=[("Heeft vast werk in een bakkerij", "work"), ("Volgt taalles op maandag", "participation")],
        days_ago=3,
        quiet_for=1,
    ),
    Story(
        key="kees",
        owner="bram",
        name="",
        known_as="Kees van de brug",
        born="",
        own_words="Ik hoef geen naam te geven. Ik wil alleen een warme slaapzak en af en toe koffie.",
        quote="Koffie, dat is al heel wat.",
        asked="een slaapzak",
        behind="gezien worden",
        concerns=[("housing", HEAVY, "Slaapt buiten en wil niet naar de opvang", "jaren", "")],
        strengths=[("Weet alles van duiven", "")],
        days_ago=8,
        quiet_for=8,
    ),
    Story(
        key="samira",
        owner="hakan",
        name="Samira el Haddaoui",
        born="1986",
        phone="06 00 00 01 28",
        address="Teniersplantsoen",
        own_words=("Mijn zoon is elf en komt thuis met spullen die niet van hem zijn. School zegt dat ik strenger moet zijn."),
        quote="Hij is geen slechte jongen. Hij is elf.",
        asked="iemand die met hem praat",
        behind="niet alleen staan in de opvoeding",
        household=[("Bilal", "child", "2015"), ("Noura", "child", "2018")],
        concerns=[
            ("family", HEAVY, "Haar zoon komt thuis met spullen die niet van hem zijn", "sinds de zomer", "de jongerenwerker"),
            ("justice", FAIR, "De wijkagent kwam een keer langs", "", ""),
        ],
        strengths=[("Bilal kan heel goed tekenen", "family"), ("Zij leidt de moedergroep op school", "network")],
        days_ago=11,
        quiet_for=4,
    ),
    Story(
        key="beata",
        owner="marit",
        name="Beata Wójcik",
        born="1983",
        phone="06 00 00 01 29",
        address="Woont nu in Rijswijk",
        language="Pools",
        own_words=(
            "Wij moesten het huis uit omdat een papier ontbrak. Nu wonen we in Rijswijk bij mijn zus, maar de school is hier."
        ),
        quote="Papier is belangrijker dan mijn kinderen.",
        asked="het papier dat ontbreekt",
        behind="terug naar de wijk",
        household=[("Zofia", "child", "2016"), ("Jan", "child", "2020")],
        concerns=[
            ("housing", HEAVY, "Uit huis gezet omdat een inschrijving ontbrak", "zes weken", "haar zus"),
            ("participation", HARD, "De inschrijving klopt niet", "", ""),
        ],
        strengths=[("De kinderen misten geen dag school", "family")],
        people=[("Ola", "zus", "er kan nog een maand geslapen worden")],
        days_ago=24,
        quiet_for=6,
    ),
    Story(
        key="ronald",
        owner="bram",
        name="Ronald Hoogvliet",
        born="1979",
        phone="06 00 00 01 30",
        address="Ruijsdaelstraat",
        own_words="Ik gok niet meer sinds april. Maar de schulden gokken door, zo voelt het.",
        quote="Iedere dag zonder is er een.",
        asked="hulp met de schulden",
        behind="zijn dochter weer zien",
        concerns=[
            ("addiction", HARD, "Gokte tot april, is bang voor een terugval", "acht maanden zonder", "de zelfhulpgroep"),
            ("finances", HARD, "Vier schuldeisers", "", ""),
        ],
        strengths=[("Gaat elke week naar de zelfhulpgroep", "addiction"), ("Werkt weer drie dagen", "work")],
        days_ago=35,
        quiet_for=9,
        agreed=True,
    ),
    Story(
        key="ingrid",
        owner="hakan",
        name="Ingrid ten Cate",
        born="1961",
        phone="06 00 00 01 31",
        address="Van der Vennestraat",
        own_words="Ik zorg voor mijn man, hij vergeet alles. Ik ben moe. Ik durf hem niet alleen te laten.",
        quote="Ik wil een middag slapen zonder te luisteren.",
        asked="een middag vrij",
        behind="het volhouden",
        household=[("Wim ten Cate", "partner", "1957")],
        concerns=[
            ("physical_health", HARD, "Haar man vergeet veel en dwaalt", "anderhalf jaar", "de huisarts"),
            ("mental_health", HARD, "Is uitgeput", "", ""),
        ],
        strengths=[("Zij lachen nog elke dag samen", "family")],
        people=[("Marga", "overbuurvrouw", "een uurtje bij hem zitten")],
        days_ago=15,
        quiet_for=7,
    ),
    Story(
        key="dwayne",
        owner="noor",
        unit="vreewijk",
        name="Dwayne Martina",
        born="2004",
        phone="06 00 00 02 32",
        own_words="Ik slaap bij mijn tante op de bank. Zij is bang voor haar toeslag als ik mij daar inschrijf.",
        quote="Niemand wil mij weg, maar nergens mag ik zijn.",
        asked="zich kunnen inschrijven",
        behind="beginnen met zijn opleiding",
        concerns=[
            ("housing", HARD, "Slaapt bij zijn tante en kan zich niet inschrijven", "sinds de zomer", "zijn tante"),
            ("work", FAIR, "Zijn opleiding begint in februari", "", ""),
        ],
        strengths=[("Is aangenomen op de opleiding", "work")],
        days_ago=12,
        quiet_for=3,
    ),
    Story(
        key="sjaan",
        owner="noor",
        unit="vreewijk",
        name="Sjaan Poldervaart",
        born="1952",
        phone="010 000 02 33",
        address="Groenezoom",
        own_words="De huur gaat omhoog en mijn pensioen niet. Ik zet de kachel pas om vier uur aan.",
        quote="Ik leef op een dekentje.",
        asked="of zij recht heeft op toeslag",
        behind="niet meer bang zijn voor de post",
        concerns=[("finances", HARD, "Kan de verwarming niet betalen", "deze winter", "")],
        strengths=[("Doet de tuin van het hele hofje", "daytime")],
        days_ago=4,
        quiet_for=4,
        agreed=True,
    ),
    Story(
        key="farah",
        owner="noor",
        unit="vreewijk",
        name="Farah Noorzai",
        born="1995",
        phone="06 00 00 02 34",
        address="Lange Geer",
        language="Dari",
        own_words="Mijn diploma verpleging telt hier niet. Ik maak nu schoon in het ziekenhuis waar ik wil verplegen.",
        quote="Ik veeg de gang en ik ken alle medicijnen.",
        asked="haar diploma laten erkennen",
        behind="doen waar zij goed in is",
        household=[("Omid Noorzai", "partner", "1991"), ("Laila", "child", "2021")],
        concerns=[("work", HARD, "Haar diploma verpleging is niet erkend", "twee jaar", "een oud-docent")],
        strengths=[
            ("Heeft zes jaar ervaring als verpleegkundige", "work"),
            ("Leert Nederlands met haar buurvrouw", "participation"),
        ],
        days_ago=19,
        quiet_for=2,
    ),
    Story(
        key="winston",
        owner="hakan",
        name="Winston Blijd",
        born="1957",
        phone="06 00 00 01 32",
        address="Koningstraat",
        own_words=("Ik heb alles op een rij gezet, kijk, in deze map. Alleen het formulier voor de huur krijg ik niet goed."),
        quote="Met een beetje hulp kom ik er wel.",
        asked="hulp bij een formulier",
        behind="zelf zijn zaken blijven doen",
        concerns=[("participation", FAIR, "Een formulier voor huurtoeslag lukt niet", "", "")],
        strengths=[("Heeft zijn papieren goed op orde", "housekeeping"), ("Speelt trompet in de wijkband", "")],
        days_ago=2,
        quiet_for=2,
    ),
]
# Marit is still listening to her.
HEARING = Story(
    key="hearing",
    owner="marit",
    name="",
    known_as="mevrouw Bouchra",
    own_words=(
        "Zij komt voor een brief van de energie. Tussendoor: de jongste is veel ziek, er zit schimmel in de slaapkamer. "
        "De verhuurder zegt dat ze meer moet luchten."
    ),
    quote="Ik lucht al de hele dag, het is hier ijskoud.",
    asked="wat er in de brief staat",
    concerns=[("housing", HARD, "Schimmel in de slaapkamer, de jongste is veel ziek", "sinds oktober", "")],
)
