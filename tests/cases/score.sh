. "$TESTS/lib.sh"
# crm-score: orders, spend, first_order, last_order, recency, r f m rfm.
export CRM_AS_OF=2026-11-21T09:00
own='orders\tspend\tfirst_order\tlast_order\trecency\tr\tf\tm\trfm'

input 'customer_id\tname\n1\t王\n2\t李\n3\t\n'
file t.tsv 'ticket_id\tcustomer_id\tkind\topened_at\tamount\tstatus
t1\t1\torder\t2026-11-01T10:00:00\t100.00\tclosed
t2\t1\tsale\t2026-11-20 09:00\t0.5\t
t3\t1\torder\t2026-11-21T09:00:01\t1000\topen
t4\t1\torder\t2026-10-01\t50\tcancelled
t5\t1\treturn\t2026-11-02\t20.25\tclosed
t6\t1\treturn\t2026-11-03\t5\tcancelled
t7\t2\trepair\t2026-11-02\t70\tclosed
t8\t2\treturn\t2026-11-02\t3\t
t9\t9\torder\t2026-11-02\t3\tclosed
'
run crm-score -q -t t.tsv
expect 'purchases, returns, cancelled, later, other kinds' 0 \
	"customer_id\tname\t$own\n1\t王\t2\t80.25\t2026-11-01T10:00:00\t2026-11-20T09:00:00\t1\t1\t1\t1\t111\n2\t李\t0\t-3.00\t\t\t\t\t\t\t\n3\t\t0\t0.00\t\t\t\t\t\t\t\n" ''
run crm-score -t t.tsv
true_that 'the summary counts what was left out' grep -qx 'crm-score: 3 customers, 9 tickets: 3 purchases, 2 returns, 1 of unknown customers, 2 cancelled, 1 after as-of' .err
run crm-score -q --strict-keys -t t.tsv
true_that '--strict-keys: exit 1 for unknown customers' test "$status" = 1
true_that '--strict-keys: why' grep -qx 'crm-score: --strict-keys: 1 purchases and returns are of customers that are not in the file' .err
run crm-score -q --as-of=2026-11-20T08:59:59 -t t.tsv --where=x
expect 'no such option' 2 '' 'crm-score: unknown option --where=x; ...'
run crm-score -q --as-of=2026-13-01 -t t.tsv
expect 'an as-of that is no time' 2 '' "crm-score: --as-of: not a time: 2026-13-01; see 'crm-score --help'\n"
run env CRM_AS_OF=soon crm-score -q -t t.tsv
expect 'the same in the environment' 2 '' "crm-score: CRM_AS_OF: not a time: soon; see 'crm-score --help'\n"
run crm-score -q --as-of=2026-11-20T08:59:59 -t t.tsv --no-header
expect 'the clock is --as-of: what comes later is not there' 0 \
	'1\t王\t1\t79.75\t2026-11-01T10:00:00\t2026-11-01T10:00:00\t18\t1\t1\t1\t111\n2\t李\t0\t-3.00\t\t\t\t\t\t\t\n3\t\t0\t0.00\t\t\t\t\t\t\t\n' ''
run crm-score -q --purchases='kind == "repair"' -t t.tsv --no-header
expect '--purchases says what a purchase is' 0 \
	'1\t王\t0\t-20.25\t\t\t\t\t\t\t\n2\t李\t1\t67.00\t2026-11-02T00:00:00\t2026-11-02T00:00:00\t19\t1\t1\t1\t111\n3\t\t0\t0.00\t\t\t\t\t\t\t\n' ''

# recency counts whole days elapsed
input 'customer_id\n1\n'
file day.tsv 'ticket_id\tcustomer_id\tkind\topened_at\nt\t1\torder\t2026-11-19T09:00:01\n'
run crm-score -q -t day.tsv --no-header
expect 'a second short of two days is one; no amount adds nothing' 0 \
	'1\t1\t0.00\t2026-11-19T09:00:01\t2026-11-19T09:00:01\t1\t1\t1\t1\t111\n' ''

