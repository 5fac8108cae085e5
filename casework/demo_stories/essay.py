"""The stories of the essay (1, 2, 3, 4 and 6), as the demo city heard them."""

from .story import ACUTE, FAIR, HARD, HEAVY, Story

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
]
