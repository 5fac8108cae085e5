"""The life domains, one to one with the thirteen of the Zelfredzaamheid-Matrix, in our own words.

Only the division in domains and the bare scale of five are shared with the matrix; its criteria texts are protected.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _


class LifeDomain(models.TextChoices):
    HOUSING = "housing", _("Housing")
    FINANCES = "finances", _("Money")
    WORK = "work", _("Work and learning")
    DAYTIME = "daytime", _("The day")
    FAMILY = "family", _("Children and family")
    NETWORK = "network", _("Friends and neighbours")
    PHYSICAL_HEALTH = "physical_health", _("Health")
    MENTAL_HEALTH = "mental_health", _("How it feels")
    ADDICTION = "addiction", _("Drink, drugs, gambling")
    SELF_CARE = "self_care", _("Taking care of oneself")
    HOUSEKEEPING = "housekeeping", _("Running the household")
    PARTICIPATION = "participation", _("Language, papers, taking part")
    JUSTICE = "justice", _("Police and justice")


class Severity(models.IntegerChoices):
    """How it goes in one life domain; the same scale serves a concern and an effect, so that there are no two truths."""

    ACUTE = 1, _("Acute")
    HEAVY = 2, _("Heavy")
    HARD = 3, _("Hard")
    FAIR = 4, _("Fair")
    GOOD = 5, _("Good")


class Urgency(models.TextChoices):
    """When help is needed, apart from how heavy it weighs: a heavy concern may wait, a light one may not."""

    TODAY = "today", _("Today")
    WEEK = "week", _("This week")
    MONTH = "month", _("This month")
    LATER = "later", _("It can wait")


# The category of personal data that each domain belongs to: what the convenant decides on.
CATEGORY_OF = {
    LifeDomain.HOUSING: "housing",
    LifeDomain.FINANCES: "finances",
    LifeDomain.WORK: "work",
    LifeDomain.DAYTIME: "daily_life",
    LifeDomain.FAMILY: "family",
    LifeDomain.NETWORK: "network",
    LifeDomain.PHYSICAL_HEALTH: "health",
    LifeDomain.MENTAL_HEALTH: "mental_health",
    LifeDomain.ADDICTION: "addiction",
    LifeDomain.SELF_CARE: "daily_life",
    LifeDomain.HOUSEKEEPING: "daily_life",
    LifeDomain.PARTICIPATION: "participation",
    LifeDomain.JUSTICE: "justice",
}
ICON_OF = {
    LifeDomain.HOUSING: "house",
    LifeDomain.FINANCES: "wallet",
    LifeDomain.WORK: "briefcase",
    LifeDomain.DAYTIME: "sun",
    LifeDomain.FAMILY: "child",
    LifeDomain.NETWORK: "people",
    LifeDomain.PHYSICAL_HEALTH: "heart",
    LifeDomain.MENTAL_HEALTH: "brain",
    LifeDomain.ADDICTION: "hand",
    LifeDomain.SELF_CARE: "person",
    LifeDomain.HOUSEKEEPING: "clipboard",
    LifeDomain.PARTICIPATION: "book",
    LifeDomain.JUSTICE: "scale",
}
# The tone of each severity on a page.
TONE_OF = {
    Severity.ACUTE: "acute",
    Severity.HEAVY: "waiting",
    Severity.HARD: "waiting",
    Severity.FAIR: "neutral",
    Severity.GOOD: "done",
}
