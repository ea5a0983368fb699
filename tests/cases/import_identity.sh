# crm-import: who is who, and what becomes of a record that a row meets.
. "$TESTS/lib.sh"
said() { printf '%s' "crm-import: $1 read = $2 created + $3 updated + $4 unchanged + $5 rejected (${6:-customers}, utf-8, comma)\\n"; }
h='customer_id\tname\tphone\temail\n'
reset() { file f.tsv "${h}a1\tAnn\t+8613812345678\tann@x.cn\na2\tBob\t+8613900000000\t\n"; }
# into NAME STATUS FILE MESSAGES [OPTION...]
into() {
	name=$1 status_wanted=$2 file_wanted=$3 said_wanted=$4
	shift 4
	reset
	run crm-import --into=f.tsv "$@"
	expect "$name" "$status_wanted" '' "$said_wanted"
	printf '%b' "$file_wanted" >want
	same "$name: the file" f.tsv want
}
in='crm-import: (standard input)'
a1='a1\tAnn\t+8613812345678\tann@x.cn\n'
a2='a2\tBob\t+8613900000000\t\n'

input 'customer_id,name,phone\na1,Anna,13900000000\n'
into 'the id alone decides' 0 "${h}a1\tAnna\t+8613900000000\tann@x.cn\n$a2" "$(said 1 0 1 0 0)"
input 'customer_id,name,phone\na3,Cy,13812345678\n'
into 'an unknown id is a new customer' 0 "$h$a1${a2}a3\tCy\t+8613812345678\t\n" "$(said 1 1 0 0 0)"
input 'name,phone\nAnna,138 1234 5678\n'
into 'without an id, the phone' 0 "${h}a1\tAnna\t+8613812345678\tann@x.cn\n$a2" "$(said 1 0 1 0 0)"
input 'name,email\nAnna,ANN@X.CN\n'
into 'or the email, whatever its case' 0 "${h}a1\tAnna\t+8613812345678\tANN@X.CN\n$a2" "$(said 1 0 1 0 0)"
input 'name,phone,email\nBob,13900000000,ann@x.cn\n'
into 'values of two customers' 1 "$h$a1$a2" "$in:2: email: means more than one: a2 and a1: \"ann@x.cn\"\n$(said 1 0 0 0 1)"
input 'name,phone\nCy,13700000000\n'
into 'no value is known: new, with an id of its first value' 0 "$h$a1${a2}c-ff830c01f28b2a25\tCy\t+8613700000000\t\n" "$(said 1 1 0 0 0)"
input 'name,phone\nCy,12345\n'
into 'a phone that is none identifies nobody' 1 "$h$a1$a2" \
	"$in:2: phone: not a phone number; kept as it is: \"12345\"\n$in:2: nothing to know it by: no id and no value to match\n$(said 1 0 0 0 1)"
