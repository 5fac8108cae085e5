"""Django's command line with one command more, which only tests need: the base city without anyone's story."""

import os
import sys

import django


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "luisterloket.settings")
    if sys.argv[1:] == ["base_city"]:
        django.setup()
        from luisterloket.platform import demo

        demo.build(stories=False)
        return
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
