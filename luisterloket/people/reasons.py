"""Why something was done to an account, as codes: the history holds no text about a person."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class BlockReason(models.TextChoices):
    LEFT = "left", _("Does not work here any more")
    AWAY = "away", _("Is away for long")
    LOST = "lost", _("A device or passphrase was lost or stolen")
    SUSPECT = "suspect", _("It may be used by someone else")
    OTHER = "other", _("Another reason")


class FactorReason(models.TextChoices):
    NEW = "new", _("Has a new telephone")
    LOST = "lost", _("The telephone or key was lost or stolen")
    BROKEN = "broken", _("It does not work any more")
    OTHER = "other", _("Another reason")
