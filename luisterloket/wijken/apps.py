from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WijkenConfig(AppConfig):
    name = "luisterloket.wijken"
    label = "wijken"
    verbose_name = _("Wijken")
