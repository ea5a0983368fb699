. "$TESTS/lib.sh"

# Several reports over one pass share what they compute of a ticket; each comes
# to what it comes to alone. Kinds and states by turns; some are missing or
# escaped; some times are written in other ways, some values are bad, at most
# one in a ticket; every third ticket is a child of the one before.
awk 'BEGIN {
	OFS = "\t"
	split("repair install maintain guide complaint order sale return design consult a\\tb", kinds, " ")
	split("closed closed open waiting cancelled closed", states, " ")
	print "ticket_id", "ref", "customer_id", "kind", "channel", "product", \
		"opened_at", "due_at", "closed_at", "status", "owner", \
		"station", "amount", "score"
	for (i = 1; i <= 400; i++) {
		day = sprintf("2026-%02d-%02d", i % 10 + 1, i * 7 % 28 + 1)
		opened = day "T" sprintf("%02d:30:00", i % 24)
		if (i % 50 == 1) opened = day
		if (i % 50 == 2) opened = day " 23:10Z"
		if (i % 97 == 3) opened = "soon"
		closed = i % 5 ? day "T" sprintf("%02d:40:00", (i * 5) % 24) : ""
		if (i % 89 == 4) closed = "2026-02-30"
		due = i % 4 ? day "T18:00:00" : ""
		if (i % 83 == 5) due = "noon"
		amount = i % 3 ? i % 40 ".5" : ""
		if (i % 79 == 6 && (i % 11 < 5 || i % 11 > 7)) amount = "1,5"
		bad = (i % 97 == 3) + (i % 89 == 4) + (i % 83 == 5) + (amount == "1,5")
		if (bad > 1) continue
		child = i % 3 == 0
		kind = child ? (i % 2 ? "callback" : "handover") : kinds[i % 11 + 1]
		state = states[i % 6 + 1]
		if (i % 31 == 0) state = ""
		print "t" i, child ? "t" i - 1 : "", "c" i % 17, kind, \
			i % 2 ? "web" : "\\N", "p" i % 5, opened, due, closed, \
			state, "o" i % 7, "s" i % 9, amount, i % 5 + 1
	}
}' >t.tsv
cat >d.tsv <<'E2'
report	of	where	by	across	show
days	tickets		yearmonth(opened_at)	weekday(opened_at)	n = count(); on_time = rate(closed_at <= due_at)
quarters	tickets	closed_at <= due_at	quarter = floor((month(opened_at) - 1) / 3) + 1; half = if(month(opened_at) > 6, "second", "first")		n = count(); hours = median(closed_at - opened_at); kinds = distinct(kind)
rates	tickets		status		closed = rate(status == "closed"); repairs = rate(kind == "repair" and status == "closed"); late = count(status == "closed" and closed_at > due_at); not_late = count(status == "closed" and not closed_at > due_at)
hours	tickets	status == "closed" and closed_at <= due_at	hour = hour(opened_at); day = date(closed_at)		n = count(); sum = sum(amount * 2); mean = mean(amount * 2 + score)
E2
all='intake loop sla backlog handovers stations owners settlement products season
days quarters rates hours'
ask() {
	crm-report -f d.tsv -t t.tsv --as-of=2026-11-01 --format=json "$@"
}
together() {
	ask "$@" $all 2>messages
}
: >alone
for report in $all; do
	ask $report 2>>alone >$report.json
done
together >got.json
for report in $all; do
	sed '1s/^\[//; $s/]$//' $report.json
done | paste -sd '\n' >plain
sed '1s/^\[//; $s/]$//; s/,$//' got.json >got.plain
sed 's/,$//' plain >want.plain
same 'each report is as it is alone' want.plain got.plain

# What has no time of its own is said by the pass that looks for children, before
# the others.
said() {
	grep ':[0-9]*: opened_at: ' "$1"
	grep ':[0-9]*: ' "$1" | grep -v ': opened_at: '
}
sort -u alone | sort -t : -k 3n >by-line
said by-line >want.txt
said messages >got.txt
same 'what is bad is said once, in the order of the lines' want.txt got.txt
true_that 'each kind of bad value is among them' test "$(cut -d : -f 4 got.txt |
	sort -u | wc -l)" -eq 4
for size in 1 64 4000; do
	CRM_CHUNK=$size together -j2 >again.json
	same "the same in chunks of $size" got.json again.json
	said messages >again.txt
	same "and what is bad, in chunks of $size" got.txt again.txt
done

# A report that has all its keys by the day, of tickets in no order.
{
	head -n 1 t.tsv
	tail -n +2 t.tsv | awk '{ print NR * 7919 % 1009 "\t" $0 }' | sort -n | cut -f 2-
} >mixed.tsv
run crm-report -q -f d.tsv -t mixed.tsv --as-of=2026-11-01 --format=tsv days
cp .out mixed.out
run crm-report -q -f d.tsv -t t.tsv --as-of=2026-11-01 --format=tsv days
same 'tickets in another order' .out mixed.out
finish
