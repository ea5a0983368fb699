. "$TESTS/lib.sh"

# Runs crm-followup and keeps only the columns $show of its list.
show=1,4,11
list() {
	crm-followup -q "$@" >.full
	list_status=$?
	cut -f"$show" .full
	return $list_status
}
header='due_at\trule\tticket_id\n'
columns='ticket_id\tcustomer_id\tref\tkind\tproduct\topened_at\tclosed_at\tdue_at\tstatus\tstation\towner\tserial\n'
full='due_at\tlate\tpriority\trule\taction\tchannel\tcustomer_id\tname\tphone\tregion\tticket_id\tproduct\tstation\towner\tassignee\ttext'

# ---- the list ----

file t.tsv "${columns}t1\tc1\t\trepair\tTV\t2026-11-17T08:00\t2026-11-18T08:30\t\tclosed\ts1\tli\t\n"
file c.tsv 'region\tcustomer_id\tname\tphone\nQingdao\tc1\tWang Wei\t+8613812345678\n'
run crm-followup --as-of=2026-11-21T10:00 -c c.tsv t.tsv
expect 'the columns of the list' 0 "$full\n2026-11-21T08:30:00\t1.5\t2\tcallback\tcallback\tphone\tc1\tWang Wei\t+8613812345678\tQingdao\tt1\tTV\ts1\tli\t\tWas the repair of TV done well?\n" \
	'crm-followup: 1 to do, 1 of them late, 7 rules not tried\n'
run crm-followup -q --as-of=2026-11-21T10:00 t.tsv
expect 'without customers their columns are empty; -q says nothing' 0 "$full\n2026-11-21T08:30:00\t1.5\t2\tcallback\tcallback\tphone\tc1\t\t\t\tt1\tTV\ts1\tli\t\tWas the repair of TV done well?\n" ''
run crm-followup -q --as-of=2026-11-01 --no-header t.tsv
expect 'nothing to do, no header' 0 '' ''
run crm-followup -q --as-of=2026-11-01 t.tsv
expect 'nothing to do' 0 "$full\n" ''

show=1,2
file r.tsv 'rule\tdue\nlate\topened_at\n'
for when in '2026-11-17T07:57:00\t0.0' '2026-11-17T07:56:59\t-0.1' \
	'2026-11-17T08:03:00\t0.0' '2026-11-17T08:03:01\t0.1' \
	'2026-11-17T08:09:00\t0.2' '2026-11-18T08:00:00\t24.0'; do
	want=$(printf '%b' "$when" | cut -f2)
	# before it is opened a ticket does not exist: due is an hour earlier
	file r.tsv 'rule\tdue\nlate\topened_at - 1d\n'
	asof=$(printf '%b' "$when" | cut -f1)
	file t1.tsv "${columns}t1\tc1\t\trepair\t\t2026-11-10T08:00\t\t2026-11-17T08:00\t\t\t\t\n"
	file r.tsv 'rule\tdue\nlate\tdue_at\n'
	run list -f r.tsv --as-of="$asof" t1.tsv
	expect "late at $asof" 0 "due_at\tlate\n2026-11-17T08:00:00\t$want\n" ''
done
show=1,4,11

# ---- within ----

file r.tsv 'rule\tdue\nx\topened_at + 72h\n'
file t1.tsv "${columns}t1\tc1\t\tx\t\t2026-11-17T08:00\t\t\t\t\t\t\n"
row='2026-11-20T08:00:00\tx\tt1\n'
run list -f r.tsv --as-of=2026-11-19T08:00 t1.tsv
expect 'within is 24h, and what is due just then is listed' 0 "$header$row" ''
run list -f r.tsv --as-of=2026-11-19T07:59:59 t1.tsv
expect 'a second later it is not' 0 "$header" ''
run list -f r.tsv --as-of=2026-11-17T08:00 --within=3d t1.tsv
expect '--within=3d' 0 "$header$row" ''
run list -f r.tsv --as-of=2026-11-20T07:59:59 --within=0h t1.tsv
expect '--within=0h, before' 0 "$header" ''
run list -f r.tsv --as-of=2026-11-20T08:00 --within=0h t1.tsv
expect '--within=0h, then' 0 "$header$row" ''
run list --within=soon t1.tsv
expect '--within is no duration' 2 '' 'crm-followup: --within: not a duration like 24h or 7d: soon...'
run list -f r.tsv --as-of=2026-11-17T07:59 --within=9d t1.tsv
expect 'a ticket opened after as-of does not exist yet' 0 "$header" ''

