. "$TESTS/lib.sh"
# crm-score --save-breaks, --breaks: stored limits of r, f and m.
export CRM_AS_OF=2026-11-21T09:00

printf 'customer_id\n' >customers.tsv
printf 'ticket_id\tcustomer_id\tkind\topened_at\tamount\n' >tickets.tsv
for i in 1 2 3 4 5 6 7 8 9 10; do
	echo $i >>customers.tsv
	printf 't%d\t%d\torder\t2026-11-%02d\t%d.25\n' $i $i $i $((i * 10)) >>tickets.tsv
done
echo 11 >>customers.tsv
printf 'u1\t10\torder\t2026-11-01\t1\nu2\t9\treturn\t2026-11-01\t0.125\n' >>tickets.tsv
run crm-score -q -t tickets.tsv --save-breaks=limits.tsv customers.tsv
cp .out scored
true_that '--save-breaks: it writes the scores as ever' [ "$status" = 0 -a "$(wc -l <scored)" = 12 ]
run cat limits.tsv
expect '--save-breaks: the worst value that reaches each score' 0 'column\tscore\tlimit
recency\t2\t18
recency\t3\t16
recency\t4\t14
recency\t5\t12
orders\t5\t2
spend\t2\t30.25
spend\t3\t50.25
spend\t4\t70.25
spend\t5\t90.1250
' ''
crm-score -q -t tickets.tsv --breaks=limits.tsv customers.tsv >again
same '--breaks on the same data: the same scores' scored again
head -4 customers.tsv >part.tsv
crm-score -q -t tickets.tsv --breaks=limits.tsv part.tsv >part.got
head -4 scored >part.want
same '--breaks: a part of the customers is scored like the whole' part.want part.got
crm-score -q -t tickets.tsv part.tsv >part.own
true_that 'without it, it is not' sh -c '! cmp -s part.want part.own'
crm-score -q -t tickets.tsv --as-of=2026-11-24T09:00 --breaks=limits.tsv customers.tsv | cut -f 1,7-10 >got
awk -F '\t' -v OFS='\t' 'NR == 1 { print $1, $7, $8, $9, $10; next } $2 == 0 { print $1, "", "", "", ""; next }
	{ d = $6 + 3; print $1, d <= 12 ? 5 : d <= 14 ? 4 : d <= 16 ? 3 : d <= 18 ? 2 : 1, $8, $9, "" }' scored |
	awk -F '\t' -v OFS='\t' 'NR > 1 && $2 != "" { $5 = $2 $3 $4 } { print }' >want
same '--breaks: next days are scored by the same limits' want got

# limits that people write
file own.tsv 'note\tcolumn\tlimit\tscore\nx\trecency\t14\t3\n\tspend\t50\t2\n\tspend\t1000000000000000\t4\n'
crm-score -q -t tickets.tsv --breaks=own.tsv --no-header customers.tsv | cut -f 6-10 | tr '\t' ' ' >got
printf '20 1 1 1 111\n19 1 1 1 111\n18 1 1 1 111\n17 1 1 1 111\n16 1 1 2 112\n15 1 1 2 112\n14 3 1 2 312\n13 3 1 2 312\n12 3 1 2 312\n11 3 1 2 312\n    \n' >want
same 'a score without a limit is skipped; columns in any order' want got
file none.tsv 'column\tscore\tlimit\n'
crm-score -q -t tickets.tsv --breaks=none.tsv --no-header customers.tsv | cut -f 10 | sort -u | tr '\n' ' ' >got
printf ' 111 ' >want
same 'no limits: all score 1' want got
input 'customer_id\n'
run crm-score -q -t tickets.tsv --save-breaks=empty.tsv
run cat empty.tsv
expect 'no customers: no limits' 0 'column\tscore\tlimit\n' ''
rm in
crm-score -q -t tickets.tsv --bins=10 --save-breaks=ten.tsv -o /dev/null customers.tsv
run crm-score -q -t tickets.tsv --bins=5 --breaks=ten.tsv customers.tsv
expect '--bins bounds what stored limits may give' 2 '' 'crm-score: ten.tsv:6: score: a score beyond --bins: "6"\n'
crm-score -q -t tickets.tsv --bins=10 customers.tsv >want
crm-score -q -t tickets.tsv --breaks=ten.tsv customers.tsv >got
same 'ten bins' want got

# sums beyond 64 bits keep their limits
{
	printf 'ticket_id\tcustomer_id\tkind\topened_at\tamount\n'
	for i in 1 2 3 4 5 6 7 8 9 10 11 12; do
		printf '%d\t%d\torder\t2026-11-01\t89999999999999.9999\n' $i $((i % 2 + 1))
	done
	printf 'x\t1\torder\t2026-11-01\t1\n'
} >big.tsv
crm-score -q -t big.tsv --save-breaks=big.limits customers.tsv >want
true_that 'a limit beyond what a number holds' grep -q 'spend	3	540000000000000.9994' big.limits
crm-score -q -t big.tsv --breaks=big.limits customers.tsv >got
same 'and it is read back' want got

for row in 'recenci\t2\t5:column: not recency, orders or spend: "recenci"' \
	'recency\t1\t5:score: not a score from 2 on: "1"' 'recency\t2.5\t5:score: not a score from 2 on: "2.5"' \
	'recency\t11\t5:score: a score beyond --bins: "11"' 'orders\t2\tx:limit: not a number: "x"' \
	'orders\t2\t1.5:limit: not a whole number: "1.5"' 'recency\t2\t:limit: not a number'; do
	file wrong.tsv "column\tscore\tlimit\n${row%%:*}\n"
	run crm-score -q -t tickets.tsv --breaks=wrong.tsv customers.tsv
	expect "--breaks: ${row%%:*}" 2 '' "crm-score: wrong.tsv:2: ${row#*:}\n"
done
file wrong.tsv 'column\tscore\tlimit\norders\t2\t5\norders\t2\t6\n'
run crm-score -q -t tickets.tsv --breaks=wrong.tsv customers.tsv
expect '--breaks: a score twice' 2 '' 'crm-score: wrong.tsv:3: score: this score has a limit already: "2"\n'
run crm-score -q -t tickets.tsv --breaks=limits.tsv --save-breaks=x customers.tsv
expect '--breaks with --save-breaks' 2 '' 'crm-score: only one of --breaks and --save-breaks; ...'
cp limits.tsv kept
run crm-score -q -t missing.tsv --save-breaks=limits.tsv customers.tsv
same 'a run that fails leaves the limits as they were' kept limits.tsv
run crm-score -q -t tickets.tsv --save-breaks=no/where.tsv customers.tsv
expect '--save-breaks where nothing can be written' 2 "@.out" '*'
true_that 'is said' grep -q '^crm-score: no/where.tsv: ' .err
run crm-score -q -t tickets.tsv --save-breaks=limits.tsv -o ./limits.tsv customers.tsv
expect '--save-breaks and -o into one file' 2 '' 'crm-score: --output and --save-breaks: one file for both; ...'
same 'neither is written' kept limits.tsv
run crm-score -q -t tickets.tsv --save-breaks=- customers.tsv
expect '--save-breaks and the customers on standard output' 2 '' 'crm-score: --output and --save-breaks: standard output for both; ...'
run crm-score -q -t tickets.tsv --save-breaks=- -o out.tsv customers.tsv
expect 'one of them may' 0 @kept ''
run sh -c 'crm-score -q -t tickets.tsv --save-breaks=/dev/stdout customers.tsv | cat'
true_that 'the pipe by its name' [ ! -s .out ]
finish
