. "$TESTS/lib.sh"
# crm-report card: everything about one customer, found by looking at all records
# or by halving sorted files.
export CRM_AS_OF=2026-11-21 COLUMNS=100 LANG=C
file c.tsv 'customer_id\tname\tphone\ttrade\tbalance\nC1\t王芳\t+8613812345678\t\t5\nC2\t李\\t娜\t\t零售\t\n'
file t.tsv 'ticket_id\tref\tcustomer_id\tkind\topened_at\tstatus\tamount\tscore\tnote
1\t\tC1\torder\t2026-02-01\tclosed\t100\t\t
2\t\tC2\torder\t2026-02-01\tclosed\t7\t\t
3\t\tC1\tsale\t2026-01-01\tclosed\t50.5\t\t
4\t\tC1\treturn\t2026-03-01\t\t10\t\t
5\t\tC1\torder\t2026-03-02\tcancelled\t999\t\t
6\t\tC1\trepair\t2026-04-01\topen\t\t\ta\\tb
7\t6\tC1\tcallback\t2026-04-02\t\t\t3\t
8\t\tC1\tsurvey\t2026-05-01\t\t\t4\t
9\t\tC1\torder\t2027-01-01\t\t1\t\t
'
run crm-report -c c.tsv -t t.tsv --id=C1 --format=tsv card
expect 'card: one value a record, tickets as they were opened, none after as-of' 0 'of\tid\tfield\tvalue
customer\tC1\tcustomer_id\tC1
customer\tC1\tname\t王芳
customer\tC1\tphone\t+8613812345678
customer\tC1\tbalance\t5
ticket\t3\tticket_id\t3
ticket\t3\tcustomer_id\tC1
ticket\t3\tkind\tsale
ticket\t3\topened_at\t2026-01-01
ticket\t3\tstatus\tclosed
ticket\t3\tamount\t50.5
ticket\t1\tticket_id\t1
ticket\t1\tcustomer_id\tC1
ticket\t1\tkind\torder
ticket\t1\topened_at\t2026-02-01
ticket\t1\tstatus\tclosed
ticket\t1\tamount\t100
ticket\t4\tticket_id\t4
ticket\t4\tcustomer_id\tC1
ticket\t4\tkind\treturn
ticket\t4\topened_at\t2026-03-01
ticket\t4\tamount\t10
ticket\t5\tticket_id\t5
ticket\t5\tcustomer_id\tC1
ticket\t5\tkind\torder
ticket\t5\topened_at\t2026-03-02
ticket\t5\tstatus\tcancelled
ticket\t5\tamount\t999
ticket\t6\tticket_id\t6
ticket\t6\tcustomer_id\tC1
ticket\t6\tkind\trepair
ticket\t6\topened_at\t2026-04-01
ticket\t6\tstatus\topen
ticket\t6\tnote\ta\\tb
ticket\t7\tticket_id\t7
ticket\t7\tref\t6
ticket\t7\tcustomer_id\tC1
ticket\t7\tkind\tcallback
ticket\t7\topened_at\t2026-04-02
ticket\t7\tscore\t3
ticket\t8\tticket_id\t8
ticket\t8\tcustomer_id\tC1
ticket\t8\tkind\tsurvey
ticket\t8\topened_at\t2026-05-01
ticket\t8\tscore\t4
' ''
run crm-report -c c.tsv -t t.tsv --id=C1 --format=json card
true_that 'json: the customer, and the tickets' sh -c 'grep -c "\"report\":\"card" .out | grep -qx 2'
true_that 'json: values as they are' sh -c 'grep -q "\"balance\",\"5\"" .out && grep -q "\"first_purchase\",\"2026-01-01T00:00:00\"\|\"first_purchase\",\"2026-01-01\"" .out'
for lang in en zh; do
	crm-report -c c.tsv -t t.tsv --id=C1 --lang=$lang --format=html card >$lang.html
done
true_that 'html: amounts with their unit, midnight is the day' sh -c '
	grep -q "row\">5.00 yuan<" en.html && grep -q "row\">5.00 元<" zh.html && grep -q "row\">2026-01-01<" en.html && ! grep -q T00:00 en.html'
true_that 'html: after its number a ticket has its time' grep -q '>Ticket</th><th scope="col">[Oo]pened at</th>\|>ticket</th><th scope="col">opened at</th>' en.html
for figure in '"tickets","7"' '"open","1"' '"purchases","2"' '"sales","140.50"' \
	'"first_purchase","2026-01-01"' '"last_purchase","2026-02-01"' \
	'"last_contact","2026-05-01"' '"mean_score","3.5"'; do
	true_that "card: $figure" grep -qF "[$figure]" .out
done
printf 'kind\topened_at\tticket_id\tcustomer_id\tproduct\tnote\nsale\t2026-01-01T20:00:00Z\tT9\tC1\tfridge\tbig\n' >zone.tsv
export COLUMNS=40
run env TZ=Asia/Shanghai crm-report -t zone.tsv --id=C1 card
expect 'card: times on the clock of the wall; too wide for all, each part says which ticket' 0 'Everything about one customer
field           value
────────────────────────────────
tickets         1
open            0
last contact    2026-01-02 04:00
purchases       1
sales           0.00 yuan
first purchase  2026-01-02 04:00
last purchase   2026-01-02 04:00

Tickets
ticket  opened at         kind  product
───────────────────────────────────────
T9      2026-01-02 04:00  sale  fridge

