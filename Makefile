SHELL := bash
.SHELLFLAGS := -euo pipefail -c
MAKEFLAGS += --no-builtin-rules --no-print-directory
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

PORT ?= 8000
BIN := .venv/bin
MANAGE := $(BIN)/python manage.py
STAMP := .venv/.stamp
VAR := $(CURDIR)/var
export PIP_DISABLE_PIP_VERSION_CHECK := 1

# The first Python that is recent enough and can make a virtual environment.
USABLE := import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))
PYTHON ?= $(shell for name in python3.13 python3.12 python3.11 python3; do \
	if "$$name" -c '$(USABLE)' 2>/dev/null; then echo "$$name"; break; fi; done)

# Nothing of the caller's environment decides what a target runs.
CLEAN_ENV := env -u DEBUG -u SECRET_KEY -u ALLOWED_HOSTS -u DATABASE_PATH -u STATIC_ROOT -u HTTPS \
	-u MEDIA_ROOT -u CONTENT_DIR -u SITE_NAME -u CONTACT_EMAIL -u CSRF_TRUSTED_ORIGINS -u DJANGO_SETTINGS_MODULE
DEVELOPMENT := $(CLEAN_ENV) DEBUG=1 DATABASE_PATH="$(VAR)/dev.sqlite3"
PRODUCTION = $(CLEAN_ENV) SECRET_KEY="$$(cat var/secret_key)" ALLOWED_HOSTS=127.0.0.1,localhost \
	DATABASE_PATH="$(VAR)/db.sqlite3" STATIC_ROOT="$(VAR)/static" MEDIA_ROOT="$(VAR)/db.media"
TESTING := $(CLEAN_ENV) SECRET_KEY=for-tests-only
# As deployed: `check --deploy` must find nothing to say.
DEPLOYED = $(PRODUCTION) HTTPS=1 ALLOWED_HOSTS=aiguillage.example

.PHONY: help
help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

# Run

.PHONY: run
run: migrate-dev var/dev.imported ## Run the site for development, on PORT (8000)
	@$(DEVELOPMENT) $(MANAGE) runserver 127.0.0.1:$(PORT)

.PHONY: serve
serve: static migrate-db var/db.imported ## Run the site as in production, on PORT (8000)
	@$(PRODUCTION) HOST=127.0.0.1 PORT=$(PORT) $(BIN)/gunicorn

.PHONY: superuser
superuser: migrate-dev ## Create an editor's account in the development database
	@$(DEVELOPMENT) $(MANAGE) createsuperuser

# Check

.PHONY: check
check: ## Lint, then run all tests
	@$(MAKE) lint
	@$(MAKE) test

.PHONY: test
test: static browser ## Run all tests, those in a browser too
	@$(TESTING) $(BIN)/pytest --numprocesses auto --maxprocesses 4

.PHONY: test-fast
test-fast: static ## Run the tests that need no browser
	@$(TESTING) $(BIN)/pytest --numprocesses auto --maxprocesses 4 -m "not e2e"

.PHONY: browser
browser: $(STAMP)
	@.ci/browser

.PHONY: lint
lint: $(STAMP) var/secret_key ## Check code, templates, settings and migrations
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	find templates -name '*.html' -print0 | xargs -0 $(BIN)/djade --check
	@$(DEPLOYED) $(MANAGE) check --deploy --fail-level WARNING
	@$(TESTING) $(MANAGE) makemigrations --check --dry-run
	@$(TESTING) $(MANAGE) check_content

.PHONY: fix
fix: $(STAMP) ## Format code and templates, repair what can be
	$(BIN)/ruff check --fix
	$(BIN)/ruff format
	find templates -name '*.html' -print0 | xargs -0 $(BIN)/djade || true

.PHONY: bench
bench: static migrate-db var/db.imported ## Measure the speed of pages and search
	@$(PRODUCTION) $(MANAGE) bench
	@$(PRODUCTION) $(MANAGE) bench_search

.PHONY: study-quiz
study-quiz: static migrate-db var/db.imported ## Measure the questionnaire's quality
	@$(PRODUCTION) $(MANAGE) study_quiz

# Maintain

.PHONY: schema
schema: $(STAMP) ## Write the schema of the content files
	@$(DEVELOPMENT) $(MANAGE) content_schema

