# Every tool against every kind of trouble with files, pipes and terminals that
# are not there.
. "$TESTS/lib.sh"

tools='crm-import crm-segment crm-score crm-followup crm-report'

# One file serves every tool: it has the columns of tickets, and each customer
# comes once.
header='ticket_id\tcustomer_id\tkind\tchannel\topened_at\tclosed_at\tstatus\tamount'
good="$header\n1\tA\torder\tweb\t2026-11-01T08:00:00\t2026-11-01T09:00:00\tclosed\t10.00\n2\tB\trepair\tphone\t2026-11-02T10:00:00\t2026-11-20T09:00:00\tclosed\t\n3\tC\tcomplaint\t\t2026-11-03T10:00:00\t\topen\t\n"
file good.tsv "$good"

# The command of TOOL that reads FILE, or without one standard input.
command_of() { # TOOL [FILE]
	case $1 in
	crm-import) echo "$1 -q -k tickets ${2:-}" ;;
	crm-segment) echo "$1 --where=true ${2:-}" ;;
	crm-score) echo "$1 -q --as-of=2026-11-21 -t good.tsv ${2:-}" ;;
	crm-followup) echo "$1 -q --as-of=2026-11-21 ${2:-}" ;;
	crm-report) echo "$1 -q --as-of=2026-11-21 --format=tsv ${2:+-t $2} intake" ;;
	esac
}

# --- what should go well ---

for tool in $tools; do
	run $(command_of $tool good.tsv)
	cp .out $tool.out
	true_that "$tool: it writes something" [ -s $tool.out ]
	run $(command_of $tool good.tsv)
	expect "$tool: a good file" 0 @$tool.out ''
	cp good.tsv in
	run $(command_of $tool)
	expect "$tool: standard input" 0 @$tool.out ''
	run sh -c "cat good.tsv | $(command_of $tool)"
	expect "$tool: a pipe" 0 @$tool.out ''
	rm in
	run sh -c "$(command_of $tool good.tsv) <&-"
	expect "$tool: closed standard input, a file to read" 0 @$tool.out ''
	run sh -c "$(command_of $tool good.tsv) 2>&-"
	expect "$tool: closed standard error" 0 @$tool.out ''
	run sh -c "$(command_of $tool good.tsv) -o out.tsv >&-"
	expect "$tool: -o and closed standard output" 0 '' ''
	same "$tool: -o wrote it all" $tool.out out.tsv
	rm -f out.tsv
	file head.tsv "$header\n"
	run $(command_of $tool head.tsv)
	true_that "$tool: header only: it prints a header" \
		[ "$(sed -n '$=' .out)" = 1 ]
	run $(command_of $tool head.tsv)
	cp .out head.out
	expect "$tool: header only is no error" 0 @head.out ''
done

# --- what cannot be written ---

for tool in $tools; do
	for redirection in '>&-' '>/dev/full' '-o /dev/full'; do
		why='standard output: No space left on device'
		case $redirection in
		'>&-') why='standard output: Bad file descriptor' ;;
		-o*) why='/dev/full: No space left on device' ;;
		esac
		[ -c /dev/full ] || [ "$redirection" = '>&-' ] || continue
		run sh -c "$(command_of $tool good.tsv) $redirection"
		expect "$tool $redirection" 2 '' "$tool: $why\n"
		run sh -c "$(command_of $tool head.tsv) $redirection"
		expect "$tool $redirection, only a header to write" 2 '' \
			"$tool: $why\n"
	done
	run sh -c "$tool --help >&-"
	expect "$tool --help, closed standard output" 2 '' \
		"$tool: standard output: ..."
	run sh -c "$tool --version >&-"
	expect "$tool --version, closed standard output" 2 '' \
		"$tool: standard output: ..."
	if [ -c /dev/full ]; then
		run sh -c "$tool --help >/dev/full"
		expect "$tool --help >/dev/full" 2 '' \
			"$tool: standard output: No space left on device\n"
	fi
	run $(command_of $tool good.tsv) -o none/out.tsv
	expect "$tool: -o in a folder that is not there" 2 '' "$tool: none/out.tsv: ..."
	run $(command_of $tool good.tsv) -o .
	expect "$tool: -o is a folder" 2 '' "$tool: .: ..."
done

