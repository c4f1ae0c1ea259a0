# "make run" and "make test" do everything on a fresh machine; "make help" lists the rest.
# On Windows: run.cmd and test.cmd.

PYTHON ?= $(shell .ci/python)
VENV := .venv
PY := $(VENV)/bin/python
SOURCES := $(if $(wildcard wheels),--no-index --find-links wheels,)
PIP := $(PY) -m pip --disable-pip-version-check
INSTALL := $(PIP) install --quiet --require-hashes --only-binary :all: $(SOURCES)
LOCK := uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--only-binary :all: --no-annotate --no-header --no-emit-index-url --no-emit-find-links \
	--no-emit-build-options --no-strip-extras
WORKERS ?= 2
ARGS ?=

.DEFAULT_GOAL := help
.PHONY: help run test torture check screenshots bench bundle translations lock system clean

help: ## this list
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 18

run: $(VENV)/run.stamp ## open the window; without a display, run the demonstration into demo-out/
	@.ci/system $(PY) $(if $(DISPLAY)$(WAYLAND_DISPLAY),window,)
	@.ci/start $(PY) $(ARGS)

test: $(VENV)/dev.stamp ## run all tests; they need no display
	@.ci/system $(PY)
	@QT_QPA_PLATFORM=offscreen $(PY) -m pytest -q -n $(WORKERS) $(ARGS)

torture: $(VENV)/dev.stamp ## kill, fill up and race the program for an hour
	@.ci/system $(PY)
	@SUITE_TORTURE=1 QT_QPA_PLATFORM=offscreen $(PY) -m pytest -q tests/reliability $(ARGS)

check: $(VENV)/dev.stamp ## style, types and the borders between the rooms
	@$(PY) -m ruff check .
	@$(PY) -m ruff format --check .
	@$(PY) -m mypy
	@$(VENV)/bin/lint-imports

screenshots: $(VENV)/dev.stamp ## draw every page in both themes and languages into screenshots/
	@.ci/system $(PY)
	@mkdir -p demo-out screenshots
	@rm -f demo-out/demo.db demo-out/demo.db-wal demo-out/demo.db-shm
	@$(PY) main.py --db demo-out/demo.db demo --out demo-out >/dev/null
	@QT_QPA_PLATFORM=offscreen $(PY) -m admin_suite.ui.pictures screenshots \
		--db demo-out/demo.db $(ARGS)

bench: $(VENV)/dev.stamp ## print how far each job is from its floor
	@$(PY) -m benchmarks $(ARGS)

bundle: $(VENV)/dev.stamp ## collect the wheels, so that run and test work without a network
	@$(PIP) download --quiet --require-hashes --only-binary :all: -r requirements-dev.lock -d wheels
	@echo "The wheels for this kind of computer are in wheels/."

translations: $(VENV)/dev.stamp ## compile the catalogues in resources/locale
	@for file in resources/locale/*/LC_MESSAGES/*.po; do \
		$(VENV)/bin/pybabel --quiet compile -l vi -i $$file -o $${file%.po}.mo || exit 1; \
	done

lock: ## choose the newest versions and write both lock files (needs uv)
	@command -v uv >/dev/null || { echo "\"make lock\" needs uv: pip install uv"; exit 1; }
	@for name in requirements requirements-dev; do \
		$(LOCK) --upgrade -o $$name.lock $$name.in && \
		sed -i.old "1i # Exact versions with hashes, for Linux, Windows and macOS. Written by \"make lock\" from $$name.in." $$name.lock && \
		rm -f $$name.lock.old; \
	done

system: $(VENV)/run.stamp ## install the system libraries that Qt needs, or name them
	@.ci/system $(PY) window

clean: ## forget the virtual environment and what was built
	@rm -rf $(VENV) build dist demo-out screenshots

$(VENV)/made.stamp:
	@.ci/environment "$(PYTHON)" $(VENV)
	@touch $@

$(VENV)/run.stamp: requirements.lock $(VENV)/made.stamp
	@echo "Installing the libraries of requirements.lock into $(VENV) ..."
	@$(INSTALL) -r requirements.lock
	@touch $@

$(VENV)/dev.stamp: requirements-dev.lock $(VENV)/made.stamp
	@echo "Installing the libraries of requirements-dev.lock into $(VENV) ..."
	@$(INSTALL) -r requirements-dev.lock
	@touch $@
