. "$TESTS/lib.sh"
# crm-score --csi, --scale, --nps: what the answers to surveys come to.
export CRM_AS_OF=2026-11-21T09:00

file customers.tsv 'customer_id\tregion\n1\tN\n2\tN\n3\tS\n4\tS\n'
file tickets.tsv 'ticket_id\tcustomer_id\tkind\topened_at\titem\tscore\texpected\tweight
a1\t1\tsurvey\t2026-11-01\tprice\t4\t5\t2
a2\t1\tsurvey\t2026-11-02\tspeed\t3\t\t1
a3\t1\tsurvey\t2026-11-03\tfaith\t2\t2.5\t
a4\t2\tsurvey\t2026-11-04\tprice\t5\t5\t0
a5\t3\tsurvey\t2026-11-05\tprice\t\t5\t3
a6\t3\tsurvey\t2026-11-22\tprice\t5\t5\t3
a7\t3\torder\t2026-11-01\t\t1\t5\t
'
last() { # N: the last N columns
	awk -F '\t' -v OFS='\t' -v n="$1" '{ line = $1; for (i = NF - n + 1; i <= NF; i++) line = line OFS $i; print line }' .out >.c
	mv .c .out
}
# 1: 100 * (2 * 3/4 + 1 * 2/4 + 1 * 1/4) / 4 = 56.25; gap (-1 - 0.5) / 2
run crm-score -q -t tickets.tsv --csi customers.tsv
true_that 'appended to all the rest' [ "$(head -1 .out | cut -f 3-13 | tr '\t' ' ')" = 'orders spend first_order last_order recency r f m rfm csi gap' ]
last 2
expect '--csi: weighted index and gap; no weight is 1; weights of 0 alone give none; no score is no answer; not after as-of' 0 \
	'customer_id\tcsi\tgap\n1\t56.2500\t-0.7500\n2\t\t0.0000\n3\t\t\n4\t\t\n' ''
for jobs in 1 2 7; do
	CRM_CHUNK=$((jobs * 11)) crm-score -q -j$jobs -t tickets.tsv --csi --no-header customers.tsv | cut -f 1,12,13 >got
	printf '1\t56.2500\t-0.7500\n2\t\t0.0000\n3\t\t\n4\t\t\n' >want
	same "the same with $jobs threads" want got
done
run crm-score -q -t tickets.tsv --csi --scale=10 customers.tsv
last 2
expect '--scale: the best score' 0 'customer_id\tcsi\tgap\n1\t25.0000\t-0.7500\n2\t\t0.0000\n3\t\t\n4\t\t\n' ''
run crm-score -q -t tickets.tsv --csi='kind == "survey" and item == "price"' customers.tsv
last 2
expect '--csi=EXPR: which answers' 0 'customer_id\tcsi\tgap\n1\t75.0000\t-1.0000\n2\t\t0.0000\n3\t\t\n4\t\t\n' ''
run crm-score -q -t tickets.tsv --csi='itme == "price"' customers.tsv
expect '--csi=EXPR: an unknown column' 2 '' 'crm-score: --csi: position 1: unknown column "itme" (did you mean "item"?)\n  itme == "price"\n  ^\n'
run crm-score -q -t tickets.tsv --csi='has("x")' customers.tsv
expect '--csi=EXPR: one ticket alone' 2 '' 'crm-score: --csi: position 1: has() looks at tickets, and none are read here; this condition sees one ticket alone...'
run crm-score -q -t tickets.tsv --scale=3 customers.tsv
expect '--scale goes with --csi' 2 '' 'crm-score: --scale goes with --csi; ...'
run crm-score -q -t tickets.tsv --csi --scale=1 customers.tsv
expect '--scale is above 1' 2 '' 'crm-score: --scale: not a whole number from 2 to 1000: 1; ...'
run crm-score -q -t tickets.tsv --csi --by=region customers.tsv
expect '--csi of groups' 0 'region\tcsi\tgap\nN\t56.2500\t-0.5000\nS\t\t\n' ''
# a tie: 100 * (16/3 - 1) / 4 has no four decimals; half to even
file thirds.tsv 'ticket_id\tcustomer_id\tkind\topened_at\tscore\texpected\nt1\t1\tsurvey\t2026-11-01\t1.0001\t1\nt2\t1\tsurvey\t2026-11-01\t1.0001\t1.0002\nt3\t2\tsurvey\t2026-11-01\t1.0003\t1\n'
run crm-score -q -t thirds.tsv --csi --scale=201 customers.tsv
last 2
expect 'rounded half to even at four decimals' 0 'customer_id\tcsi\tgap\n1\t0.0000\t0.0000\n2\t0.0002\t0.0003\n3\t\t\n4\t\t\n' ''
file bad.tsv 'ticket_id\tcustomer_id\tkind\topened_at\tscore\texpected\tweight
t1\t1\tsurvey\t2026-11-01\t6\t\t
t2\t1\tsurvey\t2026-11-01\t0.9\t\t
t3\t1\tsurvey\t2026-11-01\tgood\t\t
t4\t1\tsurvey\tsoon\t5\t\t
t5\t1\tsurvey\t2026-11-01\t5\tx\t
t6\t1\tsurvey\t2026-11-01\t5\t\t-1
t7\t1\tsurvey\t2026-11-01\t5\t\ty
t8\t1\tsurvey\t2026-11-01\t3\t\t
t9\t1\tsurvey\t\t3\t\t
'
run crm-score -q -t bad.tsv --csi customers.tsv
last 2
expect 'bad answers are left out and told' 1 'customer_id\tcsi\tgap\n1\t50.0000\t\n2\t\t\n3\t\t\n4\t\t\n' \
'crm-score: bad.tsv:2: score: not from 1 to 5: "6"
crm-score: bad.tsv:3: score: not from 1 to 5: "0.9"
crm-score: bad.tsv:4: score: not a number: "good"
crm-score: bad.tsv:5: opened_at: not a time: "soon"
crm-score: bad.tsv:6: expected: not a number: "x"
crm-score: bad.tsv:7: weight: a negative weight: "-1"
crm-score: bad.tsv:8: weight: not a number: "y"
crm-score: bad.tsv:10: opened_at: missing
'
file plain.tsv 'ticket_id\tcustomer_id\tkind\topened_at\n'
run crm-score -q -t plain.tsv --csi customers.tsv
expect '--csi needs scores' 2 '' 'crm-score: plain.tsv: no column "score"\n'

