#!/bin/sh
# The benchmark: the same work done by our tools and by whatever else is
# installed; answers are compared before times are printed. Called by
# `make bench`.
#
#   BENCH_TICKETS  rows (default 1000000; a tenth as many customers)
#   BENCH_DIR      where data is kept (default .build/bench)
#   BENCH_RUNS     runs of each; the median counts (default 3)
#   BENCH_JOBS     names of jobs (default: all of jobs.tsv)
#   BENCH_PEERS    names of peers (default: all that are found)
#   BENCH_SLOW     seconds after which a peer is not run again (default 20)
#   BENCH_NODE_MODULES  where @duckdb/node-api and chdb are (default:
#                  BENCH_DIR/node/node_modules; BENCH_NPM=1 installs them there)
#   JOBS           threads (default: the processors at hand)
set -eu
here=$(cd "$(dirname "$0")" && pwd)
top=$(cd "$here/../.." && pwd)
BIN=$(cd "${BIN:-$top/bin}" && pwd)
GENERATE=$(cd "$(dirname "${GENERATE:-$top/.build/default/generate}")" && pwd)/generate
MEASURE=$(dirname "$GENERATE")/measure
BENCH_DIR=${BENCH_DIR:-$top/.build/bench}
BENCH_TICKETS=${BENCH_TICKETS:-1000000}
BENCH_RUNS=${BENCH_RUNS:-3}
BENCH_SLOW=${BENCH_SLOW:-20}
JOBS=${JOBS:-$(getconf _NPROCESSORS_ONLN)}
PATH=$BIN:$PATH
export PATH LC_ALL=C TZ=Asia/Shanghai CRM_AS_OF=2026-11-21T09:00
mkdir -p "$BENCH_DIR"
BENCH_DIR=$(cd "$BENCH_DIR" && pwd)
data=$BENCH_DIR/$BENCH_TICKETS
work=$BENCH_DIR/work
tab=$(printf '\t')

if [ "${BENCH_NPM:-0}" = 1 ]; then
	mkdir -p "$BENCH_DIR/node"
	(cd "$BENCH_DIR/node" && npm install --no-fund --no-audit @duckdb/node-api chdb >&2) || :
fi
NODE_PATH=${BENCH_NODE_MODULES:-$BENCH_DIR/node/node_modules}
export NODE_PATH

# A file is there only when it is whole.
if [ ! -e "$data/done" ]; then
	echo "generating $BENCH_TICKETS tickets into $data" >&2
	rm -rf "$data"
	mkdir -p "$data"
	"$GENERATE" bench "$data" "$((BENCH_TICKETS / 10))" "$BENCH_TICKETS"
	: >"$data/done"
fi
rm -rf "$work"
mkdir -p "$work"
cd "$data"

has_package() { command -v node >/dev/null 2>&1 && node -e "require('$1')" 2>/dev/null; }

peers=
missing=
for peer in duckdb clickhouse mawk gawk miller datamash; do
	case $peer in
	duckdb) has_package @duckdb/node-api ;;
	clickhouse) has_package chdb ;;
	miller) command -v mlr >/dev/null 2>&1 ;;
	*) command -v $peer >/dev/null 2>&1 ;;
	esac && peers="$peers $peer" || missing="$missing $peer"
done
peers=${BENCH_PEERS-$peers}
jobs=${BENCH_JOBS:-$(cut -f1 "$here/jobs.tsv" | sed 1d)}

