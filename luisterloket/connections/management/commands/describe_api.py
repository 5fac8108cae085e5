"""Writes the description of the API into docs/api/openapi.json; a test holds that it is current."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from luisterloket.connections.api.schema import description


class Command(BaseCommand):
    help = "Write the description of the API into docs/api/openapi.json."

    def handle(self, *_args: Any, **_options: Any) -> None:
        target = Path(settings.BASE_DIR) / "docs" / "api" / "openapi.json"
        target.write_text(description())
        self.stdout.write(str(target))
