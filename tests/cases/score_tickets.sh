. "$TESTS/lib.sh"
# crm-score --of=tickets: points and grade of each ticket.
export CRM_AS_OF=2026-11-21T09:00

file tickets.tsv 'ticket_id\tcustomer_id\tref\tkind\topened_at\tclosed_at\tamount\tscore\tstation
t1\t1\t\trepair\t2026-11-02T09:00\t2026-11-02T15:00\t120\t4\tS1
t2\t2\t\tinstall\t2026-11-03T09:00\t2026-11-05T09:00\t\t\tS2
t3\t1\tt1\tpart\t2026-11-02T10:00\t\t35.5\t\t
t4\t1\tt1\tpart\t2026-11-02T11:00\t\t4.255\t\t
t5\t2\tt2\thold\t2026-11-03T10:00\t2026-11-04T10:00\t\t\t
t6\t1\t\trepair\t2026-11-21T09:01\t\t\t\tS1
t7\t9\tt1\tpart\t2026-11-22T11:00\t\t1000\t\t
'
file customers.tsv 'customer_id\ttier\tcredit_limit\n1\tgold\t1000\n2\t\t5\n'
file fees.tsv 'rule\twhen\tpoints\tgrade
repair\tkind == "repair"\t40\t
install\tkind == "install"\t60.5\t
parts\thas("part")\t0.1 * sum("part")\t
quick\tkind != "hold" and closed_at <= opened_at + 24h\t10\t
late\tkind in ("repair", "install") and closed_at > opened_at + 24h\t-5\t
high\tpoints >= 50\t\thigh
liked\tscore >= 4\t\tliked
'
head='ticket_id\tcustomer_id\tref\tkind\topened_at\tclosed_at\tamount\tscore\tstation'
run crm-score -q --of=tickets -t tickets.tsv --card=fees.tsv --explain
expect 'points and grade; grades see points, score is what the customer gave' 0 \
"$head\tpoints\tgrade\twhy
t1\t1\t\trepair\t2026-11-02T09:00\t2026-11-02T15:00\t120\t4\tS1\t53.9755\thigh\trepair +40; parts +3.9755; quick +10
t2\t2\t\tinstall\t2026-11-03T09:00\t2026-11-05T09:00\t\t\tS2\t55.5\thigh\tinstall +60.5; late -5
t3\t1\tt1\tpart\t2026-11-02T10:00\t\t35.5\t\t\t0\t\t
t4\t1\tt1\tpart\t2026-11-02T11:00\t\t4.255\t\t\t0\t\t
t5\t2\tt2\thold\t2026-11-03T10:00\t2026-11-04T10:00\t\t\t\t0\t\t
" ''
cp .out want
for jobs in 1 2 7; do
	CRM_CHUNK=$((jobs * 13)) crm-score -q -j$jobs --of=tickets -t tickets.tsv --card=fees.tsv --explain >got
	same "the same with $jobs threads" want got
done
crm-score -q --of=tickets --card=fees.tsv --explain <tickets.tsv >got
same 'without -t: standard input, also where it is read twice' want got
cat tickets.tsv | crm-score -q --of=tickets --card=fees.tsv --explain >got
same 'a pipe' want got
crm-score -q --of=tickets --card=fees.tsv --explain <want >got
same 'over its own output' want got
tail -n +2 tickets.tsv | crm-score -q --of=tickets --card=fees.tsv --explain --no-header \
	--columns="$(head -1 tickets.tsv | tr '\t' ,)" >got
