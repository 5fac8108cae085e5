"""Reads docker-compose.yml and the Dockerfile for mistakes, without an engine to run them."""

import fnmatch
import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from runner.environment import ROOT

SERVICES = {"web", "worker", "beat", "migrate", "postgres", "redis"}
OURS = {"web", "worker", "beat", "migrate"}
# Which log-in and which role each part has (decision 0004): none has more than its work asks.
DATABASE = {
    "migrate": ("DATABASE_URL_OWNER", ""),
    "web": ("DATABASE_URL_APP", "luisterloket_app"),
    "worker": ("DATABASE_URL_JOBS", "luisterloket_jobs"),
    "beat": ("DATABASE_URL_JOBS", "luisterloket_jobs"),
}
REQUIRED = {"LUISTERLOKET_ENV", "SECRET_KEY", "ENCRYPTION_KEYS", "LOOKUP_KEY", "ALLOWED_HOSTS", "DATABASE_URL", "REDIS_URL"}
SECRET = re.compile(r"SECRET|PASSWORD|KEYS?$|^DATABASE_URL")
FROM_ENVIRONMENT = re.compile(r"^\$\{[A-Z_]+(:\?[^}]+|:-)\}$")
VARIABLE = re.compile(r"(?<!\$)\$\{([A-Z_]+)(:\?|:-)?[^}]*\}")
STAYS_OUT = (".git", "var", ".venv", ".env*")
INSTRUCTIONS = {"FROM", "RUN", "CMD", "ENV", "COPY", "WORKDIR", "USER", "EXPOSE"}


def compose_problems(text: str, described: str) -> Iterator[str]:
    """What is wrong with the compose file; `described` is the page that explains its variables."""
    compose = yaml.safe_load(text)
    services: dict[str, Any] = compose["services"]
    if set(services) != SERVICES:
        yield f"services are {sorted(services)}, expected {sorted(SERVICES)}"
        return
    for name, service in services.items():
        yield from (f"{name}: {problem}" for problem in _service_problems(name, service, compose))
    for variable, kind in set(VARIABLE.findall(text)):
        if not kind:
            yield f"{variable}: without a default or a message its absence goes unnoticed"
        if f"`{variable}`" not in described:
            yield f"{variable}: not described in docs/operations.md"


def _service_problems(name: str, service: dict[str, Any], compose: dict[str, Any]) -> Iterator[str]:
    environment = service.get("environment", {})
    if not service.get("read_only"):
        yield "its file system can be written"
    if "no-new-privileges:true" not in service.get("security_opt", []):
        yield "its processes may gain privileges"
    if service.get("privileged") or service.get("network_mode") == "host":
        yield "it is not contained"
    if name != "migrate" and not {"test", "interval", "timeout", "retries"} <= set(service.get("healthcheck", {})):
        yield "no complete health check"
    for port in service.get("ports", []):
        if not str(port).startswith("127.0.0.1:"):
            yield f"port {port} is open to the network"
    for other in service.get("depends_on", {}):
        if other not in compose["services"]:
            yield f"waits for {other}, which is not there"
    for volume in service.get("volumes", []):
        source = volume.split(":")[0]
        if source not in compose.get("volumes", {}):
            yield f"uses the volume {source}, which is not there"
    for key, value in environment.items():
        if value is None or not isinstance(value, str):
            yield f"{key} must be a text, in quotes"
        elif SECRET.search(key) and not FROM_ENVIRONMENT.match(value):
            yield f"{key} must come from the environment"
    if name in OURS:
        yield from _our_problems(name, service, environment)
    elif not re.fullmatch(r"[a-z]+:\d+-alpine", service.get("image", "")):
        yield "its image must be named with a version"


def _our_problems(name: str, service: dict[str, Any], environment: dict[str, str]) -> Iterator[str]:
    if missing := REQUIRED - set(environment):
        yield f"{', '.join(sorted(missing))} not given"
        return
    login, role = DATABASE[name]
    if not environment["DATABASE_URL"].startswith(f"${{{login}:?") or environment.get("DATABASE_ROLE") != role:
        yield f"must log in with {login} and take the role {role!r}"
    if environment["LUISTERLOKET_ENV"] != "production":
        yield "does not run in production"
    if service.get("cap_drop") != ["ALL"]:
        yield "keeps capabilities"
    if not any(mount.startswith("/var/lib/luisterloket:") for mount in service.get("tmpfs", [])):
        yield "has no place to write"


def instructions(text: str) -> list[tuple[str, str]]:
    joined = re.sub(r"\\\n\s*", " ", "\n".join(line for line in text.splitlines() if not line.lstrip().startswith("#")))
    return [(word, rest.strip()) for word, _, rest in (line.strip().partition(" ") for line in joined.splitlines()) if word]


def dockerfile_problems(text: str, ignored: list[str], root: Path) -> Iterator[str]:
    steps = instructions(text)
    stages: set[str] = set()
    user = "root"
    for word, rest in steps:
        if word not in INSTRUCTIONS:
            yield f"unknown instruction {word}"
        elif word == "FROM":
            image, *name = rest.split()
            user = "root"
            if ":" not in image or image.endswith(":latest"):
                yield f"{image}: name a version"
            stages |= set(name[1:])
        elif word == "USER":
            user = rest
        elif word == "COPY":
            yield from _copy_problems(shlex.split(rest), stages, ignored, root)
        elif word == "ENV" and SECRET.search(rest.split("=")[0]):
            yield "a secret in ENV stays in the image"
    if user in {"root", "0"}:
        yield "the image runs as root"
    if not steps or steps[-1][0] != "CMD" or not steps[-1][1].startswith("["):
        yield "it must end with a CMD in list form, so that signals reach the program"
    for needed in ("--require-hashes", "runner.translations", "collectstatic"):
        if needed not in text:
            yield f"{needed} is missing from the build"


def _copy_problems(words: list[str], stages: set[str], ignored: list[str], root: Path) -> Iterator[str]:
    origin = next((word.removeprefix("--from=") for word in words if word.startswith("--from=")), None)
    if origin:
        if origin not in stages:
            yield f"copies from the stage {origin}, which is not there"
        return
    for source in [word for word in words if not word.startswith("--")][:-1]:
        if not (root / source).exists():
            yield f"copies {source}, which is not there"
        elif any(fnmatch.fnmatch(source, pattern) for pattern in ignored):
            yield f"copies {source}, which .dockerignore leaves out"


def problems(root: Path = ROOT) -> list[str]:
    ignored = [line for line in (root / ".dockerignore").read_text().splitlines() if line and not line.startswith("#")]
    found = [f".dockerignore: {name} must stay out of the image" for name in STAYS_OUT if name not in ignored]
    described = (root / "docs" / "operations.md").read_text()
    found += [f"docker-compose.yml: {each}" for each in compose_problems((root / "docker-compose.yml").read_text(), described)]
    found += [f"Dockerfile: {each}" for each in dockerfile_problems((root / "Dockerfile").read_text(), ignored, root)]
    return found


if __name__ == "__main__":
    if found := problems():
        raise SystemExit("\n".join(found))
    print("Containers: well formed.")
