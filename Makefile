# Two commands do everything on a machine with Python 3.11 and make:  make demo   make test
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check

# The port the demo listens on; another one:  make demo PORT=8001
PORT := 8000

.PHONY: demo test lint types check messages lock clean

demo: $(VENV)/.base
	ALLMENNING_BY_MAKE=1 $(BIN)/allmenning demo --port $(PORT)

test: $(VENV)/.dev
	$(BIN)/python tests/run.py

check: $(VENV)/.dev
	$(BIN)/python tests/run.py --only checks

messages: $(VENV)/.dev
	$(BIN)/python -m django compilemessages

# Locked with hashes; made anew with: make lock
$(VENV)/.python:
	@python="$${PYTHON:-$$(sh requirements/quickest-python.sh)}"; test -x $(BIN)/python || { \
	  test -n "$$python" || { echo "Python 3.11 with venv is needed. Set PYTHON=… to where it is."; exit 1; }; \
	  echo "Environment of $$python"; "$$python" -m venv $(VENV); }
	touch $@

$(VENV)/.base: $(VENV)/.python requirements/base.txt requirements/build.txt pyproject.toml
	test -f $(VENV)/.dev || $(PIP) install --quiet --require-hashes -r requirements/build.txt -r requirements/base.txt
	$(PIP) install --quiet --no-deps --no-build-isolation --no-index --editable .
	touch $@

$(VENV)/.dev: $(VENV)/.python requirements/dev.txt requirements/build.txt pyproject.toml
	$(PIP) install --quiet --require-hashes -r requirements/build.txt -r requirements/dev.txt
	$(PIP) install --quiet --no-deps --no-build-isolation --no-index --editable .
	touch $@ $(VENV)/.base

LOCK := $(BIN)/uv pip compile --generate-hashes --universal --python-version 3.11 --no-emit-index-url --no-emit-find-links --no-header --quiet
lock: $(VENV)/.dev
	$(PIP) install --quiet uv
	$(LOCK) pyproject.toml -o requirements/base.txt
	$(LOCK) pyproject.toml --extra postgres -o requirements/postgres.txt
	$(LOCK) pyproject.toml --extra dev -o requirements/dev.txt
	$(LOCK) pyproject.toml --extra train -o requirements/train.txt
	echo 'setuptools>=77' | $(LOCK) - -o requirements/build.txt

clean:
	rm -rf $(VENV) var .mypy_cache .ruff_cache .pytest_cache .hypothesis
