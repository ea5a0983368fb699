. "$TESTS/lib.sh"
# crm-report: figures over the rows of the result, rows that are made, rows that
# are chosen, what of a definition names keys and measures.
export CRM_AS_OF=2026-11-21 COLUMNS=80 LANG=C
file t.tsv 'ticket_id\tcustomer_id\tkind\topened_at\tstatus\tamount\tproduct\tbarcode
1\tA\torder\t2026-01-10\tclosed\t100\tx\t6901234567892
2\tA\torder\t2026-02-10\tclosed\t50\tx\t6901234567893
3\tB\tsale\t2026-02-20\tclosed\t50\ty\t96385074
4\tC\torder\t2026-05-10\tclosed\t25.5\tx\t
5\tB\treturn\t2026-05-11\tclosed\t20\ty\tabc
6\tC\torder\t2026-06-01\tcancelled\t999\tz\t
'
# define SHOW [FIELD=VALUE]...
define() {
	names='report	show' values="x	$1"
	shift
	for pair; do
		names="$names	${pair%%=*}" values="$values	${pair#*=}"
	done
	printf '%s\n%s\n' "$names" "$values" >d.tsv
}
shows() { # NAME OUT [ARGUMENT]...
	shows_name=$1 shows_out=$2
	shift 2
	run crm-report -f d.tsv -t t.tsv --format=tsv "$@" x
	expect "$shows_name" 0 "$shows_out" ''
}
refused() { # NAME MESSAGES
	run crm-report -f d.tsv -t t.tsv --format=tsv x
	expect "$1" 2 '' "$2"
}

define 's = sum(amount); r = running(s); t = total(s); l = larger(s); k = rank(s)' by=kind
shows 'running total larger: over all rows' \
	'kind\ts\tr\tt\tl\tk\norder\t1174.50\t1174.50\t1244.50\t0.00\t1\nreturn\t20.00\t1194.50\t1244.50\t1224.50\t3\nsale\t50.00\t1244.50\t1244.50\t1174.50\t2\n'
define 's = sum(amount); r = running(s, product); t = total(s, product); h = share(s, product); k = rank(s, product); c = change(s, product); i = index(s, product)' \
	'by=product; ticket_id'
shows 'with a key: over the rows that share its value' 'product\tticket_id\ts\tr\tt\th\tk\tc\ti
x\t1\t100.00\t100.00\t175.50\t56.9801\t1\t\t170.9402
x\t2\t50.00\t150.00\t175.50\t28.4900\t2\t-50.00\t85.4701
x\t4\t25.50\t175.50\t175.50\t14.5299\t3\t-24.50\t43.5897
y\t3\t50.00\t50.00\t70.00\t71.4286\t1\t\t142.8571
y\t5\t20.00\t70.00\t70.00\t28.5714\t2\t-30.00\t57.1429
z\t6\t999.00\t999.00\t999.00\t100.0000\t1\t\t100
'
define 's = sum(amount); m = mean(amount); w = whole(mean(amount)); d = m - whole(m)' by=product
shows 'whole: of all records, not of the rows' \
	'product\ts\tm\tw\td\nx\t175.50\t58.50\t207.4167\t-148.9167\ny\t70.00\t35.00\t207.4167\t-172.4167\nz\t999.00\t999.00\t207.4167\t791.5833\n'
define 's = sum(amount); p = portion(s, 100); q = portion(s, 100, kind)' 'by=kind; product' 'where=kind != "order"'
shows 'portion: divided exactly, rounded once' \
	'kind\tproduct\ts\tp\tq\nreturn\ty\t20.00\t28.5714\t100\nsale\ty\t50.00\t71.4286\t100\n'
define 'n = count(); i = initial(n); r = n / initial(n)' by=product across=kind 'where=product == "x" or product == "y"'
shows 'initial: the value in the first column' \
	'product\tn.order\tn.return\tn.sale\ti.order\ti.return\ti.sale\tr.order\tr.return\tr.sale\nx\t3\t0\t0\t3\t3\t3\t1\t0\t0\ny\t0\t1\t1\t0\t0\t0\t\t\t\n'