# The .mo files are committed: Django reads nothing else, and neither a server nor a fresh clone has
# gettext to make them with. A test compares them with the .po files.
.PHONY: messages
messages: $(STAMP) ## Compile the messages of locale/ once one has changed
	@$(BIN)/pybabel --quiet compile --directory locale --domain "django djangojs"

.PHONY: manual
manual: static browser ## Take the pictures of the editors' manual again
	@rm -f var/manual.sqlite3
	@$(CLEAN_ENV) DEBUG=1 DATABASE_PATH="$(VAR)/manual.sqlite3" $(MANAGE) migrate --verbosity 0
	@$(CLEAN_ENV) DEBUG=1 DATABASE_PATH="$(VAR)/manual.sqlite3" $(MANAGE) import_content >/dev/null
	@$(CLEAN_ENV) DEBUG=1 DATABASE_PATH="$(VAR)/manual.sqlite3" $(BIN)/python tools/photograph_desk.py

.PHONY: fonts
fonts: $(STAMP) ## Cut the fonts and draw the wordmark again (needs npm)
	@$(BIN)/python -m venv var/fonts-venv
	@var/fonts-venv/bin/python -m pip install --quiet fonttools brotli Pillow
	@var/fonts-venv/bin/python tools/build_fonts.py
	@var/fonts-venv/bin/python tools/draw_wordmark.py

COMPILE := $(BIN)/uv --quiet --no-cache --no-config pip compile --universal --python-version 3.11 \
	--generate-hashes --no-header --no-emit-index-url --no-emit-find-links pyproject.toml
HEADER := \# Written by "make requirements" from pyproject.toml: edit that instead.

.PHONY: requirements
requirements: $(STAMP) ## Pin the newest allowed dependencies, with hashes
	echo '$(HEADER)' > requirements/base.txt
	$(COMPILE) >> requirements/base.txt
	echo '$(HEADER)' > requirements/dev.txt
	$(COMPILE) --group dev --constraint requirements/base.txt >> requirements/dev.txt

.PHONY: clean
clean: ## Remove what the other targets made, databases included
	rm -rf .venv var .hypothesis
	find . -name __pycache__ -prune -exec rm -rf {} +

# Steps of the targets above

$(STAMP): requirements/dev.txt
	@$(BIN)/python -c '$(USABLE)' 2>/dev/null || { \
		python='$(PYTHON)'; \
		if [ -z "$$python" ]; then \
			for name in python3.13 python3.12 python3.11 python3; do \
				version=$$("$$name" -c 'import sys; assert sys.version_info >= (3, 11); \
					print("%d.%d" % sys.version_info[:2])' 2>/dev/null) || continue; \
				echo "Python $$version has no venv: apt-get install python$$version-venv" >&2; exit 1; \
			done; \
			echo "Python 3.11 or later is needed: none found. Set PYTHON to its path." >&2; exit 1; \
		fi; \
		"$$python" -m venv --clear .venv; }
	$(BIN)/python -m pip install --quiet --require-hashes --requirement requirements/dev.txt
	@touch $@

var/secret_key: $(STAMP)
	@mkdir -p var
	@test -s $@ || (umask 077; $(BIN)/python -c 'import secrets; print(secrets.token_urlsafe(50))' > $@)
	@touch $@

.PHONY: migrate-dev
migrate-dev: $(STAMP)
	@mkdir -p var
	@$(DEVELOPMENT) $(MANAGE) migrate --verbosity 0

.PHONY: migrate-db
migrate-db: $(STAMP) var/secret_key
	@$(PRODUCTION) $(MANAGE) migrate --verbosity 0

.PHONY: static
static: $(STAMP) var/secret_key
	@$(PRODUCTION) $(MANAGE) collectstatic --noinput --verbosity 0

# A database takes the content in again when the content or the importer changed, or when it is new.
CONTENT := $(shell find fixtures -not -name '.*') \
	$(shell find careerguide metiers quiz -name '*.py' -not -path '*/__pycache__/*' 2>/dev/null)
.PHONY: new-database
var/dev.imported: $(CONTENT) $(if $(wildcard var/dev.sqlite3),,new-database) | migrate-dev
	@$(DEVELOPMENT) $(MANAGE) import_content
	@touch $@
var/db.imported: $(CONTENT) $(if $(wildcard var/db.sqlite3),,new-database) | migrate-db
	@$(PRODUCTION) $(MANAGE) import_content --if-empty
	@touch $@
