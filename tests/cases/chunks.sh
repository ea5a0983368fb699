# Neither the size of the pieces, nor the number of threads, nor the kind of the
# scanner changes a byte of what a tool writes, says, or answers.
. "$TESTS/lib.sh"

awk 'BEGIN {
	print "ticket_id\tcustomer_id\tkind\topened_at\tclosed_at\tchannel\tref\tdue_at\tscore\tamount\tproduct\tstatus\tnote"
	split("order sale return repair install complaint guide callback reply hold", kind)
	split("open waiting closed closed closed cancelled", status)
	split("冰箱 洗衣机 空调 tv", product)
	for (i = 1; i <= 2500; i++) {
		n = (n + 1) * 16807 % 2147483647
		k = int(n / 8)
		day = sprintf("2026-%02d-%02d", 1 + k % 11, 1 + k % 28)
		line = "t" i "\tc" 1 + k % 97 "\t" kind[1 + k % 10] "\t" \
			day "T" sprintf("%02d", k % 24) ":30:00\t"
		line = line (k % 3 ? day "T23:59:59" : "") "\t" \
			(k % 2 ? "phone" : "web") "\t" (k % 10 > 6 ? "t" (i - k % 9) : "") "\t" \
			(k % 5 ? "" : day) "\t" (k % 7 ? "" : k % 5 + 1) "\t"
		line = line (k % 4 ? k % 5000 "." k % 90 + 10 : "") "\t" \
			product[1 + k % 4] "\t" status[1 + k % 6] "\t"
		line = line (k % 5 ? "" : "two\\nlines \\\\ " i)
		if (i % 89 == 0) sub(/2026/, "20x6", line)
		if (i % 97 == 0) sub(/\t[^\t]*$/, "", line)
		if (i % 101 == 0) line = line "\tmore"
		if (i % 103 == 0) line = line "\r"
		if (i % 107 == 0) line = ""
		if (i % 109 == 0) line = line "\\q"
		if (i % 113 == 0) sub(/c/, "@", line)
		if (i == 1000) for (j = 0; j < 3000; j++) line = line "长"
		print line
	}
	printf "t9999\tc1\torder\t2026-11-01\t\t\t\t\t\t5\ttv\topen\tno end"
}' | tr '@' '\000' >tickets.tsv
awk 'BEGIN {
	print "customer_id\tname\ttype\tphone\tregion\ttrade\tspend\tcreated_at"
	split("青岛 北京 上海 Köln", region)
	for (i = 1; i <= 120; i++) {
		line = "c" i "\t名" i "\tperson\t+861380000" 1000 + i "\t" \
			region[1 + i % 4] "\t" (i % 3 ? "retail" : "") "\t" \
			(i % 7 ? i * 37 % 101 "." i % 10 : "") "\t2025-01-" 10 + i % 20
		if (i % 41 == 0) sub(/\.[0-9]\t/, ",5\t", line)
		if (i % 43 == 0) line = line "\tmore"
		if (i % 47 == 0) sub(/c[0-9]*/, "c1", line)
		print line
	}
}' >customers.tsv

awk -F '\t' -v OFS='\t' '{ first = $1; $1 = $2; $2 = first; print }' \
	tickets.tsv >swapped.tsv

# Runs CRM_CHUNK=$1 -j $2 CRM_SCAN=$3 in way $4 (file or pipe): the rest is the
# command, which reads standard input from the file $input.
attempt() {
	CRM_CHUNK=$1 CRM_SCAN=$3
	[ "$1" != unset ] || unset CRM_CHUNK
	[ "$1" = unset ] || export CRM_CHUNK
	export CRM_SCAN
	jobs=$2 way=$4
	shift 4
	set -- "$@" -j "$jobs" --max-messages=1000
	if [ "$way" = pipe ]; then
		{ cat "$input"; echo $? >.cat; } | { "$@" >.out 2>.err; echo $? >.status; }
	else
		"$@" <"$input" >.out 2>.err
		echo $? >.status
	fi
	unset CRM_CHUNK CRM_SCAN
}