define 'big = if(sum(amount) > 100, "big", "small"); only = if(product == "x", count()); most = max(sum(amount), 60)' by=product
shows 'if, keys by name, min and max of several values' \
	'product\tbig\tonly\tmost\nx\tbig\t3\t175.50\ny\tsmall\t\t70.00\nz\tbig\t\t999.00\n'
define 'a = sum(if(kind == "order", amount, 0)); b = count(if(kind == "sale", true)); c = max(if(kind == "sale", opened_at))'
shows 'if in arguments' 'a\tb\tc\n1174.50\t1\t2026-02-20T00:00:00\n'
define 'r = sqrt(sum(amount)); m = money(sum(amount) / 7); z = sqrt(0 - count())'
shows 'sqrt to four decimals, money to the cent; no root below 0' 'r\tm\tz\n35.2775\t177.79\t\n'
define 'n = count()' 'by=month = yearmonth(opened_at)'
shows 'yearmonth' 'month\tn\n2026-01\t1\n2026-02\t2\n2026-05\t2\n2026-06\t1\n'
define 'n = count(); g = count(gtin(barcode))' by=barcode
shows 'gtin: the check digit of a bar code' \
	'barcode\tn\tg\n\t2\t0\n6901234567892\t1\t1\n6901234567893\t1\t0\n96385074\t1\t1\nabc\t1\t0\n'
define 'n = sum(column("quantity") ?? 1); a = sum(column("amount")); o = count(empty(column("nothing")))'
shows 'column: missing where the data has none; its type by its name' 'n\ta\to\n6\t1244.50\t6\n'

define 'n = count(); r = running(n)' 'by=month = yearmonth(opened_at)' every=month
shows 'every month from the first to the last' \
	'month\tn\tr\n2026-01\t1\t1\n2026-02\t2\t3\n2026-03\t0\t3\n2026-04\t0\t3\n2026-05\t2\t5\n2026-06\t1\t6\n'
define 'n = count(); s = sum(amount)' 'by=m = month(opened_at)' 'every=m = 4 to 7'
shows 'every value between bounds; values outside stay' \
	'm\tn\ts\n1\t1\t100.00\n2\t2\t100.00\n4\t0\t\n5\t2\t45.50\n6\t1\t999.00\n7\t0\t\n'
define 'n = count()' 'by=product; month = yearmonth(opened_at)' every=month 'where=product in ("y", "z")'
shows 'every: of each other key from its own first on' \
	'product\tmonth\tn\ny\t2026-02\t1\ny\t2026-03\t0\ny\t2026-04\t0\ny\t2026-05\t1\ny\t2026-06\t0\nz\t2026-06\t1\n'
define 'n = count()' by=product 'across=m = month(opened_at)' every=m 'where=product == "x"'
shows 'every column' 'product\t1\t2\t3\t4\t5\nx\t1\t1\t0\t0\t1\n'
define 'n = count()' 'by=m = month(opened_at)' 'every=m = 1 to 2' 'where=kind == "none"'
shows 'bounds hold without any record' 'm\tn\n1\t0\n2\t0\n'
define 'n = count(); h = share(n)' by=product 'having=n > 1' sort=-n
shows 'having: rows are chosen after the shares' 'product\tn\th\nx\t3\t50.0000\ny\t2\t33.3333\n'
define 'n = count()' by=product 'having=rank(n) == 1'
shows 'having may look at other rows' 'product\tn\nx\t3\n'

