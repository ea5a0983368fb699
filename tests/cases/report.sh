. "$TESTS/lib.sh"
# crm-report: the engine: keys, aggregates, windows, across, sort, limit, joins.
export CRM_AS_OF=2026-11-21 COLUMNS=80
file t.tsv 'ticket_id\tcustomer_id\tref\tkind\tchannel\topened_at\tclosed_at\tstatus\tamount\tscore\tproduct
T1\tC1\t\torder\tphone\t2026-01-05T08:00\t2026-01-05T10:00\tclosed\t10.00\t1\t甲
T2\tC1\t\torder\tweb\t2026-01-06T08:00\t2026-01-06T09:30:01\tclosed\t2.50\t2\t乙
T3\tC2\t\tsale\tweb\t2026-02-07T08:00\t\topen\t\t5\t甲
T4\tC3\t\treturn\t\t2026-02-08T08:00\t2026-02-09T08:00\tclosed\t1.25\t\t
T5\tC9\t\torder\tphone\t2026-03-01T08:00\t2026-03-01T08:20\tcancelled\t99.99\t4\t甲
T6\tC2\tT1\tcallback\tphone\t2026-01-07T08:00\t\t\t\t3\t乙
T7\tC2\t\trepair\tphone\t2026-12-01T08:00\t\t\t\t3\t乙
'
file c.tsv 'customer_id\tname\ttrade\tregion\tcredit_limit\tbalance
C1\t王\t零售\t华东\t100\t50
C2\t李\t批发\t华北\t100\t150.5
C3\t张\t零售\t华东\t\t
C4\t赵\t\t华东\t5\t5
'

# define SHOW BY WHERE ACROSS SORT LIMIT OF
define() {
	printf 'report\tshow\tby\twhere\tacross\tsort\tlimit\tof\nx\t%s\t%s\t%s\t%s\t%s\t%s\t%s\n' \
		"$1" "${2-}" "${3-}" "${4-}" "${5-}" "${6-}" "${7-}" >d.tsv
}
# shows NAME OUT [ARGUMENT]...: the report x as TSV over t.tsv
shows() {
	shows_name=$1 shows_out=$2
	shift 2
	run crm-report -f d.tsv -t t.tsv --format=tsv "$@" x
	expect "$shows_name" 0 "$shows_out" ''
}
# refused NAME MESSAGES
refused() {
	run crm-report -f d.tsv -t t.tsv --format=tsv x
	expect "$1" 2 '' "$2"
}

define 'n = count(); big = count(amount > 5); r = rate(amount > 5)' kind
shows 'count: a missing value is false; rate: left out' \
	'kind\tn\tbig\tr\ncallback\t1\t0\t\norder\t3\t2\t0.6667\nreturn\t1\t0\t0\nsale\t1\t0\t\n'
define 's = sum(amount); m = mean(amount); lo = min(amount); hi = max(score); d = distinct(product)' kind
shows 'sum mean min max distinct: missing left out, of nothing missing, half to even' \
	'kind\ts\tm\tlo\thi\td\ncallback\t\t\t\t3\t1\norder\t112.49\t37.4967\t2.50\t4\t2\nreturn\t1.25\t1.25\t1.25\t\t0\nsale\t\t\t\t5\t1\n'
define 'mid = median(score); p50 = p50(score); p90 = p90(score); p1 = p1(score)'
shows 'median: mean of the middle two; pN: nearest rank' 'mid\tp50\tp90\tp1\n3\t3\t5\t1\n'
define 'mid = median(score); p50 = p50(score)' '' 'kind in ("order", "callback") and score != 3 or kind == "sale"'
shows 'median of an even number' 'mid\tp50\n3\t2\n'
define 'h = mean(closed_at - opened_at); mid = median(closed_at - opened_at); all = sum(closed_at - opened_at); last = max(closed_at)' channel
shows 'durations are hours, rounded once; times are written in full' \
	'channel\th\tmid\tall\tlast\n\t24\t24\t24\t2026-02-09T08:00:00\nphone\t1.1667\t1.1667\t2.3333\t2026-03-01T08:20:00\nweb\t1.5003\t1.5003\t1.5003\t2026-01-06T09:30:01\n'
