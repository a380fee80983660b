#!/usr/bin/env bash
# Installs the system packages that a purpose needs and this machine lacks.
# Usage: packages.sh run|lint|test. What is there already is left alone, and apt is not called.
set -euo pipefail

# What is looked for is the thing itself, not the package: names differ between releases.
# No `… | grep -q`: grep leaves early, and under pipefail the writer's broken pipe reads as "no".
has_library() { [[ "$libraries" == *$'\t'"$1 "* ]]; }
has_venv() { "$(command -v python3.11 || echo python3)" -c 'import ensurepip, venv' 2>/dev/null; }

# Version 1 of Liberation has no Vietnamese letters; its files stand in another folder.
has_font() {
  [ -e /usr/share/fonts/truetype/liberation2/LiberationSerif-Regular.ttf ] && return 0
  [ -e /usr/share/fonts/truetype/liberation/LiberationSerif-Regular.ttf ] || return 1
  case "$(dpkg-query -W -f='${Version}' fonts-liberation 2>/dev/null)" in 1:2.* | 2.*) return 0 ;; *) return 1 ;; esac
}

# Debian 12 keeps version 2 in a package of its own; from Debian 13 on it is fonts-liberation.
font_package() {
  local separate joint
  separate="$(LC_ALL=C apt-cache policy fonts-liberation2 2>/dev/null || true)"
  joint="$(LC_ALL=C apt-cache policy fonts-liberation 2>/dev/null || true)"
  if [[ ! "$separate" =~ Candidate:\ [0-9] && "$joint" =~ Candidate:\ (1:)?2\. ]]; then
    echo fonts-liberation
  else
    echo fonts-liberation2
  fi
}

missing_packages() {
  local libraries
  libraries="$(ldconfig -p 2>/dev/null || true)"
  has_venv || echo python3-venv
  has_library libpango-1.0.so.0 || echo libpango-1.0-0
  has_library libpangoft2-1.0.so.0 || echo libpangoft2-1.0-0
  has_library libharfbuzz.so.0 || echo libharfbuzz0b
  has_library libharfbuzz-subset.so.0 || echo libharfbuzz-subset0
  has_font || font_package
  if [ "$1" = test ]; then
    command -v chromium >/dev/null || echo chromium
    command -v pdffonts >/dev/null || echo poppler-utils
    has_library libatomic.so.1 || echo libatomic1 # the Node.js inside playwright links to it
  fi
}

as_root() {
  if [ "$(id -u)" = 0 ]; then
    env DEBIAN_FRONTEND=noninteractive "$@" </dev/null
  else
    sudo -n env DEBIAN_FRONTEND=noninteractive "$@" </dev/null
  fi
}

may_install() {
  command -v apt-get >/dev/null || return 1
  [ "$(id -u)" = 0 ] || { command -v sudo >/dev/null && sudo -n true 2>/dev/null; }
}

PATH="$PATH:/usr/sbin:/sbin" # ldconfig, for users who have no sbin
missing="$(missing_packages "$1" | paste -sd ' ')"
[ -n "$missing" ] || exit 0
if ! may_install; then
  echo "Missing system packages: $missing. Install them (apt-get install --no-install-recommends $missing) and try again." >&2
  exit 1
fi
echo "Installing system packages: $missing"
as_root apt-get -qq -o DPkg::Lock::Timeout=120 update
missing="$(missing_packages "$1" | paste -sd ' ')" # a fresh package list may name the font's package differently
# shellcheck disable=SC2086 # one word per package
as_root apt-get -qq -y --no-install-recommends -o DPkg::Lock::Timeout=120 -o Dpkg::Use-Pty=0 install $missing >/dev/null
still="$(missing_packages "$1" | paste -sd ' ')"
if [ -n "$still" ]; then
  echo "These system packages are still missing after apt-get: $still." >&2
  exit 1
fi
