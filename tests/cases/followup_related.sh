# Rules of crm-followup that ask for related rows: whatever the ids look like and
# the rows' order, however they come in, and however many rules there are.
. "$TESTS/lib.sh"

list() { # the columns due_at, rule and ticket_id
	crm-followup -q --no-header --as-of=2026-11-21 "$@" >.full
	list_status=$?
	cut -f1,4,11 .full
	return $list_status
}
columns='ticket_id\tcustomer_id\tref\tkind\topened_at\tstatus\n'
file r.tsv 'rule\twhen\tdue\ncalled\tkind == "x" and has("y")\tlast("y")\nnot called\tkind == "x" and not has("y")\topened_at\n'

# ---- ids ----

long=ticket-with-an-id-of-more-than-twenty-three-bytes
file t.tsv "${columns}a\\\\\\\\b\tc\t\tx\t2026-11-01\t\ny1\tc\ta\\\\\\\\b\ty\t2026-11-02\t\n$long\tc\t\tx\t2026-11-03\t\ny2\tc\t$long\ty\t2026-11-04\t\n$long-\tc\t\tx\t2026-11-05\t\nz\\\\t1\tc\t\tx\t2026-11-06\t\ny3\tc\tz\\\\t1\ty\t2026-11-07\t\nz\tc\t\tx\t2026-11-08\t\n"
want="2026-11-02T00:00:00\tcalled\ta\\\\\\\\b\n2026-11-04T00:00:00\tcalled\t$long\n2026-11-05T00:00:00\tnot called\t$long-\n2026-11-07T00:00:00\tcalled\tz\\\\t1\n2026-11-08T00:00:00\tnot called\tz\n"
for chunk in 1 100 1000000; do
	for jobs in 1 3; do
		export CRM_CHUNK=$chunk
		run list -j $jobs -f r.tsv t.tsv
		unset CRM_CHUNK
		expect "ids with escapes, and long ones: chunk $chunk, -j $jobs" 0 "$want" ''
	done
done
for n in 23 24 255 256 70000; do
	awk -v n=$n 'BEGIN {
		for (i = 0; i < n - 1; i++) id = id "i"
		print "ticket_id\tcustomer_id\tref\tkind\topened_at\tstatus"
		print id "a\tc\t\tx\t2026-11-01\t"
		print id "b\tc\t\tx\t2026-11-03\t"
		print "y1\tc\t" id "a\ty\t2026-11-02\t"
	}' >n.tsv
	list -f r.tsv n.tsv | cut -f1,2 >got
	printf '2026-11-02T00:00:00\tcalled\n2026-11-03T00:00:00\tnot called\n' >want
	same "ids of $n bytes" want got
done
file t2.tsv "${columns}t1\tc\t\tx\t2026-11-01\t\nt1\tc\t\tx\t2026-11-02\t\ny\tc\tt1\ty\t2026-11-03\t\nt1\tc\t\tx\t2026-11-04\t\n"
run list -f r.tsv t2.tsv
expect 'a ticket_id that comes several times: each is a ticket' 0 \
	'2026-11-03T00:00:00\tcalled\tt1\n2026-11-03T00:00:00\tcalled\tt1\n2026-11-03T00:00:00\tcalled\tt1\n' ''

# ---- how the rows come in ----

head -n 1 t.tsv >back.tsv
sed 1d t.tsv | awk '{ l[NR] = $0 } END { for (i = NR; i; i--) print l[i] }' >>back.tsv
run list -f r.tsv back.tsv
expect 'backwards' 0 "$want" ''
head -n 4 t.tsv >one.tsv
{ echo "status	kind	ref	customer_id	opened_at	ticket_id"; sed 1,4d t.tsv |
	awk -F '\t' -v OFS='\t' '{ print $6, $4, $3, $2, $5, $1 }'; } >two.tsv
run list -f r.tsv one.tsv two.tsv
expect 'from two files, whose columns stand in another order' 0 "$want" ''
run list -f r.tsv two.tsv one.tsv
expect 'and the other way round' 0 "$want" ''
cp t.tsv in
run list -f r.tsv
expect 'from standard input' 0 "$want" ''
rm in
run sh -c 'cat t.tsv | crm-followup -q --no-header --as-of=2026-11-21 -f r.tsv | cut -f1,4,11'
expect 'through a pipe' 0 "$want" ''
sed 's/$/\r/' t.tsv >crlf.tsv
run list -f r.tsv crlf.tsv
expect 'with CRLF' 0 "$want" ''
if command -v gzip >/dev/null && gzip -c t.tsv >t.gz && crm-segment --where=true t.gz >/dev/null 2>&1; then
	run list -f r.tsv t.gz
	expect 'compressed' 0 "$want" ''