tail -n +2 want >body
same '--columns, --no-header' body got
run crm-score --of=tickets -t tickets.tsv --card=fees.tsv
true_that 'the summary' grep -qx 'crm-score: 7 tickets, 2 after as-of' .err
run crm-score -q --of=customers -t tickets.tsv customers.tsv
true_that '--of=customers is what it does anyway' [ "$status" = 0 ]
run crm-score -q --of=stations -t tickets.tsv
expect '--of' 2 '' 'crm-score: --of: customers or tickets, not stations; ...'
run crm-score -q --of=tickets -t tickets.tsv
expect '--of=tickets needs a card' 2 '' 'crm-score: --of=tickets needs --card; ...'
run crm-score -q --of=tickets -t tickets.tsv --card=fees.tsv --csi
expect '--csi is not of tickets' 2 '' 'crm-score: --csi and --nps are of customers or groups; ...'
run crm-score -q --of=tickets -t tickets.tsv --card=fees.tsv --strict-keys customers.tsv
expect '--strict-keys is not of tickets' 2 '' 'crm-score: --strict-keys is of customers or groups; ...'
run crm-score -q --of=tickets -t tickets.tsv --card=fees.tsv --partial
expect 'tickets need no merging' 2 '' 'crm-score: --of=tickets needs no --merge: each part is complete, ...'

# the customer of a ticket
file joined.tsv 'rule\twhen\tpoints\tgrade\ngold\tcustomer.tier == "gold"\t5\t\nrich\tcustomer.credit_limit > 100\t1\t\nnone\tempty(customer.tier)\t100\t\n'
run crm-score -q --of=tickets -t tickets.tsv --card=joined.tsv customers.tsv
cut -f 1,10 .out >cut.tmp && mv cut.tmp .out
expect 'customer.tier, where the customers are named' 0 'ticket_id\tpoints\nt1\t6\nt2\t100\nt3\t6\nt4\t6\nt5\t100\n' ''
run crm-score -q --of=tickets -t tickets.tsv --card=joined.tsv
expect 'without their file there is no customer' 2 '' 'crm-score: joined.tsv:2: when: position 1: unknown table "customer" (it stands beside tickets, where a file of customers is given)\n  customer.tier == "gold"\n  ^\n'

file empty.tsv 'rule\twhen\tpoints\tgrade\n'
run crm-score -q --of=tickets -t tickets.tsv --card=empty.tsv --no-header customers.tsv
cut -f 1,10-11 .out >cut.tmp && mv cut.tmp .out
expect 'a card without rows' 0 't1\t0\t\nt2\t0\t\nt3\t0\t\nt4\t0\t\nt5\t0\t\n' ''

# work() skips the holds of a ticket
file held.tsv 'rule\twhen\tpoints\tgrade\nhours\tkind == "install"\thours(worktime(opened_at, closed_at))\t\n'
run crm-score -q --of=tickets -t tickets.tsv --card=held.tsv --no-header
true_that 'worktime() skips holds' [ "$(awk -F '\t' '$1 == "t2" { print $10 }' .out)" = 7.5 ]

# bad records
file bad.tsv 'ticket_id\tref\tkind\topened_at\tamount\nt1\t\torder\tsoon\t1\nt2\t\torder\t\t1\nt3\t\torder\t2026-11-01\tx\nt4\tt5\tpart\tsoon\t1\nt5\t\torder\t2026-11-01\t9\nt6\t\torder\t2026-11-01\n'
file badcard.tsv 'rule\twhen\tpoints\tgrade\na\thas("part") or kind == "order"\tamount\t\n'
run crm-score -q --of=tickets -t bad.tsv --card=badcard.tsv
expect 'bad tickets are left out and told once' 1 'ticket_id\tref\tkind\topened_at\tamount\tpoints\tgrade\nt5\t\torder\t2026-11-01\t9\t9\t\n' \
	'crm-score: bad.tsv:7: 4 fields, not 5\ncrm-score: bad.tsv:2: opened_at: not a time: "soon"\ncrm-score: bad.tsv:3: opened_at: missing\ncrm-score: bad.tsv:4: amount: not a number: "x"\ncrm-score: bad.tsv:5: opened_at: not a time: "soon"\n'

