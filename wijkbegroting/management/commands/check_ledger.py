"""Whether the ledger is sound, for whoever keeps the site, nightly or after a restore."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from wijkbegroting.ledger import INVARIANTS, check_ledger


class Command(BaseCommand):
    help = "Checks the rules that the ledger always keeps; ends with an error when one is broken."

    def handle(self, **options: Any) -> None:
        broken = check_ledger()
        for one in broken:
            self.stderr.write(f"{one.rule}: {', '.join(str(pk) for pk in one.where)}")
        if broken:
            raise CommandError(f"The ledger is not sound: {len(broken)} of {len(INVARIANTS)} rules are broken.")
        self.stdout.write(f"The ledger is sound: {len(INVARIANTS)} rules hold.")
