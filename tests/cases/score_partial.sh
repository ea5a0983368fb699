. "$TESTS/lib.sh"
# crm-score --partial, --merge: parts of the tickets, put together, give the bytes
# of the whole.
export CRM_AS_OF=2026-11-21T09:00

awk 'BEGIN {
	print "ticket_id\tcustomer_id\tkind\topened_at\tamount\tstatus\tstation\tscore\texpected\tweight\titem"
	split("order sale return repair complaint survey survey", kind)
	n = 5
	for (i = 1; i <= 2000; i++) {
		n = (n * 16807 + 11) % 2147483647
		k = kind[1 + int(n / 64) % 7]
		printf "t%d\t%s\t%s\t2026-%02d-%02dT%02d:00\t%s\t%s\tS%d\t%s\t%s\t%s\t%s\n", i,
			n % 50 == 0 ? "x\\\\ty" : "c" n % 120, k, 1 + int(n / 7) % 12, 1 + int(n / 5) % 28, n % 24,
			k == "survey" ? "" : int(n / 3) % 5000 "." n % 90 + 10,
			int(n / 11) % 9 ? "closed" : "cancelled", int(n / 13) % 9,
			k == "survey" ? 1 + int(n / 17) % 5 : "", k == "survey" && n % 2 ? 3 : "",
			k == "survey" && n % 3 ? n % 4 : "", n % 2 ? "price" : "speed"
	}
}' >tickets.tsv
awk 'BEGIN {
	print "customer_id\tregion\tcredit_limit"
	for (i = 0; i < 100; i++) print "c" i "\tR" i % 5 "\t" i * 10
	print "x\\ty\t\t5"
}' >customers.tsv
file card.tsv 'rule\twhen\tpoints\tgrade
repairs\thas("repair")\t10 * count("repair", status == "closed")\t
paid\t\tsum("repair") / 100\t
lately\tlast("complaint") > asof - 60d\t-5\t
first\tfirst("repair", opened_at >= 2026-03-01) < 2026-06-01\t1\t
rich\tcredit_limit > 300 and m >= 4\t100\t
csi\tcsi > 50\tcsi\t
top\tscore > 200\t\tA
some\torders > 3 and r > 2\t\tB
'
sed '/^rich/d; /^some/d' card.tsv >group.tsv

# Two ways to cut the tickets: by lines in turn, and in one large and one small piece.
header=$(head -1 tickets.tsv)
for part in 0 1 2 3; do
	{ printf '%s\n' "$header"; awk -v p=$part 'NR > 1 && (NR * 7) % 4 == p' tickets.tsv; } >turn$part.tsv
done
{ printf '%s\n' "$header"; sed -n '2,1900p' tickets.tsv; } >piece0.tsv
{ printf '%s\n' "$header"; sed -n '1901,$p' tickets.tsv; } >piece1.tsv
printf '%s\n' "$header" >nothing.tsv

