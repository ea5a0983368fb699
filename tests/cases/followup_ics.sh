# crm-followup --format=ics, held against RFC 5545 by a strict small checker.
. "$TESTS/lib.sh"
export TZ=Asia/Shanghai

columns='ticket_id\tcustomer_id\tkind\tproduct\topened_at\tnote\n'

# Says what is wrong with a calendar of to-dos, and fails then.
cat >check.awk <<'EOF2'
function wrong(what) { print FNR ": " what ": " $0; bad = 1 }

# RFC 5545, 3.3.11: only \\ \; \, \n, nothing bare, no control character but HTAB.
function text(value, list,   i, c) {
	for (i = 1; i <= length(value); i++) {
		c = substr(value, i, 1)
		if (c == "\\") {
			if (index("\\;,nN", substr(value, ++i, 1)) == 0)
				wrong("escape")
		} else if (c == ";" || (c == "," && !list)) {
			wrong("bare " c)
		} else if ((c < " " && c != "\t") || c == "\177") {
			wrong("control character")
		}
	}
}

function property(line,   at, name, value) {
	at = index(line, ":")
	name = substr(line, 1, at - 1)
	value = substr(line, at + 1)
	if (at == 0 || name !~ /^[A-Z-]+$/)
		wrong("not a property")
	count[name]++
	if (name == "BEGIN") {
		if (value != (depth == 0 ? "VCALENDAR" : "VTODO") || depth > 1)
			wrong("nesting")
		depth++
		for (name in count)
			if (depth == 2 && name != "VERSION" && name != "PRODID" && name != "BEGIN")
				delete count[name]
		if (depth == 2) {
			if (count["VERSION"] != 1 || count["PRODID"] != 1)
				wrong("VERSION and PRODID once, first")
		}
	} else if (name == "END") {
		depth--
		if (value != (depth == 0 ? "VCALENDAR" : "VTODO"))
			wrong("nesting")
		if (depth == 1) {
			if (count["UID"] != 1 || count["DTSTAMP"] != 1 || count["DUE"] != 1 ||
			    count["SUMMARY"] != 1 || count["DESCRIPTION"] > 1 || count["PRIORITY"] > 1)
				wrong("properties of a VTODO")
			delete count
			count["VERSION"] = count["PRODID"] = 1
		}
	} else if (name == "DTSTAMP") {
		if (value !~ /^[0-9][0-9][0-9][0-9][01][0-9][0-3][0-9]T[0-2][0-9][0-5][0-9][0-5][0-9]Z$/)
			wrong("DTSTAMP is not in UTC")
		if (stamp != "" && value != stamp)
			wrong("another DTSTAMP")
		stamp = value
	} else if (name == "DUE") {
		if (value !~ /^[0-9][0-9][0-9][0-9][01][0-9][0-3][0-9]T[0-2][0-9][0-5][0-9][0-5][0-9]$/)
			wrong("DUE")
	} else if (name == "PRIORITY") {
		if (value !~ /^[0-9]$/)
			wrong("PRIORITY")
	} else if (name == "UID") {
		if (value in uids)
			wrong("the same UID")
		uids[value] = 1
		text(value, 0)
	} else if (name == "SUMMARY" || name == "DESCRIPTION") {
		text(value, 0)
	} else if (name == "CATEGORIES") {
		text(value, 1)
	} else if (depth != 1 || (name != "VERSION" && name != "PRODID")) {
		wrong("unknown property")
	}
	todos += line == "BEGIN:VTODO"
}

{
	if (sub(/\r$/, "") == 0)
		wrong("no CRLF")
	if (index($0, "\r"))
		wrong("bare CR")
	if (length($0) > 75)
		wrong("longer than 75 octets")
	if (length($0) == 0)
		wrong("empty")
	if ($0 ~ /^[ \t]/) {
		whole = whole substr($0, 2)
		next
	}
	if (NR > 1)
		property(whole)
	whole = $0
}

END {
	property(whole)
	if (depth != 0)
		wrong("not closed")
	if (todos != wanted)
		wrong(todos " to-dos, not " wanted)
	exit bad
}
EOF2

# valid NAME COUNT: the last output is a valid calendar of so many to-dos.
valid() {
	cp .out calendar
	true_that "$1" awk -v wanted="$2" -f check.awk calendar
	# a character is never cut by a fold
	true_that "$1: every line is UTF-8" iconv -f UTF-8 -t UTF-8 calendar
}
need iconv

