"""The checks that `make check` runs see what they are for."""

import base64
import subprocess
from pathlib import Path

import pytest

from runner import check_containers, check_translations, clean, throwaway, translations
from runner.environment import ROOT
from runner.process import Family

COMPOSE = (ROOT / "docker-compose.yml").read_text()
DESCRIBED = (ROOT / "docs" / "operations.md").read_text()
DOCKERFILE = (ROOT / "Dockerfile").read_text()
CATALOGUE = """
msgid ""
msgstr "Content-Type: text/plain; charset=utf-8\\n"

msgid "Case"
msgstr "Zaak"

#, fuzzy
msgid "Desk"
msgstr "Balie"

msgid "Unit"
msgstr ""

msgid "one day"
msgid_plural "%(count)s days"
msgstr[0] "één dag"
msgstr[1] ""
"""


def test_the_containers_are_well_formed() -> None:
    assert check_containers.problems() == []


@pytest.mark.parametrize(
    ("good", "bad", "problem"),
    [
        ("${SECRET_KEY:?a long random text of at least 50 characters}", "swordfish", "SECRET_KEY must come from the environment"),
        ("${DATABASE_URL_APP:?the database as the log-in of the site}", "${DATABASE_URL_OWNER:?owner}", "web: must log in with"),
        ("  read_only: true\n  cap_drop", "  cap_drop", "can be written"),
        ("127.0.0.1:8000:8000", "8000:8000", "open to the network"),
        ("LUISTERLOKET_ENV: production", "LUISTERLOKET_ENV: demo", "does not run in production"),
        ("image: redis:7-alpine", "image: redis", "named with a version"),
        ("migrate: {condition", "migration: {condition", "waits for migration"),
        ("${LOG_LEVEL:-INFO}", "${UNDESCRIBED}", "UNDESCRIBED: not described"),
        ("  documents:\n  postgres:\n", "  documents:\n  other:\n", "uses the volume postgres"),
    ],
)
def test_a_mistake_in_the_compose_file_is_seen(good: str, bad: str, problem: str) -> None:
    assert good in COMPOSE
    assert problem in "\n".join(check_containers.compose_problems(COMPOSE.replace(good, bad), DESCRIBED))


@pytest.mark.parametrize(
    ("good", "bad", "problem"),
    [
        ("USER luisterloket", "", "runs as root"),
        ("python:3.11-slim AS", "python AS", "name a version"),
        ("--from=made", "--from=build", "copies from the stage build"),
        ("requirements/base.txt requirements", "requirements/demo.txt requirements", ".dockerignore leaves out"),
        ("requirements/base.txt requirements", "requirements/none.txt requirements", "which is not there"),
        ("--require-hashes ", "", "--require-hashes is missing"),
        ("EXPOSE", "EXPOSED", "unknown instruction"),
    ],
)
def test_a_mistake_in_the_dockerfile_is_seen(good: str, bad: str, problem: str) -> None:
    assert good in DOCKERFILE
    assert problem in "\n".join(check_containers.dockerfile_problems(DOCKERFILE.replace(good, bad), ["requirements/demo.*"], ROOT))


def test_no_file_names_the_address_of_an_index() -> None:
    for path in (
        *ROOT.glob("requirements/*"),
        *(ROOT / name for name in ("Dockerfile", "docker-compose.yml", "Makefile", ".ci/run")),
    ):
        assert "://" not in path.read_text().replace("redis://redis:6379/0", "").replace("http://127.0.0.1", ""), path


def test_an_unfinished_translation_is_named(tmp_path: Path) -> None:
    (tmp_path / "nl.po").write_text(CATALOGUE)
    known = check_translations.read(tmp_path / "nl.po")
    assert [which for (which, _), _ in check_translations.unfinished(known, known)] == [
        "Desk",
        "Unit",
        ("one day", "%(count)s days"),
    ]