define 'n = count(); per = sum(amount) / n; twice = per * 2'
shows 'a measure uses earlier ones' 'n\tper\ttwice\n6\t18.9567\t37.9134\n'
define 'n = count(); s = share(n); c = cumshare(n); k = rank(n); i = index(n); ch = change(n)' channel '' '' '-n, channel'
shows 'share cumshare rank index change, in the order of output' \
	'channel\tn\ts\tc\tk\ti\tch\nphone\t3\t50.0000\t50.0000\t1\t150\t\nweb\t2\t33.3333\t83.3333\t2\t100\t-1\n\t1\t16.6667\t100.0000\t3\t50\t-1\n'
define 'k = rank(sum(amount)); s = share(sum(amount))' product
shows 'missing has neither rank nor share of its own' \
	'product\tk\ts\n\t3\t1.0990\n乙\t2\t2.1980\n甲\t1\t96.7030\n'
define 'k = rank(count())' kind
shows 'equals share a rank' 'kind\tk\ncallback\t2\norder\t1\nreturn\t2\nsale\t2\n'
define 'n = count()' 'amount'
shows 'a number is a key: by value, missing first' 'amount\tn\n\t2\n1.25\t1\n2.50\t1\n10.00\t1\n99.99\t1\n'
define 'n = count()' 'm = month(opened_at); late = empty(closed_at)'
shows 'expressions are keys' 'm\tlate\tn\n1\tfalse\t2\n1\ttrue\t1\n2\tfalse\t1\n2\ttrue\t1\n3\tfalse\t1\n'
define 'n = count()' kind '' channel
shows 'across, one measure: named by the value; 0 for counts' \
	'kind\t(none)\tphone\tweb\ncallback\t0\t1\t0\norder\t0\t2\t1\nreturn\t1\t0\t0\nsale\t0\t0\t1\n'
define 'n = count(); s = sum(amount)' kind '' channel -s
shows 'across, several: measure.value; empty is missing' \
	'kind\tn.(none)\tn.phone\tn.web\ts.(none)\ts.phone\ts.web\norder\t0\t2\t1\t\t109.99\t2.50\nreturn\t1\t0\t0\t1.25\t\t\ncallback\t0\t1\t0\t\t\t\nsale\t0\t0\t1\t\t\t\n'
define 'n = count()' kind '' '' '-n, kind' 2
shows 'sort and limit' 'kind\tn\norder\t3\ncallback\t1\n'
define 'n = count(); s = share(n)' kind '' '' -n 1
shows 'limit cuts after the shares' 'kind\tn\ts\norder\t3\t50.0000\n'
define 'n = count()' kind 'has("callback")'
shows 'relations: child rows' 'kind\tn\norder\t1\n'
define 'n = count(count("callback") > 0)'
shows 'count of a text is the relation' 'n\n1\n'
define 'n = count(); s = sum(sales); p = sum(purchases)' customer.region
shows 'a ticket sees its customer; sales: purchases less returns' \
	'customer.region\tn\ts\tp\n\t1\t\t0\n华东\t3\t11.25\t2\n华北\t2\t\t1\n' -c c.tsv
define 'n = count(); s = sum(sales); b = count(purchases > 0); t = sum(count("order"))' trade '' '' '' '' customers
shows 'of customers: their tickets' \
	'trade\tn\ts\tb\tt\n\t1\t0.00\t0\t0\n批发\t1\t0.00\t1\t0\n零售\t2\t11.25\t1\t2\n' -c c.tsv
