from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ConvenantConfig(AppConfig):
    name = "luisterloket.convenant"
    label = "convenant"
    verbose_name = _("Convenant")