# Compares merge(partial(...)) with the whole, in several orders.
compare() { # NAME CUSTOMERS OPTION...
	name=$1 customers=$2
	shift 2
	crm-score -q "$@" -t tickets.tsv $customers >want || return
	for part in turn0 turn1 turn2 turn3 piece0 piece1 nothing; do
		crm-score -q "$@" --partial -t $part.tsv -o $part.state || echo "$part failed"
	done
	true_that "$name: there is something to compare" [ "$(wc -l <want)" -gt 5 ]
	crm-score -q "$@" --merge -t turn0.state -t turn1.state -t turn2.state -t turn3.state $customers >got
	same "$name: four parts" want got
	CRM_CHUNK=500 crm-score -q -j7 "$@" --merge -t turn2.state -t turn3.state -t nothing.state -t turn0.state -t turn1.state $customers >got
	same "$name: in another order, with an empty one, seven threads" want got
	crm-score -q "$@" --merge -t piece1.state -t piece0.state $customers >got
	same "$name: two parts of another cut" want got
	crm-score -q "$@" --partial -t tickets.tsv -o all.state
	crm-score -q "$@" --merge -t all.state $customers >got
	same "$name: one part" want got
	crm-score -q "$@" --partial --merge -t turn0.state -t turn1.state -o ab.state
	crm-score -q "$@" --partial --merge -t turn3.state -t turn2.state -o cd.state
	crm-score -q "$@" --partial --merge -t cd.state -t ab.state -o abcd.state
	same "$name: partials of partials are the partial of all" all.state abcd.state
	crm-score -q "$@" --partial -j7 -t turn3.tsv -t turn1.tsv -t turn0.tsv -t turn2.tsv -o other.state
	same "$name: the order of the tickets does not matter to a partial" all.state other.state
}
compare 'RFM' customers.tsv
compare 'bins, purchases' customers.tsv --bins=3 --purchases='kind == "order" and amount > 100'
compare 'csi, nps' customers.tsv --csi --nps='kind == "survey" and item == "price"' --scale=5
compare 'a card with relations' customers.tsv --csi --card=card.tsv --explain
compare '@churn' customers.tsv --card=@churn
file model.tsv 'model\tparameter\tvalue\tstderr
mbgnbd\tr\t0.524843\t\nmbgnbd\talpha\t6.183085\t\nmbgnbd\ta\t0.89136\t\nmbgnbd\tb\t1.614003\t
gammagamma\tp\t6.249572\t\ngammagamma\tq\t3.744225\t\ngammagamma\tgamma\t15443.523\t
'
file worth.tsv 'rule\twhen\tpoints\tgrade\nalive\talive > 0.5\t100 * alive\t\nexpected\t\texpected\t\nworth\tworth > 100\tworth\t\nrepairs\thas("repair")\t1000000\t\n'
compare 'lifetime value by a stored model' customers.tsv --clv --model=model.tsv
compare 'lifetime value, seen by a card with relations' customers.tsv --clv --model=model.tsv --csi --card=worth.tsv --explain
compare 'groups of tickets' '' --by=station --card=group.tsv --csi --explain
compare 'nps of groups' '' --by=station --nps
compare 'groups of customers' customers.tsv --by=region --csi --card=group.tsv --explain

# a partial is a stream of records, its key first
run crm-score -q --partial -t tickets.tsv
true_that 'sorted by its key' sh -c 'sed 1d .out | cut -f 1 | LC_ALL=C sort -c'
file few.tsv 'ticket_id\tcustomer_id\tkind\topened_at\tamount\tstatus\tscore\texpected\tweight
t1\tB\torder\t2026-11-01\t10\t\t\t\t
t2\tB\treturn\t2026-11-02\t2.5\t\t\t\t
t3\ta\\tb\tsurvey\t2026-11-03\t\t\t4\t5\t2
t4\tB\torder\t2026-11-04T10:00\t0.0001\t\t\t\t
t5\tC\torder\t2026-11-04T10:00\t7\tcancelled\t\t\t
t6\tD\tvisit\t2026-11-04T10:00\t\t\t\t\t
t7\tA\trepair\t2026-11-05\t3\t\t\t\t
'
file relation.tsv 'rule\twhen\tpoints\tgrade\na\t\tcount("repair") + count("visit", amount > 1)\t\n'
run crm-score -q --partial --csi --nps --card=relation.tsv -t few.tsv
cut -f 1,3- .out >cut.tmp && mv cut.tmp .out
expect 'its columns: what is zero is missing' 0 'customer_id\t.tickets\t.orders\t.returns\t.spend\t.first\t.last\t.weighted\t.weights\t.gaps\t.gap_count\t.answers\t.promoters\t.detractors\t.count1\t.first1\t.last1\t.sum1\t.amounts1\t.count2\t.first2\t.last2\t.sum2\t.amounts2
A\t1\t\t\t\t\t\t\t\t\t\t\t\t\t1\t2026-11-05T00:00:00\t2026-11-05T00:00:00\t3\t1\t\t\t\t\t
B\t3\t2\t1\t7.5001\t2026-11-01T00:00:00\t2026-11-04T10:00:00\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t
a\\tb\t1\t\t\t\t\t\t60000\t2\t-1\t1\t1\t\t1\t\t\t\t\t\t\t\t\t\t
' ''
run crm-score --partial -t piece0.tsv
true_that 'the summary of a partial' grep -q '^crm-score: [0-9]* records from 1899 tickets, [0-9]* cancelled, [0-9]* after as-of$' .err
crm-score -q --partial -t piece0.tsv -o piece0.state
crm-score -q --partial -t piece1.tsv -o piece1.state
run crm-score -t tickets.tsv customers.tsv
counted=$(sed -n 's/.*tickets: \(.*unknown customers\).*/\1/p' .err)
run crm-score --merge -t piece0.state -t piece1.state customers.tsv
true_that 'the summary of a merge counts the same' grep -q "^crm-score: 101 customers, partials of [0-9]* tickets that count: $counted\$" .err
run crm-score -q --strict-keys --merge -t piece0.state -t piece1.state customers.tsv
true_that '--strict-keys in a merge' [ "$status" = 1 ]
run crm-score --partial --merge -t piece0.state -t piece1.state
true_that 'the summary of both' grep -qx "crm-score: $(($(wc -l <.out) - 1)) records of partials put together" .err
crm-score -q --merge -t piece0.state -t piece1.state --save-breaks=merged.limits customers.tsv >want
crm-score -q -t tickets.tsv --save-breaks=whole.limits customers.tsv >got
same 'ranks are of the whole' whole.limits merged.limits
crm-score -q --merge -t piece0.state -t piece1.state --breaks=whole.limits customers.tsv >got
same '--breaks with --merge' want got

