# The commands of Quality Month. Each is one script under scripts/, so that it can be read and run alone.

SHELL := /bin/bash
PORT ?= 8000
HOST ?= 127.0.0.1
STAGE ?= draft
UNITS ?=
ONLY ?=
TESTS ?=

.PHONY: help run demo test test-quick lint audit bundle try-bundle lock messages icons images bench clean

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-11s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: ## set up what is missing and start everything: make run [PORT=8001] [HOST=0.0.0.0]
	@PORT="$(PORT)" HOST="$(HOST)" bash scripts/run.sh

demo: ## load the demonstration at a stage of the year: make demo STAGE=briefing [UNITS=5000]
	@STAGE="$(STAGE)" UNITS="$(UNITS)" bash scripts/demo.sh

test: ## everything: lint, types, import order, both databases, real worker, real browser
	@bash scripts/test.sh

test-quick: ## within a minute: what opens no page, sets no paper, needs no server and no browser
	@bash scripts/test-quick.sh

lint: ## only the static checks: lint, format, import order, types, migrations, security, deployment
	@bash scripts/lint.sh

audit: ## known holes in what is pinned; asks the network
	@bash scripts/audit.sh

bundle: ## everything a machine without network needs, in one file under var/bundle: make bundle [TESTS=on]
	@TESTS="$(TESTS)" bash scripts/bundle.sh

try-bundle: ## put the newest bundle on a bare Debian without network, in a folder, and run the journey there (root)
	@bash scripts/try-bundle.sh

lock: ## compile requirements.in, requirements-dev.in and package.json into their lock files
	@bash scripts/lock.sh

messages: ## gather new messages into locale/ for translation, and compile the catalogue
	@bash scripts/messages.sh

icons: ## cut the icons that pages use out of Bootstrap Icons into static/icons/, after a new one was used
	@bash scripts/icons.sh

images: ## take the pictures of the README anew
	@bash scripts/images.sh

bench: ## the benchmarks: make bench [ONLY=pages]
	@ONLY="$(ONLY)" bash scripts/bench.sh

clean: ## remove what was installed and built here; the data in var/ stays
	rm -rf .venv node_modules var/static .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -path ./var -prune -o \( -name __pycache__ -o -name '*.mo' \) -print0 | xargs -0 rm -rf