# scores: 1 + floor(bins * strictly worse / n)
printf 'customer_id\n' >in
printf 'ticket_id\tcustomer_id\tkind\topened_at\tamount\n' >ten.tsv
for i in 1 2 3 4 5 6 7 8 9 10; do
	echo $i >>in
	printf 't%d\t%d\torder\t2026-11-%02d\t%d\n' $i $i $i $((i * 10)) >>ten.tsv
done
crm-score -q -t ten.tsv <in | cut -f7- >scores
cat >want <<'END'
r	f	m	rfm
1	1	1	111
1	1	1	111
2	1	2	212
2	1	2	212
3	1	3	313
3	1	3	313
4	1	4	414
4	1	4	414
5	1	5	515
5	1	5	515
END
same 'ten customers in five bins; equals share the lowest' want scores
crm-score -q --bins=3 -t ten.tsv <in | cut -f10 | tr '\n' ' ' >scores
printf 'rfm 111 111 111 111 212 212 212 313 313 313 ' >want
same '--bins=3' want scores
printf 'ticket_id\tcustomer_id\tkind\topened_at\tamount\n' >ties.tsv
i=0
for amount in 5 5 5 5 9 9 9 9 9 20; do
	i=$((i + 1))
	printf 't%d\t%d\torder\t2026-11-01\t%d\n' $i $i $amount >>ties.tsv
done
crm-score -q -t ties.tsv <in | cut -f9 | tr '\n' ' ' >scores
printf 'm 1 1 1 1 3 3 3 3 3 5 ' >want
same 'ties: 4 of 10 are worse: 3; 9 of 10: 5' want scores
run crm-score -q -t ten.tsv --bins=11
expect '--bins goes from 2 to 10' 2 '' 'crm-score: --bins: not a whole number from 2 to 10: 11; ...'

# sums are exact
input 'customer_id\n1\n'
{
	printf 'ticket_id\tcustomer_id\tkind\topened_at\tamount\n'
	for i in 1 2 3 4 5 6 7 8 9 10 11 12; do
		printf '%d\t1\torder\t2026-11-01\t89999999999999.9999\n' $i
	done
	printf '13\t1\treturn\t2026-11-01\t0.0001\n'
} >big.tsv
run crm-score -q -t big.tsv --no-header
expect 'a sum beyond 64 bits' 0 \
	'1\t12\t1079999999999999.9987\t2026-11-01T00:00:00\t2026-11-01T00:00:00\t20\t1\t1\t1\t111\n' ''

# bad records
input 'customer_id\tname\n1\ta\n\tb\n1\tc\n2\td\n'
file bad.tsv 'ticket_id\tcustomer_id\tkind\topened_at\tamount
t1\t1\torder\t2026-11-31\t1
t2\t1\torder\t2026-11-01\t12,50
t3\t1\torder\t\t1
t4\t1\trepair\tnonsense\tnonsense
t5\t1\torder\t2026-11-01\t7
'
run crm-score -q -t bad.tsv --no-header
expect 'bad values and keys: left out, told, exit 1' 1 \
	'1\ta\t1\t7.00\t2026-11-01T00:00:00\t2026-11-01T00:00:00\t20\t1\t1\t1\t111\n2\td\t0\t0.00\t\t\t\t\t\t\t\n' \
	'crm-score: (standard input):3: customer_id: missing\ncrm-score: (standard input):4: customer_id: comes twice: "1"\ncrm-score: bad.tsv:2: opened_at: no such time: "2026-11-31"\ncrm-score: bad.tsv:3: amount: not a number: "12,50"\ncrm-score: bad.tsv:4: opened_at: missing\n'

# several files, own output, escapes in keys
input 'customer_id\tname\n1\ta\nx\\ty\tb\n'
file t1.tsv 'ticket_id\tcustomer_id\tkind\topened_at\tamount\nt1\t1\torder\t2026-11-01\t1\n'
file t2.tsv 'amount\tkind\topened_at\tcustomer_id\tticket_id\n2\torder\t2026-11-02\t1\tt2\n4\torder\t2026-11-02\tx\\ty\tt3\n'
run crm-score -q -t t1.tsv -t t2.tsv --no-header
expect 'several tickets files, columns by name; escaped keys' 0 \
	'1\ta\t2\t3.00\t2026-11-01T00:00:00\t2026-11-02T00:00:00\t19\t1\t3\t1\t131\nx\\ty\tb\t1\t4.00\t2026-11-02T00:00:00\t2026-11-02T00:00:00\t19\t1\t1\t3\t113\n' ''
