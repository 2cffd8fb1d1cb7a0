#!/bin/sh
# Makes .venv and installs the pinned requirements into it. Run again, it changes only what differs.
set -eu
cd "$(dirname "$0")/.."

is_python311() {
    "$1" -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' >/dev/null 2>&1
}

find_python() {
    for candidate in "${PYTHON311:-}" python3.11 python3 python \
        "${PYENV_ROOT:-${HOME:-}/.pyenv}"/versions/3.11*/bin/python3.11 \
        /usr/local/bin/python3.11 /opt/homebrew/bin/python3.11; do
        if [ -n "$candidate" ] && is_python311 "$candidate"; then
            echo "$candidate"
            return
        fi
    done
    cat >&2 <<'TEXT'
Python 3.11 が見つかりません。インストールするか、環境変数 PYTHON311 に場所を指定してください。
Python 3.11 was not found. Install it, or say where it is: make PYTHON311=/path/to/python3.11
TEXT
    return 1
}

if ! is_python311 .venv/bin/python; then
    python=$(find_python)
    echo "仮想環境を作ります (.venv) / making .venv" >&2
    rm -rf .venv
    if ! "$python" -m venv .venv; then
        rm -rf .venv
        echo "$python に venv がありません。Debian系では python3.11-venv を入れてください。" >&2
        echo "$python cannot make virtual environments; on Debian install python3.11-venv." >&2
        exit 1
    fi
fi
if ! .venv/bin/python -m uv --version >/dev/null 2>&1; then
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/bootstrap.txt
fi
VIRTUAL_ENV="$PWD/.venv" UV_PYTHON_DOWNLOADS=never .venv/bin/python -m uv pip sync \
    --quiet --require-hashes requirements/bootstrap.txt requirements/dev.txt
# The retailers' client is a package of its own, which the demonstration and the tests use as retailers do.
.venv/bin/python -c 'import pathlib, site; (pathlib.Path(site.getsitepackages()[0]) / "client.pth").write_text(f"{pathlib.Path.cwd()}/client\n")'
