"""What an acute concern can be a sign of: someone who is not safe, or a threat that the law names."""

from django.db import models
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from .domains import CATEGORY_OF, LifeDomain

# The category of personal data of whoever is not safe: apart from every life domain.
SAFETY = "safety"
# What looking at the steps of the meldcode is called in the access log.
MELDCODE = "meldcode"
# Why nothing of it goes along to a desk as a matter of course.
CAREFUL = _("This is about someone’s safety. Let it go along only when they need it to keep someone safe.")


class SafetySign(models.TextChoices):
    """Signs for which a professional goes through the steps of the meldcode."""

    VIOLENCE = "violence", _("Violence at home, or a sign of it")
    CHILD_AT_RISK = "child_at_risk", _("A child is not safe")


class Threat(models.TextChoices):
    """The threatening situations of article 4 Wet gemeentelijke schuldhulpverlening, and no other."""

    EVICTION = "eviction", _("Forced eviction from the home")
    GAS = "gas", _("Cut off from gas")
    ELECTRICITY = "electricity", _("Cut off from electricity")
    DISTRICT_HEATING = "district_heating", _("Cut off from district heating")
    WATER = "water", _("Cut off from water")
    HEALTH_INSURANCE = "health_insurance", _("Health insurance ends")


PLAIN = {
    Threat.EVICTION: _("They may be put out of their home"),
    Threat.GAS: _("The gas may be cut off"),
    Threat.ELECTRICITY: _("The electricity may be cut off"),
    Threat.DISTRICT_HEATING: _("The district heating may be cut off"),
    Threat.WATER: _("The water may be cut off"),
    Threat.HEALTH_INSURANCE: _("The health insurance may end"),
}
# As the law calls it.
STATUTORY = {
    Threat.EVICTION: _("forced eviction from the home"),
    Threat.GAS: _("end of the supply of gas"),
    Threat.ELECTRICITY: _("end of the supply of electricity"),
    Threat.DISTRICT_HEATING: _("end of the supply of district heating"),
    Threat.WATER: _("end of the supply of water"),
    Threat.HEALTH_INSURANCE: _("notice or dissolution of the health insurance"),
}
THREAT_CHOICES = [(threat.value, format_lazy("{} ({})", PLAIN[threat], STATUTORY[threat])) for threat in Threat]
SIGNS = [*SafetySign.choices, *THREAT_CHOICES]


def in_words(threat: str) -> str:
    """A threat in plain words with its statutory name: "The gas may be cut off (end of the supply of gas)"."""
    return str(dict(THREAT_CHOICES).get(threat, ""))


def category_of_concern(domain: str, sign: str = "") -> str:
    """The category that a concern belongs to: that of its life domain, unless someone is not safe."""
    return SAFETY if sign in SafetySign.values else CATEGORY_OF[LifeDomain(domain)]
