# A chronicle on this machine, with nothing installed but Python 3.11 or later and make.
PYTHON ?= python3
PORT ?= 8000
CORPUS ?= fixtures/karabakh-2020
export DATA_DIR ?= $(CURDIR)/.data

MANAGE = .venv/bin/python manage.py

.DEFAULT_GOAL := help
.PHONY: help run test test-server bench drills trust lock lint format messages reset

help: ## list what can be made
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):[^#]*## /  make \1\t/'
	@echo
	@echo '  PORT=8001 and DATA_DIR=/some/folder choose another port and place; CORPUS= starts an empty chronicle.'

run: .venv/run ## set up whatever is missing and serve the site on http://127.0.0.1:8000/
	@$(MANAGE) prepare --corpus '$(CORPUS)' --port $(PORT)
	@exec .venv/bin/gunicorn chronicle.wsgi --bind 127.0.0.1:$(PORT) --workers 2 --threads 4 --log-level warning

test: .venv/dev ## run the tests
	.venv/bin/pytest -n 2 --dist loadscope --no-loadscope-reorder $(ARGS)

# What a server's version could change: folding, schema, walls, verbs, history, search, backups.
ON_SERVER = tests/sources/test_folding.py tests/chronicle/test_publication.py tests/chronicle/test_history.py \
	tests/chronicle/walls/test_matrix.py tests/chronicle/walls/test_hostile_statements.py \
	tests/chronicle/database/test_rules.py tests/chronicle/search tests/chronicle/backups

test-server: .venv/dev ## run what touches the database most on a server of this machine's own PostgreSQL
	.venv/bin/python -m tests.servers .venv/bin/pytest -n 2 --dist loadscope $(or $(ARGS),$(ON_SERVER))

bench: .venv/dev ## measure every page at two sizes, publishing and imports (ARGS=--quick takes minutes)
	.venv/bin/python -m tests.benchmarks --folder '$(DATA_DIR)/bench' $(ARGS)

drills: .venv/dev ## kill servers, restore backups, run late replicas, and print what readers saw of it
	.venv/bin/python -m tests.drills $(ARGS)

trust: .venv/dev ## attack what is promised (ARGS='--only canaries --rounds 20'), and print what was found
	.venv/bin/python -m tests.trust $(ARGS)

lint: .venv/dev ## check style, types, architecture, templates and migrations
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy chronicle sources
	.venv/bin/lint-imports
	find . -path ./.venv -prune -o -name '*.html' -print0 | xargs -0 .venv/bin/djade --check --target-version 5.2
	$(MANAGE) makemigrations --check --dry-run

format: .venv/dev ## put code and templates into house style
	.venv/bin/ruff check --fix .
	.venv/bin/ruff format .
	-find . -path ./.venv -prune -o -name '*.html' -print0 | xargs -0 .venv/bin/djade --target-version 5.2

lock: .venv/run ## write the checksums of all that is needed, the list of licences and the bill of materials
	$(PYTHON) -m venv .venv/locking
	.venv/locking/bin/pip install --quiet --disable-pip-version-check uv==0.13.9
	sed '/^[^#]/,$$d' requirements.lock > .venv/locking/lock
	.venv/locking/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-strip-extras --no-annotate --no-header requirements.txt >> .venv/locking/lock
	mv .venv/locking/lock requirements.lock
	.venv/bin/python tools/components.py

messages: .venv/dev ## bring the catalogues of languages in line with what can be translated
	.venv/bin/python tools/messages.py

reset: .venv/run ## stop the database and delete it, with everything in it
	@$(MANAGE) database stop
	rm -rf '$(DATA_DIR)'

.venv/base:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
		|| { echo 'Python 3.11 or later is needed: make PYTHON=/path/to/python3.11 …'; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null \
		|| { echo 'The module venv is missing: on Debian and Ubuntu, apt-get install python3-venv'; exit 1; }
	$(PYTHON) -m venv .venv
	@touch $@

.venv/run: .venv/base requirements.txt
	.venv/bin/pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

.venv/dev: .venv/run requirements-dev.txt
	.venv/bin/pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@
