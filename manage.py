#!/usr/bin/env python
"""Django's command line, each command under the database role that fits it."""

import os
import sys

# Commands that change the schema or keep the whole store run as the owner; jobs run by hand run as the jobs role.
OWNER_COMMANDS = {
    "migrate",
    "makemigrations",
    "showmigrations",
    "sqlmigrate",
    "dbshell",
    "rotate_encryption",
    "demo_data",
    "check_ledger",
    "import_summary_templates",
    "test",
}
JOB_COMMANDS = {"sweep_stalls", "deliver_outbox", "check_jobs"}


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "luisterloket.settings")
    command = sys.argv[1] if len(sys.argv) > 1 else ""
    if command in OWNER_COMMANDS:
        os.environ["DATABASE_ROLE"] = ""
    elif command in JOB_COMMANDS:
        os.environ.setdefault("DATABASE_ROLE", "luisterloket_jobs")

    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