# ---- order ----

file r.tsv 'rule\tdue\tpriority\twhen\nb\topened_at\t2\tkind == "x"\na\topened_at\t2\tkind == "x"\nu\topened_at\t1\tticket_id == "t3"\nn\topened_at\t\tticket_id == "t1"\n'
for order in 't1 t2 t3' 't3 t1 t2'; do
	printf '%b' "$columns" >t1.tsv
	for t in $order; do
		printf '%s\tc9\t\tx\t\t2026-11-17T08:00\t\t\t\t\t\t\n' $t >>t1.tsv
	done
	printf 't4\tc1\t\tx\t\t2026-11-17T08:00\t\t\t\t\t\t\n' >>t1.tsv
	for jobs in 1 7; do
		for chunk in 1 64 100000; do
			export CRM_CHUNK=$chunk
			run list -f r.tsv -j $jobs --as-of=2026-11-19 t1.tsv
			unset CRM_CHUNK
			at='2026-11-17T08:00:00\t'
			expect "due, priority, rule, ids: $order, -j $jobs, chunk $chunk" 0 \
				"$header${at}u\tt3\n${at}a\tt4\n${at}a\tt1\n${at}a\tt2\n${at}a\tt3\n${at}b\tt4\n${at}b\tt1\n${at}b\tt2\n${at}b\tt3\n${at}n\tt1\n" ''
		done
	done
done

# ---- rules files ----

crm-followup --print-rules >printed.tsv
file t1.tsv "${columns}t1\tc1\t\trepair\tTV\t2026-11-17T08:00\t2026-11-18T08:30\t\tclosed\ts1\tli\t\nt2\tc1\t\tcomplaint\tTV\t2026-11-20T08:00\t\t\topen\t\t\t\n"
run crm-followup -q --as-of=2026-11-21T10:00 t1.tsv
cp .out built_in
crm-followup -q --as-of=2026-11-21T10:00 -f printed.tsv t1.tsv >own 2>own_err
same 'an unedited copy of the rules does the same' built_in own
file want 'crm-followup: printed.tsv:17: rule "arrears" is not tried: it needs -c\n'
head -n 1 own_err >said
same 'and says which rules cannot be tried' want said
file r.tsv 'rule\twhen\tdue\nx\townr == "li"\topened_at\n'
run list -f r.tsv t1.tsv
expect 'an unknown column' 2 '' 'crm-followup: r.tsv:2: when: position 1: unknown column "ownr" (did you mean "owner"?)\n  ownr == "li"\n  ^\n'
file r.tsv 'rule\twhen\tdue\nx\t\tkind\n'
run list -f r.tsv t1.tsv
expect 'due is no time' 2 '' 'crm-followup: r.tsv:2: due: position 1: must be a time\n  kind\n  ^\n'
file r.tsv 'rule\twhen\tdue\nx\tpriority\topened_at\n'
run list -f r.tsv t1.tsv
expect 'when is no condition' 2 '' 'crm-followup: r.tsv:2: when: position 1: must be a condition\n  priority\n  ^\n'
file r.tsv 'rule\twhen\tdue\nx\t\t\n'
run list -f r.tsv t1.tsv
expect 'due is missing' 2 '' 'crm-followup: r.tsv:2: due: missing\n'
file r.tsv 'rule\tdue\tpriority\nx\topened_at\thigh\n'
run list -f r.tsv t1.tsv
expect 'priority is no number' 2 '' 'crm-followup: r.tsv:2: priority: position 1: unknown column "high"...'
file r.tsv 'rule\tdue\trepeat\nx\topened_at\tdaily\n'
run list -f r.tsv t1.tsv
expect 'repeat is no duration' 2 '' 'crm-followup: r.tsv:2: repeat: not a duration above zero, like 7d: "daily"\n'
file r.tsv 'rule\tdue\ton\nx\topened_at\tstation\n'
run list -f r.tsv t1.tsv
expect 'on is unknown' 2 '' 'crm-followup: r.tsv:2: on: not one of ticket customer owner: "station"\n'
file r.tsv 'rule\tdue\nx\topened_at\nx\topened_at\n'
run list -f r.tsv t1.tsv
expect 'a rule twice' 2 '' 'crm-followup: r.tsv:3: rule: stands twice: "x"\n'
file r.tsv 'rule\twhen\nx\t\n'
run list -f r.tsv t1.tsv
expect 'no due' 2 '' 'crm-followup: r.tsv: no column "due"\n'
file r.tsv 'rule\tdue\nx\topened_at\ty\n'
run list -f r.tsv t1.tsv
expect 'a bad record in a rules file' 2 '' 'crm-followup: r.tsv:2: 3 fields, not 2\n'
file r.tsv '\0357\0273\0277rule\tdue\tnote\r\nx\topened_at\tfree \\\\q\r\n'
run list -f r.tsv --as-of=2026-11-21 t1.tsv
expect 'BOM, CRLF, and a column that nobody asks for' 0 \
	"${header}2026-11-17T08:00:00\tx\tt1\n2026-11-20T08:00:00\tx\tt2\n" ''

