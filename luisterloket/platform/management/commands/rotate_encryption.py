"""Take a new key into use, and say which keys are still needed."""

from argparse import ArgumentParser
from collections import Counter
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from luisterloket.platform.key_rotation import Kept, everything, renew


class Command(BaseCommand):
    help = (
        "Seal and hash everything anew with the first of ENCRYPTION_KEYS and of LOOKUP_KEY, while the site goes on. Can be stopped"
        " and started again. --check changes nothing, and says which keys are still needed. Runs as the owner, where the files are."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="only say what is kept under which key")

    def handle(self, *args: Any, check: bool, **options: Any) -> None:
        faults: list[str] = []
        for kept in [] if check else everything():
            done, broken = renew(kept, lambda count, name=kept.name: self.stdout.write(f"{name}: {count} …"))  # type: ignore[misc]
            faults += broken
            if done or broken:
                self.stdout.write(f"{kept.name}: {done} done anew{f', {len(broken)} could not be' if broken else ''}")
        for fault in faults:
            self.stderr.write(fault)
        left = self._say(everything())
        if faults:
            raise CommandError(f"{len(faults)} could not be opened; see above. Keep the keys until that is clear.")
        if check and left:
            raise CommandError("Older keys are still needed. Run this without --check.")

    def _say(self, kinds: list[Kept]) -> int:
        """What each key still keeps; returns how much is not under the newest."""
        left = 0
        for what, sealed, keys in (
            ("ENCRYPTION_KEYS", True, len(settings.ENCRYPTION_KEYS)),
            ("LOOKUP_KEY", False, len(settings.LOOKUP_KEYS)),
        ):
            total: Counter[str] = Counter()
            for kept in kinds:
                if kept.sealed == sealed:
                    total += kept.by_key()
            for number in range(1, keys + 1):
                count = total.pop(str(number), 0)
                left += count if number > 1 else 0
                note = "" if number == 1 else " – not needed any more" if not count else " – still needed"
                self.stdout.write(f"{what} {number}: {count}{note}")
            for name, count in total.items():
                left += count
                self.stdout.write(f"{what} {name}: {count} – {'older' if name == 'older' else 'of a key that is not there'}")
        return left
