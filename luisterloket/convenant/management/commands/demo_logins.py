"""Print who one can be in the demo city."""

from typing import Any

from django.core.management.base import BaseCommand

from luisterloket.convenant.demo import PASSPHRASE
from luisterloket.people.views.signing_in import demo_people


class Command(BaseCommand):
    help = "Print the log-ins of the demo city."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"Passphrase of everyone: {PASSPHRASE}")
        for group in demo_people().values():
            for person in group:
                self.stdout.write(f"  {person['email']:<36} {person['role']}, {person['unit']}")