# ---- texts ----

show=7,16
text() { # TEMPLATE: a rule with this text
	printf 'rule\tdue\taction\ttext\nx\topened_at\tgo\t%s\n' "$1" >r.tsv
}
file t1.tsv "${columns}t1\tc1\t\trepair\tT\\\\tV\t2026-11-17T08:00\t\t\t\ts1\tli\tS-9\n"
file c.tsv 'customer_id\tname\tphone\ttier\tno_contact\nc1\tWang Wei\t+8613812345678\tgold\t\n'
head='customer_id\ttext\n'
text '{action} {ticket_id} {late} {serial} {customer.tier} {name} {product}'
run list -f r.tsv -c c.tsv --as-of=2026-11-17T09:00 t1.tsv
expect 'columns of the row, the subject, the customer' 0 "${head}c1\tgo t1 1.0 S-9 gold Wang Wei T\\\\tV\n" ''
text '{{a} {{{kind}} b}'
run list -f r.tsv --as-of=2026-11-17T09:00 t1.tsv
expect '{{ is a brace' 0 "${head}c1\t{a} {repair} b}\n" ''
text '你好 {nmae}'
run list -f r.tsv --as-of=2026-11-17T09:00 t1.tsv
expect 'an unknown name' 2 '' 'crm-followup: r.tsv:2: text: position 9: unknown name\n  你好 {nmae}\n        ^\n'
text 'a {kind'
run list -f r.tsv --as-of=2026-11-17T09:00 t1.tsv
expect 'a brace left open' 2 '' 'crm-followup: r.tsv:2: text: position 3: "{" without "}" ("{{" is a brace)\n  a {kind\n    ^\n'
text '{text}'
run list -f r.tsv --as-of=2026-11-17T09:00 t1.tsv
expect 'a text in itself' 2 '' 'crm-followup: r.tsv:2: text: position 2: unknown name...'
text '{customer.shoe}'
run list -f r.tsv -c c.tsv --as-of=2026-11-17T09:00 t1.tsv
expect 'an unknown column of the customer' 2 '' 'crm-followup: r.tsv:2: text: position 2: unknown name...'
show=1,4,11

# ---- customers and products ----

file r.tsv 'rule\twhen\tdue\nvip\tcustomer.tier == "gold" and kind == "repair"\topened_at\n'
file t1.tsv "${columns}t1\tc1\t\trepair\tTV\t2026-11-17T08:00\t\t\t\ts1\tli\t\nt2\tc2\t\trepair\tTV\t2026-11-17T08:00\t\t\t\ts1\tli\t\nt3\tc3\t\trepair\tPC\t2026-11-17T08:00\t\t\t\ts1\tli\t\n"
file c.tsv 'customer_id\tname\tphone\ttier\nc1\tWang\t+8613812345678\tgold\nc2\tLi\t\tsilver\n'
run list -f r.tsv -c c.tsv --as-of=2026-11-18 t1.tsv
expect 'a ticket rule sees its customer' 0 "${header}2026-11-17T08:00:00\tvip\tt1\n" ''
file p.tsv 'warranty\tproduct\n12\tTV\n24\tPC\n'
file r.tsv 'rule\twhen\tdue\tchannel\ttext\nlong\tproduct.warranty > 12\topened_at\t\t{product.warranty}\n'
show=1,4,11,16
run list -f r.tsv --products=p.tsv --as-of=2026-11-18 t1.tsv
expect 'and its product' 0 'due_at\trule\tticket_id\ttext\n2026-11-17T08:00:00\tlong\tt3\t24\n' ''
show=1,4,11
file c2.tsv 'customer_id\tname\nc1\tWang\nc1\tLi\nc1\tWang\n'
file r.tsv 'rule\ton\tdue\nr\tcustomer\tasof\n'
show=4,7,8
for jobs in 1 3; do
	CRM_CHUNK=1 run list -f r.tsv -c c2.tsv -j $jobs --as-of=2026-11-18 t1.tsv
	expect "a customer twice: the second is bad, -j $jobs" 1 'rule\tcustomer_id\tname\nr\tc1\tWang\n' \
		'crm-followup: c2.tsv:3: customer_id: stands twice; the first one counts: "c1"\ncrm-followup: c2.tsv:4: customer_id: stands twice; the first one counts: "c1"\n'
