"""Runs a command of manage.py under production settings, with secrets that exist only for that run.

python -m runner.throwaway check --deploy --fail-level WARNING
"""

import base64
import os
import secrets
import subprocess
import sys
import tempfile

from runner.environment import ROOT


def production_environment() -> dict[str, str]:
    """What production asks for, without a real secret or server in it."""
    return {
        "PATH": os.environ.get("PATH", "/usr/bin:/bin"),
        "LUISTERLOKET_ENV": "production",
        "SECRET_KEY": secrets.token_urlsafe(60),
        "ENCRYPTION_KEYS": base64.b64encode(secrets.token_bytes(32)).decode(),
        "LOOKUP_KEY": base64.b64encode(secrets.token_bytes(32)).decode(),
        "ALLOWED_HOSTS": "luisterloket.example",
        "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none",
        "REDIS_URL": "redis://127.0.0.1:1/0",
        "DOCUMENTS_DIR": tempfile.gettempdir(),
    }


if __name__ == "__main__":
    command = [sys.executable, str(ROOT / "manage.py"), *sys.argv[1:]]
    raise SystemExit(subprocess.run(command, cwd=ROOT, env=production_environment()).returncode)
