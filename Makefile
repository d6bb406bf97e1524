# Every target does all the set-up it needs: Python 3.11 or newer, make and a package index suffice.
PORT ?= 8000
BIN := .venv/bin
PY := $(BIN)/python
LOCALE := src/parindex/web/locale
CATALOGUES := $(wildcard src/parindex/web/locale/*/LC_MESSAGES/django.po src/parindex/web/*/locale/*/LC_MESSAGES/django.po)

.PHONY: demo test test-postgres check fix bench setup clean pins
demo: .venv/site $(LOCALE)/.compiled
	@$(BIN)/parindex demo --port $(PORT) --no-browser

test: .venv/dev $(LOCALE)/.compiled
	@$(PY) -m pytest -n auto --dist loadgroup

# the same tests of the database and the pages, on PostgreSQL (PARINDEX_TEST_POSTGRES names the server)
test-postgres: .venv/dev $(LOCALE)/.compiled
	@PARINDEX_DATABASE_URL="$(PARINDEX_TEST_POSTGRES)" $(PY) -m pytest tests/apps tests/web

check: .venv/dev $(LOCALE)/.compiled
	@echo "== format";        $(BIN)/ruff format --check src tests bench
	@echo "== lint";          $(BIN)/ruff check src tests bench
	@echo "== types";         $(BIN)/mypy
	@echo "== imports";       $(BIN)/lint-imports
	@echo "== migrations";    $(PY) -m django makemigrations --check --dry-run --settings=parindex.config.settings
	@echo "== translations";  $(PY) -m pytest -q -n0 tests/architecture/test_translations.py
	@echo "== documentation"; $(BIN)/mkdocs build --strict --quiet --site-dir build/docs

fix: .venv/dev
	@$(BIN)/ruff format src tests bench && $(BIN)/ruff check --fix src tests bench

bench: .venv/dev $(LOCALE)/.compiled
	@$(PY) bench/run.py

setup: .venv/dev $(LOCALE)/.compiled

# pins: resolve again what the two requirement files hold (hashes, no address of any index)
pins: .venv/dev
	@$(PY) -m pip install -q uv && \
	$(BIN)/uv pip compile -q pyproject.toml --extra site --generate-hashes --no-header --no-annotate -o requirements.txt && \
	$(BIN)/uv pip compile -q pyproject.toml --extra site --extra postgres --group dev --generate-hashes --no-header --no-annotate -o requirements-dev.txt

# uv is fast where it can reach the index; pip knows the machine's own index settings, so it is the way back
define install
	@echo "parindex: installing $(1) (once)"
	@$(PY) -m pip install -q --disable-pip-version-check uv 2>/dev/null || true
	@UV_SYSTEM_CERTS=1 $(BIN)/uv pip install -q --python $(PY) -r $(1) 2>/dev/null \
	  || $(PY) -m pip install -q --disable-pip-version-check -r $(1)
	@UV_SYSTEM_CERTS=1 $(BIN)/uv pip install -q --python $(PY) --no-deps -e . 2>/dev/null \
	  || $(PY) -m pip install -q --disable-pip-version-check --no-deps -e .
	@touch $@
endef

.venv/site: requirements.txt pyproject.toml | .venv/bin/python
	$(call install,requirements.txt)

.venv/dev: requirements-dev.txt pyproject.toml | .venv/bin/python
	$(call install,requirements-dev.txt)
	@touch .venv/site

.venv/bin/python:
	@for p in python3 python3.11 python3.12 python3.13 python3.14; do \
	  if command -v $$p >/dev/null && $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then \
	    echo "parindex: making .venv with $$($$p --version)"; exec $$p -m venv .venv; fi; done; \
	  echo "parindex needs Python 3.11 or newer; none was found on PATH." >&2; exit 1

$(LOCALE)/.compiled: $(CATALOGUES) | .venv/site
	@for po in $(CATALOGUES); do $(BIN)/pybabel -q compile -i $$po -o $${po%.po}.mo -l en || exit 1; done
	@mkdir -p $(LOCALE) && touch $@

clean:
	rm -rf .venv build var $(LOCALE)/.compiled