done
show=1,4,11
file r.tsv 'rule\ton\twhen\tdue\nc\tcustomer\tcount("repair") == 1 and name == "Wang"\tlast("repair") + 1h\no\towner\tcount("repair") >= 3\tlast("repair")\n'
show=4,7,11,14
run list -f r.tsv -c c.tsv --as-of=2026-11-18 t1.tsv
expect 'relations of a customer and of an owner' 0 'rule\tcustomer_id\tticket_id\towner\no\t\t\tli\nc\tc1\t\t\n' ''
show=1,4,11

file r.tsv 'rule\ton\twhen\tdue\nidle\towner\tlast_entry < asof - 1d and not has("x")\tlast_entry + 1d\n'
file t2.tsv "${columns}t1\tc1\t\trepair\t\t2026-11-17T08:00\t\t\t\ts1\tli\t\nt2\tc1\t\ty\t\t2026-11-19T08:00\t\t\t\ts1\tli\t\nt3\tc1\t\tx\t\t2026-11-17T08:00\t\t\t\ts1\t芳\t\nt4\tc1\t\ty\t\t2026-11-18T08:00\t\t\t\ts1\t王\\\\\\\\\t\nt5\tc1\t\ty\t\t2026-11-21T08:00\t\t\t\ts1\tli\t\n"
show=1,14
for jobs in 1 3; do
	CRM_CHUNK=1 run list -j $jobs -f r.tsv --as-of=2026-11-20T09:00 t2.tsv
	expect "when an owner was last heard of, -j $jobs" 0 'due_at\towner\n2026-11-19T08:00:00\t王\\\\\n2026-11-20T08:00:00\tli\n' ''
done
show=1,4,11

# ---- bad records ----

file r.tsv 'rule\twhen\tdue\nx\tkind == "x" and not has("y", amount > 1)\tdue_at\n'
bad='ticket_id\tcustomer_id\tkind\topened_at\tref\tdue_at\tamount\n'
file t1.tsv "${bad}t1\tc1\tx\tyesterday\t\t2026-11-17\t\nt2\tc1\tx\t2026-11-17\t\t2026-02-30\t\nt3\tc1\tx\t2026-11-17\t\t2026-11-17\t\nt4\tc1\ty\t2026-11-17\tt3\t\t1,5\nt5\tc1\tx\nt6\tc1\tx\t\t\t\t\n"
for jobs in 1 3; do
	CRM_CHUNK=7 run list -f r.tsv -j $jobs --as-of=2026-11-18 t1.tsv
	expect "bad records are named once and left out, -j $jobs" 1 "${header}2026-11-17T00:00:00\tx\tt3\n" \
		'crm-followup: t1.tsv:2: opened_at: not a time: "yesterday"\ncrm-followup: t1.tsv:3: due_at: no such time: "2026-02-30"\ncrm-followup: t1.tsv:5: amount: not a number: "1,5"\ncrm-followup: t1.tsv:6: 3 fields, not 7\ncrm-followup: t1.tsv:7: opened_at: missing\n'
