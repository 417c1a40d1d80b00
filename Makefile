# Each target does its own set-up: a fresh machine needs Python 3.11 or newer, and make.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
TEST_STAMP := $(VENV)/.installed-test

# Modules are compiled once, not by each worker on each run and by each program that a test starts
PYTEST := PYTHONDONTWRITEBYTECODE= $(BIN)/python -m pytest -n 2 --dist loadfile

.PHONY: app kit quick test broad both slow fuzz lint claims acceptance wheel lowest release rehearsal frozen bench ratios pictures site clean

kit: $(STAMP)
	$(BIN)/python build_deck.py
	@echo "open dist/general/facilitator.pdf first; to build a talk of your own: python3 build_deck.py build talk.md"

# The app: a page in the browser on which a kit is put together
app: $(STAMP)
	$(BIN)/python build_deck.py app

# All tests except the contract tests, which build the whole kit, and the longest of the others: run it while you work
quick: $(TEST_STAMP)
	$(PYTEST) -m "not slow and not broad and not long" --ignore tests/contract

# Everything that should pass before a change is proposed: at most five minutes
test: $(TEST_STAMP)
	$(PYTEST)

# The same checks for more templates, audiences, documents and formats: a job of its own in CI
broad: $(TEST_STAMP)
	$(PYTEST) -m "broad and not slow"

# Tests and broad tests in one run, which shares the builds of the kit
both: $(TEST_STAMP)
	$(PYTEST) -m "not slow"

# Still more of them, and more seeds
slow: $(TEST_STAMP)
	$(PYTEST) -m slow

# 10,000 kits and talks that a grammar makes up, 2,000 damaged templates; FUZZ="--cases 500 --templates 0 --from 7" tries others
fuzz: $(TEST_STAMP)
	$(BIN)/python -m tests.fuzz $(FUZZ)

claims: $(TEST_STAMP)
	$(PYTEST) -m "" --dist load tests/contract/test_claims_over_seeds.py

lint: $(TEST_STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

# The wheel, installed in a fresh environment, builds the kit in an empty folder; "lowest" does the same with the lowest allowed versions
wheel: $(TEST_STAMP)
	.ci/wheel

lowest: $(TEST_STAMP)
	.ci/wheel --lowest

# What a release consists of, in build/release: version, changelog and tag have to agree; sdist and wheel are built twice with
# the same bytes, and that wheel is tried. A rehearsal goes on although they disagree.
release: $(TEST_STAMP)
	$(BIN)/python .ci/release.py
	.ci/wheel build/release

rehearsal: $(TEST_STAMP)
	$(BIN)/python .ci/release.py --rehearse
	.ci/wheel build/release

# The program with Python and all packages in a folder of its own, build/frozen/workshop, for this system; tried in an empty environment
frozen: $(TEST_STAMP)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check "pyinstaller>=6.10"
	$(BIN)/python -m PyInstaller --noconfirm --log-level WARN --distpath build/frozen --workpath build/freezing frozen/workshop.spec
	$(PYTEST) -m slow tests/test_frozen.py

acceptance: $(TEST_STAMP)
	$(BIN)/python -m pytest acceptance

# Times and memory, on an idle machine, into docs/benchmarks.md: about 12 minutes; BENCH="talks batch" measures some sections again
bench: $(TEST_STAMP)
	$(BIN)/python benchmarks/report.py $(BENCH)

# Whether builds have become slower: how many functions are called, then ratios of CPU time to python-pptx's, both also on a busy
# machine: about 3 minutes, Linux. A change that moves them on purpose sets their bounds in the same commit: make ratios RATIOS=--set
ratios: $(TEST_STAMP)
	$(BIN)/python benchmarks/calls.py $(filter --set,$(RATIOS))
	$(BIN)/python benchmarks/ratios.py $(RATIOS)

pictures: $(TEST_STAMP)
	$(BIN)/python docs/make_pictures.py
	$(BIN)/python docs/make_screens.py

# The manual as a site, with search, in build/site; a command that fails, an old picture or a broken link stops it
site: $(TEST_STAMP)
	$(BIN)/python docs/make_site.py

clean:
	rm -rf dist build *.egg-info

$(VENV)/pyvenv.cfg:
	$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed; choose one with make PYTHON=python3.12" if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv $(VENV)

$(STAMP): pyproject.toml $(VENV)/pyvenv.cfg
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e ".[all]"
	touch $@

$(TEST_STAMP): pyproject.toml $(VENV)/pyvenv.cfg
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e ".[test]"
	touch $(STAMP) $@
