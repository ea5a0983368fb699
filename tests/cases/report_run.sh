. "$TESTS/lib.sh"
# crm-report: files, options, formats, messages; nothing depends on threads,
# pieces or the order of the records.
export CRM_AS_OF=2026-11-21 COLUMNS=60
awk 'BEGIN {
	OFS = "\t"
	print "ticket_id", "customer_id", "kind", "channel", "opened_at", "closed_at", "status", "amount", "score"
	split("order sale return repair complaint", kinds, " ")
	split("phone web store", channels, " ")
	x = 17
	for (i = 1; i <= 600; i++) {
		x = (x * 7919 + 104729) % 1000003
		day = sprintf("2026-%02d-%02d", x % 10 + 1, x % 28 + 1)
		print "T" i, "C" x % 40, kinds[x % 5 + 1], channels[x % 3 + 1], day "T08:00", (x % 7 ? day "T" 9 + x % 9 ":30:0" x % 10 : ""), (x % 7 ? "closed" : "open"), x % 9999 / 100, x % 5 + 1
	}
}' | sed 's/T9:/T09:/' >t.tsv
awk 'BEGIN {
	OFS = "\t"
	print "customer_id", "name", "trade", "region"
	for (i = 0; i < 35; i++)
		print "C" i, "客户" i, (i % 6 ? "零售" : ""), "R" i % 4
}' >c.tsv
printf 'report\tof\tby\tacross\tshow\tsort
kinds\t\tkind\t\tn = count(); s = sum(amount)\t
all\t\t\t\tn = count(); s = sum(amount)\t
many\t\tcustomer.region; month(opened_at)\tchannel\tn = count(); d = distinct(customer_id); m = median(amount); p = p90(closed_at - opened_at); r = rate(score > 3); x = max(opened_at); c = cumshare(n)\t-n
buyers\tcustomers\ttrade\t\tn = count(); s = sum(sales)\t\n' >d.tsv
head -n 1 t.tsv >shuffled.tsv
tail -n +2 t.tsv | awk '{ print (NR * 7919) % 601 "\t" $0 }' | sort -n | cut -f 2- >>shuffled.tsv
head -n 301 t.tsv >one.tsv
{ head -n 1 t.tsv; tail -n +302 t.tsv; } >two.tsv

crm-report -f d.tsv -c c.tsv -t t.tsv --format=tsv many >want.tsv
true_that 'there is something to compare' test "$(wc -l <want.tsv)" -gt 20
for jobs in 1 2 7; do
	for chunk in 1 64 100000; do
		CRM_CHUNK=$chunk crm-report -j $jobs -f d.tsv -c c.tsv -t t.tsv --format=tsv many >got.tsv
		same "-j $jobs, pieces of $chunk" want.tsv got.tsv
	done
done
crm-report -f d.tsv -c c.tsv -t shuffled.tsv --format=tsv many >got.tsv
same 'the order of the records does not matter' want.tsv got.tsv
crm-report -f d.tsv -c c.tsv -t one.tsv -t two.tsv --format=tsv many >got.tsv
same 'several -t are one input' want.tsv got.tsv
cat t.tsv | crm-report -f d.tsv -c c.tsv --format=tsv many >got.tsv
same 'tickets from a pipe' want.tsv got.tsv

run crm-report -f d.tsv -t t.tsv --format=tsv kinds
awk -F '\t' 'NR > 1 { n += $2; s += $3 } END { printf "n\ts\n%d\t%.2f\n", n, s }' .out >sums.tsv
crm-report -f d.tsv -t t.tsv --format=tsv all >all.tsv
same 'the groups add up to the whole' all.tsv sums.tsv
awk -F '\t' 'NR > 1 { n[$3]++; c[$3] += int($8 * 100 + 0.5) }
END { for (k in n) printf "%s\t%d\t%d.%02d\n", k, n[k], c[k] / 100, c[k] % 100 }' t.tsv | sort >by-awk.tsv
tail -n +2 .out >by-report.tsv
same 'an independent count' by-awk.tsv by-report.tsv

crm-report -f d.tsv -t t.tsv -c c.tsv --format=json kinds buyers all >got.json
{
	crm-report -f d.tsv -t t.tsv --format=json kinds | sed '$s/]$/,/'
	crm-report -f d.tsv -t t.tsv -c c.tsv --format=json buyers | sed '1s/^\[//; $s/]$/,/'
	crm-report -f d.tsv -t t.tsv --format=json all | sed '1s/^\[//'
} >want.json
same 'several reports at once are the same as each alone' want.json got.json