# The command that does JOB with PEER, or nothing. Its answer is its output.
command_of() { # JOB PEER
	awk="LC_ALL=C $2 -F '\\t' -v OFS='\\t' -f '$here/seconds.awk' -f '$here/$1.awk'"
	report="crm-report -q -j$JOBS -f '$here/reports.tsv' --format=tsv"
	engine="node '$here/query.js' $2 $1 '$data' '$work/$1.$2' $JOBS"
	mlr="mlr --tsv --headerless-tsv-output"
	late='kind == "complaint" and status == "open" and opened_at < asof - 24h'
	case $2.$1 in
	crm.J1 | crm.J2) does="crm-score -q -j$JOBS -t tickets.tsv customers.tsv" ;;
	crm.clv) does="crm-score -q -j$JOBS --clv -t tickets.tsv customers.tsv" ;;
	crm.J3 | crm.J3a) does="$report -t tickets.tsv $1" ;;
	crm.J3b) does="$report -c customers.tsv -t tickets.tsv J3b" ;;
	crm.J4) does="crm-segment -q -j$JOBS --where='$late' tickets.tsv" ;;
	crm.J5) does="crm-import -j$JOBS -k customers --match=phone --on-match=skip customers.csv" ;;
	crm.J6) does="crm-import --dry-run -j$JOBS -k tickets --max-messages=0 tickets.csv" ;;
	crm.followup) does="crm-followup -q -j$JOBS -c customers.tsv tickets.tsv" ;;
	crm.pipe) does="cat tickets.tsv | $report J3" ;;
	wc.pipe) does="cat tickets.tsv | wc -l" ;;
	wc.*) does="wc -l <$(input_of "$1")" ;;
	duckdb.J? | duckdb.J3? | clickhouse.J? | clickhouse.J3?) does=$engine ;;
	?awk.J1 | ?awk.J3 | ?awk.J3a | ?awk.J4) does="$awk tickets.tsv" ;;
	?awk.J3b) does="$awk customers.tsv tickets.tsv" ;;
	?awk.J6) does="tr -d '\\r' <tickets.csv | LC_ALL=C $2 -F , -f '$here/J6.awk'" ;;
	miller.J1) does="$mlr put -q -f '$here/J1.mlr' tickets.tsv" ;;
	miller.J3) does="$mlr count-distinct -f kind,status tickets.tsv" ;;
	miller.J4) does="$mlr filter '\$kind == \"complaint\" && \$status == \"open\" && \$opened_at < \"2026-11-20T09:00:00\"' then cut -o -f ticket_id,customer_id,product,opened_at,owner tickets.tsv" ;;
	datamash.J3) does="cut -f4,10 tickets.tsv | sed 1d | datamash -s -g 1,2 count 1" ;;
	*) return 0 ;;
	esac
	printf '%s\n' "$does"
}

field_of() { awk -F '\t' -v job="$1" -v n="$2" '$1 == job { print $n }' "$here/jobs.tsv"; }
input_of() { field_of "$1" 5; }

# Columns by name, without the header.
columns() {
	awk -F '\t' -v names="$1" '
	NR == 1 { n = split(names, name, ","); for (i = 1; i <= NF; i++) at[$i] = i; next }
	{ for (i = 1; i <= n; i++) printf "%s%s", $at[name[i]], i < n ? "\t" : "\n" }'
}

# The answer to JOB in the form in which all are compared: sorted, no header.
answer() { # JOB PEER
	case $2.$1 in
	crm.J1) columns customer_id,orders,spend,last_order | awk -F '\t' '$2 > 0' ;;
	crm.J2) columns rfm | awk '$1 != "" { n[$1]++ } END { for (k in n) print k "\t" n[k] }' ;;
	crm.J3 | crm.J3a | crm.J3b) sed 1d ;;
	crm.J4) columns ticket_id,customer_id,product,opened_at,owner ;;
	crm.J5) columns customer_id,name,type,phone,region,address,birthday,owner,created_at ;;
	crm.J6) sed -n 's/.*: \([0-9]*\) read .* \([0-9]*\) rejected.*/\1\t\2/p' "$work/J6.crm.messages" ;;
	*) cat ;;
	esac <"$work/$1.$2" | sort >"$work/$1.$2.answer"
}

# J6 writes no records, as the peers write none. Where records are left out, status 1 says so.
leaves_out() { # JOB PEER
	[ "$2" = crm ] && { [ "$1" = J5 ] || [ "$1" = J6 ]; }
}

# One run; the seconds go to $work/JOB.PEER.seconds, one line a run.
once() { # JOB PEER
	status=0
	"$MEASURE" "$work/measured" sh -c "$(command_of "$1" "$2")" \
		>"$work/printed" 2>"$work/$1.$2.messages" || status=$?
	if [ "$status" -gt 1 ] || { [ "$status" = 1 ] && ! leaves_out "$1" "$2"; }; then
		echo "bench: $1 with $2 failed (status $status):" >&2
		head -n 5 "$work/$1.$2.messages" >&2
		return 1
	fi
	case $2 in
	duckdb | clickhouse)
		echo "$(cat "$work/printed") $(cut -d' ' -f2 "$work/measured")" ;;
	*)
		mv "$work/printed" "$work/$1.$2"
		cat "$work/measured" ;;
	esac >>"$work/$1.$2.seconds"
}

