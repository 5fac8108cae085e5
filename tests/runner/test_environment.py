"""What the machine lacks is said in a sentence; what is there is not made again."""

import ast
import sys
from pathlib import Path

import pytest

from runner import environment

ROOT = environment.ROOT


def test_an_old_python_can_read_the_module_that_refuses_it() -> None:
    source = (ROOT / "runner" / "environment.py").read_text()
    ast.parse(source, feature_version=(3, 6))
    assert not [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.arg) and node.annotation]


def test_an_old_python_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(environment.sys, "version_info", (3, 9, 1))
    with pytest.raises(SystemExit, match="needs Python 3.11 or newer.*3.9"):
        environment.check_python("demo")


def test_a_python_without_ensurepip_is_told_which_package_has_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(environment.importlib.util, "find_spec", lambda name: None if name == "ensurepip" else object())
    with pytest.raises(SystemExit, match="apt install python3-venv"):
        environment.check_python("demo")


def test_an_own_server_needs_no_embedded_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://example/x")
    assert environment.wanted("demo")[0] == "base"
    monkeypatch.delenv("DATABASE_URL")
    assert environment.wanted("demo")[0] == "demo"
    assert environment.wanted("dev") == ("dev", ["dev"])


def test_an_environment_that_holds_enough_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "python").symlink_to(sys.executable)
    (tmp_path / "installed").write_text(environment.digest("dev"))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setattr(environment, "check_python", lambda goal: pytest.fail("It began to make an environment."))
    environment.prepare("demo", tmp_path)
    environment.prepare("dev", tmp_path)


def test_a_changed_lock_is_installed_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "bin").mkdir()
    python = tmp_path / "bin" / "python"
    # Stands in for the environment's Python: it notes what it is asked, and everything works.
    python.write_text(f'#!/bin/sh\necho "$@" >> {tmp_path}/asked\n')
    python.chmod(0o755)
    (tmp_path / "installed").write_text("dev of some other day\n")
    environment.prepare("dev", tmp_path)
    asked = (tmp_path / "asked").read_text()
    assert f"--require-hashes -r {ROOT}/requirements/dev.txt" in asked
    assert (tmp_path / "installed").read_text() == environment.digest("dev")


def test_a_failed_installation_is_explained_and_tried_again_next_time(tmp_path: Path) -> None:
    (tmp_path / "bin").mkdir()
    python = tmp_path / "bin" / "python"
    python.write_text('#!/bin/sh\ncase "$*" in *install*) exit 1;; esac\n')
    python.chmod(0o755)
    (tmp_path / "installed").write_text("old\n")
    with pytest.raises(SystemExit, match="could not be installed"):
        environment.prepare("dev", tmp_path)
    assert not (tmp_path / "installed").exists()


def test_an_environment_that_moved_is_not_trusted(tmp_path: Path) -> None:
    assert not environment.works(tmp_path / "bin" / "python")
    assert environment.works(Path(sys.executable))