# what can fail fails before any file has changed
if [ -c /dev/full ]; then
	file people.tsv 'customer_id\tname\nA\tWang\n\tLi\n'
	for option in --rejects --pairs; do
		file kept.tsv 'as it was\n'
		run crm-import -q --max-messages=0 $option=/dev/full -o kept.tsv people.tsv
		expect "crm-import $option=/dev/full" 2 '' \
			'crm-import: /dev/full: No space left on device\n'
		run cat kept.tsv
		expect "crm-import $option=/dev/full leaves -o FILE alone" 0 'as it was\n' ''
	done
	file into.tsv 'customer_id\tname\nB\tSun\n'
	cp into.tsv before.tsv
	run crm-import -q --max-messages=0 --rejects=/dev/full --into=into.tsv people.tsv
	expect 'crm-import --into, --rejects=/dev/full' 2 '' \
		'crm-import: /dev/full: No space left on device\n'
	same 'leaves --into FILE alone' before.tsv into.tsv
	file two.tsv 'segment\twhen\na\tkind == "order"\nb\t\n'
	mkdir parts
	file parts/a.tsv 'as it was\n'
	ln -s /dev/full parts/b.tsv
	run crm-segment -f two.tsv --split=parts good.tsv
	expect 'crm-segment --split, one part cannot be written' 2 '' \
		'crm-segment: parts/b.tsv: No space left on device\n'
	run cat parts/a.tsv
	expect 'leaves the other parts alone' 0 'as it was\n' ''
fi

# --- what cannot be read ---

: >empty.tsv
for tool in $tools; do
	run sh -c "$(command_of $tool) <&-"
	expect "$tool: closed standard input" 2 '' \
		"$tool: (standard input): Bad file descriptor\n"
	run $(command_of $tool .)
	expect "$tool: a directory" 2 '' "$tool: .: Is a directory\n"
	run sh -c "$(command_of $tool) <."
	expect "$tool: a directory on standard input" 2 '' \
		"$tool: (standard input): Is a directory\n"
	file kept.tsv 'as it was\n'
	run $(command_of $tool none.tsv) -o kept.tsv
	expect "$tool: a missing file" 2 '' \
		"$tool: none.tsv: No such file or directory\n"
	run cat kept.tsv
	expect "$tool: a run that failed leaves -o FILE alone" 0 'as it was\n' ''
	run $(command_of $tool empty.tsv)
	expect "$tool: an empty file" 2 '' "$tool: empty.tsv: empty..."
	run $(command_of $tool)
	expect "$tool: nothing on standard input" 2 '' \
		"$tool: (standard input): empty..."
	true_that "$tool: nothing is left beside -o FILE" \
		[ -z "$(ls -A | grep -e '^\.kept' -e '^kept.tsv.')" ]
done
for tool in $tools; do
	run $(command_of $tool "$(printf 'no\033[1m\377.tsv')")
	expect "$tool: a name cannot steer a terminal" 2 '' \
		"$tool: no\\\\x1b[1m\\\\xff.tsv: No such file or directory\\n"
done
run crm-segment --where=true "$(printf 'no\ncrm-segment: all is well')"
expect 'nor pass for another message' 2 '' \
	'crm-segment: no\\ncrm-segment: all is well: No such file or directory\n'
long=$(printf '%05000d' 0)
run crm-segment --where=true "$long"
true_that 'a long name leaves room for the reason' \
	grep -q '0: .* too long$' .err
run crm-segment --where=true ''
expect 'an empty name' 2 '' 'crm-segment: an empty file name\n'
run crm-import -q -k tickets good.tsv --rejects=
expect 'an empty name of a result' 2 '' 'crm-import: an empty file name\n'
run crm-followup -q good.tsv --log=
expect 'an empty name of a log' 2 '' 'crm-followup: an empty file name\n'
true_that 'leaves no lock' [ ! -e ..lock ]
# shellcheck disable=SC3045 # where there is none, nothing is tested
if (ulimit -S -n 32) 2>/dev/null; then
	mkdir many
	i=100
	while [ $((i += 1)) -le 160 ]; do
		printf 'a\tb\n%d\t\n' $i >many/$i
	done
	run sh -c 'ulimit -S -n 32; crm-segment --where=true many/* | wc -l'
	true_that 'more files than the soft limit' [ "$(tr -d ' ' <.out)" = 61 ]