ticket  note
────────────
T9      big
' ''
export COLUMNS=100
run crm-report -t zone.tsv --id=C1 --format=tsv card
true_that 'card: tsv has the values as they are' grep -q '2026-01-01T20:00:00Z' .out
run crm-report -c c.tsv -t t.tsv --id=C1 --mask --format=tsv card
true_that 'card: masked' sh -c 'grep -q "name	王\*" .out && ! grep -q 13812345678 .out'
run crm-report -c c.tsv -t t.tsv --id=C1 --since=2026-04-01 --until=2026-04-01 --format=tsv card
true_that 'card: only of a time' test "$(grep -c ticket_id .out)" = 1
run crm-report -c c.tsv --id=C2 card
true_that 'card: without tickets' grep -q '零售' .out
true_that 'card: decoded for the eye alone' sh -c '! grep -q "	" .out'
cp t.tsv in
run crm-report --id=C2 --format=tsv card
expect 'card: tickets alone, from a pipe' 0 'of\tid\tfield\tvalue
ticket\t2\tticket_id\t2\nticket\t2\tcustomer_id\tC2\nticket\t2\tkind\torder\nticket\t2\topened_at\t2026-02-01
ticket\t2\tstatus\tclosed\nticket\t2\tamount\t7
' ''
rm in
run crm-report -c c.tsv -t t.tsv --id=C9 --format=tsv card
expect 'card: no such customer' 1 'of\tid\tfield\tvalue\n' 'crm-report: no customer "C9"\n'
run crm-report -c c.tsv card
expect 'card: whose' 2 '' "crm-report: card needs --id=ID; see 'crm-report --help'\n"
run crm-report -c c.tsv --id=C1 card credit
expect 'card: alone' 2 '' "crm-report: card stands alone, and is no picture; see 'crm-report --help'\n"
file twice.tsv 'customer_id\tname\nC1\ta\nC1\tb\n'
run crm-report -c twice.tsv --id=C1 --format=tsv card
expect 'card: twice' 1 'of\tid\tfield\tvalue\ncustomer\tC1\tcustomer_id\tC1\ncustomer\tC1\tname\ta\n' \
	'crm-report: twice.tsv: customer_id: comes 2 times: "C1"\n'
printf 'report\tshow\ncard\tn = count()\n' >mine.tsv
run crm-report -f mine.tsv -t t.tsv --format=tsv card
expect 'a report of that name is the one that is meant' 0 'n\n8\n' ''

# Halving finds what looking at all finds: first, last, between, in files of any
# line length, with CR LF, in several files whose columns stand otherwise.
awk 'BEGIN {
	OFS = "\t"
	print "ticket_id", "customer_id", "kind", "opened_at", "note"
	for (i = 1; i <= 400; i++) {
		note = ""
		for (k = 0; k < i % 7 * (i % 50 == 0 ? 900 : 3); k++) note = note "字"
		print i, sprintf("K%03d", i * i % 97), "order", "2026-01-01", note
	}
}' >loose.tsv
sorted() { head -n 1 "$1"; tail -n +2 "$1" | sort -t '	' -k "$2,$2" -s; }
sorted loose.tsv 2 >s.tsv
sed 's/$/\r/' s.tsv >crlf.tsv
awk -F '\t' -v OFS='\t' '{ print $4, $2, $1, $5, $3 }' s.tsv >other.tsv
for id in $(cut -f 2 s.tsv | tail -n +2 | sort -u) K000 A Z K0 K9999; do
	crm-report -t loose.tsv --id=$id --format=tsv card >want.tsv 2>want.err
	for files in "-t s.tsv" "-t crlf.tsv"; do
		crm-report $files --sorted --id=$id --format=tsv card >got.tsv 2>got.err
		cmp -s want.tsv got.tsv || echo "$id $files" >>differ
	done
	crm-report -t s.tsv -t other.tsv --id=$id --format=tsv card >want.tsv 2>/dev/null
	crm-report -t s.tsv -t other.tsv --sorted --id=$id --format=tsv card >got.tsv 2>/dev/null
	cmp -s want.tsv got.tsv || echo "$id two files" >>differ
done
true_that 'halving finds what looking at all finds' test ! -e differ
run crm-report -t s.tsv --sorted --id=K005 --format=tsv card
expect '--sorted: what is not there' 1 'of\tid\tfield\tvalue\n' \
	'crm-report: no customer "K005" (--sorted: the files have to be sorted by the bytes of customer_id)\n'
{ cat s.tsv; printf '401\tK001\torder\t2026-01-01\t\n'; } >put.tsv
run crm-report -t put.tsv --sorted --id=K005 --format=tsv card
expect '--sorted: what was put behind it is noticed' 2 '' \
	'crm-report: put.tsv: --sorted: not sorted by the bytes of customer_id: "K093" stands before "K001"\n'
run sh -c 'crm-report -t loose.tsv --sorted --id=K005 --format=tsv card 2>&1 | cut -d : -f 2-4'
expect '--sorted: what is not sorted is noticed' 0 \
	' loose.tsv: --sorted: not sorted by the bytes of customer_id\n' ''
file cut.tsv 'customer_id\tname\nC1\ta\nC2\tb'
run crm-report -c cut.tsv --sorted --id=C1 --format=tsv card
expect '--sorted: a file that was cut short' 1 'of\tid\tfield\tvalue\ncustomer\tC1\tcustomer_id\tC1\ncustomer\tC1\tname\ta\n' \
	'crm-report: cut.tsv: the last line has no line end: cut short?\n'
file none.tsv 'customer_id\tname\n'
run crm-report -c none.tsv --sorted --id=C1 --format=tsv card
expect '--sorted: only a header' 1 'of\tid\tfield\tvalue\n' \
	'crm-report: no customer "C1" (--sorted: the files have to be sorted by the bytes of customer_id)\n'
cp s.tsv in
run sh -c 'cat in | crm-report --sorted --id=K001 card'
expect '--sorted: not from a pipe' 2 '' 'crm-report: (standard input): --sorted needs a file that is no stream\n'
finish
