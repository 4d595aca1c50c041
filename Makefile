# make lab: open the lessons. make test: everything that is checked. Both do their own set-up.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
READY := $(VENV)/ready
.PHONY: lab test check notebooks bench

lab: $(READY)
	@$(BIN)/cocreate lab

test: check
	$(BIN)/python -m pytest --nbval notebooks exercises --nbval-sanitize-with tests/nbval.cfg
	$(BIN)/python -m pytest tests cocreate_teach -m "not slow and not browser" --cov --cov-report= -n 2 --dist loadfile
	$(BIN)/python -m pytest tests -m "browser and not slow" --cov --cov-append --cov-report=term -n 2 --dist worksteal

check: $(READY)
	$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/mypy && $(BIN)/lint-imports && $(BIN)/codespell

notebooks: $(READY)
	$(BIN)/cocreate notebooks && for e in exercises/*/; do $(BIN)/cocreate build $$e; done

bench: $(READY)
	$(BIN)/python -m pytest tests -m slow
	for what in explorers grading models; do $(BIN)/python -m tests.benchmarks.bench_$$what || exit 1; done

$(READY): requirements.txt pyproject.toml
	@$(PYTHON) -c "import sys; sys.exit(sys.version_info < (3, 11) and 'Python 3.11 or later is needed; name one: make PYTHON=python3.12')"
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install -r requirements.txt
	$(BIN)/python -m pip install --no-deps --no-build-isolation --editable .
	@touch $@
