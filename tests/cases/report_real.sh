. "$TESTS/lib.sh"
# crm-report on real data: three reports against figures computed otherwise.
shared superstore
export CRM_AS_OF=2020-01-01 LANG=C

# ---- superstore: order lines of four years ----
crm-import -q -k tickets --date-order=mdy -o lines.tsv \
	--map='ticket_id=Row ID,customer_id=Customer ID,opened_at=Order Date,product=Sub-Category,amount=Sales,kind=Country' \
	"$shared/Superstore.csv" 2>messages
# every line is a sale; the columns that count, in an order of their own
awk -F '\t' -v OFS='\t' 'NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i }
{ print $at["ticket_id"], $at["customer_id"], (NR == 1 ? "kind" : "sale"), $at["opened_at"], $at["product"], $at["amount"] }' lines.tsv >sales.tsv
true_that 'superstore: there are the lines' test "$(wc -l <sales.tsv)" = 9995

awk -F '\t' 'NR > 1 { sum[$5] += int($6 * 10000 + 0.5); n[$5]++; all += int($6 * 10000 + 0.5) }
END { for (p in sum) printf "%.0f\t%s\t%d\t%.0f\n", sum[p], p, n[p], all }' sales.tsv | sort -t '	' -k1,1nr |
	awk -F '\t' 'BEGIN { print "product\tsales\torders\tshare\tcumshare" }
	{ c += $1; printf "%s\t%.4f\t%d\t%.4f\t%.4f\n", $2, $1 / 10000, $3, 100 * $1 / $4, 100 * c / $4 }' >want.tsv
crm-report -t sales.tsv --format=tsv products | awk -F '\t' -v OFS='\t' 'NR > 1 { $2 = sprintf("%.4f", $2) } { print }' >got.tsv
same 'superstore: products' want.tsv got.tsv
true_that 'superstore: seventeen of them' test "$(wc -l <got.tsv)" = 18

awk -F '\t' 'function even(a, b,  q) { # half to even
	q = int(a / b)
	return q + (2 * (a - q * b) > b || (2 * (a - q * b) == b && q % 2))
}
NR > 1 { sum[substr($4, 6, 2) + 0] += int($6 * 10000 + 0.5); year[substr($4, 1, 4)] = 1; all += int($6 * 10000 + 0.5) }
END {
	for (y in year) years++
	print "month\tmean\tindex\tshare\ttarget"
	for (m = 1; m <= 12; m++)
		printf "%d\t%.4f\t%.4f\t%.4f\t%.4f\n", m, even(sum[m], years) / 10000, 1200 * sum[m] / all, 100 * sum[m] / all, 600000 * sum[m] / all
}' sales.tsv >want.tsv
crm-report -t sales.tsv --format=tsv --target=600000 season |
	awk -F '\t' 'NR == 1 { print; next } { printf "%d\t%.4f\t%.4f\t%.4f\t%.4f\n", $1, $2, $3, $4, $5 }' >got.tsv
same 'superstore: season' want.tsv got.tsv

cut -f 2 sales.tsv | tail -n +2 | sort -u | sed '1i customer_id' >people.tsv
awk -F '\t' 'NR > 1 { n[$2]++; sum += int($6 * 10000 + 0.5); orders++ }
END { for (c in n) { buyers++; once += n[c] == 1; more += n[c] > 1 }
	printf "%d\t%d\t%d\t%d\t%.4f\t%d\n", buyers, buyers, once, more, more / buyers, orders }' sales.tsv >want.tsv
crm-report -c people.tsv -t sales.tsv --format=tsv customers | awk -F '\t' 'NR > 1 { printf "%d\t%d\t%d\t%d\t%.4f\t%d\n", $1, $2, $3, $4, $5, $6 }' >got.tsv
same 'superstore: customers' want.tsv got.tsv

# ---- retail: invoices of a year, cancelled ones among them ----
need sqlite3
crm-import -q -k tickets --date-order=mdy -o invoices.tsv \
	--map='ticket_id=InvoiceNo,customer_id=CustomerID,opened_at=InvoiceDate,amount=UnitPrice,kind=Country' \
	"$shared/../retail/OnlineRetail_dora.csv" 2>messages
awk -F '\t' -v OFS='\t' 'NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i }
{ print $at["ticket_id"], $at["customer_id"], (NR == 1 ? "kind" : $1 ~ /^C/ ? "return" : "sale"), $at["opened_at"], $at["amount"] }' invoices.tsv >bills.tsv
true_that 'retail: there are the invoices' test "$(wc -l <bills.tsv)" -gt 25000
printf 'report\tby\tshow\nm\tkind; month = yearmonth(opened_at)\tn = count(); s = sum(amount); lo = min(amount); hi = max(amount); md = median(amount); p = p90(amount); c = distinct(customer_id)\n' >m.tsv
crm-report -f m.tsv -t bills.tsv --format=tsv m |
	awk -F '\t' 'NR > 1 { printf "%s\t%s\t%d\t%.4f\t%.4f\t%.4f\t%.4f\t%.4f\t%d\n", $1, $2, $3, $4, $5, $6, $7, $8, $9 }' >got.tsv
tail -n +2 bills.tsv >rows.tsv
sqlite3 :memory: >want.tsv <<'SQL'
CREATE TABLE b (id TEXT, customer TEXT, kind TEXT, opened TEXT, amount TEXT);
.mode tabs
.import rows.tsv b
CREATE TABLE v AS SELECT kind, substr(opened, 1, 7) AS month, customer,
	CAST(round(amount * 10000) AS INTEGER) AS a FROM b;
CREATE TABLE o AS SELECT *, row_number() OVER w AS place, count(*) OVER (PARTITION BY kind, month) AS n
	FROM v WINDOW w AS (PARTITION BY kind, month ORDER BY a);
-- the middle two, which may be one: their mean, half to even
CREATE TABLE r AS SELECT *, a * ((place = (n + 1) / 2) + (place = (n + 2) / 2)) AS m FROM o;
SELECT kind, month, max(n), printf('%.4f', sum(a) / 10000.0), printf('%.4f', min(a) / 10000.0),
	printf('%.4f', max(a) / 10000.0),
	printf('%.4f', (sum(m) / 2 + (sum(m) % 2 AND sum(m) / 2 % 2)) / 10000.0),
	printf('%.4f', max(CASE WHEN place = (n * 90 + 99) / 100 THEN a END) / 10000.0),
	count(DISTINCT nullif(customer, ''))
FROM r GROUP BY kind, month ORDER BY kind, month;
SQL
same 'retail: every aggregate by kind and month' want.tsv got.tsv
true_that 'retail: two kinds in thirteen months' test "$(wc -l <got.tsv)" = 26
finish