run crm-report -c c.tsv -t t.tsv --format=tsv composition
true_that 'composition: customers add up' test "$(awk -F '\t' 'NR > 1 { n += $2 } END { print n }' .out)" = 35
run crm-report -c c.tsv --format=tsv composition
expect 'composition without tickets: no sales' 0 \
	'trade\tcustomers\tcustomers_share\tsales\tsales_share\n零售\t29\t82.8571\t\t\n\t6\t17.1429\t\t\n' ''
cp c.tsv in
run crm-report --format=tsv composition
expect 'customers from standard input' 0 \
	'trade\tcustomers\tcustomers_share\tsales\tsales_share\n零售\t29\t82.8571\t\t\n\t6\t17.1429\t\t\n' ''
run crm-report -c c.tsv segments
expect 'a missing column is named' 2 '' \
	'crm-report: built-in reports:26: by: position 1: unknown column "segment"...'
rm in

file small.tsv 'ticket_id\tkind\topened_at\tproduct\n1\trepair\t2026-01-01\t冰箱\n2\trepair\t2026-01-01\ttv\n3\tinstall\t2026-01-01\ttv\n4\trepair\t2026-01-01\ttv\0033[2J\n'
printf 'report\ttitle\tby\tshow\tchart\np\t产品\tproduct\tn = count()\tbar\n' >p.tsv
run crm-report -f p.tsv -t small.tsv p
expect 'text: aligned by display width, bars, nothing reaches the terminal' 0 \
	'产品\nproduct    n\n────────────\ntv         2  ████████████████████████████████████████\ntv\\x1B[2J  1  ████████████████████\n冰箱       1  ████████████████████\n────────────\ntotal      4\n' ''
run env COLUMNS=20 crm-report -f p.tsv -t small.tsv p p
expect 'text: no room for bars; an empty line between reports' 0 \
	'产品\nproduct    n\n────────────\ntv         2\ntv\\x1B[2J  1\n冰箱       1\n────────────\ntotal      4\n\n产品\nproduct    n\n────────────\ntv         2\ntv\\x1B[2J  1\n冰箱       1\n────────────\ntotal      4\n' ''
run crm-report -f p.tsv -t small.tsv --format=md p
expect 'md' 0 '## 产品\n\n| product | n |\n| --- | ---: |\n| tv | 2 |\n| tv\\\\x1B\\[2J | 1 |\n| 冰箱 | 1 |\n| **total** | **4** |\n' ''
run crm-report -f p.tsv -t small.tsv --format=tsv -o out.tsv p
expect '-o: nothing on standard output' 0 '' ''
printf 'product\tn\ntv\t2\ntv\033[2J\t1\n冰箱\t1\n' >want.tsv
same '-o: the file' want.tsv out.tsv

file bad.tsv 'ticket_id\tkind\topened_at\tamount\n1\ta\t2026-01-01\t1\n2\tb\tyesterday\t1\n3\tc\t2026-01-01\tx\n4\td\t\t1\n5\te\t2026-01-01\n6\ta\\x\t2026-01-01\t1\n7\ta\\tb\t2026-01-01\t\n'
printf 'report\tby\tshow\nk\tkind\tn = count()\ns\t\ts = sum(amount); n = count()\n' >k.tsv
run crm-report -f k.tsv -t bad.tsv --format=tsv s
expect 'bad records are left out: exit 1' 1 's\tn\n2.00\t3\n' \
	'crm-report: bad.tsv:3: opened_at: not a time: "yesterday"\ncrm-report: bad.tsv:4: amount: not a number: "x"\ncrm-report: bad.tsv:5: opened_at: missing\ncrm-report: bad.tsv:6: ...'
run crm-report -f k.tsv -t bad.tsv --format=tsv k
true_that 'a value that is not used is not looked at' grep -q '^c	1$' .out
true_that 'keys are decoded and written canonically' grep -q '^a\\tb	1$' .out
run crm-report -f k.tsv -t bad.tsv --max-messages=1 --format=tsv s
true_that 'messages have a limit' grep -q 'more messages not shown' .err
awk 'BEGIN {
	OFS = "\t"
	print "ticket_id", "kind", "opened_at", "closed_at", "amount"
	for (i = 1; i <= 300; i++)
		print i, "k" i % 3, (i % 7 ? "2026-01-01" : "soon"), (i % 5 ? "2026-01-02" : "later"), (i % 4 ? 1 : "x")
}' >spoilt.tsv
printf 'report\tby\tshow\na\tkind\tm = mean(closed_at - opened_at)\nb\t\ts = sum(amount)\n' >two.tsv
crm-report -f two.tsv -t spoilt.tsv --max-messages=999 --format=json a b >want.json 2>want.err
true_that 'what is bad in one report counts in the other' grep -q '\[193.00\]' want.json
for chunk in 1 64 5000; do
	CRM_CHUNK=$chunk crm-report -j 3 -f two.tsv -t spoilt.tsv --max-messages=999 --format=json a b >got.json 2>got.err
	same "messages in the order of the input, pieces of $chunk" want.err got.err
	same "two reports of bad records, pieces of $chunk" want.json got.json
