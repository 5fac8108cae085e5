"""Whether a part of the production set-up is well; for the health checks of docker-compose.yml.

python -m runner.health web|beat
"""

import http.client
import os
import sys
import time
from pathlib import Path

PORT = 8000
# Beat writes its schedule every three minutes.
OLDEST_SCHEDULE = 10 * 60


def web() -> bool:
    """Asked under a name that the site accepts, as the proxy in front of it does."""
    host = os.environ["ALLOWED_HOSTS"].split(",")[0].strip().lstrip(".")
    connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=5)
    connection.request("GET", "/healthz", headers={"Host": host})
    return connection.getresponse().status == 200


def beat() -> bool:
    files = Path(os.environ["LUISTERLOKET_VAR"]).glob("celerybeat-schedule*")
    return any(time.time() - file.stat().st_mtime < OLDEST_SCHEDULE for file in files)


if __name__ == "__main__":
    try:
        well = {"web": web, "beat": beat}[sys.argv[1]]()
    except OSError:
        well = False
    raise SystemExit(0 if well else 1)
