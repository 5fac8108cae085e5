"""The ground floor: what is for everyone, one's own account, the convenant and its log."""

from .rows import ANY, APPOINTED, BY_LAW, KEEPS, SIGNED_IN, Row, both, who

PUBLIC = [
    Row("openapi", "GET", "How to ask is for everyone; what comes back needs a token.", public=True),
    Row("healthz", "GET", "A machine asks whether this process serves; it says nothing of anyone.", public=True),
    Row("set-language", "POST", "One chooses a language before signing in.", data={"language": "en"}, public=True),
    Row("accessibility", "GET", "The accessibility statement is for everyone.", public=True),
    Row("style-guide", "GET", "Components only, without data, and not in production.", public=True),
    Row(
        "sign-in-as", "POST", "The demo city lets anyone be one of its people; elsewhere this is not there.",
        data={"person": "bram@oefenstad.example"}, public=True,
    ),
]  # fmt: skip
GROUND = [
    Row("start", "GET", "Leads everyone to where their work begins.", may={ANY: SIGNED_IN}),
    Row("today", "GET", "Shows each what waits for them alone.", may={ANY: SIGNED_IN}),
    Row("account", "GET", "Everyone sees their own account.", may={ANY: SIGNED_IN}),
    Row("lock", "POST", "Everyone locks their own screen.", may={ANY: SIGNED_IN}),
    *both("unlock", "Everyone opens their own screen again, with their own passphrase.", may={ANY: SIGNED_IN}),
    Row("session", "GET", "An open page asks for the key of what its own person typed.", may={ANY: SIGNED_IN}, json=True),
    Row(
        "draft", "PATCH", "What someone types is kept under their own name and is given back to nobody else.",
        may={ANY: SIGNED_IN}, query="?form=matrix", data={"revision": "0"}, json=True,
    ),
    Row("convenant", "GET", "Who works under the convenant may read it; an account alone is no appointment.", may={ANY: APPOINTED}),
    Row("identity-numbers", "GET", "Who keeps the convenant sees where the identity number is on.", may={ANY: KEEPS}),
    *both(
        "identity-numbers-on", "Only who keeps the convenant switches it on.", of="organisation", data=BY_LAW,
        may={"on": KEEPS, "off": KEEPS}, told={"on": SIGNED_IN - KEEPS, "off": SIGNED_IN - KEEPS},
    ),
    *both(
        "identity-numbers-off", "Only who keeps the convenant switches it off.", of="organisation", data={"reason": "Wet vervallen"},
        may={"on": KEEPS, "off": KEEPS}, told={"on": SIGNED_IN - KEEPS, "off": SIGNED_IN - KEEPS},
    ),
    Row("access-log", "GET", "Only who supervises reads who looked at whom.", may={ANY: who("privacy_officer")}),
]  # fmt: skip