file r.tsv 'rule\twhen\tdue\taction\tpriority\ttext\nring; at, once\tkind == "x"\topened_at\tcall\t2\t{customer.name} {note}\nno action\tkind == "y"\topened_at\t\t\t\n'
file c.tsv 'customer_id\tname\tphone\tregion\nc1\t王小明\t+8613812345678\t山东; 青岛, 市南\nc2\tO\\\\Neil, \\\\\\\\ Sons; Ltd\\n2nd\\tline\t\t\nc3\t\0377bro\0303ken\0001\0177\t\t\n'
long=$(awk 'BEGIN { for (i = 0; i < 60; i++) printf "家电售后服务，很长；" }')
file t.tsv "${columns}t1\tc1\tx\t冰箱\t2026-11-20T16:00\t$long\nt2\tc2\tx\tA,B;C\t2026-11-20T16:00\ta\\\\nb\\\\tc\nt3\tc3\tx\t\t2026-11-20T16:00\t😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀\nt4,;\tc1\tx\t\t2026-11-20T16:00\t\nt5\tc9\ty\t\t2026-11-20T17:00\t\n"
run crm-followup -q -f r.tsv -c c.tsv --format=ics --as-of=2026-11-22T08:00 t.tsv
true_that 'done' [ "$status" = 0 ]
valid 'names, texts and ids of every kind' 5
true_that 'the stamp is as-of, in UTC' grep -q '^DTSTAMP:20261122T000000Z' calendar
true_that 'due is local time' grep -q '^DUE:20261120T160000' calendar
tr -d '\r' <calendar | awk '{ if (sub(/^ /, "")) printf "%s", $0; else printf "%s%s", (NR > 1 ? "\n" : ""), $0 } END { print "" }' >lines
true_that 'what the name was comes back' grep -qF 'SUMMARY:call: O\\Neil\, \\\\ Sons\; Ltd\n2nd' lines
true_that 'the long text is whole' grep -qF "DESCRIPTION:王小明 $long" lines
true_that 'broken bytes are shown as such, control characters not at all' grep -q '^SUMMARY:call: �bro�ken$' lines
true_that 'without an action the rule says what it is' grep -qx 'SUMMARY:no action' lines
sed 's/"x"/"none"/; s/"y"/"none"/' r.tsv >none.tsv
run crm-followup -q -f none.tsv --format=ics --as-of=2026-11-22T08:00 t.tsv
valid 'nothing to do' 0
run crm-followup -q -f r.tsv -c c.tsv --format=ics --explain --mask --as-of=2026-11-22T08:00 t.tsv
valid 'with reasons, masked' 5
true_that 'masked' sh -c '! grep -q 小明 calendar'
for zone in UTC America/New_York Asia/Kathmandu; do
	run env TZ=$zone crm-followup -q -f r.tsv -c c.tsv --format=ics --as-of=2026-11-22T08:00 t.tsv
	valid "in $zone" 5
done
true_that 'the stamp of Kathmandu' grep -q '^DTSTAMP:20261122T021500Z' calendar
# the UID is that of the action
file u.tsv 'rule\ton\tdue\nx\tticket\topened_at\ny\towner\tlast_entry\n'
uid() { # OWNER
	file t.tsv "ticket_id\tcustomer_id\tkind\topened_at\towner\nt1\tc1\tx\t2026-11-20\t$1\n"
	run crm-followup -q -f u.tsv --format=ics --as-of=2026-11-22 t.tsv
	grep '^UID' .out | tr -d '\r' | tr '\n' ' '
}
[ "$(uid Li)" = 'UID:x/c1/t1//2026-11-20T00:00:00@crm-followup UID:y///Li/2026-11-20T00:00:00@crm-followup ' ] &&
	[ "$(uid Wu)" = 'UID:x/c1/t1//2026-11-20T00:00:00@crm-followup UID:y///Wu/2026-11-20T00:00:00@crm-followup ' ]
result $? 'a ticket that changes hands keeps its UID'
# the checker finds fault with what is wrong
fault() { # NAME SED-SCRIPT
	sed "$2" calendar >faulty
	true_that "the checker: $1" sh -c '! awk -v wanted=5 -f check.awk faulty >/dev/null'
}
fault 'a line end' '3s/\r$//'
fault 'a line that is too long' '/^DESCRIPTION/s/:/:xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx/'
fault 'a bare comma' '/^SUMMARY/s/:/:a,/'
fault 'an escape' '/^SUMMARY/s/:/:\\x/'
fault 'no UID' '/^UID/d'
fault 'no end' '$d'
fault 'a local stamp' '/^DTSTAMP/s/Z//'
finish
