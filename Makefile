# make demo          the main job on a fleet of broken hosts in Python; needs only Python 3.11 to 3.13 and git; half a minute, and a minute or two more the first time
# make demo-offline  one host without WinRM, by files alone: collect, judge, repair, prove; needs what make lab needs
# make quick         the rules and everything else that is pure: no ansible command, no host in Python; a minute of the processor
# make test          all tests that need only Python; five to twelve minutes on two cores, twenty with a PowerShell engine and Wine
# make deep          the same more thoroughly: twenty times the examples, every scenario the whole way; takes an hour
# make lint          ruff, mypy, yamllint, ansible-lint, ansible-test sanity, psengine lint where it is on PATH, changelog
# make lab           what needs a PowerShell engine, Wine or Remote Desktop servers; nothing may be skipped
# make matrix        the tests on each ansible-core that has an interpreter here, and docs/tested.md
# make gates         what Galaxy, the manual, Automation Platform and Event-Driven Ansible do with the archive; writes docs/gates.md
# make figures       how readable the code is; with LANES="quick test" also what these lanes cost
# make accuracy      docs/accuracy.md: how often the diagnosis names the right cause of reported incidents
# make pictures      docs/images: the report on the demo's fleet as README shows it
# make sign          meta/powershell_signatures.psd1 for hosts with App Control: CERT=certificate.pem KEY=key.pem, of your own
# make contract      the schemas, the tables of host-contract.md and the choices of modules, from the contract
# make arrange       the collection where Ansible looks for it in a checkout; the other lanes do it by themselves
SHELL := /bin/bash
.DEFAULT_GOAL := help
# Without bytecode to load, each process of a lane would compile the collection and the tests first.
unexport PYTHONDONTWRITEBYTECODE
.PHONY: help demo demo-offline quick test deep figures lint sanity matrix lab bench docs gates accuracy contract pictures sign clean arrange

# Which Python each ansible-core takes on the controller stands in tests/tools/matrix; 2.16 and 2.17 take 3.10 as well.
CORE ?= 2.19
ASKED ?= ansible-core~=$(CORE).0
PYTHON ?= $(shell tests/tools/matrix --python $(CORE))
VENV ?= .venv
BIN := $(VENV)/bin
GATES := .build/gates
COLLECTION := collections/ansible_collections/winops/rdp
TREE := galaxy.yml README.md CONTRIBUTING.md SECURITY.md LICENSE CHANGELOG.md meta plugins roles playbooks docs tests changelogs extensions

help:
	@sed -n 's/^# make/make/p' Makefile

