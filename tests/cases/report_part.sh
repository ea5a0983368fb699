. "$TESTS/lib.sh"
# crm-report --partial and --merge: the parts come to the whole, byte for byte.
export CRM_AS_OF=2026-11-21
need awk
awk 'BEGIN {
	OFS = "\t"
	print "ticket_id", "customer_id", "ref", "kind", "channel", "opened_at", "due_at", "closed_at", "status", "amount", "score", "expected", "weight", "item", "product", "fault", "quantity", "serial", "barcode", "stage", "owner", "station"
	split("order sale return repair complaint install survey callback part handover lead action guide", kinds, " ")
	split("phone web store mail", channels, " ")
	split("closed closed closed open waiting cancelled", states, " ")
	x = 17
	for (i = 1; i <= 1500; i++) {
		x = (x * 7919 + 104729) % 1000003
		kind = kinds[x % 13 + 1]
		day = sprintf("%d-%02d-%02d", 2024 + x % 3, x % 10 + 1, x % 28 + 1)
		child = kind ~ /^(callback|part|handover|action)$/ && i > 60
		customer = child ? customers[i - 60] : "C" x % 40
		customers[i] = customer
		print "T" i, customer, (child ? "T" i - 60 : ""), kind, (x % 9 ? channels[x % 4 + 1] : ""), day "T08:00", (x % 4 ? "" : day "T20:00"), (x % 7 ? day "T" 10 + x % 9 ":30:0" x % 10 : ""), states[x % 6 + 1], (x % 5 ? x % 99999 / 100 : ""), (x % 3 ? x % 5 + 1 : ""), x % 5 + 1, (x % 4 ? x % 7 : ""), "第" x % 41 "题", "p" x % 6, "f" x % 5, x % 3, "S" x % 50, (x % 2 ? "6901234567892" : "6901234567890"), "s" x % 4, "o" x % 7, "st" x % 5
	}
}' >t.tsv
awk 'BEGIN {
	OFS = "\t"
	print "customer_id", "name", "trade", "region", "owner", "balance", "credit_limit", "target", "segment"
	for (i = 0; i < 38; i++)
		print "C" i, "客户" i, (i % 6 ? "t" i % 4 : ""), "R" i % 4, "o" i % 7, i * 100, 1500, i * 10, "g" i % 3
}' >c.tsv
awk 'BEGIN { print "serial\tproduct"; for (i = 0; i < 45; i++) print "S" i "\tp" i % 6 }' >serials.tsv
printf 'report\tof\twhere\tby\tacross\tshow\tsort\tevery\thaving
all\t\t\tkind; channel\t\tn = count(); a = count(status == "closed"); s = sum(amount); m = mean(amount); lo = min(amount); hi = max(closed_at); md = median(amount); p = p90(closed_at - opened_at); q = p25(amount); mt = median(opened_at); d = distinct(customer_id); e = distinct(score); f = distinct(closed_at - opened_at); r = rate(score > 2); w = whole(distinct(customer_id)); h = share(s, kind)\t-n\t\tn > 0
joined\t\tkind != "lead"\tcustomer.region; customer.trade\tyear(opened_at)\tn = count(); md = median(score); d = distinct(product)\t\t\t
odd\t\t\twhere = if(channel == "web", "a\\tb\\\\c")\t\tn = count(); d = distinct(if(kind == "sale", "x\\ty"))\t\t\t
people\tcustomers\t\ttrade\t\tn = count(); s = sum(sales); p = sum(purchases); r = count(has("repair", status == "open")); l = max(last("repair"))\t\t\t
' >d.tsv
# parts of any kind: by turns, so that no customer is in one of them alone
for part in 1 2 3; do
	awk -v part=$part 'NR == 1 || NR % 3 == part - 1' t.tsv >any$part.tsv
	awk -F '\t' -v part=$part 'NR == 1 || substr($2, 2) % 3 == part - 1' t.tsv >whole$part.tsv