done
file r.tsv 'rule\tdue\nx\topened_at\n'
run list -f r.tsv --as-of=2026-11-18 t1.tsv
expect 'columns that no rule names are not looked at' 1 "${header}2026-11-17T00:00:00\tx\tt2\n2026-11-17T00:00:00\tx\tt3\n2026-11-17T00:00:00\tx\tt4\n" \
	'crm-followup: t1.tsv:2: opened_at: not a time: "yesterday"\ncrm-followup: t1.tsv:6: 3 fields, not 7\ncrm-followup: t1.tsv:7: opened_at: missing\n'
file t2.tsv 'kind\topened_at\tcustomer_id\tticket_id\nx\t2026-11-17\tc1\t\nx\t2026-11-17\tc1\tt1\n'
run list -f r.tsv --as-of=2026-11-18 t2.tsv
expect 'a ticket without a name of its own' 1 "${header}2026-11-17T00:00:00\tx\tt1\n" \
	'crm-followup: t2.tsv:2: ticket_id: missing\n'
file p2.tsv 'produkt\twarranty\nTV\t12\n'
run list --products=p2.tsv --as-of=2026-11-18 t2.tsv
expect 'products without the column product' 2 '' 'crm-followup: p2.tsv: no column "product"; did you mean "produkt"?\n'
file t2.tsv 'ticket_id\tkind\topened_at\n'
run list t2.tsv
expect 'a needed column is missing' 2 '' 'crm-followup: t2.tsv: no column "customer_id"\n'
file t2.tsv 'ticket_id\tcustomer_id\tkind\topened_at\n'
run list t2.tsv
expect 'a header only' 0 "$header" ''
file t2.tsv ''
run list t2.tsv
expect 'nothing at all' 2 '' 'crm-followup: t2.tsv: empty: not even a header...'

# ---- calendar and holds ----

file r.tsv 'rule\twhen\tdue\nx\tkind == "repair"\twork(opened_at, 8h)\n'
file t1.tsv "${columns}t1\tc1\t\trepair\tTV\t2026-11-20T13:30\t\t\t\ts1\tli\t\n"
due() { # the due times alone
	crm-followup -q --within=1000d "$@" >.full || return
	cut -f1 .full | tail -n +2
}
run due -f r.tsv --as-of=2026-11-21 t1.tsv
expect 'the built-in week' 0 '2026-11-23T14:00:00\n' ''
file w.tsv 'date\thours\nfri\t00:00-24:00\nsat\t\nsun\t22:00-24:00\n2026-11-20\t14:00-16:00,15:00-17:00\n'
run due -f r.tsv --calendar=w.tsv --as-of=2026-11-21 t1.tsv
expect 'a calendar of its own' 0 '2026-11-27T03:00:00\n' ''
file t2.tsv "${columns}t1\tc1\t\trepair\tTV\t2026-09-30T13:30\t\t\t\ts1\tli\t\n"
run due -f r.tsv --calendar=@cn2026 --as-of=2026-11-21 t2.tsv
expect 'a built-in year' 0 '2026-10-08T14:00:00\n' ''
file t2.tsv "${columns}t1\tc1\t\trepair\tTV\t2025-12-31T13:30\t\t\t\ts1\tli\t\n"
for year in 'cn2025 2026-01-01T14:00:00' 'cn2026 2026-01-04T14:00:00' 'cn 2026-01-04T14:00:00'; do
	run due -f r.tsv --calendar="@${year% *}" --as-of=2026-11-21 t2.tsv
	expect "over the end of a year, ${year% *}" 0 "${year#* }\\n" ''
