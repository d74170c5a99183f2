#!/usr/bin/env bash
# Prepares what a make target needs: `run` and `dev` fill .venv, `tools`, `bench` and `lighthouse` fill .tools, `browser` looks
# for Chromium.
# It starts from nothing but Python 3.11 and repeats no step whose lock file is unchanged.
set -euo pipefail
cd "$(dirname "$0")/.."

say() { printf '%s\n' "$*" >&2; }
fail() { say "error: $1"; shift; for line in "$@"; do say "  $line"; done; exit 3; }

# --- Debian packages, where we may install them ---------------------------------------------------------------------

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@" </dev/null
  else sudo -n "$@" </dev/null; fi
}

may_install() {
  command -v apt-get >/dev/null || return 1
  [ "$(id -u)" = 0 ] || { command -v sudo >/dev/null && sudo -n true 2>/dev/null; }
}

install_package() {
  say "installing Debian's $1 ..."
  local log
  log=$(mktemp)
  if as_root env DEBIAN_FRONTEND=noninteractive apt-get update -q >"$log" 2>&1 &&
     as_root env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends "$1" >>"$log" 2>&1; then
    rm -f "$log"
  else
    tail -n 15 "$log" >&2; rm -f "$log"; return 1
  fi
}

# --- Python ---------------------------------------------------------------------------------------------------------

new_enough() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }

find_python() {
  local name
  for name in ${PYTHON:-} python3 python3.14 python3.13 python3.12 python3.11; do
    if command -v "$name" >/dev/null && new_enough "$name"; then command -v "$name"; return; fi
  done
  fail "Python 3.11 or newer was not found" \
    "on Debian or Ubuntu: apt-get install python3 python3-venv" "or name it: make PYTHON=/path/to/python3.11 ..."
}

usable() { [ -x "$1/bin/python" ] && new_enough "$1/bin/python" && "$1/bin/python" -m pip --version >/dev/null 2>&1; }

make_environment() {
  local folder=$1 python package
  usable "$folder" && return
  python=$(find_python)
  say "making $folder with $("$python" --version) ..."
  if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
    # Debian keeps these two modules in a package of their own, named after the version of Python.
    package=$("$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')
    if ! may_install || ! install_package "$package"; then
      fail "Python cannot make a virtual environment here" "as an administrator: apt-get install $package"
    fi
  fi
  "$python" -m venv --clear "$folder" || fail "$folder could not be made; the lines above say why"
}

# One stamp for each lock file; its content is the fingerprint of all that decides what gets installed.
fingerprint() { cat "$1/pyvenv.cfg" "requirements/$2.txt" pyproject.toml scripts/setup.sh | cksum; }

install_locked() {
  local folder=$1 lock=$2 stamp="$1/.installed-$2"
  make_environment "$folder"
  [ "$(cat "$stamp" 2>/dev/null)" = "$(fingerprint "$folder" "$lock")" ] && return
  say "installing requirements/$lock.txt into $folder (a minute or two, once) ..."
  "$folder/bin/python" -m pip install -qq --require-hashes -r "requirements/$lock.txt" </dev/null ||
    fail "the packages could not be installed; the lines above say why" "the command can simply be given again"
  if [ "$folder" = .venv ]; then
    "$folder/bin/python" -m pip install -qq --no-deps --no-build-isolation --editable . </dev/null ||
      fail "lcsite itself could not be installed; the lines above say why"
  fi
  fingerprint "$folder" "$lock" >"$stamp"
}

# Two commands at once share .venv: the second waits for the first.
wait_for_turn() {
  command -v flock >/dev/null || return 0
  mkdir -p .cache
  exec 9>.cache/setup.lock
  flock 9
}

find_chromium() {
  local name
  for name in ${LCSITE_CHROMIUM:-} chromium chromium-browser google-chrome google-chrome-stable; do
    if command -v "$name" >/dev/null; then return 0; fi
  done
  return 1
}

# Lighthouse comes from npm, pinned with a hash for each package, and runs no script while it is installed.
install_lighthouse() {
  local folder=.cache/lighthouse
  command -v npm >/dev/null || fail "npm was not found" "on Debian or Ubuntu, as an administrator: apt-get install npm"
  cmp -s requirements/lighthouse/package-lock.json "$folder/installed.json" && return
  say "installing Lighthouse into $folder (a minute, once) ..."
  mkdir -p "$folder"
  cp requirements/lighthouse/package.json requirements/lighthouse/package-lock.json "$folder/"
  (cd "$folder" && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error >&2) ||
    fail "Lighthouse could not be installed; the lines above say why"
  cp requirements/lighthouse/package-lock.json "$folder/installed.json"
}

wait_for_turn
case "${1:-}" in
  run)
    # What serves the tests serves the build: no second installation where the larger set is in place.
    if usable .venv && [ "$(cat .venv/.installed-dev 2>/dev/null)" = "$(fingerprint .venv dev)" ]; then exit 0; fi
    install_locked .venv run ;;
  dev) install_locked .venv dev ;;
  tools) install_locked .tools tools ;;
  bench) mkdir -p .tools; install_locked .tools/bench bench ;;
  lighthouse) install_lighthouse ;;
  browser)
    find_chromium && exit 0
    if may_install && install_package chromium; then exit 0; fi
    say "note: Chromium is missing, so the browser tests cannot run; as an administrator: apt-get install chromium"
    say "      (a Chromium elsewhere can be named with LCSITE_CHROMIUM=/path/to/chromium)" ;;
  *) fail "usage: scripts/setup.sh run|dev|tools|bench|lighthouse|browser" ;;
esac