file child.tsv 'ticket_id\tref\tkind\topened_at\tamount\nt1\t\trepair\t2026-11-01\t10\np1\tt1\tpart\t2026-11-01\t12,50\np2\tt1\tpart\t2026-11-01\t1.5\n'
file sums.tsv 'rule\twhen\tpoints\tgrade\nparts\thas("part")\tsum("part")\t\nbig\tamount > 5\t1\t\n'
for jobs in 1 2; do
	CRM_CHUNK=$((jobs * 20)) run crm-score --of=tickets -t child.tsv --card=sums.tsv -j$jobs
	expect "a bad child row is told once, and left out of both, $jobs threads" 1 'ticket_id\tref\tkind\topened_at\tamount\tpoints\tgrade\nt1\t\trepair\t2026-11-01\t10\t2.5\t\np2\tt1\tpart\t2026-11-01\t1.5\t0\t\n' \
		'crm-score: child.tsv:3: amount: not a number: "12,50"\ncrm-score: 2 tickets, 0 after as-of\n'
done

# fees add up to the cent with what a report says
awk 'BEGIN {
	print "ticket_id\tcustomer_id\tref\tkind\topened_at\tamount\tstation\tstatus"
	n = 11
	for (i = 1; i <= 3000; i++) {
		n = (n * 16807 + 7) % 2147483647
		printf "t%d\tc%d\t\t%s\t2026-11-%02d\t%d.%02d\tS%d\tclosed\n", i, n % 97,
			n % 3 ? "repair" : "install", 1 + n % 20, n % 999, n % 100, n % 7
	}
}' >many.tsv
file settle.tsv 'rule\twhen\tpoints\tgrade\nbase\tkind == "repair"\t41.35\t\nrate\t\tround(amount * 7.5) / 100\t\n'
file sums.tsv 'report\ttitle\tof\twhere\tby\tacross\tshow\tsort\tlimit\tchart\nfees\tFees\ttickets\t\tstation\t\tfee = sum(points)\t\t\t\n'
crm-score -q --of=tickets -t many.tsv --card=settle.tsv -o settled.tsv
crm-report -q -f sums.tsv --format=tsv -t settled.tsv fees | sed 1d >got
awk -F '\t' 'NR > 1 { cents[$7] += sprintf("%.0f", $9 * 100) }
	END { for (s in cents) { f = sprintf("%.2f", cents[s] / 100); sub(/\.?0+$/, "", f); print s "\t" f } }' settled.tsv | sort >want
same 'fees add up to the cent with the report' want got
crm-report -q --format=tsv -t settled.tsv settlement |
	awk -F '\t' 'NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next } { fee = $at["fees"]; if (fee ~ /\./) sub(/\.?0+$/, "", fee); print $at["station"] "\t" fee }' | sort >settled
same 'and with crm-report settlement' want settled
true_that 'there are such fees' [ "$(wc -l <got)" = 7 ]

# leads
file leads.tsv 'ticket_id\tref\tkind\topened_at\tamount\tstatus
l1\t\tlead\t2026-11-20T09:00\t20000\topen
a1\tl1\taction\t2026-11-20T10:00\t\t
q1\tl1\tquote\t2026-11-20T10:00\t\t
l2\t\tdeal\t2026-10-22T09:00\t\topen
a2\tl2\tvisit\t2026-10-30T09:00\t\t
l3\t\tlead\t2026-08-23T09:00\t1000\topen
l4\t\tlead\t2026-08-23T09:00\t1000\tclosed
'
run crm-score -q --of=tickets -t leads.tsv --card=@lead --explain
cut -f 1,7-9 .out | grep -v '^[aq]' >cut.tmp && mv cut.tmp .out
expect '@lead' 0 'ticket_id\tpoints\tgrade\twhy
l1\t84.316\thot\tfresh +29.316; followed +20; quoted +20; amount +15
l2\t50\twarm\tfresh +15; followed +20; visited +15
l3\t-4.75\tcold\tfresh +3.75; amount +1.5; neglected -10
l4\t0\t\t
' ''
cut -f 1-5 leads.tsv >nostatus.tsv
run crm-score -q --of=tickets -t nostatus.tsv --card=@lead
cut -f 1,6,7 .out | grep '^l[34]' >cut.tmp && mv cut.tmp .out
expect '@lead on tickets without a status: all are open' 0 'l3\t-4.75\tcold\nl4\t-4.75\tcold\n' ''
finish