# without headers, cut and sorted by others, as in Hadoop Streaming
columns=$(printf '%s' "$header" | tr '\t' ,)
options='--csi --card=card.tsv --explain'
sed 1d tickets.tsv >body
split -n l/5 body map.
for map in map.*; do
	crm-score -q --partial $options --columns="$columns" --no-header <$map
done | LC_ALL=C sort >shuffled
state=$(crm-score -q --partial $options -t nothing.tsv | tr '\t' ,)
crm-score -q --merge --columns="$state" --no-header $options -t shuffled customers.tsv >got
crm-score -q $options -t tickets.tsv --no-header customers.tsv >want
same 'map, sort, merge: no headers' want got
crm-score -q --merge --columns="$state" --no-header $options -t - customers.tsv <shuffled >got
same 'partials on standard input' want got
for half in 0 1; do
	awk -v h=$half -F '\t' '(length($1) + substr($1, 2, 1)) % 2 == h' shuffled |
		crm-score -q --partial --merge --columns="$state" --no-header $options
done >reduced
crm-score -q --merge --columns="$state" --no-header $options -t reduced customers.tsv >got
same 'map, sort, reduce by key, merge' want got

# what does not belong together is refused
crm-score -q --partial -t piece0.tsv -o a.state
refused() { # NAME OPTION...
	what=$1
	shift
	run crm-score -q --merge -t a.state "$@" customers.tsv
	expect "refused: $what" 2 '' 'crm-score: a.state: a partial of other options, or of another as-of\n'
}
refused 'another as-of' --as-of=2026-11-22
refused 'other purchases' --purchases='kind == "order"'
crm-score -q --partial --card=card.tsv --csi -t piece0.tsv -o a.state
refused 'another scale' --csi --scale=6 --card=card.tsv
sed 's/60d/61d/' card.tsv >same.tsv
run crm-score -q --merge -t a.state --csi --card=same.tsv customers.tsv
true_that 'thresholds of a card may change after the count' [ "$status" = 0 ]
sed 's/"closed"/"open"/' card.tsv >other.tsv
refused 'another relation' --csi --card=other.tsv
crm-score -q --partial --csi='item == "price"' -t piece0.tsv -o a.state
refused 'other answers' --csi='item == "speed"'
run crm-score -q --merge -t a.state --nps customers.tsv
expect 'refused: what it has not counted' 2 '' 'crm-score: a.state: no partial of these options: no column ".answers"\n'
run crm-score -q --merge -t tickets.tsv customers.tsv
expect 'refused: no partial at all' 2 '' 'crm-score: tickets.tsv: no partial of these options: no column ".run"\n'
crm-score -q --partial --by=station --csi -t piece0.tsv -o a.state
run crm-score -q --merge -t a.state --csi --by=region customers.tsv
expect 'refused: another group' 2 '' 'crm-score: a.state: no partial of these options: no column "customer_id"\n'
run crm-score -q --merge customers.tsv
expect 'a merge needs partials' 2 '' 'crm-score: give the partials: -t FILE; ...'
run crm-score -q --partial tickets.tsv
expect 'a partial reads no customers' 2 '' 'crm-score: --partial reads no customers; name the tickets with -t; ...'
crm-score -q --partial -t tickets.tsv >want
crm-score -q --partial -t tickets.tsv --strict-keys --bins=3 --save-breaks=not.there none.tsv >got
same 'both get the same options: those for the merge alone change nothing' want got
true_that 'and write nothing' [ ! -e not.there ]

