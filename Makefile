# make setup   system packages where they are missing, then .venv with gen in it
# make run     กอส's agreement
# make studio  the shipped agencies in a browser
# make test    set up, then every check
# make check   the static checks and the shipped data only
# make hostile more hostile inputs than make test tries (COUNT=10000)
# make bench   what things cost, as ratios
# make pages   what every page of the shipped agencies' and of extreme documents looks like, in figures
# make scans   sheets filled in, scanned and read by the thousand; the figures of docs/scans.md
# make imports every shipped agreement as Word file, imported; the figures of docs/import.md
# make golden  renew the golden files
# make messages  renew docs/messages.md, the list of what gen says; what lacks Thai is named
# make pictures  draw the pictures of the studio in docs/pictures again
# make terminals draw the pictures of terminals in docs/th again

SHELL := /bin/bash
VENV := .venv
PYTHON := $(VENV)/bin/python
GEN := $(VENV)/bin/gen
DEBIAN := python3-venv fontconfig fonts-tlwg-laksaman-otf fonts-tlwg-garuda-ttf fonts-dejavu-core \
	libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 libthai0 libthai-data
DEBIAN_TEST := libreoffice-writer libreoffice-math libreoffice-calc poppler-utils default-jre-headless \
	libjaxb-java libjaxb-api-java libistack-commons-java libtxw2-java chromium

COUNT ?= 10000

# The source documents, which the line tests compare with: where they are, if they are here.
export GEN_SOURCES ?= $(abspath $(wildcard ../shared/seeds))

.PHONY: setup setup-test run studio test check types style data hostile imports bench pages golden messages terminals pictures clean scans

setup: $(VENV)/ready

$(VENV)/ready: pyproject.toml constraints.txt package.json
	@.ci/install $(DEBIAN)
	python3 -m venv $(VENV)
	PIP_CONSTRAINT=$(abspath constraints.txt) $(PYTHON) -m pip install --quiet --editable '.[dev,studio]'
	.ci/npm
	@touch $@

setup-test: setup
	@.ci/install $(DEBIAN_TEST)

run: setup
	$(GEN) agreement กอส.yaml

studio: setup
	$(GEN) studio

# Half the static checks' time is mypy's, which has one core.
check: setup
	@$(PYTHON) -m compileall -q generator  # tests run gen as a command many times
	@$(MAKE) --no-print-directory --jobs=2 --output-sync=target types style data

types: setup
	$(VENV)/bin/mypy

style: setup
	$(VENV)/bin/ruff check generator tests
	$(VENV)/bin/ruff format --check generator tests

data: setup
	$(GEN) schema --check
	$(GEN) template check
	$(GEN) check agreements

test: setup-test check
	$(VENV)/bin/pytest -n 2 --dist worksteal

hostile: setup-test
	COUNT=$(COUNT) $(VENV)/bin/pytest -n 2 tests/whole/test_hostile_inputs.py

imports: setup-test
	$(PYTHON) tests/imports.py
	IMPORTS=all $(VENV)/bin/pytest -q tests/importing/word tests/api/test_word_results.py

bench: setup-test
	PIP_CONSTRAINT=$(abspath constraints.txt) $(PYTHON) -m pip install --quiet --editable '.[dev,bench]'
	$(PYTHON) tests/bench.py

pages: setup-test
	$(PYTHON) tests/pages.py
	$(PYTHON) tests/pages.py --extremes
	$(PYTHON) tests/pages.py --word

scans: setup-test
	$(PYTHON) tests/scans.py $(or $(ROUNDS),14) $(or $(KEPT),outputs/scans.jsonl)

golden: setup-test
	GOLDEN=renew $(VENV)/bin/pytest -n 2 --dist worksteal -k golden

messages: setup
	$(PYTHON) -m generator.messages.documentation

pictures: setup-test
	PYTHONPATH=.:tests $(PYTHON) -m support.studio_pictures

terminals: setup
	PYTHONPATH=.:tests $(PYTHON) -m support.terminals

clean:
	rm -rf outputs