fi
if [ "$(id -u)" != 0 ]; then # root may read everything
	cp good.tsv secret.tsv
	chmod 0 secret.tsv
	for tool in $tools; do
		run $(command_of $tool secret.tsv)
		expect "$tool: an unreadable file" 2 '' \
			"$tool: secret.tsv: Permission denied\n"
	done
fi

# --- bad records ---

file nul.tsv "$good""4\tD\tor\0000der\tweb\t2026-11-04\t\topen\t1\n"
file mixed.tsv "$good""4\tD\torder\tweb\t2026-11-04\t\topen\t1\r\n"
file cut.tsv "$good""4\tD\torder\tweb\t2026-11-04\t\topen\t1"
file short.tsv "$good""4\tD\torder\n"
file long.tsv "$good""4\tD\torder\tweb\t2026-11-04\t\topen\t1\tmore\n"
for tool in $tools; do
	run $(command_of $tool nul.tsv)
	expect "$tool: a NUL byte" 1 @$tool.out "$tool: nul.tsv:5: ..."
	run $(command_of $tool long.tsv)
	expect "$tool: too many fields" 1 @$tool.out "$tool: long.tsv:5: ..."
	run $(command_of $tool short.tsv)
	expect "$tool: too few fields" 1 @$tool.out "$tool: short.tsv:5: ..."
	[ $tool != crm-import ] || continue
	run $(command_of $tool mixed.tsv)
	expect "$tool: mixed line ends" 1 @$tool.out \
		"$tool: mixed.tsv:5: the line ends CR LF, unlike the header\n"
	run $(command_of $tool cut.tsv)
	expect "$tool: no last LF" 1 @$tool.out \
		"$tool: cut.tsv:5: the last line has no line end: cut short?\n"
done
file whole.tsv "$good""4\tD\torder\tweb\t2026-11-04\t\topen\t1\n"
run $(command_of crm-import whole.tsv)
cp .out whole.out
expect 'crm-import: the same lines, whole' 0 @whole.out ''
true_that 'crm-import: four records' [ "$(wc -l <whole.out)" = 5 ]
run $(command_of crm-import mixed.tsv)
expect 'crm-import: mixed line ends' 0 @whole.out ''
run $(command_of crm-import cut.tsv)
expect 'crm-import: no last LF' 0 @whole.out ''

# --- the reader goes away ---

# Runs a command whose output nobody reads: its reader is gone before it starts.
unread() { # COMMAND
	{ read -r go <ready; sh -c "$1" 2>.err; echo $? >.status; } |
		{ exec <&-; echo go >ready; }
	: >.out
	status=$(cat .status)
	command_line=$1
}

mkfifo ready
sh -c 'kill -PIPE $$'
if [ $? = 141 ]; then
	for tool in $tools; do
		unread "$(command_of $tool good.tsv)"
		expect "$tool: SIGPIPE is silent" 141 '' ''
	done
	awk 'BEGIN {
		print "ticket_id\tcustomer_id\tkind\tchannel\topened_at\tstatus"
		for (i = 0; i < 40000; i++)
			print i "\tcustomer-" i "\torder\tweb\t2026-11-01T08:00:00\topen"
	}' >big.tsv
	for tool in crm-import crm-segment crm-score; do
		run $(command_of $tool big.tsv)
		head -1 .out >first
		run sh -c "$(command_of $tool big.tsv) | head -1"
		expect "$tool | head -1" 0 @first ''
	done
fi
for tool in $tools; do
	unread "trap '' PIPE; $(command_of $tool good.tsv)"
	expect "$tool: where SIGPIPE is ignored: exit 2 with a message" 2 '' \
		"$tool: standard output: Broken pipe\n"
done

# --- gzip ---

need gzip
gzip -c good.tsv >good.gz
size=$(wc -c <good.gz)
head -c $((size - 6)) good.gz >cut.gz
crm-segment --where=true good.gz >.out 2>.err
! grep -q 'built without zlib' .err || skip 'built without zlib'
for tool in $tools; do
	run $(command_of $tool good.gz)
	expect "$tool: gzip" 0 @$tool.out ''
	cp good.gz in
	run $(command_of $tool)
	expect "$tool: gzip on standard input" 0 @$tool.out ''
	rm in
	run $(command_of $tool cut.gz)
	expect "$tool: gzip cut short" 2 '' "$tool: cut.gz: gzip: cut short\n"
done
finish