define 'n = count(); h = share(n, kind)' by=product
refused 'within: not a key of the rows' 'crm-report: d.tsv:2: show: position 27: not a key of the rows...'
define 'n = count()' by=product 'having=n'
refused 'having: not a condition' 'crm-report: d.tsv:2: having: position 1: not a condition...'
define 'n = count()' by=product every=prodct
refused 'every: no such key' 'crm-report: d.tsv:2: every: position 1: neither a key nor a measure: "prodct" (did you mean "product"?)...'
define 'n = count()' 'by=m = month(opened_at)' 'every=m = 1 or 2'
refused 'every: bounds' 'crm-report: d.tsv:2: every: position 5: not two whole numbers, as in "1 to 12"...'
define 'n = count()' 'units=m = pieces'
refused 'units: no such column' 'crm-report: d.tsv:2: units: position 1: neither a key nor a measure: "m"...'
define 'n = count()' by=product draw=product
refused 'draw: a key' 'crm-report: d.tsv:2: draw: position 1: a key, not a measure...'
define 'n = count()' by=product across=kind sort=-kind
refused 'sort: the columns have their order' 'crm-report: d.tsv:2: sort: position 2: columns stand by their value, upwards...'
define 'n = count()' by=product 'across=kind; status'
refused 'across is one expression' 'crm-report: d.tsv:2: across: one expression, not several: "kind; status"\n'
define 'n = if(count() > 1, 1, "a")'
refused 'if: two types' 'crm-report: d.tsv:2: show: position 24: if() needs two values of one type, not a number and a text...'
define 'n = if(count(), 1)'
refused 'if: no condition' 'crm-report: d.tsv:2: show: position 8: if() begins with a condition, not a number...'
define 's = sum(column(amount))'
refused 'column: its name in quotes' 'crm-report: d.tsv:2: show: position 16: expected the name of a column in quotes...'

# A column of the file that is called as a figure is.
file own.tsv 'ticket_id\tkind\topened_at\tamount\tsales\n1\torder\t2026-01-01\t5\tours\n'
define 's = sum(sales); d = distinct(column("sales"))'
run crm-report -f d.tsv -t own.tsv --format=tsv x
expect 'the figure wins, and says so; column() names the other' 0 's\td\n5.00\t1\n' \
	'crm-report: x: "sales" is the figure computed from the tickets; the column of that name is column("sales")\n'

# The total of all records, and rows of few.
define 'n = count(); m = mean(amount); x = max(amount); h = share(n)' by=product
run crm-report -f d.tsv -t t.tsv x
true_that 'total: of all records, a mean too' grep -Eq '^total +6 +207\.4[0-9]* +999\.00 +100' .out
true_that 'rows of fewer than five records are marked' grep -q '^x \*' .out
define 'n = count()' by=product sort=-n limit=1
run crm-report -f d.tsv -t t.tsv x
true_that 'one row has no total' sh -c '! grep -q total .out'
define 'n = count(); d = distinct(customer_id)' by=product sort=-n limit=2
run crm-report -f d.tsv -t t.tsv x
true_that 'total: rows that were cut count, a customer counts once' grep -q '^total *6 *3$' .out

define 'n = count(); m = mean(amount); r = n / 2; h = share(n); w = running(n)' by=product
run crm-report -f d.tsv -t t.tsv --format=tsv --explain x
expect 'explain: the denominator of every figure, and its rule' 0 \
	'product\tn\tm\tr\th\tw\tm.n\tr.n\th.n\nx\t3\t58.50\t1.5\t50.0000\t3\t3\t2\t6\ny\t2\t35.00\t1\t33.3333\t5\t2\t2\t6\nz\t1\t999.00\t0.5\t16.6667\t6\t1\t2\t6\n' \
	'crm-report: x: of: tickets
crm-report: x: by: product
crm-report: x: n = count(): records of the group
crm-report: x: m = mean(amount): sum / number of values; missing ones left out; of m.n records
crm-report: x: r = n / 2; divided by r.n
crm-report: x: h = share(n): percent of the total of all rows; of h.n
crm-report: x: w = running(n): sum of this row and those above it
'
finish