input 'name,phone\nCy,\n'
into 'neither id nor value' 1 "$h$a1$a2" "$in:2: nothing to know it by: no id and no value to match\n$(said 1 0 0 0 1)"
input 'customer_id,name\na3,Ann\n'
into '--match=name: another id' 0 "$h$a1$a2" "$in:2: customer_id: matches a1, whose id stays: \"a3\"\n$(said 1 0 0 1 0)" --match=name
input 'customer_id,name,phone\na3,Ann,13700000000\n'
into '--match=name: another id, and something new' 0 "${h}a1\tAnn\t+8613700000000\tann@x.cn\n$a2" "$in:2: customer_id: matches a1, whose id stays: \"a3\"\n$(said 1 0 1 0 0)" --match=name
into '--match=name --on-match=skip: another id' 0 "$h$a1$a2" "$(said 1 0 0 1 0)" --match=name --on-match=skip
into '--match=name --on-match=error: another id' 1 "$h$a1$a2" "$in:2: customer_id: a1 is there already: \"a3\"\n$(said 1 0 0 0 1)" --match=name --on-match=error
input 'customer_id,name\na1,Cy\n'
into '--match=name: an id that another holds' 1 "$h$a1$a2" "$in:2: customer_id: a1 is the id of another: \"a1\"\n$(said 1 0 0 0 1)" --match=name
input 'name,phone\nBob,13812345678\n'
into '--match=name' 0 "$h${a1}a2\tBob\t+8613812345678\t\n" "$(said 1 0 1 0 0)" --match=name
input 'name\nBob\n'
into '--match: unknown' 2 "$h$a1$a2" 'crm-import: --match: no column "emial" (did you mean "email"?)\n' --match=emial
input 'name,phone\nBob,13812345678\nCy,13812345678\n'
run crm-import -q
true_that 'a second row of one phone updates the first' [ "$(wc -l <.out)" = 2 ]
file g.tsv "${h}a1\tA\t+8613812345678\t\na2\tB\t+8613812345678\t\n"
input 'name,phone\nCy,13812345678\n'
run crm-import --into=g.tsv
expect 'a value that two customers share' 1 '' "$in:2: phone: means more than one: a1 and a2: \"13812345678\"\n$(said 1 0 0 0 1)"
input 'customer_id,name,phone\na1,,13700000000\n,Cy,13812345678\n,Dee,13700000000\n'
into 'a value that moved' 0 "${h}a1\tDee\t+8613700000000\tann@x.cn\n${a2}c-19e1e12f3afb9610\tCy\t+8613812345678\t\n" '*'
input 'customer_id,name,phone\na1,,13700000000\n'
into '(its first step)' 0 "${h}a1\tAnn\t+8613700000000\tann@x.cn\n$a2" "$(said 1 0 1 0 0)"
id=$(printf 'phone\n13812345678\n' | crm-import -q -k customers --no-header | cut -f1)
file k.tsv "customer_id\tphone\n$id\t+8613700000000\n"
input 'phone\n13812345678\n'
run crm-import -k customers --into=k.tsv
expect 'a made id that another holds' 1 '' "$in:2: customer_id: $id is the id of another\n$(said 1 0 0 0 1)"
run crm-import -k customers -q
cp .out once
run crm-import -k customers -q
expect 'made ids are the same every time' 0 @once ''

input 'customer_id,name,phone,email\na1,Anna,,new@x.cn\na2,,13900000000,bob@x.cn\n'
into 'update: new values win, missing never overwrites' 0 "${h}a1\tAnna\t+8613812345678\tnew@x.cn\na2\tBob\t+8613900000000\tbob@x.cn\n" "$(said 2 0 2 0 0)"
into 'fill: only what is missing' 0 "$h${a1}a2\tBob\t+8613900000000\tbob@x.cn\n" "$(said 2 0 1 1 0)" --on-match=fill
into 'skip: unchanged' 0 "$h$a1$a2" "$(said 2 0 0 2 0)" --on-match=skip
into 'error: rejected' 1 "$h$a1$a2" "$in:2: customer_id: is there already: \"a1\"\n$in:3: customer_id: is there already: \"a2\"\n$(said 2 0 0 0 2)" --on-match=error
run crm-import --on-match=replace
expect 'no such way' 2 '' "crm-import: --on-match: update|fill|skip|error, not replace; see 'crm-import --help'\n"

