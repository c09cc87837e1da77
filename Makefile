.DEFAULT_GOAL := help
.PHONY: help check test demo bench pins reference

help: ## this list
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

check: ## format, lint, types, floors, dependencies, spelling, documents
	uv run --all-groups ruff format --check
	uv run --all-groups ruff check
	uv run --all-groups mypy
	uv run --all-groups lint-imports
	uv run --all-groups deptry src
	uv run --all-groups codespell
	uv run --all-groups pytest -q tests/docs tests/house

test: ## all tests
	uv run pytest

demo: ## the stories
	uv run dragoman demo

bench: ## the benchmarks
	uv run python -m benchmarks.flows
	uv run python -m benchmarks.ingest
	uv run python -m benchmarks.startup

pins: ## pin every dependency anew
	uv run python -m tools.pins

reference: ## write the generated pages anew
	uv run python -m tools.reference
