# The five tools on the sample data and on a small benchmark, against figures
# that awk works out.
. "$TESTS/lib.sh"

generate=${GENERATE:-$TESTS/../.build/default/generate}
[ -x "$generate" ] || skip "needs the generator (make check builds it)"
bench=$TESTS/bench
export CRM_AS_OF=2026-11-21T09:00
tab=$(printf '\t')

# Columns by name, without the header.
columns() { # NAMES FILE
	awk -F '\t' -v names="$1" '
	NR == 1 { n = split(names, name, ","); for (i = 1; i <= NF; i++) at[$i] = i; next }
	{ for (i = 1; i <= n; i++) printf "%s%s", $at[name[i]], i < n ? "\t" : "\n" }' "$2"
}

mkdir one two small other
"$generate" demo one
"$generate" demo two
true_that "the same sample data every time" diff -r one two
"$generate" bench small 2000 20000 7
"$generate" bench other 2000 20000 7
true_that "the same benchmark for the same seed" diff -r small other
"$generate" bench other 2000 20000 8
true_that "another one for another seed" sh -c '! cmp -s small/tickets.tsv other/tickets.tsv'
true_that "rows of 15 fields, ordered by opened_at, ids unique, children after their ticket" \
	awk -F '\t' '
	NF != 15 { exit bad = 1 }
	NR == 1 { next }
	$7 < before || $1 in seen || ($2 != "" && !($2 in seen)) { exit bad = 1 }
	{ before = $7; seen[$1] = 1 }
	END { exit bad || NR != 20001 }' small/tickets.tsv

# The answer of a tool beside the answer of awk; several numbers of threads.
agree() { # NAME JOB
	awk -F '\t' -v OFS='\t' -f "$bench/seconds.awk" -f "$bench/$2.awk" $awk_files | sort >want
	sort out >got
	paste -d '\v' got want >pairs
	true_that "$1" awk -f "$bench/compare.awk" pairs
}

for jobs in 1 2 7; do
	awk_files=small/tickets.tsv
	crm-score -q -j$jobs -t small/tickets.tsv small/customers.tsv >scored
	columns customer_id,orders,spend,last_order scored | awk -F '\t' '$2 > 0' >out
	agree "orders, spend and last_order of each customer, -j$jobs" J1
	for job in J3 J3a; do
		crm-report -q -j$jobs -f "$bench/reports.tsv" --format=tsv -t small/tickets.tsv $job |
			sed 1d >out
		agree "report $job of reports.tsv, -j$jobs" $job
	done
	awk_files="small/customers.tsv small/tickets.tsv"
	crm-report -q -j$jobs -f "$bench/reports.tsv" --format=tsv -c small/customers.tsv \
		-t small/tickets.tsv J3b | sed 1d >out
	agree "report J3b, joined to customers, -j$jobs" J3b
	awk_files=small/tickets.tsv
	crm-segment -q -j$jobs --where='kind == "complaint" and status == "open" and opened_at < asof - 24h' \
		small/tickets.tsv >found
	columns ticket_id,customer_id,product,opened_at,owner found >out
	agree "complaints open for more than 24 hours, -j$jobs" J4
done

# The sheet and the call centre's export.
cd one || exit 2
run crm-import -k customers --into=customers.tsv --rejects=rejected.csv customers.csv
cp .err first
true_that "the sheet: what was read adds up, six rows are rejected" awk '
	/ read = / {
		for (i = 2; i <= NF; i++)
			n[$i] = $(i - 1)
		found = n["read"] == 2430 && n["rejected"] == 6 && $0 ~ /customers, gb18030, comma/ &&
			n["read"] == n["created"] + n["updated"] + n["unchanged"] + n["rejected"]
	}
	END { exit !found }' first
cp customers.tsv before
run crm-import -q -k customers --into=customers.tsv customers.csv
same "the sheet once more changes nothing" before customers.tsv
run crm-import -k tickets --into=tickets.tsv -c customers.tsv tickets.csv
cp .err first
true_that "the tickets: what was read adds up; unknown customers and times that run backwards" awk '
	/ read = / {
		for (i = 2; i <= NF; i++)
			n[$i] = $(i - 1)
		found = n["created"] > 10000 && n["rejected"] > 5 && n["rejected"] < 20 &&
			n["read"] == n["created"] + n["updated"] + n["unchanged"] + n["rejected"]
	}
	END { exit !found }' first
crm-score -q -t tickets.tsv customers.tsv >scored
true_that "every customer is scored" [ "$(wc -l <scored)" = "$(wc -l <customers.tsv)" ]
finish