done
true_that 'a bad record is told of once' test "$(cut -d : -f 3 want.err | sort | uniq -d)" = ''
file odd.tsv 'ticket_id\tcustomer_id\tkind\topened_at\tamount\n1\tC1\torder\t2026-01-01\tx\n2\tC1\torder\t2026-01-01\t5\n3\tC1\trepair\t2026-01-01\tx\n'
printf 'report\tby\tshow\nall\tkind\tn = count()\nsold\t\ts = sum(sales); n = sum(purchases)\n' >odd-defs.tsv
run crm-report -q -f odd-defs.tsv -t odd.tsv --format=json all sold
true_that 'a bad amount is bad for what is sold' grep -q '\[5.00,1\]' .out
true_that 'and counts where nothing is' grep -q '\["order",2\]' .out
true_that 'it is told of once' test "$(wc -l <.err)" = 1
file twice.tsv 'customer_id\tname\ttrade\tregion\nC1\tA\tx\tR1\nC1\tB\ty\tR2\n'
printf 'report\tby\tshow\nr\tcustomer.region\tn = count()\n' >r.tsv
file t1.tsv 'ticket_id\tcustomer_id\tkind\topened_at\n1\tC1\ta\t2026-01-01\n2\tC7\ta\t2026-01-01\n'
for jobs in 1 2; do
	run env CRM_CHUNK=1 crm-report -j $jobs -f r.tsv -c twice.tsv -t t1.tsv --format=tsv r
	expect 'a customer that comes twice: the second is bad' 1 \
		'customer.region\tn\n\t1\nR1\t1\n' 'crm-report: twice.tsv:3: customer_id: comes twice: "C1"\n'
done
# What is added to a customer is added once, whichever thread sees it first.
file again.tsv 'ticket_id\tcustomer_id\tkind\topened_at\tamount\n1\tC1\torder\t2026-01-01\t5\n2\tC2\torder\t2026-01-01\t7\n'
file twice.tsv 'customer_id\tname\ttrade\tregion\nC1\tA\tx\tR1\nC2\tB\tx\tR2\nC1\tC\ty\tR2\nC2\tB\tx\tR2\nC3\tD\t\tR3\nC3\tD\t\tR3\n'
crm-report --partial -c twice.tsv -t again.tsv composition >again.part
for jobs in 1 2; do
	for tickets in '-t again.tsv' '--merge -t again.part'; do
		run env CRM_CHUNK=1 crm-report -j $jobs -c twice.tsv $tickets --format=tsv composition
		expect "customers that come twice, $tickets" 1 'trade\tcustomers\tcustomers_share\tsales\tsales_share
x\t2\t66.6667\t12.00\t100.0000\n\t1\t33.3333\t0.00\t0.0000
' 'crm-report: twice.tsv:4: customer_id: comes twice: "C1"
crm-report: twice.tsv:5: customer_id: comes twice: "C2"
crm-report: twice.tsv:7: customer_id: comes twice: "C3"
'
	done
done
cp twice.tsv in
run crm-report -c - -t again.tsv -f r.tsv --format=json customers r
true_that 'they are told of once, and left out of all' sh -c 'test "$(wc -l <.err)" = 3 && grep -qF "[3,2,2,0,0,2,12.00,6.00,6.00]" .out'
rm in
run crm-report -f r.tsv -t t1.tsv r
expect 'customer columns need -c' 2 '' 'crm-report: r.tsv:2: by: position 1: ...'
file none.tsv 'ticket_id\tkind\n1\ta\n'
run crm-report -f k.tsv -t none.tsv k
expect 'tickets need opened_at' 2 '' 'crm-report: none.tsv: no column "opened_at"...'

