# Everything runs in .venv, made from the hashed lock file; each target needs only Python 3.11 or newer and make.
PYTHON ?= python3
BIN := .venv/bin
HOST ?= 127.0.0.1
PORT ?= 8000
SKM_ADDRESS ?= http://$(HOST):$(PORT)
VNU := 26.9.27
VNU_SUM := 4e441de4315f39a582f5e6edbe8cd3b2b1f655aa1dde3620faface791133217c417b12f3f7ead2d8336d8e7efe44f5226618258b44a0860057e9125135e6b428

.PHONY: demo test vnu check format bench faults lighthouse pictures lock clean
.DELETE_ON_ERROR:

demo: .venv/ready
	$(BIN)/skm demo
	SKM_OPEN_PAGES=true SKM_ADDRESS=$(SKM_ADDRESS) $(BIN)/skm serve --host $(HOST) --port $(PORT)

test: .venv/ready
	$(BIN)/python -m pytest -n auto

# The Nu HTML Checker, for `make test`; npm brings it, and the sum says that it is the one that we know.
vnu: build/vnu-$(VNU).jar

build/vnu-$(VNU).jar:
	rm -rf build/vnu-*
	mkdir -p build
	cd build && npm pack --silent vnu-jar@$(VNU)
	cd build && echo "$(VNU_SUM)  vnu-jar-$(VNU).tgz" | sha512sum --check --quiet
	tar -xzOf build/vnu-jar-$(VNU).tgz package/build/dist/vnu.jar > $@
	rm build/vnu-jar-$(VNU).tgz

check: .venv/ready
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/python -m skm.i18n.check
	$(BIN)/python -m tests.rules.scripts

format: .venv/ready
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: .venv/ready
	$(BIN)/python -m bench

lighthouse: .venv/ready
	$(BIN)/python -m bench.lighthouse

# Kills, a full disk, slow clients: what becomes of the answers. KILLS=500 kills so often; the table goes into docs/reliability.md.
faults: .venv/ready
	$(BIN)/python -m tests.faults $(if $(KILLS),--kills $(KILLS))

pictures: .venv/ready
	$(BIN)/python -m tests.browser.pictures

.venv/ready: requirements-dev.lock setup.cfg
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "SKM needs Python 3.11 or newer; try: make PYTHON=python3.12")'
	$(PYTHON) -m venv --clear .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --no-index -e .
	touch $@

# Needs uv on the PATH. Run it after a change of the requirements in setup.cfg.
lock:
	uv pip compile setup.cfg --universal --python-version 3.11 --generate-hashes --no-header --no-annotate -o requirements.lock
	uv pip compile setup.cfg --extra dev --universal --python-version 3.11 --generate-hashes --no-header --no-annotate -o requirements-dev.lock

clean:
	rm -rf .venv build *.egg-info
