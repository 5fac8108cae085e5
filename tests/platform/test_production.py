"""Production does not start half configured, and shows nothing of its inside."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
WHOLE = {
    "LUISTERLOKET_ENV": "production",
    "SECRET_KEY": "k" * 30 + "0123456789" * 3,
    "ALLOWED_HOSTS": "loket.example",
    "ENCRYPTION_KEYS": "bHVpc3Rlcmxva2V0LWRlbW8ta2V5LW5vdC1zZWNyZXQ=",
    "LOOKUP_KEY": "bHVpc3Rlcmxva2V0LWxvb2t1cC1rZXktbm8tc2VjcmU=",
    "DATABASE_URL": "postgresql://app@127.0.0.1/luisterloket",
}


def start(**changes: str | None) -> subprocess.CompletedProcess:
    environment = {"PATH": os.environ["PATH"], **{name: value for name, value in {**WHOLE, **changes}.items() if value is not None}}
    code = "import django; from django.conf import settings; django.setup(); print(settings.SECURE_HSTS_SECONDS, settings.MFA_REQUIRED)"
    environment["DJANGO_SETTINGS_MODULE"] = "luisterloket.settings"
    return subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True)


def test_starts_when_all_is_given_with_hsts_and_a_second_factor():
    started = start()
    assert started.returncode == 0, started.stderr
    assert started.stdout.split() == ["31536000", "True"]


def test_the_second_factor_cannot_be_switched_off_in_production():
    assert start(MFA_REQUIRED="0").stdout.split()[1] == "True"


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"DEBUG": "1"}, "DEBUG"),
        ({"SECRET_KEY": None}, "SECRET_KEY"),
        ({"SECRET_KEY": "short"}, "SECRET_KEY"),
        ({"SECRET_KEY": "not-secret-only-for-the-demo-city-and-the-tests-and-long"}, "SECRET_KEY"),
        ({"ALLOWED_HOSTS": None}, "ALLOWED_HOSTS"),
        ({"ALLOWED_HOSTS": "*"}, "ALLOWED_HOSTS"),
        ({"ENCRYPTION_KEYS": None}, "ENCRYPTION_KEYS"),
        ({"ENCRYPTION_KEYS": "bHVpc3Rlcmxva2V0LWRlbW8ta2V5LW5vdC1zZWNyZXQ=,c2hvcnQ="}, "ENCRYPTION_KEYS"),
        ({"LOOKUP_KEY": None}, "LOOKUP_KEY"),
        ({"LOOKUP_KEY": "c2hvcnQ="}, "LOOKUP_KEY"),
        ({"LOOKUP_KEY": WHOLE["ENCRYPTION_KEYS"]}, "LOOKUP_KEY"),
        ({"DATABASE_URL": None}, "DATABASE_URL"),
        ({"DATABASE_URL": "sqlite:///db.sqlite3"}, "PostgreSQL"),
        ({"LUISTERLOKET_ENV": "prod"}, "LUISTERLOKET_ENV"),
    ],
)
def test_refuses_to_start_and_says_what_to_set(change, says):
    refused = start(**change)
    assert refused.returncode != 0
    assert says in refused.stderr.splitlines()[-1]


def test_without_any_environment_it_is_production():
    assert start(LUISTERLOKET_ENV=None, SECRET_KEY=None).returncode != 0
