"""Whether every background job runs in its time, for whatever watches the machine from outside."""

import sys
from typing import Any

from django.core.management.base import BaseCommand

from luisterloket.platform import jobs


class Command(BaseCommand):
    help = "Name the background jobs that did not run in their time or keep failing; ends with 1 when there are any."

    def handle(self, *args: Any, **options: Any) -> None:
        found = jobs.wrong()
        for state in found:
            last = f"last run {state.last.at:%Y-%m-%d %H:%M}" if state.last else "never ran"
            self.stdout.write(f"{state.reason}: {state.job.name} ({last})")
        if found:
            sys.exit(1)
        self.stdout.write("All jobs run in their time.")