printf 'ticket_id\tkind\topened_at\tscore\n1\ta\t2026-01-01\t5\n2\tb\t2026-01-01\t6\n3\ta\t2026-01-01\t5\n4\tb\t2026-01-01\t6\n' >half.tsv
printf 'report\tby\tshow\nhalf\tkind\tmean = mean(score)\n' >half-defs.tsv
run crm-report -f half-defs.tsv -t half.tsv half
expect 'a total has its own decimals' 0 'kind   mean
───────────
a *     5.0
b *     6.0
───────────
total   5.5
* fewer than 5 records
' ''
run crm-report
expect 'no name' 2 '' "crm-report: no report named (--list lists them); see 'crm-report --help'\n"
run crm-report intak
expect 'an unknown name' 2 '' 'crm-report: no report "intak" (did you mean "intake"?)\n'
run crm-report --format=tsv intake loop
expect 'tsv takes one' 2 '' "crm-report: --format=tsv takes one report; see 'crm-report --help'\n"
run crm-report --format=pdf intake
expect 'an unknown format' 2 '' 'crm-report: --format: not text, tsv, json, md, html or svg: pdf; ...'
run crm-report --lang=fr -t nothing.tsv intake
expect 'an unknown language: said before anything is read' 2 '' 'crm-report: --lang: not zh or en: fr; ...'
run crm-report --since=2026-02-30 intake
expect 'since: no such day' 2 '' 'crm-report: --since: no such time: "2026-02-30"; ...'
run crm-report --list
true_that '--list names the built-in reports' grep -q '^composition	customers	' .out
run crm-report -f d.tsv --list
true_that '--list names those of -f' grep -q '^kinds	tickets	' .out
crm-report --print-definition intake >own.tsv
crm-report -t t.tsv --format=tsv intake >want.tsv
crm-report -f own.tsv -t t.tsv --format=tsv intake >got.tsv
same '--print-definition: what it prints is a definitions file' want.tsv got.tsv
sed 's/n = count()/n = count(); s = sum(amount)/' own.tsv >changed.tsv
run crm-report -f own.tsv -f changed.tsv -t t.tsv --format=tsv --limit intake
expect 'no such option' 2 '' 'crm-report: ...'
run crm-report -f own.tsv -f changed.tsv -t t.tsv --format=tsv intake
true_that 'the last file with a name wins' grep -q 's.phone' .out
run crm-report --print-definition nothing
expect '--print-definition of an unknown name' 2 '' 'crm-report: no report "nothing"...'

run crm-report -c c.tsv --format=tsv abc
expect 'abc without tickets says what is missing' 0 'trade\tcustomer_id\tname\tsales\tshare\tcumshare\tabc\n' \
	'crm-report: no tickets (-t): what customers bought is missing\n'
file bare.tsv 'ticket_id\tcustomer_id\tkind\topened_at\nT\tC\torder\t2026-01-01\n'
run crm-report -t bare.tsv season
expect 'season names the column that the tickets lack' 2 '' \
	'crm-report: built-in reports:18: show: position 13: unknown column "sales": the tickets have no column "amount"\n...'

# What kind and status decide is asked once for each of them. That changes no
# figure and no message, in whatever order a condition is written.
awk 'BEGIN { OFS = "\t"
	print "ticket_id", "customer_id", "score", "status", "kind", "opened_at"
	for (i = 1; i <= 3000; i++)
		print i, "C", i % 7 == 0 ? "x" : i % 7 == 1 ? "" : i % 7,
			i % 3 == 0 ? "open" : i % 3 == 1 ? "closed" : i % 5 ? "" : "s" i % 20,
			i % 2 ? "repair" : i % 4 ? "k" i % 100 : "", "2026-01-01"
}' >many.tsv
cat >states.tsv <<'END'
report	where	by	show
a		x = 1	known = count(kind == "repair"); first = count(kind == "repair" and score >= 3); second = count(status == "closed" or kind != "repair"); third = count(not (kind in ("k2", "k6") and status == "open")); fourth = count(empty(status)); rate = rate(kind == "repair" and status == "closed")
b	kind == "repair" and score >= 3	x = 1	n = count(); first = count(status == "closed"); second = count(status == "open"); third = count(empty(kind))
c	score >= 3 and kind == "repair"	x = 1	n = count(); first = count(status == "closed"); second = count(status == "open"); third = count(empty(kind))
END
awk -F '\t' 'NR > 1 {
	bad = $3 == "x"; score = $3 != "" && !bad && $3 >= 3; repair = $5 == "repair"
	if (!(repair && bad)) {
		known += repair; first += repair && score
		second += $4 == "closed" || ($5 != "" && !repair)
		third += !(($5 == "k2" || $5 == "k6") && $4 == "open")
		fourth += $4 == ""
		if ($5 != "" && !($4 == "" && repair)) {
			if (repair && $4 == "closed") yes++; else no++
		}
	} else left++
	}
END { printf "%d\t%d\t%d\t%d\t%d\n%d\n", known, first, second, third, fourth, left }' many.tsv >wanted
for run in '-j 1' '-j 3'; do
	crm-report -q $run -f states.tsv -t many.tsv --max-messages=9999 --format=tsv a >got 2>bad
	{ sed 1d got | cut -f 2-6; grep -c score bad; } >figures
	same "states, $run: the figures" wanted figures
	for name in b c; do
		crm-report -q $run -f states.tsv -t many.tsv --max-messages=9999 --format=tsv $name >$name.tsv 2>$name.bad
		wc -l <$name.bad >>lines
	done
	same "states, $run: order does not matter to a figure" b.tsv c.tsv
done
true_that 'states: a bad value that is come to is told, with any number of threads' sh -c '
	test "$(sort -u lines | wc -l)" = 2'
finish