done
file t2.tsv "${columns}t1\tc1\t\trepair\tTV\t2024-02-09T13:30\t\t\t\ts1\tli\t\n"
run due -f r.tsv --calendar=@cn --as-of=2026-11-21 t2.tsv
expect 'all built-in years' 0 '2024-02-18T14:00:00\n' ''
file t2.tsv "${columns}t1\tc1\t\trepair\tTV\t2026-11-20T13:30\t\t\t\ts1\tli\t\nh1\tc1\tt1\thold\t\t2026-11-20T14:00\t2026-11-20T16:00\t\t\t\t\t\nh2\tc1\tt1\thold\t\t2026-11-20T15:00\t2026-11-20T17:00\t\t\t\t\t\nh3\tc1\tt1\thold\t\t2026-12-20T15:00\t2026-12-20T17:00\t\t\t\t\t\n"
run due -f r.tsv --as-of=2026-12-21 t2.tsv
expect 'holds are united; a later one changes nothing' 0 '2026-11-23T17:00:00\n' ''
file t2.tsv "${columns}t1\tc1\t\trepair\tTV\t2026-11-20T13:30\t\t\t\ts1\tli\t\nh1\tc1\tt1\thold\t\t2026-11-20T14:00\t\t\t\t\t\t\n"
run due -f r.tsv --as-of=2026-11-24T10:00 t2.tsv
expect 'an open hold lasts to as-of' 0 '2026-11-25T10:00:00\n' ''
file w.tsv 'date\thours\nfri\t22:00-06:00\n'
run due -f r.tsv --calendar=w.tsv t1.tsv
expect 'a window over midnight' 2 '' 'crm-followup: w.tsv:2: hours: a window over midnight...'
file w.tsv 'date\thours\nfri\t8-12\n'
run due -f r.tsv --calendar=w.tsv t1.tsv
expect 'no window' 2 '' 'crm-followup: w.tsv:2: hours: not a list of windows like 08:30-12:00,13:30-17:30: "8-12"\n'
file w.tsv 'date\thours\n2026-02-30\t\n'
run due -f r.tsv --calendar=w.tsv t1.tsv
expect 'no date' 2 '' 'crm-followup: w.tsv:2: date: not a date, nor one of mon tue wed thu fri sat sun: "2026-02-30"\n'
file w.tsv 'date\thours\n2026-02-20\t\n2026-02-20\t\n'
run due -f r.tsv --calendar=w.tsv t1.tsv
expect 'a date twice' 2 '' 'crm-followup: w.tsv:3: date: stands twice: "2026-02-20"\n'
run due --calendar=@cn1926 t1.tsv
expect 'no such built-in year' 2 '' 'crm-followup: no built-in calendar "@cn1926"; there are @week, @cn2023 to @cn2026, and @cn for all of these years; a file knows others\n'

# ---- roster ----

show=4,11,15
file r.tsv 'rule\twhen\tdue\tchannel\na\tkind == "x"\topened_at\tphone\n'
printf '%b' "$columns" >t1.tsv
for t in 1 2 3 4 5 6 7; do
	printf 't%s\tc1\t\tx\tTV\t2026-11-1%s\t\t\t\ts%s\t\t\n' $t $t $((t % 2)) >>t1.tsv
done
file o.tsv 'assignee\twhen\tcapacity\nli\tstation == "s1"\t\nwang\t\t2\nzhou\tlate > 24\t\n'
run list -f r.tsv -r o.tsv --as-of=2026-11-18 t1.tsv
expect 'fewest rows so far, within capacity, ties by roster order' 0 \
	'rule\tticket_id\tassignee\na\tt1\tli\na\tt2\twang\na\tt3\tzhou\na\tt4\twang\na\tt5\tli\na\tt6\tzhou\na\tt7\tli\n' ''
file o.tsv 'assignee\twhen\tcapacity\nli\tstation == "s1"\t1\n'
run crm-followup -f r.tsv -r o.tsv --as-of=2026-11-12 t1.tsv
expect 'what nobody can take is counted' 0 "$full\n2026-11-11T00:00:00\t24.0\t\ta\t\tphone\tc1\t\t\t\tt1\tTV\ts1\t\tli\t\n2026-11-12T00:00:00\t0.0\t\ta\t\tphone\tc1\t\t\t\tt2\tTV\ts0\t\t\t\n" \
	'crm-followup: 2 to do, 1 of them late, 1 without assignee\n'
file o.tsv 'assignee\twhen\tcapacity\nli\tstation = "s1"\t\n'
run list -f r.tsv -r o.tsv --as-of=2026-11-12 t1.tsv
expect 'a bad roster' 2 '' 'crm-followup: o.tsv:2: when: position...'
file o.tsv 'assignee\twhen\tcapacity\nli\t\tmuch\n'
run list -f r.tsv -r o.tsv --as-of=2026-11-12 t1.tsv
expect 'a bad capacity' 2 '' 'crm-followup: o.tsv:2: capacity: not a whole number: "much"\n'
show=1,4,11

# ---- do-not-contact and the cap ----

