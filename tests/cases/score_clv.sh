. "$TESTS/lib.sh"
# crm-score --clv: histories from tickets, models, what comes out.
export CRM_AS_OF=2026-06-30

# Customers who buy and leave: a simulation of the models' own assumptions, by a
# generator of this file.
awk 'function u() { s = (s * 16807) % 2147483647; return s / 2147483647 }
function gamma(k,   sum, i) { sum = 0; for (i = 0; i < k; i++) sum -= log(u()); return sum }
function day(n,   d) { d = n; return sprintf("%04d-%02d-%02d", 2025 + int(d / 336), 1 + int(d % 336 / 28), 1 + d % 28) }
BEGIN {
	s = 4711
	print "ticket_id\tcustomer_id\tkind\topened_at\tamount" >"t.tsv"
	print "customer_id" >"c.tsv"
	for (c = 0; c < 600; c++) {
		print "c" c >"c.tsv"
		rate = gamma(2) / 90; leave = u() * 0.5
		unit = 40 * 3 / gamma(4); now = int(u() * 150)
		while (now < 500) {
			printf "t%d\tc%d\torder\t%s\t%.2f\n", ++n, c, day(now), 1 + unit * gamma(3) / 3 >"t.tsv"
			if (u() < leave) break
			now += 1 + int(-log(u()) / rate)
		}
	}
}' </dev/null
last=$(cut -f4 t.tsv | sed 1d | sort | tail -1)
run crm-score -q --clv --save-model=m.tsv -t t.tsv c.tsv -o all.tsv
expect 'a fit' 0 '' ''
true_that 'appends alive, expected, worth' \
	test "$(head -1 all.tsv | cut -f11-)" = "$(printf 'alive\texpected\tworth')"
true_that 'probabilities with six decimals' sh -c 'cut -f11 all.tsv | sed 1d | grep . | awk "!/^[01]\\.[0-9][0-9][0-9][0-9][0-9][0-9]\$/ || \$1 > 1 { bad = 1 } END { exit bad }"'
true_that 'money in whole cents' sh -c 'cut -f13 all.tsv | sed 1d | grep . | awk "!/^[0-9]+\\.[0-9][0-9]\$/ { bad = 1 } END { exit bad }"'
true_that 'the model is mbgnbd with gammagamma' \
	test "$(cut -f1 m.tsv | sort -u | tr '\n' ' ')" = 'gammagamma mbgnbd model '
run crm-segment --where='alive < 0.5 and expected >= 0' all.tsv
true_that 'six decimals can be compared' test "$status" = 0
sed 1d all.tsv | awk -F'\t' '$11 != "" && $11 < 0.49995' | wc -l >want
sed 1d .out | wc -l >got
same 'and select whom awk selects' want got
run crm-score -q --clv --model=m.tsv -t t.tsv c.tsv -o stored.tsv
expect 'a stored model' 0 '' ''
same 'says exactly the same' all.tsv stored.tsv
crm-score -q --clv -j7 -t t.tsv c.tsv >seven.tsv
same 'seven threads: the same bytes' all.tsv seven.tsv
{ head -1 t.tsv; sed 1d t.tsv | sort -r -k5; } >shuffled.tsv
crm-score -q --clv -t shuffled.tsv c.tsv >got.tsv
same 'reordered tickets: the same bytes' all.tsv got.tsv
for model in bgnbd paretonbd; do
	crm-score -q --clv=$model --save-model=$model.tsv -t t.tsv c.tsv >$model.out
	result $? "--clv=$model"
	true_that "saves $model" grep -q "^$model	loglik	-" $model.tsv
done
run crm-score -q --clv=bgnbd --model=m.tsv -t t.tsv c.tsv
expect 'a stored model of another kind' 2 '' 'crm-score: m.tsv: the model is mbgnbd, not bgnbd\n'
crm-score -q --clv --unit=1d --save-model=day.tsv -t t.tsv c.tsv >day.out
same '--unit changes no forecast' all.tsv day.out
run crm-score -q --model=day.tsv --unit=7d -t t.tsv c.tsv
expect 'a --unit that is not that of the model' 2 '' 'crm-score: day.tsv: the parameters are in another unit of time than --unit\n'
run crm-score -q --model=day.tsv --unit=24h -t t.tsv c.tsv
expect 'one that is' 0 @all.tsv ''
true_that 'but alpha is seven times as large' awk -F'\t' \
	'$2 == "alpha" { a[FILENAME] = $3 } END { r = a["day.tsv"] / a["m.tsv"]; exit !(r > 6.99999 && r < 7.00001) }' m.tsv day.tsv
