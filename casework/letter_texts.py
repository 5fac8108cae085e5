"""The letters to begin from that come with Luisterloket, in plain words (B1). Between double braces: what the case fills in;
between square brackets: what the writer fills in, or takes out.
"""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class LetterText:
    """A letter to begin from. `version` 0 is ours; a municipality's own begin at 1."""

    code: str
    language: str
    name: Any
    category: str
    subject: str
    body: str
    version: int = 0

    @property
    def key(self) -> str:
        """Names it in a form."""
        return f"{self.code}.{self.language}"


OWN = [
    LetterText(
        "afspraak", "nl", _("Confirming an appointment"), "contact", "Onze afspraak",
        """Beste {{ naam }},

Wij hebben een afspraak met u. Hier staat hij nog een keer.

Wanneer: {{ afspraak }}
Waar: {{ plaats }}
Met wie: {{ met_wie }}

Kunt u niet? Bel ons dan. Wij maken samen een andere afspraak. Dat is geen probleem.

Neem mee: [wat de inwoner mee moet nemen]

Tot dan,

{{ medewerker }}
{{ loket }}
Telefoon: [nummer]""",
    ),
    LetterText(
        "afspraken", "nl", _("What we agreed"), "story", "Dit hebben wij afgesproken",
        """Beste {{ naam }},

Wij spraken elkaar. In deze brief staat wat wij hebben afgesproken.

Uw vraag was: {{ vraag }}

Dit wilt u:
{{ doelen }}

Dit doet u, en dit doen mensen om u heen:
{{ u_doet }}

Dit doen wij:
{{ wij_doen }}

{{ volgende_wie }} vraagt hoe het gaat, uiterlijk op {{ volgende_dag }}.

Klopt er iets niet? Of bent u het er niet mee eens? Bel ons. Dan veranderen wij het samen.

Met vriendelijke groet,

{{ medewerker }}
{{ loket }}
Telefoon: [nummer]""",
    ),
    LetterText(
        "uitstel", "nl", _("Asking a creditor for a pause"), "finances", "Verzoek om uitstel",
        """Geachte heer of mevrouw,

Wij helpen {{ naam }}, geboren op {{ geboren }}.
Uw kenmerk is: [kenmerk]

{{ naam }} kan uw rekening nu niet betalen. Wij maken samen een overzicht van alle inkomsten en schulden. Daar is tijd voor nodig.

Wij vragen u daarom om uitstel van [aantal] weken. Wilt u in die tijd:
- geen extra kosten rekenen;
- geen deurwaarder inschakelen;
- niets afsluiten of stopzetten?

Wij laten u voor [datum] weten hoe het verder gaat.

Stuurt u ons een bericht dat u dit doet? Lukt het niet? Bel mij dan eerst.

Met vriendelijke groet,

{{ medewerker }}
{{ loket }}
Telefoon: [nummer]""",
    ),
    LetterText(
        "verklaring", "nl", _("Stating that someone gets help from us"), "identity", "Verklaring",
        """Aan wie deze brief leest,

{{ naam }}, geboren op {{ geboren }}, krijgt hulp van {{ loket }}.

Waarmee wij helpen, vertellen wij alleen als {{ naam }} dat goed vindt.

Heeft u een vraag? Bel ons. Wij overleggen dan eerst met {{ naam }}.

Met vriendelijke groet,

{{ medewerker }}
{{ loket }}
Telefoon: [nummer]""",
    ),
    LetterText(
        "uitnodiging", "nl", _("An invitation"), "contact", "Komt u langs?",
        """Beste {{ naam }},

Wij willen graag met u praten. Komt u langs?

Wanneer: [dag en tijd]
Waar: [adres]

U mag iemand meenemen. Een koffie staat klaar.

Komt u liever niet naar ons toe? Bel ons. Wij kunnen ook naar u komen of bellen.

Tot ziens,

{{ medewerker }}
{{ loket }}
Telefoon: [nummer]""",
    ),
    LetterText(
        "afspraak", "en", _("Confirming an appointment"), "contact", "Our appointment",
        """Dear {{ naam }},

We have an appointment with you. Here it is once more.

When: {{ afspraak }}
Where: {{ plaats }}
With whom: {{ met_wie }}

Can you not come? Call us. We will find another time together. That is no problem.

Please bring: [what the resident should bring]

See you then,

{{ medewerker }}
{{ loket }}
Telephone: [number]""",
    ),
    LetterText(
        "afspraken", "en", _("What we agreed"), "story", "What we agreed",
        """Dear {{ naam }},

We spoke with each other. This letter says what we agreed.

Your question was: {{ vraag }}

This is what you want:
{{ doelen }}

You will do this, and people around you:
{{ u_doet }}

We will do this:
{{ wij_doen }}

{{ volgende_wie }} will ask how it goes, on {{ volgende_dag }} at the latest.

Is something not right? Or do you not agree? Call us. Then we will change it together.

Kind regards,

{{ medewerker }}
{{ loket }}
Telephone: [number]""",
    ),
    LetterText(
        "uitstel", "en", _("Asking a creditor for a pause"), "finances", "Request for a pause",
        """Dear Sir or Madam,

We are helping {{ naam }}, born on {{ geboren }}.
Your reference is: [reference]

{{ naam }} cannot pay your bill now. We are making an overview of all income and debts together. That takes time.

So we ask you for a pause of [number] weeks. In that time, please:
- add no extra costs;
- send no bailiff;
- cut nothing off.

We will tell you before [date] how it goes on.

Will you let us know that you agree? If you cannot, please call me first.

Kind regards,

{{ medewerker }}
{{ loket }}
Telephone: [number]""",
    ),
    LetterText(
        "verklaring", "en", _("Stating that someone gets help from us"), "identity", "Statement",
        """To whom it may concern,

{{ naam }}, born on {{ geboren }}, gets help from {{ loket }}.

We only say what we help with when {{ naam }} agrees.

Do you have a question? Call us. We will first ask {{ naam }}.

Kind regards,

{{ medewerker }}
{{ loket }}
Telephone: [number]""",
    ),
    LetterText(
        "uitnodiging", "en", _("An invitation"), "contact", "Will you come and see us?",
        """Dear {{ naam }},

We would like to talk with you. Will you come and see us?

When: [day and time]
Where: [address]

You may bring someone. There is coffee.

Would you rather not come to us? Call us. We can come to you, or call you.

See you soon,

{{ medewerker }}
{{ loket }}
Telephone: [number]""",
    ),
]  # fmt: skip
