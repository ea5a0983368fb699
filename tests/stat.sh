#!/bin/sh
# Sizes of functions and files against what the project aims at: functions of 20
# lines in the middle, 95 % under 60, none over 100; files under 400 lines; main
# under 60. A function's size runs from the line of its name to its last brace.
# With --check the exit status is 1 where an aim is missed.
cd "$(dirname "$0")/.." || exit 2
check=0
[ "${1:-}" != --check ] || check=1

find lib src tests/data tests/unit -name '*.c' 2>/dev/null | sort | xargs awk -v check="$check" '
function finish_file() {
	if (file == "")
		return
	files++
	if (lines > 400)
		long_files = long_files sprintf("  %-40s %5d\n", file, lines)
}
FNR == 1 { finish_file(); file = FILENAME; inside = 0 }
{ lines = FNR }
/^[a-z_0-9]+\(/ { name = $0; sub(/\(.*/, "", name); start = FNR }
/^\{/ && name != "" { inside = 1 }
/^\}/ && inside {
	size = FNR - start + 1
	inside = 0
	at[size]++
	if (size > most)
		most = size
	count++
	if (name == "main") {
		if (size > 60)
			mains = mains sprintf("  %-40s %5d main\n", file, size)
	}
	if (size >= 60 && file !~ /^tests\/unit/)
		long_functions = long_functions sprintf("  %-40s %5d %s\n", file, size, name)
	if (size > 100)
		over++
	name = ""
}
END {
	finish_file()
	for (size = 1; size <= most; size++) {
		seen += at[size]
		if (!median && seen * 2 >= count)
			median = size
		if (!high && seen * 100 >= count * 95)
			high = size
	}
	printf "%d files, %d functions: median %d lines (aim 20), 95 %% under %d (aim 60), longest %d (aim 100)\n",
		files, count, median, high + 1, most
	if (long_functions != "")
		printf "functions of 60 lines and more:\n%s", long_functions
	if (long_files != "")
		printf "files over 400 lines:\n%s", long_files
	if (mains != "")
		printf "main over 60 lines:\n%s", mains
	exit check && (high >= 60 || over > 0 || long_files != "" || mains != "")
}'
