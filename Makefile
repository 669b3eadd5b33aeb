# Trajectoires : toutes les commandes du projet. « make » seul les liste.
# Chemins relatifs et « python -m » : le dossier peut porter n’importe quel nom, espaces compris.

SHELL := /bin/sh
.NOTPARALLEL:
.DEFAULT_GOAL := help

PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11 python3.14; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
BIN := .venv/bin
PY := $(BIN)/python
EMBEDDED := $(PY) -m trajectoires.embedded
SYSTEM := $(PY) trajectoires/embedded/system.py
PYTEST_ARGS ?=
# Deux processus de tests : l’un tient le navigateur, l’autre le reste. COVERAGE=1 : sous 95 % de branches, c’est un échec.
ALL_TESTS := -n 2 --no-loadscope-reorder $(if $(COVERAGE),--cov --cov-branch --cov-fail-under=95)
# Jamais utilisées en service : de quoi vérifier les réglages de production sans déployer.
DEPLOY_ENV := DJANGO_SETTINGS_MODULE=trajectoires.settings.production \
	SECRET_KEY=verification-seulement-0123456789-abcdefghijklmnopqrstuvwxyz-ABCDEFGHIJ \
	ALLOWED_HOSTS=trajectoires.example SITE_URL=https://trajectoires.example EMAIL_URL=dummymail:// \
	BADGE_SIGNING_KEY="$$($(PY) -c 'from trajectoires.settings.badges import new_key; print(new_key())')"

test bench e2e check messages fuzz faults load growth beyond: export DJANGO_SETTINGS_MODULE = trajectoires.settings.test

.PHONY: help
help: ## cette liste
	@sed -n 's/^\([a-z0-9]*\):.*## \(.*\)/  make \1|\2/p' Makefile | while IFS='|' read -r name text; do \
		printf '%-16s %s\n' "$$name" "$$text"; done

.PHONY: install
install: ## installer les paquets Python dans .venv (rien à faire s’ils sont à jour)
	@p="$(PYTHON)"; [ -n "$$p" ] || p=python3; \
	command -v "$$p" >/dev/null || { echo "✗ Python 3.11 ou plus récent est introuvable. Debian, Ubuntu : sudo apt-get install python3 python3-venv" >&2; exit 1; }; \
	"$$p" trajectoires/embedded/install.py

.PHONY: run
run: install ## lancer la plateforme (PORT=8000 par défaut) ; Ctrl-C arrête tout
	@$(SYSTEM) pdf --continue
	@$(EMBEDDED) run

.PHONY: stop
stop: install ## arrêter la plateforme lancée depuis ce dossier
	@$(EMBEDDED) stop

.PHONY: reset
reset: install ## arrêter et effacer les données de ce dossier (FORCE=1 : sans demander)
	@$(EMBEDDED) reset

.PHONY: manage
manage: install ## une commande de manage.py sur la plateforme lancée depuis ce dossier (ARGS="verify_audit")
	@$(EMBEDDED) manage -- $(or $(ARGS),help)

.PHONY: test
test: install ## tous les tests, sur de vrais serveurs jetables (PYTEST_ARGS="-k mot" pour choisir)
	@$(SYSTEM) pdf
	@$(SYSTEM) browser
	@$(SYSTEM) spreadsheet
	@$(EMBEDDED) exec -- $(PY) -m pytest $(if $(PYTEST_ARGS),$(PYTEST_ARGS),$(ALL_TESTS))

.PHONY: e2e
e2e: install ## les seuls parcours dans un vrai navigateur
	@$(SYSTEM) pdf
	@$(SYSTEM) browser
	@$(EMBEDDED) exec -- $(PY) -m pytest -m e2e $(PYTEST_ARGS)

.PHONY: check
check: install ## style, types, frontières, gabarits, migrations, réglages de production
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy
	$(BIN)/lint-imports
	$(PY) -m djlint templates --lint --quiet
	$(EMBEDDED) exec -- $(PY) manage.py makemigrations --check --dry-run
	$(EMBEDDED) exec -- $(PY) -m trajectoires.trust.migrations
	$(EMBEDDED) exec -- env $(DEPLOY_ENV) $(PY) manage.py check --deploy --fail-level WARNING
	$(PY) -m trajectoires.trust.asvs

.PHONY: bench
bench: install ## mesurer les pages et les PDF, à côté d’une page Django nue
	@$(SYSTEM) pdf
	@$(EMBEDDED) exec -- $(PY) -m tests.bench

.PHONY: audit
audit: install ## failles connues des bibliothèques verrouillées (sans réseau, le dit et ne vérifie rien)
	@$(PY) -m trajectoires.trust.flaws

.PHONY: fuzz
fuzz: install ## formulaires, API et fichiers envoyés sous des saisies tirées au hasard (MINUTES=10 ; FUZZ_SEED=… rejoue un tirage)
	@seed=$${FUZZ_SEED:-$$(date +%s)}; echo "FUZZ_SEED=$$seed"; FUZZ_SEED=$$seed FUZZ_MINUTES=$(or $(MINUTES),10) \
		$(EMBEDDED) exec -- $(PY) -m pytest tests/fuzz -n 0 -q

.PHONY: faults
faults: install ## pannes réelles, une à une puis par deux, pendant que des gens travaillent ; écrit docs/fiabilite.md
	@$(SYSTEM) pdf
	@$(EMBEDDED) exec -- $(PY) -m tests.faults.campaign

.PHONY: load
load: install ## trois cents personnes pendant cinq minutes, réglages de production ; écrit docs/charge.md
	@$(EMBEDDED) exec -- $(PY) -m tests.load

.PHONY: growth
growth: install ## cent mille associations, un million de campagnes : mêmes requêtes, mêmes plans ; écrit docs/croissance.md
	@$(PY) -m tests.growth

.PHONY: beyond
beyond: install ## deux serveurs web et deux travailleurs derrière nginx, l’un tué ; PgBouncer, réplique, S3 ; écrit docs/plusieurs-machines.md
	@$(SYSTEM) pdf
	@$(EMBEDDED) exec -- $(PY) -m tests.beyond

.PHONY: lock
lock: install ## refaire requirements.lock après un changement de pyproject.toml (garde les versions qui conviennent)
	$(BIN)/uv pip compile pyproject.toml --group dev --generate-hashes --universal --no-header \
		--python-version 3.11 --quiet --output-file requirements.lock

.PHONY: messages
messages: install ## relever puis compiler les textes à traduire (paquet gettext)
	$(PY) manage.py makemessages --locale fr --ignore '.venv/*' --ignore '.local/*'
	$(PY) manage.py compilemessages --locale fr --ignore '.venv/*'

.PHONY: image
image: install ## fabriquer et peser l’image « app » sans Docker, dans une Debian nue, puis y vivre (root, debootstrap)
	@$(PY) -m tests.deploy.root

.PHONY: machine
machine: install ## installer par systemd, d’une Debian 13 vide à HTTPS, en chronométrant (root, debootstrap)
	@$(PY) -m tests.deploy.journey

.PHONY: sbom
sbom: install ## écrire .local/sbom.json : les bibliothèques et les paquets d’un déploiement (CycloneDX)
	@$(PY) -m trajectoires.trust.sbom .local/sbom.json
