#!/bin/sh
# Makes ready what a command of the Makefile needs; quick when all of it is there.
#
#   sh .ci/setup.sh [program | test | package]
#
# - .venv, with the packages of pyproject.toml in the versions of constraints.txt
# - the libraries that Qt takes from the system (Linux): installed on Debian and Ubuntu when
#   root, otherwise the line to type is printed and the work goes on
#
# PYTHON names another interpreter: make run PYTHON=/opt/python3.12/bin/python3
set -eu
cd "$(dirname "$0")/.."

# What Qt opens at run time, each with Debian's package for it. The second half is for X11.
QT_LIBRARIES='
libglib-2.0.so.0      libglib2.0-0
libEGL.so.1           libegl1
libGL.so.1            libgl1
libxkbcommon.so.0     libxkbcommon0
libdbus-1.so.3        libdbus-1-3
libfontconfig.so.1    libfontconfig1
libX11-xcb.so.1       libx11-xcb1
libxcb-cursor.so.0    libxcb-cursor0
libxcb-icccm.so.4     libxcb-icccm4
libxcb-image.so.0     libxcb-image0
libxcb-keysyms.so.1   libxcb-keysyms1
libxcb-randr.so.0     libxcb-randr0
libxcb-render-util.so.0 libxcb-render-util0
libxcb-shape.so.0     libxcb-shape0
libxcb-sync.so.1      libxcb-sync1
libxcb-xfixes.so.0    libxcb-xfixes0
libxcb-xkb.so.1       libxcb-xkb1
libxkbcommon-x11.so.0 libxkbcommon-x11-0
'

say() {
    printf '%s\n' "$*" >&2
}

fail() {
    say "$@"
    exit 2
}

# Whether $1 is a Python that the pinned packages have wheels for.
fits() {
    "$1" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' 2>/dev/null
}

# Whether .venv can be built on: a set-up that was interrupted leaves a Python without pip.
usable_environment() {
    fits .venv/bin/python && .venv/bin/python -c 'import pip' 2>/dev/null
}

find_python() {
    if [ -n "${PYTHON:-}" ]; then
        fits "$PYTHON" || fail "PYTHON=$PYTHON is no Python 3.11, 3.12 or 3.13."
        printf '%s\n' "$PYTHON"
        return
    fi
    for candidate in python3 python3.13 python3.12 python3.11; do
        if fits "$candidate"; then
            printf '%s\n' "$candidate"
            return
        fi
    done
    fail "Training Visualiser needs Python 3.11, 3.12 or 3.13, and none was found." \
        "Install one (Debian and Ubuntu: apt-get install python3 python3-venv)," \
        "or say where it is: make run PYTHON=/path/to/python3"
}

missing_libraries() {
    known=$(PATH="$PATH:/sbin:/usr/sbin" ldconfig -p 2>/dev/null) || return 0
    printf '%s' "$QT_LIBRARIES" | while read -r library package; do
        case "$known" in
            *"$library "*) ;;
            *) [ -z "$library" ] || printf '%s\n' "$package" ;;
        esac
    done
}

install_system_libraries() {
    [ "$(uname)" = Linux ] || return 0
    missing=$(missing_libraries | sort -u | tr '\n' ' ')
    [ -n "$missing" ] || return 0
    if ! command -v apt-get >/dev/null 2>&1; then
        say "Qt needs libraries that this system lacks; in Debian's names: $missing"
    elif [ "$(id -u)" -ne 0 ]; then
        say "Qt needs libraries that this system lacks. Type this, then start again if need be:"
        say "    sudo apt-get install -y $missing"
    else
        say "Installing the libraries that Qt needs: $missing"
        export DEBIAN_FRONTEND=noninteractive
        # shellcheck disable=SC2086 # one word a package
        { apt-get update -qq && apt-get install -y -qq --no-install-recommends $missing; } \
            >/dev/null || say "They could not be installed; the window may not open."
    fi
}

install_packages() {
    extras=$1
    stamp=".venv/.ready${extras:+-$extras}"
    # The folder is part of it: a folder that was moved needs its environment anew.
    state=$({ pwd && cat pyproject.toml constraints.txt; } | cksum)
    if [ "$(cat "$stamp" 2>/dev/null)" = "$state" ] && usable_environment; then
        return
    fi
    if ! usable_environment; then
        python=$(find_python)
        "$python" -c 'import ensurepip, venv' 2>/dev/null || fail "$python cannot make virtual" \
            "environments. On Debian and Ubuntu: apt-get install python3-venv"
        say "Making the virtual environment .venv with $("$python" --version)"
        "$python" -m venv --clear .venv
    fi
    say "Installing the pinned packages into .venv (about 1.5 GB; a few minutes the first time)"
    .venv/bin/python -m pip install --quiet --disable-pip-version-check \
        --constraint constraints.txt --editable ".${extras:+[$extras]}" ||
        fail "The packages could not be installed. What pip said is above; then run make again."
    .venv/bin/python -m compileall -q visualiser # or the first start would do it
    printf '%s\n' "$state" >"$stamp"
}

install_system_libraries
case "${1:-program}" in
    program) install_packages "" ;;
    test) install_packages "dev" ;;
    package) install_packages "package" ;;
    *) fail "usage: sh .ci/setup.sh [program | test | package]" ;;
esac