$(VENV)/.core-$(CORE): requirements.txt requirements-dev.txt requirements-kerberos.txt requirements-host-manager.txt
	@test -n "$(PYTHON)" || { echo "make: no Python found that ansible-core $(CORE) takes; install one, or name it: make PYTHON=/path/to/python3.12" >&2; exit 1; }
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check "$(ASKED)" -r requirements-dev.txt
	@if [ "$(CORE)" != 2.17 ]; then $(BIN)/python -m pip install --quiet --disable-pip-version-check "$(ASKED)" -r requirements-host-manager.txt; else echo "make: pytest-ansible takes no ansible-core 2.17, tests/e2e/host_manager is left out"; fi
	@if command -v krb5-config >/dev/null; then $(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-kerberos.txt; else echo "make: without krb5-config (Debian: libkrb5-dev) nothing is tested over Kerberos"; fi
	@rm -f $(VENV)/.core-*; touch $@

$(VENV)/.lint: $(VENV)/.core-$(CORE) requirements-lint.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-lint.txt "$(ASKED)"
	@touch $@

# Ansible finds collections in folders of a certain form: this one is made of links to the checkout.
arrange:
	@mkdir -p $(COLLECTION)
	@find $(COLLECTION) -mindepth 1 -maxdepth 1 ! -type l -exec rm -rf {} +
	@find $(COLLECTION) -mindepth 1 -maxdepth 1 -xtype l -delete
	@for entry in $(TREE); do if [ -e "$$entry" ]; then ln -sfn ../../../../$$entry $(COLLECTION)/$$entry; fi; done

demo: $(VENV)/.core-$(CORE) arrange
	@$(BIN)/python -m tests.demo

demo-offline: $(VENV)/.core-$(CORE) arrange
	@$(BIN)/python -m tests.lab.demo

# A lane is chosen by what its tests need (the marks in tests/conftest.py), not by where they stand.
QUICK := not (needs_ansible or needs_fleet or needs_sockets or needs_browser or needs_engine or needs_wine or needs_servers or takes_long)

quick: $(VENV)/.core-$(CORE) arrange
	$(BIN)/python -m pytest -q -m "$(QUICK)" $(TESTS)

MARKS ?= not (deep or every_connection)
# Whole files go to as many workers as there are processors, four at most: each serves hosts of its own.
WORKERS ?= $(shell n=$$(nproc 2>/dev/null || echo 2); echo $$(( n > 4 ? 4 : n )))
# In their own order: sorted by size, the slow files with few tests would come last, and one worker would end alone.
SPREAD := -n $(WORKERS) --dist loadfile --no-loadscope-reorder

test: $(VENV)/.core-$(CORE) arrange
	@$(MAKE) --no-print-directory help | grep '^make test '
	$(BIN)/python -m pytest $(SPREAD) -m "$(MARKS)" $(FLAGS) $(TESTS)

deep: $(VENV)/.core-$(CORE) arrange
	$(BIN)/python -m pytest $(SPREAD) --hypothesis-profile=deep $(TESTS)

figures: $(VENV)/.core-$(CORE) arrange
	@$(BIN)/python -m tests.tools.figures $(if $(LANES),--lanes $(LANES))

lint: $(VENV)/.lint arrange
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	cd collections && ../$(BIN)/mypy --config-file ../pyproject.toml ansible_collections/winops/rdp/plugins
	$(BIN)/mypy tests
	$(BIN)/yamllint --strict .
	$(BIN)/antsibull-changelog lint
	PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/ansible-lint --offline --profile production --strict
	@if command -v psengine >/dev/null; then psengine lint plugins/module_utils/*.psm1 plugins/modules/__windows/*.ps1; else echo "psengine lint: skipped, psengine is not on PATH"; fi
	$(MAKE) sanity

sanity: $(VENV)/.core-$(CORE)
	tests/tools/sanity $(BIN)

matrix:
	tests/tools/matrix $(TESTS)

lab: $(VENV)/.core-$(CORE) arrange
	@$(BIN)/python -c "import sys; from tests.lab import prefix; why = prefix.missing(); sys.exit(why and f'make lab: {why}; tests/lab/README.md says what it needs.')"
	CI=true $(BIN)/python -m pytest $(SPREAD) -m "not deep" tests/lab tests/unit/host_script

# The package ansible has the collection ansible.windows, and many more; only this one is taken out of it. For ansible-core 2.19.
WINDOWS := .build/windows
$(WINDOWS)/.done: $(VENV)/.core-$(CORE)
	rm -rf $(WINDOWS)
	$(BIN)/python -m pip download --quiet --disable-pip-version-check --no-deps --dest $(WINDOWS) "ansible~=12.0"
	$(BIN)/python -c "import sys, zipfile; whole = zipfile.ZipFile(sys.argv[1]); whole.extractall(sys.argv[2], [one for one in whole.namelist() if one.startswith('ansible_collections/ansible/windows/')])" $(WINDOWS)/*.whl $(WINDOWS)
	@rm -f $(WINDOWS)/*.whl; touch $@

bench: $(VENV)/.core-$(CORE) $(WINDOWS)/.done arrange
	@for bench in tests/bench/*.py; do case $$bench in *__init__*) continue ;; */fleet.py|*/round_trips.py) more="--collections $(WINDOWS)" ;; *) more= ;; esac; \
	  echo "== $$bench"; $(BIN)/python -m tests.bench.$$(basename $$bench .py) $$more || exit 1; done

docs: $(VENV)/.core-$(CORE) arrange
	$(BIN)/python -m tests.tools.written_docs

$(GATES)/.done: requirements-dev.txt requirements-lint.txt requirements-gates.txt
	test -x $(GATES)/bin/python || $(PYTHON) -m venv $(GATES)
	$(GATES)/bin/python -m pip install --quiet --disable-pip-version-check "ansible-core~=$(CORE).0" -r requirements-dev.txt -r requirements-lint.txt -r requirements-gates.txt
	@touch $@

gates: $(GATES)/.done arrange
	$(GATES)/bin/python -m tests.tools.gates

accuracy: $(VENV)/.core-$(CORE) arrange
	$(BIN)/python -m tests.tools.accuracy

contract: $(VENV)/.core-$(CORE) arrange
	$(BIN)/python -m tests.tools.contract

pictures: demo
	$(BIN)/python -m tests.tools.screenshots --readme

sign: $(VENV)/.core-$(CORE)
	@$(BIN)/python -m tests.tools.sign $(if $(CERT),--cert $(CERT)) $(if $(KEY),--key $(KEY)) $(if $(OUT),--out $(OUT))

clean:
	rm -rf .venv .build collections .mypy_cache .ruff_cache .pytest_cache .hypothesis
