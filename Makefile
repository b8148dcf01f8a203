# `make run` and `make test` do all the set-up; `make help` lists the other commands.
# Paths are relative, so the folder may lie anywhere, also under a name with spaces.

PY := .venv/bin/python
DIST := dist/visualiser
# More of what a command takes: make test ARGS="-k corruption"
ARGS ?=

.DEFAULT_GOAL := help
.PHONY: help run test lint package bench clean

help: ## List the commands
	@awk -F ':.*## ' '/^[a-z]+:.*## /{printf "make %-9s %s\n", $$1, $$2}' Makefile

run: ## Open the program (without a display: run the demonstration and keep its pictures)
	@sh .ci/setup.sh program
	@if [ "$$(uname)" = Linux ] && [ -z "$${DISPLAY:-}$${WAYLAND_DISPLAY:-}" ]; then \
	    echo "There is no display here, so this runs the demonstration instead:" \
	        "its pictures go to demo/"; \
	    exec $(PY) -m visualiser demo --out demo; \
	fi; \
	exec $(PY) -m visualiser $(ARGS)

# Each worker begins with files of its own, so that what a file trains once is not trained in each.
test: ## Run the tests (no display needed)
	@sh .ci/setup.sh test
	@$(PY) -m pytest -n auto --maxprocesses 4 --dist worksteal $(ARGS)

lint: ## Check style, types and the direction of imports
	@sh .ci/setup.sh test
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy --strict visualiser
	$(PY) -c "from importlinter.cli import lint_imports_command as lint; lint()"

package: ## Build the folder program for this machine: dist/visualiser
	@sh .ci/setup.sh package
	$(PY) -m PyInstaller --noconfirm --clean --log-level WARN build.spec
	@echo "Built $(DIST): $$(du -sm $(DIST) | cut -f1) MB"

bench: ## Measure the speed of this machine, in a short form
	@sh .ci/setup.sh program
	@$(PY) -m visualiser bench --short $(ARGS)

clean: ## Remove what was built and measured (keeps .venv)
	rm -rf build dist demo .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	find visualiser tests -name __pycache__ -type d -prune -exec rm -rf {} +