file r.tsv 'rule\twhen\tdue\tchannel\tpriority\nring\tkind == "x"\topened_at\tphone\t2\nnote\tkind == "x"\topened_at\t\t2\nurgent\tkind == "u"\topened_at\tphone\t1\n'
file t1.tsv "${columns}t1\tc1\t\tx\t\t2026-11-17\t\t\t\t\t\t\nt2\tc2\t\tx\t\t2026-11-17\t\t\t\t\t\t\nt3\tc3\t\tx\t\t2026-11-17\t\t\t\t\t\t\n"
file c.tsv 'customer_id\tname\tno_contact\nc1\tA\twechat, phone\nc2\tB\tall\nc3\tC\tmail\n'
show=4,11
run list -f r.tsv -c c.tsv --as-of=2026-11-18 --suppressed=s.tsv t1.tsv
expect 'channels in no_contact, and all; what has no channel stays' 0 \
	'rule\tticket_id\nnote\tt1\nnote\tt2\nnote\tt3\nring\tt3\n' ''
file want "$full\treason\n2026-11-17T00:00:00\t24.0\t2\tring\t\tphone\tc1\tA\t\t\tt1\t\t\t\t\t\tno_contact\n2026-11-17T00:00:00\t24.0\t2\tring\t\tphone\tc2\tB\t\t\tt2\t\t\t\t\t\tno_contact\n"
same 'nothing vanishes' want s.tsv
file c.tsv 'customer_id\tname\tno_contact\nc1\tA\tPhone\nc2\tB\tALL\nc3\tC\tPhones\n'
run list -f r.tsv -c c.tsv --as-of=2026-11-18 t1.tsv
expect 'in small or capital letters' 0 'rule\tticket_id\nnote\tt1\nnote\tt2\nnote\tt3\nring\tt3\n' ''
file t1.tsv "${columns}t1\tc1\t\tx\t\t2026-11-16\t\t\t\t\t\t\nt2\tc1\t\tx\t\t2026-11-17\t\t\t\t\t\t\nt3\tc1\t\tu\t\t2026-11-17\t\t\t\t\t\t\n"
run list -f r.tsv --cap=1/7d --as-of=2026-11-18 --suppressed=s.tsv t1.tsv
expect 'the cap counts rows with a channel; priority 1 is exempt' 0 \
	'rule\tticket_id\nnote\tt1\nring\tt1\nurgent\tt3\nnote\tt2\n' ''
cut -f4,11,17 s.tsv >got
file want 'rule\tticket_id\treason\nring\tt2\tcap\n'
same 'what the cap left out' want got
run list -f r.tsv --cap=7d t1.tsv
expect 'no cap' 2 '' 'crm-followup: --cap: not a number of contacts and a duration, like 1/7d: 7d...'

file w.tsv 'date\thours\nmon\t\n2026-11-20\t08:00-09:00\n'
run crm-followup -q --calendar=w.tsv -f r.tsv -o /dev/null t1.tsv
expect 'a week without working hours is said' 0 '' 'crm-followup: w.tsv: no weekday has working hours: deadlines after its last date are missing\n'
run crm-followup -q -f r.tsv --suppressed=/dev/null -o /dev/null t1.tsv
expect 'a device may be both' 0 '' ''

# ---- explain, mask, ics ----