# Every pair of a size, a number of threads and a kind of scanner comes once.
check() { # NAME INPUT COMMAND...
	what=$1 input=$2
	shift 2
	attempt unset 1 portable file "$@"
	for part in out err status; do
		cp .$part want.$part
	done
	true_that "$what: it works, and reports bad records" \
		sh -c 'grep -q "^[01]$" want.status && [ -s want.out ] && [ -s want.err ]'
	while read -r size jobs kind; do
		for way in file pipe; do
			attempt "$size" "$jobs" "$kind" $way "$@"
			wrong=
			for part in out err status; do
				cmp -s want.$part .$part || wrong="$wrong $part"
			done
			[ -z "$wrong" ]
			result $? "$what: size $size, $jobs threads, $kind, $way$wrong"
		done
	done <<-END
		1 1 sse2
		1 2 avx2
		1 7 portable
		7 1 avx2
		7 2 portable
		7 7 sse2
		64 1 portable
		64 2 sse2
		64 7 avx2
		4096 2 portable
		4096 7 avx2
		unset 2 sse2
		unset 7 portable
		unset 1 avx2
	END
}

as_of=--as-of=2026-11-21
check 'crm-segment --where' tickets.tsv \
	crm-segment --where='amount > 100 or starts(note, "two") or product == "tv"' $as_of
check 'crm-segment, three files' tickets.tsv \
	crm-segment --where='kind != "sale"' swapped.tsv - swapped.tsv
check 'crm-segment --preset --explain' customers.tsv \
	crm-segment --preset=tier --explain --check $as_of
check 'crm-segment --count' customers.tsv crm-segment --preset=tier --count $as_of
check 'crm-segment --abc' customers.tsv crm-segment --abc=spend --by=region $as_of
check 'crm-score, customers' customers.tsv crm-score $as_of -t tickets.tsv
check 'crm-score, tickets' tickets.tsv crm-score $as_of -t - customers.tsv
# The new figures of crm-score: cards, answers, groups, models.
printf 'rule\twhen\tpoints\tgrade\nfix\tkind in ("repair", "install")\t40\t\nparts\thas("reply") or has("hold")\tsum("callback") / 10\t\nslow\t\t-1 * hours(closed_at - opened_at)\t\n\tpoints > 40\t\tgood\n' >fees.tsv
printf 'rule\twhen\tpoints\tgrade\norders\torders > 0\torders\t\ncsi\tcsi > 50\tcsi / 10\t\nasked\thas("guide")\tcount("guide", status == "closed") + sum("sale", amount > 100)\t\n' >points.tsv
printf 'rule\twhen\tpoints\tgrade\ndone\t\tcount("repair", status == "closed") - count("complaint")\t\n\tscore > 30\t\tgood\n' >groups.tsv
printf 'model\tparameter\tvalue\nmbgnbd\tr\t0.52\nmbgnbd\talpha\t6.2\nmbgnbd\ta\t0.9\nmbgnbd\tb\t1.6\ngammagamma\tp\t6\ngammagamma\tq\t4\ngammagamma\tgamma\t900\n' >model.tsv
check 'crm-score --clv' tickets.tsv \
	crm-score $as_of --model=model.tsv --holdout=2026-09-01 -t - customers.tsv
check 'crm-score --card --csi --nps' tickets.tsv \
	crm-score $as_of --card=points.tsv --explain --csi='score > 0' --nps='score > 0' -t - customers.tsv
check 'crm-score --by, tickets' tickets.tsv \
	crm-score $as_of --by=product --card=groups.tsv --csi='score > 0' --nps='score > 0'
check 'crm-score --by, customers' customers.tsv \
	crm-score $as_of --by=region --card=groups.tsv --explain -t tickets.tsv -
check 'crm-score --of=tickets' tickets.tsv \
	crm-score $as_of --of=tickets --card=fees.tsv --explain
check 'crm-score --partial' tickets.tsv crm-score $as_of --partial --clv --csi='score > 0' --card=points.tsv
crm-score -q $as_of --partial --clv -t tickets.tsv >tickets.state 2>/dev/null
check 'crm-score --merge' customers.tsv crm-score $as_of --merge --model=model.tsv -t tickets.state -
check 'crm-report' tickets.tsv crm-report $as_of -c customers.tsv --format=tsv loop
check 'crm-followup' tickets.tsv crm-followup $as_of -c customers.tsv
check 'crm-import' tickets.tsv crm-import -k tickets $as_of
finish