done
# parted NAME KIND [ARGUMENT]...: merged from three parts
parted() {
	name=$1 kind=$2
	shift 2
	crm-report -f d.tsv -t t.tsv --format=tsv "$@" "$name" >want.tsv
	for part in 1 2 3; do
		crm-report --partial -f d.tsv -t $kind$part.tsv "$@" "$name" >part$part.tsv
	done
	crm-report --merge -f d.tsv -t part2.tsv -t part3.tsv -t part1.tsv --format=tsv "$@" "$name" >got.tsv
	same "$name: three parts in any order" want.tsv got.tsv
	cat part3.tsv part1.tsv part2.tsv | crm-report --merge -f d.tsv --format=tsv "$@" "$name" >got.tsv
	same "$name: and as they come from a pipe, one after the other" want.tsv got.tsv
	[ "$(wc -l <want.tsv)" -gt 1 ] || result 1 "$name says something"
}
for name in intake backlog parts faults quality owners settlement csi season products funnel questionnaire serials; do
	parted $name any --serials=serials.tsv
done
for name in composition abc share progress credit customers retention segments; do
	parted $name any -c c.tsv
done
for name in loop sla handovers stations activity; do
	parted $name whole
done
parted all any
true_that 'all: it says something' test "$(wc -l <want.tsv)" -gt 20
parted joined any -c c.tsv
parted odd any
parted people any -c c.tsv
parted intake any --since=2025-01-01 --until=2025-12-31

crm-report -f d.tsv -t t.tsv -c c.tsv joined --format=tsv >want.tsv
for part in 1 2 3; do
	crm-report --partial -f d.tsv -t any$part.tsv -c c.tsv joined >part$part.tsv
	crm-report --partial -f d.tsv -t any$part.tsv joined >later$part.tsv
done
crm-report --merge -f d.tsv -t part1.tsv part2.tsv part3.tsv joined --format=tsv >got.tsv
same 'customers joined by the parts: none are needed to merge' want.tsv got.tsv
crm-report --merge -f d.tsv -c c.tsv -t later1.tsv later2.tsv later3.tsv joined --format=tsv >got.tsv
same 'customers joined by who merges' want.tsv got.tsv
cat part1.tsv >in
run crm-report --merge -f d.tsv joined --format=tsv
crm-report -f d.tsv -t any1.tsv -c c.tsv joined --format=tsv >want.tsv
expect 'one part, from a pipe' 0 @want.tsv ''
rm in
for name in composition abc; do
	crm-report -c c.tsv -t t.tsv --format=tsv $name >want.tsv
	for part in 1 2 3; do crm-report --partial -t any$part.tsv $name >part$part.tsv; done
	crm-report --merge -c c.tsv -t part1.tsv part2.tsv part3.tsv $name --format=tsv >got.tsv
	same "$name: the parts know no customers" want.tsv got.tsv
done

crm-report --partial -f d.tsv -t t.tsv all >one.tsv
for jobs in 2 7; do
	for chunk in 64 5000; do
		CRM_CHUNK=$chunk crm-report --partial -j $jobs -f d.tsv -t t.tsv all >two.tsv
		same "a part is the same with -j $jobs, pieces of $chunk" one.tsv two.tsv
		CRM_CHUNK=$chunk crm-report --merge -j $jobs -f d.tsv -t one.tsv all --format=tsv >got.tsv
		crm-report -f d.tsv -t t.tsv all --format=tsv >want.tsv
		same "merged with -j $jobs, pieces of $chunk" want.tsv got.tsv
	done
done
{ head -n 1 one.tsv; tail -n +2 one.tsv | sort; } >sorted.tsv
crm-report --merge -f d.tsv -t sorted.tsv all --format=tsv >got.tsv
same 'the records of a part may stand in any order' want.tsv got.tsv
head -n 1 one.tsv >got.tsv
printf 'key\tfigure\tvalue\ttimes\treport\tdefinition\n' >want.tsv
same 'a part: key first, the report and the mark of its definition last' want.tsv got.tsv

