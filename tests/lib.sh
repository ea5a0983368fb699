# What every shell test uses. A test file is sourced by nothing and run by
# tests/run with $TESTS (this folder) and $PATH set; it works in a folder of its
# own, which is empty at the start and removed at the end.
#
#   run COMMAND...          runs it; keeps its output, messages and status.
#                           Standard input is the file `in` if there is one,
#                           else empty.
#   input TEXT              writes `in`: printf's %b, so \t and \n work and a
#                           backslash is \\
#   file NAME TEXT          the same into NAME
#   expect NAME STATUS OUT ERR
#                           one assertion: status, whole output and whole
#                           messages of the last run. OUT and ERR as for
#                           `input`; a message "..." at the end of ERR stands
#                           for anything that follows; ERR '*' for anything;
#                           OUT '@FILE' compares with a file.
#   same NAME A B           the files A and B are equal
#   true_that NAME COMMAND  the command succeeds
#   need PROGRAM            skips the rest of the file where it is missing
#   skip WHY                skips the rest of the file
#   shared FOLDER           sets $shared to the folder of real data, or skips

set -u
here=$(mktemp -d "${TMPDIR:-/tmp}/crm-test.XXXXXX") || exit 2
trap 'cd /; chmod -R u+rwX "$here" 2>/dev/null; rm -rf "$here"' EXIT
cd "$here" || exit 2
count=0
failed=0
newline='
'

result() { # PASS NAME
	count=$((count + 1))
	if [ "$1" = 0 ]; then
		printf 'ok %d - %s\n' "$count" "$2"
	else
		printf 'not ok %d - %s\n' "$count" "$2"
		failed=$((failed + 1))
	fi
}

input() { printf '%b' "$1" >in; }
file() { printf '%b' "$2" >"$1"; }

run() {
	command_line=$*
	if [ -e in ]; then
		"$@" <in >.out 2>.err
	else
		"$@" </dev/null >.out 2>.err
	fi
	status=$?
}

expect() { # NAME STATUS OUT ERR
	wrong=
	[ "$status" = "$2" ] || wrong="status $status, not $2"
	case $3 in
	@*) cmp -s "${3#@}" .out || wrong="$wrong; output" ;;
	*)
		printf '%b' "$3" >.want
		cmp -s .want .out || wrong="$wrong; output"
		;;
	esac
	case $4 in
	'*') ;;
	*...)
		printf '%b' "${4%...}" >.want_err
		size=$(wc -c <.want_err)
		head -c "$size" .err | cmp -s - .want_err || wrong="$wrong; messages"
		;;
	*)
		printf '%b' "$4" >.want_err
		cmp -s .want_err .err || wrong="$wrong; messages"
		;;
	esac
	if [ -z "$wrong" ]; then
		result 0 "$1"
		return 0
	fi
	result 1 "$1"
	{
		echo "command: $command_line"
		echo "wrong: $wrong"
		echo "output:"; head -c 2000 .out
		case $3 in @*) ;; *) echo "wanted:"; printf '%b' "$3" ;; esac
		echo "messages:"; head -c 2000 .err
		echo "wanted:"; printf '%b\n' "$4"
	} | sed 's/^/# /'
	return 1
}

same() {
	if cmp -s "$2" "$3"; then result 0 "$1"; else
		result 1 "$1"
		diff "$2" "$3" | head -20 | sed 's/^/# /'
	fi
}

true_that() {
	name=$1
	shift
	if "$@" >.true 2>&1; then result 0 "$name"; else
		result 1 "$name"
		{ echo "failed: $*"; head -c 1000 .true; } | sed 's/^/# /'
	fi
}

skip() {
	count=$((count + 1))
	printf 'ok %d - the rest of this file # SKIP %s\n' "$count" "$1"
	finish
}

need() { command -v "$1" >/dev/null 2>&1 || skip "needs $1"; }

shared() {
	shared=$TESTS/../../shared/data/$1
	[ -d "$shared" ] || skip "needs the real data ($1)"
}

finish() {
	printf '1..%d\n' "$count"
	[ "$failed" = 0 ]
	exit
}