crm-score -q --clv --horizon=1d --model=m.tsv -t t.tsv c.tsv >short.tsv
true_that '--horizon: less is expected of a day' sh -c \
	'paste short.tsv all.tsv | sed 1d | awk -F"\t" "\$12 != \"\" && \$12 >= \$25 { bad = 1 } END { exit bad }"'

# purchases of one day count once; returns do not enter
awk -F'\t' -v OFS='\t' '{ print } NR > 1 { $1 = $1 "x"; $5 = 0; print }' t.tsv >double.tsv
printf 'r1\tc1\treturn\t2025-12-01\t5\n' >>double.tsv
crm-score -q --clv -t double.tsv c.tsv | cut -f11- >got
cut -f11- all.tsv >want
same 'same-day purchases count once, returns do not enter' want got

# what came after as-of is not there; customers without a purchase
printf 'none\n' >>c.tsv
run crm-score -q --clv --model=m.tsv -t t.tsv c.tsv
true_that 'without a purchase: missing' sh -c "tail -1 .out | grep -qx 'none	0	0.00										'"

# --holdout
run crm-score -q --clv --holdout=2026-01-15 -t t.tsv c.tsv --report=r.tsv
true_that '--holdout tells prediction and truth' test "$(head -1 r.tsv)" = "$(printf 'repeats\tcustomers\tpredicted\tactual')"
true_that 'by repeats: 0 to 6, 7+, total' test "$(cut -f1 r.tsv | tr '\n' ' ')" = 'repeats 0 1 2 3 4 5 6 7+ total '
actual=$(sed 1d t.tsv | awk -F'\t' '{ d = $4; if (!($2 in first) || d < first[$2]) first[$2] = d; days[$2 "\t" d] }
	END { for (k in days) { split(k, p, "\t"); if (p[2] >= "2026-01-15" && first[p[1]] < "2026-01-15") n++ } print n }')
true_that 'the truth is the purchase days since' test "$(tail -1 r.tsv | cut -f4)" = "$actual"
true_that 'the forecast is within 15 % of it' awk -F'\t' \
	'$1 == "total" { exit !($3 > 0.85 * $4 && $3 < 1.15 * $4) }' r.tsv
run crm-score -q --clv --holdout=2027-01-01 -t t.tsv c.tsv
expect 'a holdout after as-of' 2 '' 'crm-score: --holdout: the date is after as-of; ...'

# no fit
printf 'ticket_id\tcustomer_id\tkind\topened_at\tamount\nt1\tc1\torder\t2026-01-01\t5\n' >one.tsv
run crm-score -q --clv -t one.tsv c.tsv
expect 'nobody bought again: no fit' 2 '' 'crm-score: --clv: mbgnbd: ...'
run crm-score -q --clv -t one.tsv c.tsv -o kept.tsv
true_that 'and no file' test ! -e kept.tsv
awk -F'\t' -v OFS='\t' 'NR > 1 { $5 = 10 } { print }' t.tsv >same.tsv
run crm-score -q --clv=bgnbd -t same.tsv c.tsv
true_that 'all purchases alike: worth by the mean, and a word about it' \
	grep -q 'worth goes by the mean of all, 10.00' .err
true_that 'worth = expected * mean' sh -c \
	'sed 1d .out | awk -F"\t" "\$12 != \"\" { d = \$13 - 10 * \$12; if (d > 0.0051 || d < -0.0051) bad = 1 } END { exit bad }"'
# each customer always spends the same, some eight times what others do
awk -F'\t' -v OFS='\t' 'NR > 1 { c = substr($2, 2); $5 = 50 * 2 ^ (c % 4) + c % 7 } { print }' t.tsv >own.tsv
run crm-score -q --clv=bgnbd --save-model=own.model -t own.tsv c.tsv
true_that 'every purchase like the one before: worth by the own mean, and a word about it' \
	grep -q "worth goes by each customer's own mean" .err
true_that 'worth = expected * own mean' sh -c \
	'sed 1d .out | awk -F"\t" "\$12 != \"\" && \$2 > 1 { c = substr(\$1, 2); m = 50 * 2 ^ (c % 4) + c % 7; d = \$13 - m * \$12; n++; if (d > 0.0051 + m * 1e-6 || d < -0.0051 - m * 1e-6) bad = 1 } END { exit bad || n < 100 }"'
cp .out own.out
run crm-score -q --clv --model=own.model -t own.tsv c.tsv
true_that 'and by the stored model' cmp -s .out own.out

# nobody leaves: the limit in which only the rates are left (NBD)
awk 'function u() { s = (s * 16807) % 2147483647; return s / 2147483647 }
function day(n) { return sprintf("%04d-%02d-%02d", 2025 + int(n / 336), 1 + int(n % 336 / 28), 1 + n % 28) }
BEGIN {
	s = 12
	print "customer_id\tkind\topened_at\tamount"
	for (c = 0; c < 400; c++)
		for (now = int(u() * 150); now < 500; now += 1 + int(-log(u()) / rate)) {
			rate = now < 150 && !(c in known) ? (-log(u()) - log(u())) / 60 : rate; known[c]
			printf "c%d\torder\t%s\t%d\n", c, day(now), 10 + 90 * u()
		}
}' </dev/null >stay.tsv
{ echo customer_id; cut -f1 stay.tsv | sed 1d | sort -u; } >stayers.tsv
for model in mbgnbd paretonbd; do
	run crm-score -q --clv=$model --save-model=s.tsv -t stay.tsv stayers.tsv
	true_that "$model, nobody leaves: a word about it" test "$status" = 0 -a "$(head -1 .err)" = \
		"crm-score: --clv: $model: these data do not show that anybody leaves: alive is 1 for all, and expected goes by the rates of purchase alone"
	true_that "$model, nobody leaves: alive is 1" sh -c 'sed 1d .out | awk -F"\t" "\$11 != \"1.000000\" { bad = 1 } END { exit bad }"'
	true_that "$model, nobody leaves: the rates" awk -F'\t' '$3 == 0 { zero++ } $2 == "r" && $4 > 0 { r++ }
		$2 == "b" || $2 == "beta" { empty += $4 == "" } END { exit zero != 1 || r != 1 || empty != 1 }' s.tsv
	cp .out want
	run crm-score -q --clv --model=s.tsv -t stay.tsv stayers.tsv
	same "$model, nobody leaves: stored and read" want .out
	mv want $model.want
done
same 'the limit is the same' mbgnbd.want paretonbd.want

run crm-score -q --clv=nbd -t t.tsv c.tsv
expect 'an unknown model' 2 '' 'crm-score: --clv: not mbgnbd, bgnbd or paretonbd: nbd; ...'
crm-score -q --clv --model=m.tsv -t t.tsv c.tsv >want
crm-score -q --model=m.tsv -t t.tsv c.tsv >got
same '--model alone means --clv' want got
crm-score -q --save-model=again.tsv -t t.tsv c.tsv >got
same 'so does --save-model' m.tsv again.tsv
run crm-score -q --holdout=2026-01-15 -t t.tsv c.tsv
same 'so does --holdout, which tells on standard error' r.tsv .err
run crm-score -q --clv --report=other.tsv -t t.tsv c.tsv
expect '--report without --holdout' 2 '' 'crm-score: --report goes with --holdout; ...'
run crm-score -q --horizon=30d -t t.tsv c.tsv
expect '--horizon without --clv' 2 '' 'crm-score: --horizon and --unit go with --clv; ...'
run crm-score -q --clv --horizon=soon -t t.tsv c.tsv
expect 'a horizon that is none' 2 '' 'crm-score: --horizon: not a duration like 7d or 52w: soon; ...'

# the published figures, from the real data
shared cdnow
awk 'BEGIN { print "ticket_id\tcustomer_id\tkind\topened_at\tamount" }
{ printf "t%d\t%s\torder\t%s-%s-%s\t%s\n", NR, $2, substr($3, 1, 4), substr($3, 5, 2), substr($3, 7, 2), $5 + 0 }' "$shared/CDNOW_sample.txt" >cd.tsv
{ echo customer_id; sed 1d cd.tsv | cut -f2 | sort -u; } >cdc.tsv
for row in 'bgnbd .242595 4.413602 .792922 2.425907 -9582.4292 1653' \
	'mbgnbd .524843 6.183085 .891360 1.614003 -9582.1357 1577' \
	'paretonbd .553277 10.577683 .606240 11.668741 -9594.9762 1666'; do
	set -- $row
	crm-score -q --clv=$1 --as-of=1998-06-30 --holdout=1997-10-01 --save-model=cd.model --report=cd.report -t cd.tsv cdc.tsv >/dev/null
	true_that "CDNOW $1: parameters and log-likelihood" awk -F'\t' -v want="$2 $3 $4 $5" -v loglik="$6" '
		$1 == "gammagamma" { next }
		FNR > 1 && FNR < 6 { split(want, w, " "); d = $3 / w[FNR - 1] - 1; if (d > 1e-5 || d < -1e-5) bad = 1; n++ }
		$2 == "loglik" { d = $3 - loglik; if (d > 1e-3 || d < -1e-3) bad = 1; n++ }
		END { exit bad || n != 5 }' cd.model
	true_that "CDNOW $1: holdout forecast $7 of 1882" awk -F'\t' -v want="$7" \
		'$1 == "total" { d = $3 - want; exit !(d < 1 && d > -1 && $4 == 1882) }' cd.report
done
finish