file small.tsv 'ticket_id\tkind\topened_at\tamount\n1\ta\t2026-01-01\t1.5\n2\ta\t2026-01-02\t2\n3\tb\t2026-01-02\t\n'
printf 'report\tby\tshow\ns\tkind\tn = count(); s = sum(amount); m = median(amount)\n' >s.tsv
run crm-report --partial -f s.tsv -t small.tsv s
mark=$(tail -n 1 .out | cut -f 6)
expect 'what is in a part' 0 "key\tfigure\tvalue\ttimes\treport\tdefinition
\tstate\tgroups\t\ts\t$mark
\tmade\tas-of=2026-11-21T00:00:00\t\ts\t$mark
\tcolumns of tickets\tamount\\\\tkind\\\\topened_at\\\\tticket_id\t\ts\t$mark
a\trecords\t2\t\ts\t$mark
a\tsum(amount)\t3.5\t2\ts\t$mark
a\tmedian(amount)\t1.5\t1\ts\t$mark
a\tmedian(amount)\t2\t1\ts\t$mark
b\trecords\t1\t\ts\t$mark
b\tsum(amount)\t0\t\ts\t$mark
\trows\t6\t\ts\t$mark
" ''
cp .out part.tsv
run crm-report --merge -t part.tsv intake
expect 'a part of another report' 2 '' 'crm-report: part.tsv: a part of another report: "s"\n'
sed 's/n = count()/n = count(amount > 0)/' s.tsv >changed.tsv
run crm-report --merge -f changed.tsv -t part.tsv s
expect 'a part of another definition' 2 '' 'crm-report: part.tsv: made by another definition of s\n'
run crm-report --merge -f s.tsv -t part.tsv --as-of=2026-11-20 s
expect 'another moment' 2 '' \
	'crm-report: part.tsv: made with as-of=2026-11-21T00:00:00, not with as-of=2026-11-20T00:00:00\n'
run crm-report --merge -f s.tsv -t part.tsv --since=2026-01-01 s
expect 'another time' 2 '' \
	'crm-report: part.tsv: made with as-of=2026-11-21T00:00:00, not with as-of=2026-11-21T00:00:00 since=2026-01-01\n'
grep -v 'b	records' part.tsv >cut.tsv
run crm-report --merge -f s.tsv -t cut.tsv s
expect 'a record is gone' 2 '' 'crm-report: cut.tsv: cut short, or changed: 5 records of 6\n'
head -n 5 part.tsv >cut.tsv
run crm-report --merge -f s.tsv -t cut.tsv s
expect 'cut short' 2 '' 'crm-report: cut.tsv: cut short, or changed: 1 records of 0\n'
sed 's/sum(amount)	3.5/sum(amount)	x/' part.tsv >wrong.tsv
run crm-report --merge -f s.tsv -t wrong.tsv s
expect 'what is no state' 2 '' 'crm-report: wrong.tsv: not what --partial writes\n'
file wider.tsv 'ticket_id\tkind\topened_at\tamount\tmore\n1\ta\t2026-01-01\t1.5\tx\n'
crm-report --partial -f s.tsv -t wider.tsv s >wider.part
run crm-report --merge -f s.tsv -t part.tsv -t wider.part s
expect 'parts with other columns' 2 '' 'crm-report: wider.part: the parts differ in their columns of tickets\n'
run crm-report --merge -f s.tsv -t small.tsv s
expect 'no part at all' 2 '' 'crm-report: small.tsv: no column "key"...'
run crm-report --partial -t t.tsv intake loop
expect 'one report a part' 2 '' "crm-report: --partial and --merge take one report; see 'crm-report --help'\n"
run crm-report --partial --merge -t t.tsv intake
expect 'both' 2 '' "crm-report: --partial or --merge, not both; see 'crm-report --help'\n"
file bad.tsv 'ticket_id\tkind\topened_at\tamount\n1\ta\tsoon\t1\n2\ta\t2026-01-01\t1\n'
run crm-report --partial -f s.tsv -t bad.tsv s
true_that 'a bad record is left out of a part: exit 1' test $status = 1
finish