def test_a_text_that_is_not_in_the_catalogue_is_named(tmp_path: Path) -> None:
    (tmp_path / "nl.po").write_text(CATALOGUE)
    (tmp_path / "new.po").write_text(
        f'{CATALOGUE}\n#: templates/x.html\nmsgid "New"\nmsgstr ""\n\nmsgctxt "furniture"\nmsgid "Case"\nmsgstr ""\n'
    )
    known, wanted = (check_translations.read(tmp_path / name) for name in ("nl.po", "new.po"))
    found = dict(check_translations.unfinished(known, wanted))
    assert found["New", None] == "templates/x.html: 'New'"
    assert ("Case", "furniture") in found


def test_a_translation_that_loses_a_placeholder_is_named(tmp_path: Path) -> None:
    (tmp_path / "nl.po").write_text('#, python-format\nmsgid "Hello %(name)s"\nmsgstr "Dag %(naam)s"\n')
    assert len(list(check_translations.misfitting(check_translations.read(tmp_path / "nl.po")))) == 1


def test_only_changed_translations_are_compiled(tmp_path: Path) -> None:
    folder = tmp_path / "locale" / "nl" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "django.po").write_text(CATALOGUE)
    translations.compile_changed(tmp_path)
    compiled = folder / "django.mo"
    first = compiled.read_bytes()
    assert b"Zaak" in first
    compiled.write_bytes(b"left alone")
    translations.compile_changed(tmp_path)
    assert compiled.read_bytes() == b"left alone"
    assert [path.name for path in folder.iterdir() if path.suffix not in {".po", ".mo"}] == []


def test_a_catalogue_that_is_fuzzy_as_a_whole_is_still_compiled(tmp_path: Path) -> None:
    folder = tmp_path / "locale" / "nl" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    # As `make messages` begins one.
    (folder / "django.po").write_text(f"#, fuzzy{CATALOGUE}")
    translations.compile_changed(tmp_path)
    assert b"Zaak" in (folder / "django.mo").read_bytes()
    assert b"Balie" not in (folder / "django.mo").read_bytes()


def test_a_catalogue_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "locale" / "nl" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "django.po").write_text('<<<<<<< ours\nmsgid "Case"\nmsgstr "Zaak"\n')
    with pytest.raises(SystemExit, match="cannot be read"):
        translations.compile_changed(tmp_path)
    assert [path.name for path in folder.iterdir()] == ["django.po"]


def test_without_translations_nothing_is_compiled(tmp_path: Path) -> None:
    translations.compile_changed(tmp_path)


def test_the_secrets_of_a_check_are_new_each_time() -> None:
    one, other = throwaway.production_environment(), throwaway.production_environment()
    assert one["LUISTERLOKET_ENV"] == "production"
    assert len(base64.b64decode(one["ENCRYPTION_KEYS"])) == 32
    assert one["SECRET_KEY"] != other["SECRET_KEY"]
    assert len(one["SECRET_KEY"]) >= 50


def test_the_proof_from_a_clean_clone_is_a_sound_script() -> None:
    script = (ROOT / ".ci" / "run").read_text()
    subprocess.run(["bash", "-n", str(ROOT / ".ci" / "run")], check=True)
    assert "set -euo pipefail" in script
    assert "unset DATABASE_URL REDIS_URL" in script
    assert "export REQUIRE_BROWSER=1" in script


def test_cleaning_removes_what_was_made_and_no_more(tmp_path: Path) -> None:
    (tmp_path / "var" / "run" / "demo").mkdir(parents=True)
    (tmp_path / "var" / "where").write_text(f"{tmp_path}/kept\n")
    for name in (".venv", "kept"):
        (tmp_path / name).mkdir()
    clean.clean(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["kept"]


def test_nothing_is_cleaned_under_a_running_demo(tmp_path: Path) -> None:
    running = Family(tmp_path / "var" / "run" / "demo")
    assert running.take()
    with pytest.raises(SystemExit, match="demo is running"):
        clean.clean(tmp_path)
    assert (tmp_path / "var").exists()
    running.leave()