# a card sees them
file card.tsv 'rule\twhen\tpoints\tgrade\ncsi\tcsi > 50\tcsi\t\ngap\tgap < 0\tgap * 10\t\nnps\tnps > 0\t1000\t\n'
run crm-score -q -t tickets.tsv --csi --nps='item == "none"' --card=card.tsv customers.tsv
last 5
expect 'csi, gap and nps come before the card, which sees them' 0 'customer_id\tcsi\tgap\tnps\tscore\tgrade\n1\t56.2500\t-0.7500\t\t48.75\t\n2\t\t0.0000\t\t0\t\n3\t\t\t\t0\t\n4\t\t\t\t0\t\n' ''

# net promoter score
file nps.tsv 'ticket_id\tcustomer_id\tkind\topened_at\titem\tscore\n'
i=0
for pair in 1:10 1:9 1:6 2:8 2:8.9 2:0 3:7 3:6.5 5:9; do
	i=$((i + 1))
	printf 'n%d\t%s\tsurvey\t2026-11-01\t\t%s\n' $i ${pair%:*} ${pair#*:}
done >>nps.tsv
run crm-score -q -t nps.tsv --nps customers.tsv
last 1
expect '--nps: promoters from 9, detractors to 6' 0 'customer_id\tnps\n1\t33.3333\n2\t-33.3333\n3\t0.0000\n4\t\n' ''
# N: 6 answers, 2 promoters, 2 detractors: v = 4/6, 195.9964 * sqrt(v / 6) / 2
run crm-score -q -t nps.tsv --nps --by=region customers.tsv
expect '--nps of groups, with the 95 % interval' 0 \
	'region\tanswers\tnps\tnps_low\tnps_high\n\t1\t100.0000\t100.0000\t100.0000\nN\t6\t0.0000\t-65.3321\t65.3321\nS\t2\t0.0000\t0.0000\t0.0000\n' ''
awk 'BEGIN {
	print "kind\topened_at\tstation\tscore"
	n = 3
	for (i = 0; i < 4000; i++) {
		n = (n * 16807 + 1) % 2147483647
		print "survey\t2026-11-01\tS" n % 5 "\t" int(n / 1000) % 11
	}
	for (i = 0; i < 9; i++) print "survey\t2026-11-01\tfew\t" (i < 8 ? 10 : 3)
}' >many.tsv
crm-score -q -t many.tsv --nps --by=station >got
awk -F '\t' -v OFS='\t' 'NR == 1 { next }
	{ n[$3]++; p[$3] += $4 >= 9; d[$3] += $4 <= 6 }
	END { print "station", "answers", "nps", "nps_low", "nps_high"
	for (s in n) { x = (p[s] - d[s]) / n[s]
		h = 195.9964 * sqrt(((p[s] + d[s]) / n[s] - x * x) / n[s])
		high = 100 * x + h > 100 ? 100 : 100 * x + h
		printf "%s\t%d\t%.4f\t%.4f\t%.4f\n", s, n[s], 100 * x, 100 * x - h, high | "sort" } }' many.tsv >want
same 'the intervals agree with floating point; cut at 100' want got
true_that 'one of them is cut' grep -q '100.0000$' got
file out.tsv 'kind\topened_at\tstation\tscore\nsurvey\t2026-11-01\tS\t11\nsurvey\t2026-11-01\tS\t-1\nsurvey\t2026-11-01\tS\t10\n'
run crm-score -q -t out.tsv --nps --by=station
expect 'answers are from 0 to 10' 1 'station\tanswers\tnps\tnps_low\tnps_high\nS\t1\t100.0000\t100.0000\t100.0000\n' \
	'crm-score: out.tsv:2: score: not from 0 to 10: "11"\ncrm-score: out.tsv:3: score: not from 0 to 10: "-1"\n'
file mixed.tsv 'kind\topened_at\tstation\titem\tscore\nsurvey\t2026-11-01\tS\trecommend\t10\nsurvey\t2026-11-01\tS\tprice\t4\n'
run crm-score -q -t mixed.tsv --nps='item == "recommend"' --csi='item != "recommend"' --by=station
expect 'two questions, two scales' 0 'station\tcsi\tgap\tanswers\tnps\tnps_low\tnps_high\nS\t75.0000\t\t1\t100.0000\t100.0000\t100.0000\n' ''
finish
