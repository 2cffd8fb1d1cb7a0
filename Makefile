# Each target does its own set-up. `make help` lists them.
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.NOTPARALLEL:

VENV := .venv
PYTHON := $(VENV)/bin/python
INSTALLED := $(VENV)/.installed
CHECKERS := .venv-check
CODE := activities deploy docs grid_client grid_stub mail migrations models rules runtime schemas soap soap_api sweeper \
        temporal tests tools upkeep usecases web workflows worker.py client/switching_hub_client
# How many processes share the tests: most of their time they wait for servers.
PROCESSES ?= 6
# Which scripts `make simulate` draws, and how many.
SEED ?= 7
CASES ?= 500
export PYTHON311
# Several processes import the same modules: what one has compiled, the others take.
export PYTHONDONTWRITEBYTECODE =

##@ 動かす / Run
.PHONY: demo demo-once up down status
demo: $(INSTALLED) ## スイッチング1件を最初から最後まで実演し、Ctrl-C まで動かし続ける / play one switch, stay up
	@$(PYTHON) -m deploy.demo

demo-once: $(INSTALLED) ## 実演が完了したらすべて止めて終わる / the same, then stop everything
	@$(PYTHON) -m deploy.demo --once

up: $(INSTALLED) ## すべての部品を起動する / start all parts
	@$(PYTHON) -m deploy.stack up

down: $(INSTALLED) ## すべての部品を止める (データは残る) / stop all parts, keep the data
	@$(PYTHON) -m deploy.stack down

status: $(INSTALLED) ## 部品の状態を見る / show the state of the parts
	@$(PYTHON) -m deploy.stack status

##@ 確かめる / Verify
.PHONY: test browser faults simulate siege clients bench-soap bench-front bench-open-cases bench-cases bench-bulk bench-records load-cases check format
test: $(INSTALLED) ## テスト一式、ブラウザーなどを除く (一部だけなら ARGS="tests/rules -k cut_off") / all tests
	@$(PYTHON) -m $(if $(ARGS),pytest $(ARGS),tests.run_rooms $(PROCESSES))

browser: $(INSTALLED) ## 画面を Chromium で試す (axe、キーボード、幅、印刷) / the screens in a browser
	@$(PYTHON) -m pytest tests/browser $(ARGS)

faults: $(INSTALLED) ## 停止と障害の試験を行い、数値を示す (短くは FAULTS=short) / restarts and faults, with figures
	@HUB_TESTS_LONG=$(if $(filter short,$(FAULTS)),0,1) $(PYTHON) -m pytest tests/survival tests/faults $(ARGS)

simulate: $(INSTALLED) ## スイッチングの一年を乱数で実演して確かめる (SEED=7 CASES=500、短くは CASES=25) / a simulated year
	@$(PYTHON) -m tools.simulation --seed $(SEED) --cases $(CASES)

siege: $(INSTALLED) ## 攻撃のかたわらで、よい電文が待たされないことを確かめる (短くは SIEGE=short) / attacks
	@$(PYTHON) -m tools.siege $(if $(filter short,$(SIEGE)),--short)

clients: $(INSTALLED) ## ほかの言語のクライアントを (なければ入れて) 実物につなぐ / clients of other kinds
	@tests/clients/install.sh
	@$(PYTHON) -m pytest tests/clients $(ARGS)

bench-soap: $(INSTALLED) ## SOAP の速さを測り、目標に届かなければ 0 以外で終わる (短くは BENCH=short) / the SOAP face
	@$(PYTHON) -m pytest -q tests/bench
	@$(PYTHON) -m tools.bench $(if $(filter short,$(BENCH)),--short)

bench-front: $(INSTALLED) ## フロントがあるときとないときの速さを比べる (短くは BENCH=short、WORKERS=1 も) / the front beside none
	@$(PYTHON) -m tools.bench.front $(if $(filter short,$(BENCH)),--short) $(addprefix --processes ,$(WORKERS))

bench-open-cases: $(INSTALLED) ## 未完了の案件2万件でメモリーと回答時間を測る (短くは CASES=1000) / thousands of open cases
	@$(PYTHON) -m tools.bench.open_cases $(if $(filter-out file,$(origin CASES)),--cases $(CASES))

