#!/usr/bin/env bash
# Installs what the clients of other kinds run on: Debian packages, npm's and PyPI's. Run again, it changes only what differs.
# What cannot be installed here ends it with the line that installs it.
set -euo pipefail
cd "$(dirname "$0")/../.."

give_up() { # the line that installs what is missing
    echo "ほかの言語のクライアントに必要なものが足りません。次の行で入れてください。" >&2
    echo "What clients of other kinds need is missing. This line installs it:" >&2
    printf '\n    %s\n\n' "$1" >&2
    exit 1
}

has() { command -v "$1" >/dev/null 2>&1; }

install_debian_packages() {
    local missing=()
    { has php && php -m | grep -qx soap; } || missing+=(php-cli php-soap)
    { has wsdl2h && has soapcpp2 && [[ -e /usr/include/stdsoap2.h ]]; } || missing+=(gsoap libgsoap-dev)
    [[ -e /usr/include/openssl/ssl.h ]] || missing+=(libssl-dev)
    [[ -e /usr/include/zlib.h ]] || missing+=(zlib1g-dev)
    has openssl || missing+=(openssl)
    has cc || missing+=(gcc libc6-dev)
    has javac || missing+=(default-jdk-headless)
    [[ -e /usr/share/java/jaxws-tools.jar ]] || missing+=(libjaxws-java)
    has node || missing+=(nodejs)
    has npm || missing+=(npm)
    ((${#missing[@]})) || return 0
    local line="apt-get install --no-install-recommends ${missing[*]}"
    if ! has apt-get || ((EUID != 0)); then
        give_up "sudo apt-get update && sudo $line"
    fi
    echo "入れます / installing: ${missing[*]}" >&2
    { apt-get update -qq && DEBIAN_FRONTEND=noninteractive $line -y -qq >/dev/null; } || give_up "apt-get update && $line"
}

install_npm_package() {
    local folder=var/clients/node
    ! cmp --quiet tests/clients/package.json "$folder/installed.json" || return 0
    mkdir -p "$folder"
    cp tests/clients/package.json "$folder/"
    local line="npm install --no-package-lock --ignore-scripts --no-audit --no-fund"
    (cd "$folder" && $line --loglevel=error >/dev/null) || give_up "(cd $folder && $line)"
    cp tests/clients/package.json "$folder/installed.json"
}

install_python_packages() {
    local folder=var/clients/python
    [[ -x $folder/bin/python ]] || .venv/bin/python -m venv --without-pip "$folder"
    local line=".venv/bin/python -m uv pip sync --python $folder --require-hashes requirements/clients.txt"
    $line --quiet || give_up "$line"
}

install_debian_packages
install_npm_package
install_python_packages
