"""Load the demo city, once."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from luisterloket.people.models import User
from luisterloket.platform import demo


class Command(BaseCommand):
    help = "Load the demo city, with everyone's story. Does nothing the second time."

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.PRODUCTION:
            raise CommandError("The demo city is never loaded into a production database.")
        if User.objects.exists():
            self.stdout.write("The demo city is there.")
            return
        demo.build()
        self.stdout.write("The demo city is built.")