median() { # JOB PEER FIELD
	[ -e "$work/$1.$2.seconds" ] || return 0
	cut -d' ' -f"$3" "$work/$1.$2.seconds" | sort -n |
		awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'
}

too_slow() { # JOB PEER
	[ "$(median "$1" "$2" 1 | awk -v most="$BENCH_SLOW" '{ print ($1 > most) }')" = 1 ]
}

wrong=0
for job in $jobs; do
	cat "$(input_of "$job")" >/dev/null
	active=
	for peer in crm wc $peers; do
		[ -n "$(command_of "$job" "$peer")" ] && active="$active $peer"
	done
	run=1
	while [ "$run" -le "$BENCH_RUNS" ]; do
		left=
		for peer in $active; do
			if once "$job" "$peer"; then
				too_slow "$job" "$peer" || left="$left $peer"
			else
				rm -f "$work/$job.$peer" "$work/$job.$peer.seconds"
				[ "$peer" != crm ] || wrong=1
			fi
		done
		active=$left
		run=$((run + 1))
	done
	for peer in crm $peers; do
		[ -e "$work/$job.$peer.seconds" ] || continue
		answer "$job" "$peer"
		[ "$peer" != crm ] && [ -e "$work/$job.crm.answer" ] || continue
		paste -d '\v' "$work/$job.crm.answer" "$work/$job.$peer.answer" |
			awk -f "$here/compare.awk" >"$work/difference" || {
			echo "bench: $job: crm and $peer do not agree: $(cat "$work/difference")" >&2
			rm "$work/$job.$peer.seconds"
			wrong=1
		}
	done
	for peer in crm wc $peers; do
		rm -f "$work/$job.$peer" "$work/$job.$peer.answer"
	done
done

# How OURS stands against what it should be: WC or DUCKDB times faster.
aims() { # JOB
	{ field_of "$1" 3; field_of "$1" 4; median "$1" crm 1; median "$1" duckdb 1 | grep . || echo -
	  median "$1" wc 1 | grep . || echo -; } | awk '
	{ v[NR] = $1 }
	function aim(text, met) {
		printf "%s%s %s", said++ ? ", " : "", text, met ? "met" : "MISSED"
	}
	END {
		if (v[1] != "" && v[4] != "-")
			aim(v[1] " x duckdb", v[4] >= v[1] * v[3])
		if (v[2] != "" && v[5] != "-")
			aim(v[2] " x wc -l", v[3] <= v[2] * v[5])
	}'
}

# One line a job: our seconds and memory, how many times `wc -l` that is; then
# of each peer its seconds and how many times ours they are.
{
	printf 'job\tcrm\tMB\tx wc -l'
	for peer in $peers; do printf '\t%s\tx' "$peer"; done
	printf '\taims\n'
	for job in $jobs; do
		ours=$(median "$job" crm 1)
		printf '%s\t%s' "$job" "${ours:--}"
		median "$job" crm 2 | awk '{ printf "\t%d", $1 / 1024 } END { if (!NR) printf "\t-" }'
		for peer in wc $peers; do
			theirs=$(median "$job" "$peer" 1)
			[ "$peer" = wc ] || printf '\t%s' "${theirs:--}"
			echo "${ours:--} ${theirs:--} $peer" | awk '
			$1 == "-" || $2 == "-" { printf "\t-"; next }
			{ printf "\t%.1f", $3 == "wc" ? $1 / ($2 + 0.0001) : $2 / ($1 + 0.0001) }'
		done
		printf '\t%s\n' "$([ -z "$ours" ] || aims "$job")"
	done
} >"$work/table"

for job in $jobs; do echo "$job: $(field_of "$job" 2)"; done
echo
if command -v column >/dev/null 2>&1; then
	column -t -s "$tab" "$work/table"
else
	cat "$work/table"
fi
echo
echo "$BENCH_TICKETS tickets, $((BENCH_TICKETS / 10)) customers, $JOBS threads, medians of $BENCH_RUNS runs, seconds"
echo "x: how many times ours; every answer that is timed agrees with ours"
[ -z "$missing" ] || echo "not installed, so not compared:$missing"
exit $wrong
