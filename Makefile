# One command each, from a bare clone: Python 3.11 or newer, make and git are all they need.
# tools/setup_env.py builds .venv from constraints.txt, and sees in a moment when it is built.

.DEFAULT_GOAL := help
.PHONY: help reproduce test lab bench lint notebooks clean
export PYTHON REPORT

setup = python="$$(sh tools/find_python.sh)" && "$$python" tools/setup_env.py
python = .venv/bin/python
# In a container the only user is often root, whom Jupyter refuses unless told.
root = $$(test "$$(id -u)" != 0 || echo --allow-root)

help: ## list these commands
	@echo "make COMMAND, where COMMAND is one of:"
	@sed -n 's/^\([a-z]*\):.* ## /  \1 ## /p' Makefile | awk -F ' ## ' '{ printf "%-12s %s\n", $$1, $$2 }'

reproduce: ## check the study, re-run every notebook, write outputs/ (REPORT=path: the published words too)
	@$(setup) notebooks
	@.venv/bin/qualcode reproduce . $${REPORT:+--report "$$REPORT"}

test: ## everything CI runs: format, lint, types, floors, javascript, tests, browser, notebooks, outputs
	@$(setup) dev
	@$(python) tools/run_tests.py

lab: ## open JupyterLab on the notebooks (ARGS=--no-browser where there is none)
	@$(setup) notebooks
	@$(python) -m jupyterlab --ServerApp.root_dir=. --LabApp.default_url=/lab/tree/notebooks $(root) $(ARGS)

bench: ## time qualcode on a generated study of 1,000 transcripts
	@$(setup) dev
	@$(python) -m benchmarks

lint: ## the quick part of test: format, lint, types, floors
	@$(setup) dev
	@$(python) tools/run_tests.py format lint types floors

notebooks: ## re-run the notebooks in place and refresh the committed outputs
	@$(setup) notebooks
	@.venv/bin/qualcode reproduce . --in-place

clean: ## remove .venv, caches and what the tests leave behind
	rm -rf .venv .venv.lock .fresh build dist .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis benchmarks/.cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
