from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PlatformConfig(AppConfig):
    name = "luisterloket.platform"
    label = "platform"
    verbose_name = _("Platform")

    def ready(self) -> None:
        """Keep of each job that it ran."""
        from . import job_records  # noqa: F401