fi
file noref.tsv 'ticket_id\tcustomer_id\tkind\topened_at\nt1\tc\tx\t2026-11-01\ny\tc\ty\t2026-11-02\n'
run list -f r.tsv noref.tsv
expect 'without ref there are no related rows' 0 '2026-11-01T00:00:00\tnot called\tt1\n' ''

# ---- what rules see ----

file c.tsv 'customer_id\ttier\nc\tgold\nd\t\n'
file p.tsv 'product\twarranty\nTV\t12\n'
file s.tsv 'rule\twhen\tdue\tpriority\ttext\ngold\tcustomer.tier == "gold" and has("y") and product.warranty > 6\tlast("y") + product.warranty * 1mo\tcount("y")\t{note} {customer.tier}\n'
file u.tsv 'ticket_id\tcustomer_id\tref\tkind\topened_at\tproduct\tnote\nt1\tc\t\tx\t2024-11-01\tTV\tone\nt2\td\t\tx\t2024-11-01\tTV\ttwo\nt3\tc\t\tx\t2024-11-01\tPC\tthree\ny1\tc\tt1\ty\t2024-11-02\t\t\ny2\tc\tt2\ty\t2024-11-02\t\t\ny3\tc\tt3\ty\t2024-11-02\t\t\ny4\tc\tt1\ty\t2024-11-05\t\t\n'
run crm-followup -q --no-header --as-of=2026-11-21 -f s.tsv -c c.tsv --products=p.tsv --explain u.tsv
expect 'its customer, its product and its related rows' 0 \
	'2025-11-05T00:00:00\t9144.0\t2\tgold\t\t\tc\t\t\t\tt1\tTV\t\t\t\tone gold\tcustomer.tier == "gold" and has("y") and product.warranty > 6 [customer.tier=gold has("y")=true product.warranty=12]; due last("y") + product.warranty * 1mo [last("y")=2024-11-05T00:00:00 product.warranty=12]\n' ''

# a time is read once for a ticket, however often and wherever it is asked for
file v.tsv 'rule\twhen\tdue\nv\tkind == "x" and opened_at < asof and has("y", opened_at > asof - 20d and closed_at - opened_at < 2d)\tmax(opened_at, closed_at) + 1h\n'
file w.tsv 'ticket_id\tcustomer_id\tref\tkind\topened_at\tclosed_at\nt1\tc\t\tx\t2026-11-03T10:00:00\t2026-11-05 10:00:00\nt2\tc\t\tx\t2026-11-03T02:00Z\t2026-11-05T08:30\nt3\tc\t\tx\t2026-10-03\t2026-11-05\ny1\tc\tt1\ty\t2026-11-10T23:59:59\t2026-11-11\ny2\tc\tt2\ty\t2026-11-10 23:59:59\t2026-11-12T23:59:58\ny3\tc\tt3\ty\t2026-11-10T23:59:59\t2026-11-12T23:59:59\n'
run list -f v.tsv w.tsv
expect 'times in every form' 0 '2026-11-05T09:30:00\tv\tt2\n2026-11-05T11:00:00\tv\tt1\n' ''

# the day of an offset's time is not that of its text
file d.tsv 'ticket_id\tcustomer_id\tkind\topened_at\nt1\tc\tx\t2026-11-19T20:30+00\nt2\tc\tx\t2026-11-19T10:30:00\n'
file e.tsv 'rule\twhen\tdue\nx\tkind == "x"\topened_at\n'
zone=$TZ
TZ=Asia/Shanghai
run list -j 1 -f e.tsv d.tsv
TZ=$zone
expect 'a time with an offset' 0 '2026-11-19T10:30:00\tx\tt2\n2026-11-20T04:30:00\tx\tt1\n' ''

# an amount matters to who sums it
file a.tsv 'rule\twhen\tdue\nn\tkind == "x" and count("y") == 2\topened_at\n'
file b.tsv 'rule\twhen\tdue\nn\tkind == "x" and sum("y") == 5\topened_at\n'
file m.tsv 'ticket_id\tcustomer_id\tref\tkind\topened_at\tamount\nt1\tc\t\tx\t2026-11-01\t\ny1\tc\tt1\ty\t2026-11-02\t5\ny2\tc\tt1\ty\t2026-11-02\tfive\n'
run list -f a.tsv m.tsv
expect 'what is no number is counted' 0 '2026-11-01T00:00:00\tn\tt1\n' ''
run list -f b.tsv m.tsv
expect 'but not summed' 1 '2026-11-01T00:00:00\tn\tt1\n' 'crm-followup: m.tsv:4: amount: not a number: "five"\n'

