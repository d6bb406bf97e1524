# Every target does all the set-up it needs: Python 3.11 or newer, make and a package index suffice.
PORT ?= 8000
BIN := .venv/bin
PY := $(BIN)/python
LOCALE := src/parindex/web/locale
CATALOGUES := $(wildcard src/parindex/web/locale/*/LC_MESSAGES/django.po src/parindex/web/*/locale/*/LC_MESSAGES/django.po)
STATIC := $(wildcard src/parindex/web/*/static/*/*.css src/parindex/web/*/static/*/*.js)
CODE := src tests bench hatch_build.py audit_dependencies.py

# every process would else compile thousands of modules anew
unexport PYTHONDONTWRITEBYTECODE

.PHONY: demo test test-postgres test-spark check fix bench picture setup clean pins
demo: .venv/site $(LOCALE)/.compiled
	@$(BIN)/parindex demo --port $(PORT) --no-browser

# in the order collected: Django refuses its database to a process in which a browser is already driven
test: .venv/dev $(LOCALE)/.compiled
	@$(PY) -m pytest -n auto --dist loadgroup --no-loadscope-reorder

# the same tests of the database and the pages, on PostgreSQL (PARINDEX_TEST_POSTGRES names the server)
test-postgres: .venv/dev $(LOCALE)/.compiled
	@PARINDEX_DATABASE_URL="$(PARINDEX_TEST_POSTGRES)" $(PY) -m pytest -n auto --dist loadgroup --no-loadscope-reorder tests/apps tests/web

# dossiers counted by Spark on this machine beside DuckDB; PySpark stays apart from .venv, nothing else needs it
test-spark: .venv/dev $(LOCALE)/.compiled
	@if command -v java >/dev/null; then \
	  test -d build/spark/pyspark || $(PIP) install -q --no-compile --target build/spark 'pyspark>=4.0,<4.1' && \
	  PYTHONPATH=build/spark $(PY) -m pytest -q -n0 -m spark tests/core/dossiers; \
	else echo "parindex: there is no Java here, so Spark is not tested"; fi

check: .venv/dev $(LOCALE)/.compiled
	@echo "== format";        $(BIN)/ruff format --check $(CODE)
	@echo "== lint";          $(BIN)/ruff check $(CODE)
	@echo "== types";         $(BIN)/mypy
	@echo "== imports";       $(BIN)/lint-imports
	@echo "== migrations";    $(PY) -m django makemigrations --check --dry-run --settings=parindex.config.settings
	@echo "== translations";  $(PY) -m pytest -q -n0 tests/architecture/test_translations.py
	@echo "== documentation"; $(BIN)/mkdocs build --strict --quiet --site-dir build/docs
	@echo "== dependencies";  $(PY) audit_dependencies.py

fix: .venv/dev
	@$(BIN)/ruff format $(CODE) && $(BIN)/ruff check --fix $(CODE)

bench: .venv/dev $(LOCALE)/.compiled
	@$(PY) bench/run.py

# the picture in README.md, from the running demonstration
picture: .venv/dev $(LOCALE)/.compiled
	@PICTURE=anew $(PY) -m pytest -q -n0 tests/browser/test_picture.py

setup: .venv/dev $(LOCALE)/.compiled

# pins: resolve again what the two requirement files hold (hashes, no address of any index)
pins: .venv/dev
	@$(PY) -m pip install -q uv && \
	$(BIN)/uv pip compile -q pyproject.toml --extra site --generate-hashes --no-header --no-annotate -o requirements.txt && \
	$(BIN)/uv pip compile -q pyproject.toml --extra site --extra postgres --group dev --generate-hashes --no-header --no-annotate -o requirements-dev.txt

# pip, because it knows the machine's own index, proxy and certificates; on a terminal its list becomes one line
PIP := PIP_USER=0 $(PY) -m pip --disable-pip-version-check
define install
	@echo "parindex: installing $$(grep -c '^[a-z].*==' $(1)) packages into .venv (once)"
	@if [ -t 1 ]; then { $(PIP) install --no-compile --progress-bar off -r $(1) || echo pip-failed; } | { n=0; \
	    while read -r said name _; do case "$$said" in \
	      Collecting) n=$$((n + 1)); printf '\r\033[K  %s %s' "$$n" "$$name" ;; \
	      Installing) printf '\r\033[K  unpacking' ;; \
	      pip-failed) exit 1 ;; \
	    esac; done; printf '\r\033[K'; }; \
	  else $(PIP) install -q --no-compile -r $(1); fi
	@$(PIP) install -q --no-compile --no-deps -e .
	@touch $@
endef

.venv/site: requirements.txt pyproject.toml hatch_build.py | .venv/bin/python
	$(call install,requirements.txt)

.venv/dev: requirements-dev.txt pyproject.toml hatch_build.py | .venv/bin/python
	$(call install,requirements-dev.txt)
	@touch .venv/site

# the scripts of an environment hold its path: in a folder that was moved or copied they are made anew
ifneq ($(wildcard .venv/folder),)
ifneq ($(shell cat .venv/folder),$(CURDIR))
.PHONY: .venv/bin/python .venv/site .venv/dev
endif
endif

# PYTHON=… names another interpreter. Half an environment would look like a whole one, so it is not left behind.
.venv/bin/python:
	@for p in $(PYTHON) python3 python3.11 python3.12 python3.13 python3.14; do \
	  if command -v "$$p" >/dev/null && "$$p" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then \
	    echo "parindex: making .venv with $$("$$p" --version)"; \
	    if "$$p" -c 'import ensurepip' 2>/dev/null; then "$$p" -m venv --clear .venv; \
	    else "$$p" -m venv --clear --without-pip .venv && "$$p" -m pip -q --python .venv/bin/python install pip; fi \
	      && pwd > .venv/folder && exit 0; \
	    rm -rf .venv; \
	    echo "parindex: Python could not make .venv; on Debian and Ubuntu: apt install python3-venv" >&2; exit 1; \
	  fi; done; \
	  echo "parindex needs Python 3.11 or newer; none was found on PATH (PYTHON=… names another)." >&2; exit 1

$(LOCALE)/.compiled: $(CATALOGUES) $(STATIC) | .venv/site
	@for po in $(CATALOGUES); do $(BIN)/pybabel -q compile -i $$po -o $${po%.po}.mo -l en || exit 1; done
	@for folder in src/parindex/web/*/static; do $(PY) -m whitenoise.compress -q $$folder || exit 1; done
	@touch $@

clean:
	rm -rf .venv build var $(LOCALE)/.compiled $(CATALOGUES:.po=.mo)
	find src -path "*/static/*" \( -name "*.br" -o -name "*.gz" \) -delete
	rm -rf src/parindex/web/parts/static/fonts src/parindex/core/papers/letters