show=4,17
file r.tsv 'rule\twhen\tdue\nx\tkind == "repair"\twork(opened_at, 5h)\ny\t\topened_at\n'
file t1.tsv "${columns}t1\tc1\t\trepair\t\t2026-11-20T16:00\t\t\t\t\t\t\nh\tc1\tt1\thold\t\t2026-11-23T09:00\t2026-11-23T10:00\t\t\t\t\t\n"
run list -f r.tsv --explain --as-of=2026-11-22 t1.tsv
cp .out got
run list -f r.tsv --explain --as-of=2026-11-23T12:00 t1.tsv
expect 'why: the condition, its values, the steps of the deadline' 0 'rule\twhy\ny\talways; due opened_at [opened_at=2026-11-20T16:00:00]\ny\talways; due opened_at [opened_at=2026-11-23T09:00:00]\nx\tkind == "repair" [kind=repair]; due work(opened_at, 5h) [opened_at=2026-11-20T16:00:00]; working time from 2026-11-20T16:00: 2026-11-20T16:00-17:30, 2026-11-23T08:30-09:00, 2026-11-23T10:00-12:00, 2026-11-23T13:30-14:30; held 2026-11-23T09:00-2026-11-23T10:00; deadline 2026-11-23T14:30\n' ''
show=8,9,16
file r.tsv 'rule\ton\tdue\ttext\nx\tcustomer\tasof\t{name} {phone} {phone2} {customer.name}\n'
file c.tsv 'customer_id\tname\tphone\tphone2\nc1\t王小明\t+8613812345678\t+8653288939999;ext=801\nc2\tX\t110\t\n'
run list -f r.tsv -c c.tsv --mask --as-of=2026-11-22 t1.tsv
expect 'names and phones masked, in the text too' 0 'name\tphone\ttext\n王**\t+86138****5678\t王** +86138****5678 +86532****9999;ext=*** 王**\n*\t***\t* ***  *\n' ''
file r.tsv 'rule\ton\twhen\tdue\tchannel\nx\tcustomer\tname != "Z"\tasof\tphone\n'
show=17
run list -f r.tsv -c c.tsv --mask --explain --as-of=2026-11-22 t1.tsv
expect 'and in the reason' 0 'why\nname != "Z" [name=王**]; due asof\nname != "Z" [name=*]; due asof\n' ''
file r.tsv 'rule\twhen\tdue\ttext\nx\tphone != "1" and product.name != "1"\tasof\t{email} {product.name}\n'
file t.tsv 'ticket_id\tcustomer_id\tkind\topened_at\tphone\temail\tproduct\nt1\tc1\tx\t2026-11-20\t+8613812345678\twang@x.cn\tp\n'
file p.tsv 'product\tname\np\tTV\n'
show=16,17
run list -f r.tsv --products=p.tsv --mask --explain --as-of=2026-11-22 t.tsv
expect 'those of the ticket too, of products not' 0 'text\twhy\nw***@x.cn TV\tphone != "1" and product.name != "1" [phone=+86138****5678 product.name=TV]; due asof\n' ''
file r.tsv 'rule\twhen\tdue\nx\tempty(column("closed_at")) and column("foo") ?? "z" == "z"\tcolumn("due_at") ?? opened_at\n'
show=1,4
run list -f r.tsv --as-of=2026-11-22 t.tsv
expect 'column(): missing where the file has none' 0 'due_at\trule\n2026-11-20T00:00:00\tx\n' ''
file r.tsv 'rule\twhen\tdue\nx\tcolumn("score") > 1\topened_at\n'
file t.tsv 'ticket_id\tcustomer_id\tkind\topened_at\tscore\nt1\tc1\tx\t2026-11-20\tbad\nt2\tc1\tx\t2026-11-21\t2\n'
run list -f r.tsv --as-of=2026-11-22 t.tsv
expect 'column(): what is bad there is said' 1 'due_at\trule\n2026-11-21T00:00:00\tx\n' 'crm-followup: t.tsv:2: score: not a number: "bad"\n'
file r.tsv 'rule\twhen\tdue\taction\tchannel\tpriority\ttext\nx\tkind == "repair"\topened_at\tcall\tphone\t2\ta; b, c\\n{name} and a long text that has to be folded somewhere\n'
run env TZ=Asia/Shanghai crm-followup -q -f r.tsv -c c.tsv --format=ics --as-of=2026-11-22T08:00 t1.tsv
expect 'ics' 0 'BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//crm-tools//crm-followup//EN\r\nBEGIN:VTODO\r\nUID:x/c1/t1//2026-11-20T16:00:00@crm-followup\r\nDTSTAMP:20261122T000000Z\r\nDUE:20261120T160000\r\nPRIORITY:2\r\nSUMMARY:call: 王小明\r\nDESCRIPTION:a\\; b\\, c\\n王小明 and a long text that has to be folded some\r\n where\\nname: 王小明\\nphone: +8613812345678\\nchannel: phone\\ncustomer_id\r\n : c1\\nticket_id: t1\r\nCATEGORIES:x\r\nEND:VTODO\r\nEND:VCALENDAR\r\n' ''
run crm-followup --format=pdf t1.tsv
expect 'no such format' 2 '' 'crm-followup: --format: not tsv or ics: pdf...'
run crm-followup -q -f r.tsv -o out.tsv --as-of=2026-11-22T08:00 t1.tsv
expect '-o' 0 '' ''
true_that 'writes the list' sh -c '[ "$(wc -l <out.tsv)" = 2 ]'

finish