crm-score -q -t t1.tsv <in >once
crm-score -q -t t1.tsv <once >twice
same 'over its own output: replaced in place' once twice
run crm-score -q
expect 'no tickets given' 2 '' 'crm-score: give the tickets: -t FILE; ...'
file noid.tsv 'ticket_id\tcustomer\tkind\topened_at\n'
run crm-score -q -t noid.tsv
expect 'a column is missing' 2 '' 'crm-score: noid.tsv: no column "customer_id"...'

file plain.tsv 'ticket_id\tcustomer_id\topened_at\tamount\nt1\t1\t2026-11-01\t1\n'
run crm-score -q -t plain.tsv
expect 'without a column kind the default does not know purchases' 2 '' 'crm-score: plain.tsv: no column "kind"\n'
run crm-score -q -t plain.tsv --purchases=true --no-header
expect '--purchases=true: every ticket is one' 0 '1\ta\t1\t1.00\t2026-11-01T00:00:00\t2026-11-01T00:00:00\t20\t1\t1\t1\t111\nx\\ty\tb\t0\t0.00\t\t\t\t\t\t\t\n' ''
file typo.tsv 'kind\topened_at\tcustomer_id\tAmount\norder\t2026-11-01\t1\t5\n'
run crm-score -q -t typo.tsv --no-header
expect 'a column that may be meant as the amounts is told' 0 '1\ta\t1\t0.00\t2026-11-01T00:00:00\t2026-11-01T00:00:00\t20\t1\t1\t1\t111\nx\\ty\tb\t0\t0.00\t\t\t\t\t\t\t\n' \
	'crm-score: typo.tsv: no column "amount", so nothing is spent; did you mean "Amount"?\n'
run crm-score -q -t typo.tsv --partial
expect 'by each part too' 0 '@.out' 'crm-score: typo.tsv: no column "amount", so nothing is spent; ...'
run crm-score -q -t typo.tsv --purchases='kind == "sale"' --no-header
expect 'and not where nothing is bought' 0 '@.out' ''
run crm-score -q -t -
expect 'standard input is not tickets and customers at once' 2 '' "crm-score: standard input cannot be both, the tickets and the customers; see 'crm-score --help'\n"
run crm-score -q --merge -t t1.tsv -t - -
expect 'nor partials' 2 '' 'crm-score: standard input cannot be both, the partials and the customers; ...'

# the order of rows does not matter, nor do threads
awk 'BEGIN {
	srand(7); print "customer_id"
	for (i = 0; i < 500; i++) print "c" i
}' >in
awk 'BEGIN {
	srand(8); print "ticket_id\tcustomer_id\tkind\topened_at\tamount"
	for (i = 0; i < 5000; i++)
		printf "t%d\tc%d\t%s\t2026-%02d-%02dT%02d:00\t%d.%02d\n", i,
			int(rand() * 500), rand() < .1 ? "return" : "order",
			1 + int(rand() * 10), 1 + int(rand() * 28),
			int(rand() * 24), int(rand() * 1000), int(rand() * 100)
}' >many.tsv
crm-score -q -t many.tsv <in >want
{ head -1 many.tsv; tail -n +2 many.tsv | sort -r -k5; } >shuffled.tsv
crm-score -q -t shuffled.tsv <in >got
same 'reordered tickets: the same bytes' want got
CRM_CHUNK=1000 crm-score -q -j7 -t many.tsv <in >got
same 'seven threads: the same bytes' want got
awk -F'\t' 'NR == FNR { if (FNR > 1) { if ($3 == "order") n[$2]++
	cents = $5 * 100; s[$2] += $3 == "order" ? cents : -cents } next }
	FNR > 1 { if ($2 != n[$1] + 0 || sprintf("%.2f", s[$1] / 100) != $3) bad++ }
	END { exit bad > 0 || FNR != 501 }' many.tsv want
result $? 'orders and spend agree with awk'
finish
