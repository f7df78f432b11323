#!/bin/sh
# Print the Python to build .venv with, or say in one line what is missing.
# $PYTHON is taken at its word; otherwise the first that fits, the user's own python3 before others.

fits='import sys; sys.exit(0 if sys.version_info >= (3, 11) else 3)'
has_venv='import ensurepip, venv'

stop() {
    echo "qualcode: $1" >&2
    exit 1
}

if [ -n "${PYTHON:-}" ]; then
    command -v "$PYTHON" >/dev/null 2>&1 || stop "PYTHON=$PYTHON is not a program; give the path of a Python 3.11 or newer."
    "$PYTHON" -c "$fits" >/dev/null 2>&1 || stop "PYTHON=$PYTHON is not Python 3.11 or newer."
    "$PYTHON" -c "$has_venv" >/dev/null 2>&1 || stop "PYTHON=$PYTHON lacks the venv module; install it (Debian, Ubuntu: apt install python3-venv)."
    command -v "$PYTHON"
    exit 0
fi

seen=
for name in python3 python3.14 python3.13 python3.12 python3.11 python; do
    command -v "$name" >/dev/null 2>&1 || continue
    # A pyenv shim is found but may not run: ask it, do not trust its name.
    if "$name" -c "$fits" >/dev/null 2>&1; then
        if "$name" -c "$has_venv" >/dev/null 2>&1; then
            command -v "$name"
            exit 0
        fi
        seen="$name lacks the venv module; install it (Debian, Ubuntu: apt install python3-venv)."
    elif [ -z "$seen" ]; then
        seen="$name is $("$name" -V 2>&1 | head -n 1), but Python 3.11 or newer is needed; install one, or give its path: make PYTHON=/path/to/python."
    fi
done
stop "${seen:-no Python found; install Python 3.11 or newer.}"
