#!/bin/sh
# The service loop on sample data: what came in, made clean, scored, sorted into
# segments, turned into a list for today and into reports. Every command is
# shown before it is run; all files are in one folder. Called by `make demo`.
#
#   BIN       the programs           GENERATE  makes the sample data
#   DEMO      the folder, made anew
set -eu
top=$(cd "$(dirname "$0")/.." && pwd)
BIN=$(cd "${BIN:-$top/bin}" && pwd)
GENERATE=${GENERATE:-$top/.build/default/generate}
case $GENERATE in /*) ;; *) GENERATE=$PWD/$GENERATE ;; esac
DEMO=${DEMO:-$top/.build/demo}
PATH=$BIN:$PATH
LC_ALL=C.UTF-8
TZ=Asia/Shanghai
CRM_AS_OF=2026-11-21T09:00
export PATH LC_ALL TZ CRM_AS_OF

bold= plain=
if [ -t 1 ] && [ -z "${NO_COLOR:-}" ]; then
	bold=$(printf '\033[1m') plain=$(printf '\033[0m')
fi

say() { printf '\n%s\n' "$*"; }

# Shows a command and runs it. Status 1 says that records were left out: that
# is what some of the sample data is for.
run() {
	printf '\n%s$ %s%s\n' "$bold" "$1" "$plain"
	status=0
	eval "$1" || status=$?
	[ "$status" -le 1 ] || exit "$status"
}

# Some columns of the first records of a file, in line.
view() { # FILE COLUMNS RECORDS
	awk -F '\t' -v names="$2" -v most="$3" '
	NR == 1 {
		count = split(names, wanted, ",")
		for (i = 1; i <= NF; i++)
			at[$i] = i
	}
	NR <= most + 1 {
		for (i = 1; i <= count; i++)
			printf "%s%s", $at[wanted[i]] == "" ? "-" : $at[wanted[i]],
				i < count ? "\t" : "\n"
	}' "$1" | if command -v column >/dev/null 2>&1; then
		column -t -s "$(printf '\t')"
	else
		cat
	fi | sed 's/^/    /'
}

rm -rf "$DEMO"
mkdir -p "$DEMO"
cd "$DEMO"
"$GENERATE" demo .

say "An appliance maker's customers, as a spreadsheet program saved them: GB18030,
a title above the header, telephone numbers and dates in every form."
run 'iconv -f GB18030 -t UTF-8 customers.csv | head -n 6'

say "Made clean. What cannot be used is kept in a file, with the reason."
run 'crm-import -k customers --into=customers.tsv --rejects=rejected.tsv customers.csv'
view customers.tsv customer_id,name,type,phone,region,birthday,created_at 4
view rejected.tsv 客户编号,客户名称,_line,_column,_reason 9

say "The same file once more changes nothing."
run 'crm-import -k customers --into=customers.tsv --max-messages=0 customers.csv'

say "Three years of tickets from the call centre."
run 'crm-import -k tickets --into=tickets.tsv -c customers.tsv tickets.csv'
view tickets.tsv ticket_id,ref,customer_id,kind,product,opened_at,closed_at,status,owner 5

say "Who is worth what: figures about each customer, then a class for each."
run 'crm-score -t tickets.tsv customers.tsv | crm-segment --preset=rfm -o scored.tsv'
run 'crm-segment --where="recency > 365 and spend >= 70000" -o asleep.tsv scored.tsv'
view asleep.tsv customer_id,name,orders,spend,last_order,rfm,segment 6
run 'crm-report -c scored.tsv segments'

say "Yesterday's list was issued and logged. This morning's has what is new: what
to do, by whom, by when."
run 'crm-followup --as-of=2026-11-20T09:00 -c customers.tsv --products=products.tsv -r roster.tsv --log=issued.tsv -o yesterday.tsv tickets.tsv'
run 'crm-followup -c customers.tsv --products=products.tsv -r roster.tsv --log=issued.tsv -o today.tsv tickets.tsv'
view today.tsv due_at,late,priority,rule,action,name,phone,product,assignee 10
run 'cut -f4 today.tsv | sed 1d | sort | uniq -c | sort -rn'

say "Rules are records too: only the most urgent ones."
run 'crm-followup --print-rules | crm-segment --where="priority <= 1" -o urgent.tsv'
run 'crm-followup -f urgent.tsv -c customers.tsv -o calls.tsv tickets.tsv'
view calls.tsv due_at,late,rule,name,phone,text 5

say "How the loop was closed, and what came in."
run 'crm-report -c customers.tsv -t tickets.tsv loop'
run 'crm-report -c customers.tsv -t tickets.tsv sla'
run 'crm-report -t tickets.tsv --since=2026-10-01 intake'
run 'crm-report -c customers.tsv -t tickets.tsv composition'

say "How the stations did, with the points explained."
run 'crm-score -q --by=station --card=@station --explain -t tickets.tsv -o stations.tsv'
view stations.tsv station,score,grade,why 5

say "A page with pictures, for a browser."
run 'crm-report -q -c customers.tsv -t tickets.tsv --format=html -o service.html loop sla faults quality csi season products'

say "Everything is in $DEMO."
