# Everything runs in .venv, which the first goal that needs it makes. `make` alone lists the goals.

PYTHON ?= python3
PROOF ?= bounded
ARGS ?=
export PORT PROOF SIZE

VENV := .venv/bin/python
LOCK := $(VENV) -m uv pip compile --quiet --no-emit-index-url --generate-hashes --no-header --no-annotate --python-version 3.11 --universal

.DEFAULT_GOAL := help
.PHONY: help demo test proof bench screens check lock messages clean dev

help: ## list the goals
	@sed -n 's/^\([a-z]*\):[^#]*## /  make \1 \t/p' Makefile | expand -t 18

demo: ## start the demo city on http://127.0.0.1:8000 (PORT=8001 for another port); Ctrl-C stops it
	@command -v "$(PYTHON)" >/dev/null || { echo "Luisterloket needs Python 3.11 or newer, and $(PYTHON) is not there (on Debian: apt install python3 python3-venv)."; exit 1; }
	@$(PYTHON) -m runner.environment demo
	@exec $(VENV) -m runner.demo

dev:
	@command -v "$(PYTHON)" >/dev/null || { echo "Luisterloket needs Python 3.11 or newer, and $(PYTHON) is not there (on Debian: apt install python3 python3-venv)."; exit 1; }
	@$(PYTHON) -m runner.environment dev

test: dev ## run the tests (ARGS="-k ledger" for some of them)
	@exec $(VENV) -m runner.session test $(ARGS)

proof: dev ## run the long programmes, bounded (PROOF=full for all of it)
	@exec $(VENV) -m runner.session proof $(ARGS)

bench: dev ## measure speed on a large city (SIZE= as in docs/operations.md)
	@exec $(VENV) -m runner.session bench $(ARGS)

screens: dev ## make pictures of the screens
	@exec $(VENV) -m runner.session screens $(ARGS)

check: dev ## style, types, floors, templates, migrations, translations, production settings, containers, API design rules
	$(VENV) -m ruff check .
	$(VENV) -m ruff format --check .
	LUISTERLOKET_ENV=test $(VENV) -m mypy
	LUISTERLOKET_ENV=test .venv/bin/lint-imports
	$(VENV) -m djhtml --check --tabwidth 2 templates
	LUISTERLOKET_ENV=test $(VENV) -W ignore::RuntimeWarning manage.py makemigrations --check --dry-run
	$(VENV) -m runner.check_translations
	$(VENV) -m runner.throwaway check --deploy --fail-level WARNING
	$(VENV) -m runner.check_containers
	$(VENV) -m runner.check_api

messages: dev ## collect the texts to translate into locale/
	@mkdir -p locale
	LUISTERLOKET_ENV=test $(VENV) manage.py makemessages -l nl --no-obsolete --add-location file \
	  -i .venv -i var -i tests -i runner -i bench -i staticfiles

lock: dev ## pin requirements/*.in to versions and hashes
	@$(VENV) -m uv --version >/dev/null 2>&1 || $(VENV) -m pip install --quiet --disable-pip-version-check uv
	@# From large to small: what all of it agrees on is what each part gets.
	$(LOCK) requirements/dev.in -o requirements/dev.txt
	$(LOCK) requirements/demo.in -c requirements/dev.txt -o requirements/demo.txt
	$(LOCK) requirements/base.in -c requirements/dev.txt -o requirements/base.txt

clean: ## remove all of it again: demo data, databases, environment, caches
	@$(PYTHON) -m runner.clean