bench-cases: $(INSTALLED) ## 案件1件の費用と速さを最小の案件と並べて測る (短くは BENCH=short、WATCH=10 も) / whole cases
	@$(PYTHON) -m tools.bench.cases $(if $(filter short,$(BENCH)),--short) $(if $(WATCH),--watch $(WATCH))

bench-bulk: $(INSTALLED) ## 廃止取次1万行のファイルを処理して測る (短くは BENCH=short) / a file of 10,000 referrals
	@$(PYTHON) -m tools.bench.bulk_files $(if $(filter short,$(BENCH)),--short)

bench-records: $(INSTALLED) ## 参照と変更の記録の封緘が、参照をどれだけ遅くするかを測る (短くは BENCH=short) / what sealing costs
	@$(PYTHON) -m tools.bench.records $(if $(filter short,$(BENCH)),--short)

load-cases: $(INSTALLED) ## 案件を大量に用意し、画面ごとの費用を測る (CASES=1000000、KEEP=1 で測らずに残す) / many cases
	@$(PYTHON) -m tools.many_cases $(if $(filter-out file,$(origin CASES)),--cases $(CASES)) $(if $(KEEP),--keep)

check: $(CHECKERS)/.installed ## 静的検査 (ruff, mypy, import-linter) / static checks
	@$(CHECKERS)/bin/ruff check .
	@$(CHECKERS)/bin/ruff format --check .
	@$(CHECKERS)/bin/mypy --python-executable $(PYTHON) $(CODE)
	@PYTHONPATH=client $(CHECKERS)/bin/lint-imports

format: $(CHECKERS)/.installed ## 書式を整える / format the code
	@$(CHECKERS)/bin/ruff format .
	@$(CHECKERS)/bin/ruff check --fix .

##@ 保守 / Maintain
.PHONY: setup wsdl docs screens lock clean help
setup: $(INSTALLED) ## 準備だけする / only install

wsdl: $(INSTALLED) ## カタログから WSDL を書き直す / write the WSDLs anew from the catalogue
	@$(PYTHON) -m tools.write_wsdls

docs: $(INSTALLED) ## コードから作るページ (技術資料、案件状態の遷移、試験パターン、設定、権限、フロント) を書き直す / write the generated pages anew
	@$(PYTHON) -m docs.specification_pages
	@$(PYTHON) -m docs.write_test_patterns
	@$(PYTHON) -m docs.write_settings
	@$(PYTHON) -m docs.write_access
	@$(PYTHON) -m docs.write_front

screens: $(INSTALLED) ## 画面の遷移を記録し、見本 (docs/screens.md) を撮り直す / walk through all screens, take their pictures
	@$(PYTHON) -m pytest -q tests/web/walk --record-walk
	@$(PYTHON) -m tests.browser.take_screens
	@$(PYTHON) -m tests.browser.take_temporal_pictures

lock: $(INSTALLED) ## 依存の版とハッシュを固定し直す / pin the requirements anew
	@for part in bootstrap runtime dev check clients; do \
	  (cd requirements && ../$(PYTHON) -m uv pip compile --quiet --generate-hashes --no-header --no-emit-index-url \
	    --no-emit-find-links --python-version 3.11 $(if $(UPGRADE),--upgrade) $$part.in -o $$part.txt) || exit 1; done

clean: ## 止めて、データとキャッシュを消す / stop, delete data and caches
	@if [ -x $(PYTHON) ]; then $(PYTHON) -m deploy.stack down; fi
	rm -rf var .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -not -path './$(VENV)/*' -prune -exec rm -rf {} +

help: ## この一覧 / this list
	@awk 'BEGIN {FS = ":.*## "} /^##@/ {printf "\n%s\n", substr($$0, 5)} \
	  /^[a-z-]+:.*## / {printf "  make %-16s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

$(INSTALLED): requirements/bootstrap.txt requirements/dev.txt deploy/install.sh
	@deploy/install.sh
	@touch $@

$(CHECKERS)/.installed: requirements/check.txt $(INSTALLED)
	@$(PYTHON) -m uv venv --quiet --clear --python $(PYTHON) $(CHECKERS)
	@$(PYTHON) -m uv pip sync --quiet --require-hashes --python $(CHECKERS)/bin/python requirements/check.txt
	@touch $@