define 'n = count()'
shows 'since and until: an until that is a date is the whole day' 'n\n2\n' --since=2026-02-07T08:00:00 --until=2026-02-08
shows 'yesterday: the whole day before as-of' 'n\n1\n' --since=yesterday --until=yesterday --as-of=2026-02-09T07:00
shows 'today: that of as-of' 'n\n2\n' --since=yesterday --until=today --as-of=2026-02-08T09:00
shows 'as it is written in full' 'n\n2\n' --since=2026-02-07 --until=2026-02-08 --as-of=2026-02-08T09:00
shows 'until with a time' 'n\n1\n' --since=2026-02-01 --until=2026-02-08T07:59
run crm-report -f d.tsv -t t.tsv --since=2026-02-09 --until=2026-02-08 x
expect 'since after until' 2 '' 'crm-report: --since=2026-02-09 is after --until=2026-02-08; ...'
shows 'as-of: what is later does not exist' 'n\n7\n' --as-of=2026-12-01T08:00:00
define 'n = count(); s = sum(amount)' '' 'kind == "none"'
shows 'nothing: one row of zero' 'n\ts\n0\t\n'
define 'n = count()' kind 'kind == "none"'
shows 'nothing by key: the header' 'kind\tn\n'
shows 'no header' '' --no-header
define 'count()' customer_id
shows 'a measure without a name is named by its text' 'customer_id\tcount()\nC1\t2\nC2\t2\nC3\t1\nC9\t1\n'
define 'r = rate(amount > 5); m = mean(score)' kind
run crm-report -f d.tsv -t t.tsv --format=tsv --explain x
expect '--explain: denominators, and the rules as messages' 0 \
	'kind\tr\tm\tr.n\tm.n\ncallback\t\t3\t0\t1\norder\t0.6667\t2.3333\t3\t3\nreturn\t0\t\t1\t0\nsale\t\t5\t0\t1\n' \
	'crm-report: x: of: tickets\ncrm-report: x: by: kind\ncrm-report: x: r = rate(amount > 5): true / (true + false); left out where a comparison met a missing value; of r.n records\n...'

define 'n = count()' 'kind' 'kind = "order"'
refused 'a bad where: file, line, column, caret' \
	'crm-report: d.tsv:2: where: position 6: unknown sign "=" (did you mean "=="?)\n  kind = "order"\n       ^\n'
define 'n = count()' 'channel; prodct'
refused 'an unknown column: the report needs it' \
	'crm-report: d.tsv:2: by: position 10: unknown column "prodct" (did you mean "product"?)\n  channel; prodct\n           ^\n'
define 'count()' kind '' '' '-cout()'
refused 'an unknown sort' \
	'crm-report: d.tsv:2: sort: position 2: neither a key nor a measure: "cout()" (did you mean "count()"?)\n  -cout()\n   ^\n'
define 'n = count(); n = sum(amount)'
refused 'a name twice' 'crm-report: d.tsv:2: show: position 18: two columns of one name\n...'
define 'n = count()' '' 'amount'
refused 'a where that is no condition' 'crm-report: d.tsv:2: where: position 1: ...'
define 'n = count()' '' '' '' '' 1x
refused 'a bad limit' 'crm-report: d.tsv:2: limit: not a whole number: "1x"\n'
define 'n = count()' '' '' '' '' '' stations
refused 'of what' 'crm-report: d.tsv:2: of: not tickets or customers: "stations"\n'
define 'n = '
refused 'an expression is missing' 'crm-report: d.tsv:2: show: position ...'
define ''
refused 'a report shows something' 'crm-report: d.tsv:2: show: a report shows something...'
printf 'report\tshow\nx\tcount()\nx\tsum(amount)\n' >d.tsv
refused 'a report twice in a file' 'crm-report: d.tsv:3: report: the file has this report already: "x"\n'
# tickets of another origin: no kind, and words of their own
file bare.tsv 'ticket_id\topened_at\tcity\tamount\n1\t2026-01-01\tA\t3\n2\t2026-01-02\tA\t4\n'
file own.tsv 'report\ttitle\tof\twhere\tby\tacross\tshow\tsort\tlimit\tchart\ncity\tC\ttickets\t\tcity\t\tsales = sum(amount)\t\t\t\nnet\tN\ttickets\t\tcity\t\tx = sum(sales)\t\t\t\n'
run crm-report -q -f own.tsv -t bare.tsv --format=tsv city
expect 'a column kind is not asked for where nothing needs it' 0 'city\tsales\nA\t7.00\n' ''
run crm-report -q -f own.tsv -t bare.tsv --format=tsv net
expect 'and sales is not known without it' 2 '' 'crm-report: own.tsv:3: show: position 9: unknown column "sales"...'
finish