file c.tsv 'customer_id\tno_contact\na1\tsms\na2\tall\na3\t\n'
input 'customer_id,no_contact\na1,phone\na2,phone\na3,phone\na1,\n'
run crm-import --into=c.tsv
expect 'no_contact' 0 '' "$(said 4 0 2 2 0)"
printf 'customer_id\tno_contact\na1\tsms,phone\na2\tall\na3\tphone\n' >want
same 'no_contact only ever grows' c.tsv want
run crm-import --into=c.tsv --consent=replace
printf 'customer_id\tno_contact\na1\tphone\na2\tphone\na3\tphone\n' >want
same 'unless --consent=replace' c.tsv want
file c.tsv 'customer_id\tno_contact\na1\tsms\na2\tall\na3\t\na4\tmail\n'
cp c.tsv before
input 'customer_id,no_contact\na1,否\na2,no\na3,否\na4,\na5,no\n'
run crm-import --into=c.tsv --consent=replace --on-match=fill
expect 'a "no" does not empty a list that is only to be filled' 0 '' "$(said 5 1 0 4 0)"
printf 'customer_id\tno_contact\na1\tsms\na2\tall\na3\t\na4\tmail\na5\t\n' >want
same 'and is nothing in a new record' c.tsv want
run crm-import --into=c.tsv
expect 'nor without --consent=replace' 0 '' "$(said 5 0 0 5 0)"
cp before c.tsv
run crm-import --into=c.tsv --consent=replace --journal=c.journal
true_that 'with it a "no" empties the list' [ "$(tail -n 1 .err)"'\n' = "$(said 5 1 2 2 0)" ]
printf 'customer_id\tno_contact\na1\t\na2\t\na3\t\na4\tmail\na5\t\n' >want
same 'of whom it is said' c.tsv want
run crm-import -q --into=c.tsv --journal=c.journal --revert="$(sed -n 2p c.journal | cut -f 2)"
same 'and can be undone' before c.tsv
input 'name,phone,no_contact\nAnn,13800000000,phone\nAnn,13800000000,否\nBob,13900000000,否、\n'
run crm-import -q --consent=replace
expect 'within one file' 0 'customer_id\tname\tphone\tno_contact\nc-2885dcd2140b6db8\tAnn\t+8613800000000\t\nc-1926cfc9c262e1cb\tBob\t+8613900000000\t\n' ''

th='ticket_id\tcustomer_id\tkind\topened_at\tclosed_at\tstatus\n'
file t.tsv "${th}t1\ta1\trepair\t2026-01-05T08:00:00\t\topen\n"
input 'ticket_id,status,closed_at\nt1,已完成,2026-01-06\n'
run crm-import --into=t.tsv
expect 'tickets by ticket_id, some columns only' 0 '' "$(said 1 0 1 0 0 tickets)"
printf "${th}t1\ta1\trepair\t2026-01-05T08:00:00\t2026-01-06\tclosed\n" >want
same 'tickets: the file' t.tsv want
input 'ticket_id,closed_at\nt1,2026-01-04\n'
run crm-import --into=t.tsv
expect 'closed before it was opened, as merged' 1 '' "$in:2: closed_at: closed before it was opened: \"2026-01-04\"\n$(said 1 0 0 0 1 tickets)"
same 'and nothing changed' t.tsv want
input 'ticket_id,customer_id,kind,opened_at,closed_at\nt2,a1,k,2026-01-05 08:00,2026-01-05 07:59\nt3,a1,k,2026-01-05 08:00,2026-01-05\nt4,,k,2026-01-05,\nt5,a9,k,2026-01-05,\n'
run crm-import -c c.tsv
expect 'tickets: closed too early, customers missing or unknown' 1 \
	'ticket_id\tcustomer_id\tkind\topened_at\tclosed_at\nt3\ta1\tk\t2026-01-05T08:00:00\t2026-01-05\n' \
	"$in:2: closed_at: closed before it was opened: \"2026-01-05 07:59\"\n$in:4: customer_id: missing: \"\"\n$in:5: customer_id: no such customer: \"a9\"\n$(said 4 1 0 0 3 tickets)"
run crm-import -q -c c.tsv --orphans=keep
true_that '--orphans=keep' grep -q '^t5' .out
input 'customer_id\na1\n'
run crm-import -c c.tsv
expect '-c goes with tickets' 2 '' "crm-import: -c goes with tickets; see 'crm-import --help'\n"
printf 'customer_id,name\n' >one.csv
for i in 1 2 3 4 5 6 7 8 9; do printf ',x\n,x\n,x\n,x\n'; done >>one.csv
printf 'k1,a\nk2,b\n' >>one.csv
file two.csv 'customer_id,name\nk1,c\n'
rm -f in
run crm-import -q --max-messages=0 one.csv two.csv
expect 'an id of the file before is known, also where it brought less than its size promised' 1 'customer_id\tname\nk1\tc\nk2\tb\n' \
	'crm-import: 36 more messages not shown\n'
finish