# ---- many rules ----

awk 'BEGIN {
	printf "rule\twhen\tdue\nlong\tkind == \"x\""
	for (i = 1; i <= 80; i++)
		printf " and %s", i % 2 ? "has(\"k" i "\")" : "status != \"s" i "\""
	print "\topened_at"
}' >deep.tsv
awk 'BEGIN {
	print "ticket_id\tcustomer_id\tref\tkind\topened_at\tstatus"
	print "t1\tc\t\tx\t2026-01-01\topen\nt2\tc\t\tx\t2026-01-01\topen\nt3\tc\t\tx\t2026-01-01\ts80"
	for (i = 1; i <= 80; i++)
		printf "a%d\tc\tt1\tk%d\t2026-02-01\t\nb%d\tc\tt2\tk%d\t2026-02-01\t\nc%d\tc\tt3\tk%d\t2026-02-01\t\n", i, i, i, i == 79 ? 0 : i, i, i
}' >deep_rows.tsv
run list -f deep.tsv deep_rows.tsv
expect 'a condition of 81 parts' 0 '2026-01-01T00:00:00\tlong\tt1\n' ''


awk 'BEGIN {
	print "rule\twhen\tdue"
	for (i = 1; i <= 150; i++)
		printf "r%03d\thas(\"k%d\") and not has(\"k%d\", status == \"no\") and kind == \"x\"\tlast(\"k%d\")\n", i, i, i, i
}' >many.tsv
awk 'BEGIN {
	print "ticket_id\tcustomer_id\tref\tkind\topened_at\tstatus"
	for (t = 1; t <= 9; t++) {
		printf "t%d\tc\t\tx\t2026-01-01\t\n", t
		for (i = t; i <= 150; i += 9)
			printf "t%d-%d\tc\tt%d\tk%d\t2026-02-%02d\t%s\n", t, i, t, i, i % 28 + 1, i % 10 ? "" : "no"
	}
}' >rows.tsv
awk 'BEGIN { for (i = 1; i <= 150; i++) if (i % 10)
	printf "2026-02-%02dT00:00:00\tr%03d\tt%d\n", i % 28 + 1, i, (i - 1) % 9 + 1 }' | sort >want
for jobs in 1 2; do
	list -j $jobs -f many.tsv rows.tsv | sort >got
	same "150 rules and 300 relations, -j $jobs" want got
done

file k.tsv 'rule\twhen\tdue\nodd\tstarts(kind, "k") and status == "s7"\topened_at\n'
awk 'BEGIN {
	print "ticket_id\tcustomer_id\tref\tkind\topened_at\tstatus"
	for (t = 1; t <= 9000; t++)
		printf "t%05d\tc\t\tk%d\t2026-01-01\ts%d\n", t, t % 5000, t % 200
	for (t = 9001; t <= 9400; t++)
		printf "t%05d\tc\t\tk\t2026-01-01\ts%d\n", t, t % 200
}' >kinds.tsv
awk 'BEGIN { for (t = 7; t <= 9400; t += 200) printf "2026-01-01T00:00:00\todd\tt%05d\n", t }' >want
list -j 2 -f k.tsv kinds.tsv >got
same 'thousands of kinds, hundreds of states' want got

# ---- the same bytes from any order, by any number of threads ----

generate=${GENERATE:-$TESTS/../.build/default/generate}
[ -x "$generate" ] || skip 'needs the generator (make check builds it)'
mkdir bench
"$generate" bench bench 500 20000 7 || exit 2
head -n 1 bench/tickets.tsv >shuffled
sed 1d bench/tickets.tsv | awk '{ print (NR * 7919) % 20011 "\t" $0 }' | sort -n | cut -f2- >>shuffled
crm-followup -q -j 1 --as-of=2026-11-21T09:00 -c bench/customers.tsv --explain bench/tickets.tsv >first
true_that 'there is something to do' [ "$(wc -l <first)" -gt 500 ]
for jobs in 2 5; do
	crm-followup -q -j $jobs --as-of=2026-11-21T09:00 -c bench/customers.tsv --explain shuffled >got
	same "shuffled, -j $jobs" first got
	CRM_CHUNK=5000 crm-followup -q -j $jobs --as-of=2026-11-21T09:00 \
		-c bench/customers.tsv --explain - <shuffled >got
	same "in small pieces from standard input, -j $jobs" first got
done
finish
