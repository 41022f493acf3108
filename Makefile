# The door to everything. Needs git, make and Python 3.11 or newer; writes only under var/ and .venv/.
SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help demo up down status backfill test bench lint lock setup setup-dev

CCHC_VENV ?= .venv
PY := $(CCHC_VENV)/bin/python
UV := $(CCHC_VENV)/bin/uv
AUTHORITY ?= 31
PERIOD ?= 2026-Q3
export CCHC_VENV
export PATH := $(abspath $(CCHC_VENV)/bin):$(PATH)

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: ## the virtual environment for running (demo and up call it)
	@scripts/setup.sh runtime

setup-dev: ## the virtual environment for testing (test and lint call it)
	@scripts/setup.sh dev

demo: setup ## the main job once: a sample quarter of Hải Phòng through Airflow to the report
	@$(PY) -m cchc.local demo --authority $(AUTHORITY) --period $(PERIOD)

up: setup ## start the local installation, web page on http://localhost:8080 (CCHC_PORT)
	@$(PY) -m cchc.local up

down: setup ## stop it, every process of it
	@$(PY) -m cchc.local down

status: setup ## what of the local installation runs
	@$(PY) -m cchc.local status

backfill: setup ## collect what waits and consolidate a past period again: make backfill PERIOD=2026-H1
	@$(PY) -m cchc.local backfill --period $(PERIOD)

test: setup-dev ## all tests; PYTEST_ARGS for a part of them
	@scripts/system.sh
	@scripts/test.sh $(PYTEST_ARGS)

bench: setup-dev ## seconds for each stage and peak memory of a big quarter, beside the naive way
	@$(PY) -m tests.bench

lint: setup-dev ## ruff and mypy
	@$(PY) -m ruff check .
	@$(PY) -m mypy

lock: setup-dev ## compile the hashed requirements again
	@for file in setup runtime dev; do \
	  echo "requirements/$$file.txt"; \
	  $(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	    requirements/$$file.in -o requirements/$$file.txt || exit 1; \
	done