# a damaged partial
crm-score -q --partial -t piece0.tsv -o a.state
awk -F '\t' -v OFS='\t' 'NR == 2 { $4 = "many" } NR == 3 { $6 = "x" } NR == 4 { $7 = "soon" } NR == 5 { $5 = "1.5" }
	NR == 6 { $5 = "-1" } NR == 7 { NF = 5 } { print }' a.state >b.state
run crm-score -q --merge -t b.state customers.tsv
cp .out .kept
expect 'damaged records are told and left out' 1 @.kept 'crm-score: b.state:2: .orders: not a number: "many"
crm-score: b.state:3: .spend: not a number: "x"
crm-score: b.state:4: .first: not a time: "soon"
crm-score: b.state:5: .returns: not a count: "1.5"
crm-score: b.state:6: .returns: not a count: "-1"
crm-score: b.state:7: 5 fields, not 8
'

crm-score -q --partial --clv -t piece0.tsv -o a.state
awk -F '\t' -v OFS='\t' 'NR == 2 { $9 = "2026-01-01" } NR == 3 { $9 = "2026-13-01=5" } NR == 4 { $9 = "2026-01-01=x" }
	NR == 5 { $9 = "2026-01-01=5;2026-01-02=5" } NR > 5 { exit } { print }' a.state >b.state
run crm-score -q --merge --clv --model=model.tsv -t b.state customers.tsv
cp .out .kept
expect 'damaged days of purchases' 1 @.kept '*'
true_that 'each is told' [ "$(grep -c ': .days: not days of purchases: ' .err)" = 4 ]
refused 'purchases without their days'

# errors in a card are found when the parts are counted
file wrong.tsv 'rule\twhen\tpoints\tgrade\na\thas("repair", colour == "red")\t5\t\n'
run crm-score -q --partial --card=wrong.tsv -t tickets.tsv
expect 'an unknown column of the tickets' 2 '' 'crm-score: wrong.tsv:2: when: position 15: unknown column "colour"...'
file wrong.tsv 'rule\twhen\tpoints\tgrade\na\tcolour == 5\t5\t\n'
run crm-score -q --partial --card=wrong.tsv -t tickets.tsv
true_that 'columns of the customers are not known yet' [ "$status" = 0 ]
cp .out w.state
run crm-score -q --merge --card=wrong.tsv -t w.state customers.tsv
expect 'and are when the parts are put together' 2 '' 'crm-score: wrong.tsv:2: when: position 1: unknown column "colour"...'

# every way to run, where nothing can be written
for way in '--partial' '--by=station --card=group.tsv --csi' '--of=tickets --card=fees.tsv' '--card=@churn customers.tsv' '--merge customers.tsv'; do
	file fees.tsv 'rule\twhen\tpoints\tgrade\na\thas("part")\t1\t\n'
	input=tickets.tsv
	[ "$way" != '--merge customers.tsv' ] || { crm-score -q --partial -t tickets.tsv -o input.state; input=input.state; }
	run sh -c "crm-score -q -t $input $way >&-"
	expect "$way: closed standard output" 2 '' 'crm-score: standard output: Bad file descriptor\n'
	run crm-score -q -t none.tsv -o kept.state $way
	true_that "$way: a missing file" [ "$status" = 2 -a ! -e kept.state ]
	: >empty
	run crm-score -q -t empty $way
	expect "$way: an empty file" 2 '' 'crm-score: empty: empty...'
done

need parallel
crm-score -q --csi --by=station --card=group.tsv -t tickets.tsv >want
parallel -k --pipepart -a tickets.tsv --header : --block 20k \
	crm-score -q --partial --csi --by=station --card=group.tsv >states 2>.err
grep -v '^station' states >rest
{ head -1 states; cat rest; } | crm-score -q --merge --csi --by=station --card=group.tsv >got
same 'GNU parallel' want got
finish
