#!/bin/sh
# What compilers do not say: shell scripts, manual pages, C. Each checker is used
# where it is installed; what is missing is said. CLANG_TIDY=1: that one too,
# which takes minutes.
cd "$(dirname "$0")/.." || exit 2
failed=0

have() {
	command -v "$1" >/dev/null 2>&1 && return 0
	echo "$1: not installed, left out"
	return 1
}

check() { # NAME COMMAND...
	name=$1
	shift
	if "$@"; then echo "$name: ok"; else
		echo "$name: failed"
		failed=1
	fi
}

# SC2016: expressions are meant to stay as they are. SC1090, SC1091, SC2154:
# tests/lib.sh is found by a variable, and sets some. SC2034: others read them. SC2010: ls of names
# that the test made. SC2046: words that are to be split.
if have shellcheck; then
	find tests -name '*.sh' >.build/scripts
	check shellcheck xargs shellcheck -S warning -s sh \
		-e SC2016,SC1090,SC1091,SC2154,SC2034,SC1007,SC2010,SC2046 tests/run <.build/scripts
	[ ! -e .ci/run ] || check "shellcheck .ci/run" shellcheck -S warning -s bash .ci/run
fi
if have mandoc && ls man/*.[157] >/dev/null 2>&1; then
	find man -name '*.[157]' >.build/pages
	check mandoc xargs mandoc -T lint -W warning <.build/pages
fi
# It does not see that msg_die never returns, and takes a value that is set
# where a status says so for one that is not: hence what is suppressed.
if have cppcheck; then
	check cppcheck cppcheck -q -j2 --std=c11 --enable=warning,portability \
		--inline-suppr --error-exitcode=1 -Ilib -I.build/default \
		--suppress=missingIncludeSystem --suppress=nullPointerRedundantCheck \
		--suppress=arrayIndexOutOfBoundsCond --suppress=uninitvar \
		--suppress=invalidFunctionArg \
		--suppress=nullPointerArithmeticRedundantCheck lib src tests/data
fi
if [ "${CLANG_TIDY:-0}" = 1 ] && have clang-tidy; then
	check clang-tidy clang-tidy --quiet --warnings-as-errors='*' \
		--checks='-*,bugprone-*,-bugprone-easily-swappable-parameters,clang-analyzer-*,-clang-analyzer-security.insecureAPI.DeprecatedOrUnsafeBufferHandling' \
		lib/*.c src/*/*.c tests/data/*.c -- -std=c11 -D_POSIX_C_SOURCE=200809L \
		-D_DEFAULT_SOURCE -DVERSION='"0"' -DZLIB=1 -Ilib -I.build/default
fi
exit $failed
