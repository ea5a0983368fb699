. "$TESTS/lib.sh"
# crm-score --card, --explain, --season, --print-rules: score cards of customers.
export CRM_AS_OF=2026-11-21T09:00

# Columns by name of the last output, without the header.
columns() { # NAMES
	awk -F '\t' -v OFS='\t' -v names="$1" '
	NR == 1 { n = split(names, name, ","); for (i = 1; i <= NF; i++) at[$i] = i; next }
	{ line = $at[name[1]]; for (i = 2; i <= n; i++) line = line OFS $at[name[i]]; print line }' .out >.columns
	mv .columns .out
}

file customers.tsv 'customer_id\tname\tcredit_limit\tbalance\n1\t王\t1000\t1200\n2\t李\t1000\t900\n3\t赵\t\t\n4\t孙\t\t5\n'
file tickets.tsv 'ticket_id\tcustomer_id\tkind\topened_at\tamount\tstatus
t1\t1\torder\t2026-08-23T09:00\t100\tclosed
t2\t1\torder\t2026-11-21T08:00\t50.25\t
t3\t2\torder\t2026-11-11T09:00\t7\tclosed
t4\t1\trepair\t2026-11-01T10:00\t30\tclosed
t5\t1\trepair\t2026-11-20T10:00\t\topen
t6\t3\tcomplaint\t2026-11-02T10:00\t\topen
t7\t3\trepair\t2026-11-22T10:00\t9\topen
t8\t2\treturn\t2026-11-12\t2\t
'
base='orders\tspend\tfirst_order\tlast_order\trecency\tr\tf\tm\trfm'
one='2\t150.25\t2026-08-23T09:00:00\t2026-11-21T08:00:00\t0\t3\t3\t3\t333'
two='1\t5.00\t2026-11-11T09:00:00\t2026-11-11T09:00:00\t10\t1\t1\t1\t111'

# points are summed, then the first grade that holds
file card.tsv 'rule\twhen\tpoints\tgrade\tnote
often\torders > 1\t5\t\tfree
silent\trecency >= 10\t-2.5\t\t
spend\torders > 0\tspend / 100\t\t
never\torders > 99\t1000\t\t
top\tscore >= 6\t\tA\t
any\torders > 0\t\tB\t
late\tscore >= 6\t\tC\tthe first one counts
'
run crm-score -q -t tickets.tsv --card=card.tsv customers.tsv
expect 'points are summed, the first grade that holds is taken' 0 \
	"customer_id\tname\tcredit_limit\tbalance\t$base\tscore\tgrade
1\t王\t1000\t1200\t$one\t6.5025\tA
2\t李\t1000\t900\t$two\t-2.45\tB
3\t赵\t\t\t0\t0.00\t\t\t\t\t\t\t\t0\t
4\t孙\t\t5\t0\t0.00\t\t\t\t\t\t\t\t0\t
" ''
run crm-score -q -t tickets.tsv --card=card.tsv --explain customers.tsv
columns customer_id,score,grade,why
expect '--explain: rule +points; ...' 0 '1\t6.5025\tA\toften +5; spend +1.5025
2\t-2.45\tB\tsilent -2.5; spend +0.05
3\t0\t\t
4\t0\t\t
' ''
run crm-score -q -t tickets.tsv --card=card.tsv --explain --no-header customers.tsv
true_that '--no-header' [ "$(wc -l <.out)" = 4 ]
crm-score -q -t tickets.tsv --card=card.tsv --explain customers.tsv >once
crm-score -q -t tickets.tsv --card=card.tsv --explain once >twice
same 'over its own output: replaced in place' once twice

# what a card is
file missing.tsv 'grade\twhen\trule\tpoints\n\t\ta\tbalance / credit_limit\n\t\t\t1\n\t\tnone\t\nall\tscore > 1\tb\t\n'
run crm-score -q -t tickets.tsv --card=missing.tsv --explain customers.tsv
columns customer_id,score,grade,why
expect 'missing points add nothing; empty when: always; no name: its line' 0 '1\t2.2\tall\ta +1.2; line 3 +1
2\t1.9\tall\ta +0.9; line 3 +1
3\t1\t\tline 3 +1
4\t1\t\tline 3 +1
' ''
file both.tsv 'rule\twhen\tpoints\tgrade\nb\torders > 0\t10\tbuyer\n'
run crm-score -q -t tickets.tsv --card=both.tsv customers.tsv
columns customer_id,score,grade
expect 'a row with points and a grade gives both' 0 '1\t10\tbuyer\n2\t10\tbuyer\n3\t0\t\n4\t0\t\n' ''
file nograde.tsv 'rule\twhen\tpoints\na\t\t0.0001\nb\t\t0.0002\n'
run crm-score -q -t tickets.tsv --card=nograde.tsv --explain --no-header customers.tsv
columns_of_last() { awk -F '\t' -v OFS='\t' '{ print $(NF - 2), $(NF - 1), $NF }' .out >.c; mv .c .out; }
columns_of_last
expect 'without a column of grades: the column stays empty; four decimals' 0 \
	'0.0003\t\ta +0.0001; b +0.0002\n0.0003\t\ta +0.0001; b +0.0002\n0.0003\t\ta +0.0001; b +0.0002\n0.0003\t\ta +0.0001; b +0.0002\n' ''
file escaped.tsv 'rule\twhen\tpoints\tgrade\na\\tb\t\t1\t\nc\t\t\tx\\ny\n'
run crm-score -q -t tickets.tsv --card=escaped.tsv --explain --no-header customers.tsv
columns_of_last
expect 'names are written escaped' 0 '1\tx\\ny\ta\\tb +1\n1\tx\\ny\ta\\tb +1\n1\tx\\ny\ta\\tb +1\n1\tx\\ny\ta\\tb +1\n' ''
file crlf.tsv 'rule\twhen\tpoints\tgrade\r\na\t\t1\tG\r\n'
run crm-score -q -t tickets.tsv --card=crlf.tsv customers.tsv
columns customer_id,score,grade
expect 'a card from a spreadsheet: CRLF' 0 '1\t1\tG\n2\t1\tG\n3\t1\tG\n4\t1\tG\n' ''
file huge.tsv 'rule\twhen\tpoints\tgrade\na\t\t89999999999999\t\nb\t\t89999999999999\t\nc\tempty(score)\t\ttoo large\nd\t\t\tother\n'
run crm-score -q -t tickets.tsv --card=huge.tsv customers.tsv
columns customer_id,score,grade
expect 'a sum beyond what a number holds is exact, and missing to the grades' 0 \
	'1\t179999999999998\ttoo large\n2\t179999999999998\ttoo large\n3\t179999999999998\ttoo large\n4\t179999999999998\ttoo large\n' ''

# a card sees the file's columns and all the figures
file sees.tsv 'rule\twhen\tpoints\tgrade
name\tname == "王"\t1\t
figures\torders == 2 and spend == 150.25 and first_order < last_order and recency == 0 and r == 3 and f == 3 and m == 3 and rfm == "333"\t10\t
stored\tfirst_order == 2026-08-23T09:00 and last_order == 2026-11-21T08:00\t100\t
none\torders == 0 and spend == 0 and empty(r) and empty(rfm) and empty(recency) and empty(first_order)\t1000\t
'
run crm-score -q -t tickets.tsv --card=sees.tsv customers.tsv
columns customer_id,score
expect 'a card sees columns and figures' 0 '1\t111\n2\t0\n3\t1000\n4\t1000\n' ''
file old.tsv 'customer_id\torders\tscore\n1\t77\t5\n'
file fresh.tsv 'rule\twhen\tpoints\tgrade\na\torders == 2\t1\t\nb\tscore == 1\t\tnew\n'
run crm-score -q -t tickets.tsv --card=fresh.tsv old.tsv
columns customer_id,orders,score,grade
expect 'figures of this run, not those of an earlier one' 0 '1\t2\t1\tnew\n' ''
file half.tsv 'rule\twhen\tpoints\tgrade\nfade\torders > 0\t20 * decay(recency, 10)\t\n'
run crm-score -q -t tickets.tsv --card=half.tsv customers.tsv
columns customer_id,score
expect 'points that fade: decay()' 0 '1\t20\n2\t10\n3\t0\n4\t0\n' ''

# relations: all of the customer's tickets, up to as-of
file rel.tsv 'rule\twhen\tpoints\tgrade
repairs\thas("repair")\tcount("repair")\t
open\t\t10 * count("repair", status == "open")\t
paid\t\tsum("repair")\t
lately\tlast("repair") >= asof - 2d\t100\t
first\tfirst("order") < asof - 60d\t1000\t
complaint\tcount("complaint") > 0\t5000\t
'
run crm-score -q -t tickets.tsv --card=rel.tsv --explain customers.tsv
columns customer_id,orders,spend,rfm,score,why
expect 'relations of customers' 0 '1\t2\t150.25\t333\t1142\trepairs +2; open +10; paid +30; lately +100; first +1000
2\t1\t5.00\t111\t0\topen +0
3\t0\t0.00\t\t5000\topen +0; complaint +5000
4\t0\t0.00\t\t0\topen +0
' ''
run crm-score -t tickets.tsv --card=rel.tsv customers.tsv
true_that 'the summary with relations is that without' \
	grep -qx 'crm-score: 4 customers, 8 tickets: 3 purchases, 1 returns, 0 of unknown customers, 0 cancelled, 0 after as-of' .err
run crm-score -t tickets.tsv customers.tsv
true_that 'which is this one' \
	grep -qx 'crm-score: 4 customers, 8 tickets: 3 purchases, 1 returns, 0 of unknown customers, 0 cancelled, 0 after as-of' .err
file some.tsv 'customer_id\n3\n'
run crm-score -q --strict-keys -t tickets.tsv --card=rel.tsv some.tsv
true_that '--strict-keys with relations' [ "$status" = 1 ]
for jobs in 1 2 7; do
	crm-score -q -j1 -t tickets.tsv --card=rel.tsv --explain customers.tsv >want
	CRM_CHUNK=$((jobs * 20)) crm-score -q -j$jobs -t tickets.tsv --card=rel.tsv --explain customers.tsv >got
	same "relations with $jobs threads" want got
done

# errors in a card
file wrong.tsv 'rule\twhen\tpoints\tgrade\na\torders > 3\t1\t\nb\trecnecy > 3\t1\t\n'
run crm-score -q -t tickets.tsv --card=wrong.tsv customers.tsv
expect 'an unknown column, with its place' 2 '' 'crm-score: wrong.tsv:3: when: position 1: unknown column "recnecy" (did you mean "recency"?)\n  recnecy > 3\n  ^\n'
file wrong.tsv 'rule\twhen\tpoints\tgrade\na\t\t"five"\t\n'
run crm-score -q -t tickets.tsv --card=wrong.tsv customers.tsv
expect 'points that are no number' 2 '' 'crm-score: wrong.tsv:2: points: position 1: needs a number, not a text\n  "five"\n  ^\n'
file wrong.tsv 'rule\twhen\tpoints\tgrade\na\tname\t5\t\n'
run crm-score -q -t tickets.tsv --card=wrong.tsv customers.tsv
expect 'a condition that is none' 2 '' 'crm-score: wrong.tsv:2: when: position 1: needs a condition, not a text\n  name\n  ^\n'
file wrong.tsv 'rule\twhen\tpoints\tgrade\na\tscore > 5\t5\t\n'
run crm-score -q -t tickets.tsv --card=wrong.tsv customers.tsv
expect 'only grades see the sum' 2 '' 'crm-score: wrong.tsv:2: when: position 1: unknown column "score"...'
file wrong.tsv 'rule\twhen\tpoints\tgrade\na\tcsi > 5\t5\t\n'
run crm-score -q -t tickets.tsv --card=wrong.tsv customers.tsv
expect 'figures that were not asked for are not there' 2 '' 'crm-score: wrong.tsv:2: when: position 1: unknown column "csi"...'
file wrong.tsv 'rule\twhen\tpoints\tgrade\na\thas("repair", colour == "red")\t5\t\n'
run crm-score -q -t tickets.tsv --card=wrong.tsv customers.tsv
expect 'an unknown column of the tickets' 2 '' 'crm-score: wrong.tsv:2: when: position 15: unknown column "colour"...'
file wrong.tsv 'rule\twhne\tpoints\tgrade\n'
run crm-score -q -t tickets.tsv --card=wrong.tsv customers.tsv
expect 'a column is missing' 2 '' 'crm-score: wrong.tsv: no column "when"; did you mean "whne"?\n'
file wrong.tsv 'rule\twhen\tpoint\n'
run crm-score -q -t tickets.tsv --card=wrong.tsv customers.tsv
expect 'neither points nor grades' 2 '' 'crm-score: wrong.tsv: no column "points"; did you mean "point"?\n'
run crm-score -q -t tickets.tsv --card=none.tsv customers.tsv
expect 'no such card' 2 '' 'crm-score: none.tsv: No such file or directory\n'
run crm-score -q -t tickets.tsv --explain customers.tsv
expect '--explain goes with a card' 2 '' 'crm-score: --explain and --season go with --card; ...'

# bad records
file odd.tsv 'customer_id\tbalance\tcredit_limit\n1\t10\t100\n2\tten\t100\n3\t\t100\n'
file use.tsv 'rule\twhen\tpoints\tgrade\nused\t\t100 * balance / credit_limit\t\n'
run crm-score -q -t tickets.tsv --card=use.tsv odd.tsv
columns customer_id,orders,rfm,score
expect 'a value that a card cannot read: left out, told, exit 1' 1 \
	'1\t2\t333\t10\n3\t0\t\t0\n' 'crm-score: odd.tsv:3: balance: not a number: "ten"\n'
file badrow.tsv 'ticket_id\tcustomer_id\tkind\topened_at\tamount\tquantity
t1\t1\torder\t2026-11-01\t10\tmany
t2\t1\torder\t2026-11-02\tx\t1
t3\t1\torder\t2026-11-03\t30\t5
t4\t1\trepair\tsoon\t\t1
t5\t1\tvisit\tsoon\tx\ty
'
file relbad.tsv 'rule\twhen\tpoints\tgrade\na\t\tcount("order", quantity > 1)\t\nb\thas("repair")\t1\t\n'
run crm-score -q -t badrow.tsv --card=relbad.tsv some.tsv customers.tsv
expect 'files of customers must have the same columns' 2 '' '*'
run crm-score -q -t badrow.tsv --card=relbad.tsv customers.tsv
columns customer_id,orders,spend,score
expect 'a ticket is bad once, and left out of everything; kinds that nobody asks for are not looked at' 1 \
	'1\t1\t30.00\t1\n2\t0\t0.00\t0\n3\t0\t0.00\t0\n4\t0\t0.00\t0\n' \
	'crm-score: badrow.tsv:2: quantity: not a number: "many"\ncrm-score: badrow.tsv:3: amount: not a number: "x"\ncrm-score: badrow.tsv:5: opened_at: not a time: "soon"\n'

# the share of the year that has passed
file one.tsv 'customer_id\ttarget\n1\t1000\n'
file year.tsv 'rule\twhen\tpoints\tgrade\npassed\t\tyear_passed\t\n'
passed() { # WHEN [OPTION]
	crm-score -q --as-of="$1" -t tickets.tsv --card=year.tsv ${2:-} --no-header one.tsv | cut -f 12
}
true_that 'year_passed: nothing at its start' [ "$(passed 2026-01-01)" = 0 ]
true_that 'year_passed: half of a year of 365 days' [ "$(passed 2026-07-02T12:00)" = 0.5 ]
true_that 'year_passed: half of a leap year' [ "$(passed 2024-07-02)" = 0.5 ]
true_that 'year_passed: all but a second' [ "$(passed 2026-12-31T23:59:59)" = 1 ]
file season.tsv 'month\tmean\tindex\tshare\n1\t\t\t10\n2\t\t\t20\n6\t\t\t70\n'
true_that '--season: the months that are over' [ "$(passed 2026-03-15 --season=season.tsv)" = 0.3 ]
true_that '--season: the part of this month' [ "$(passed 2026-06-16 --season=season.tsv)" = 0.65 ]
true_that '--season: a month without a share' [ "$(passed 2026-11-21 --season=season.tsv)" = 1 ]
file season.tsv 'month\tshare\n1\t1\n12\t3\n'
true_that '--season: shares are of their sum' [ "$(passed 2026-12-01 --season=season.tsv)" = 0.25 ]
for row in '13\t1:month: not a month from 1 to 12: "13"' '0\t1:month: not a month...' \
	'1.5\t1:month: not a month...' '1\tx:share: not a number: "x"' \
	'1\t-1:share: not a share: "-1"' '1\t:share: not a number'; do
	file season.tsv "month\tshare\n${row%%:*}\n"
	run crm-score -q -t tickets.tsv --card=year.tsv --season=season.tsv one.tsv
	case $row in
	*...) expect "--season: ${row%%:*}" 2 '' "crm-score: season.tsv:2: ${row#*:}" ;;
	*) expect "--season: ${row%%:*}" 2 '' "crm-score: season.tsv:2: ${row#*:}\n" ;;
	esac
done
file season.tsv 'month\tshare\n1\t1\n1\t1\n'
run crm-score -q -t tickets.tsv --card=year.tsv --season=season.tsv one.tsv
expect '--season: a month twice' 2 '' 'crm-score: season.tsv:3: month: this month stands twice: "1"\n'
file season.tsv 'month\tshare\n1\t0\n'
run crm-score -q -t tickets.tsv --card=year.tsv --season=season.tsv one.tsv
expect '--season: nothing in all' 2 '' 'crm-score: season.tsv: the shares of the months add up to nothing\n'

# built-in cards
for card in value churn credit progress station lead selftest; do
	run crm-score --print-rules --card=@$card
	cp .out printed.tsv
	expect "@$card prints itself" 0 "@$TESTS/../src/crm-score/$card.tsv" ''
	true_that "@$card: every row has a note on its weights, or the row above it" \
		awk -F '\t' 'NR == 1 { exit $5 != "note" } NR == 2 && $5 == "" { bad = 1 } $3 != "" && $5 == "" { bad = 1 } END { exit bad }' printed.tsv
done
run crm-score -q -t tickets.tsv --card=@valeu customers.tsv
expect 'no such built-in card' 2 '' 'crm-score: --card: no built-in card @valeu; there are @value @churn @credit @progress @station @lead @selftest; ...'
run crm-score -q -t tickets.tsv --card=@lead customers.tsv
expect 'a card of tickets' 2 '' 'crm-score: @lead is a card of tickets: --of=tickets; ...'
run crm-score -q -t tickets.tsv --card=@station customers.tsv
expect 'a card of groups' 2 '' 'crm-score: @station is a card of groups: --by=COLUMN; ...'
run crm-score -q --of=tickets -t tickets.tsv --card=@value
expect 'a card of customers' 2 '' 'crm-score: @value is a card of customers; ...'
run crm-score --print-rules --card=card.tsv
expect '--print-rules prints built-in ones' 2 '' 'crm-score: --print-rules needs --card=@NAME; ...'

run crm-score -q -t tickets.tsv --card=@value --explain customers.tsv
columns customer_id,score,grade,why
expect '@value' 0 '1\t36.1202\tC\trecency +30; frequency +6; spend +0.1202
2\t31.87\tC\trecency +28.866; frequency +3; spend +0.004
3\t0\tD\t
4\t0\tD\t
' ''
run crm-score -q -t tickets.tsv --card=@credit --explain customers.tsv
columns customer_id,score,grade,why
expect '@credit: arrears against the limit' 0 '1\t120\tover\tused +120\n2\t90\tnear\tused +90\n3\t0\tok\t\n4\t0\tno limit\t\n' ''
run crm-score -q -t tickets.tsv --card=@credit one.tsv
expect '@credit needs its columns' 2 '' 'crm-score: @credit:2: when: position 1: unknown column "credit_limit"...'

file rhythm.tsv 'ticket_id\tcustomer_id\tkind\topened_at
a1\tregular\torder\t2026-09-01T09:00
a2\tregular\torder\t2026-10-02T09:00
a3\tregular\torder\t2026-11-01T09:00
b1\tsilent\torder\t2026-05-01T09:00
b2\tsilent\torder\t2026-05-31T09:00
c1\tonce\torder\t2026-05-25T09:00
d1\tsameday\torder\t2026-11-07T08:00
d2\tsameday\torder\t2026-11-07T09:00
e1\tangry\torder\t2026-11-20T09:00
e2\tangry\tcomplaint\t2026-11-20T10:00
e3\tquiet\tcomplaint\t2026-11-20T10:00
'
file rhythms.tsv 'customer_id\nregular\nsilent\nonce\nsameday\nangry\nquiet\n'
run crm-score -q -t rhythm.tsv --card=@churn --explain rhythms.tsv
columns customer_id,recency,score,grade,why
expect "@churn: silence against the customer's own rhythm" 0 "regular\t20\t16.3934\tok\tsilence +16.3934
silent\t174\t100\tlost\tsilence +100
once\t180\t50\tat risk\tonce +50
sameday\t14\t50\tat risk\tsilence +50
angry\t1\t10.38\tok\tonce +0.38; complaint +10
quiet\t\t0\t\t
" ''

file targets.tsv 'customer_id\ttarget\nahead\t200\nslow\t200\nbehind\t200\nnone\t\n'
file sales.tsv 'ticket_id\tcustomer_id\tkind\topened_at\tamount
t1\tahead\torder\t2026-03-01\t120
t2\tahead\treturn\t2026-03-02\t20
t3\tslow\tsale\t2026-01-01\t80
t4\tslow\torder\t2025-12-31\t900
t5\tbehind\torder\t2026-07-02\t60
'
run crm-score -q --as-of=2026-07-02T12:00 -t sales.tsv --card=@progress --explain targets.tsv
columns customer_id,score,grade,why
expect '@progress: sales of the year against the target; no status: none cancelled' 0 \
	'ahead\t100\ton track\tprogress +100\nslow\t80\tslow\tprogress +80\nbehind\t60\tbehind\tprogress +60\nnone\t0\t\t\n' ''
file season.tsv 'month\tshare\n1\t30\n2\t10\n12\t60\n'
run crm-score -q --as-of=2026-07-02T12:00 -t sales.tsv --card=@progress --season=season.tsv targets.tsv
columns customer_id,score,grade
expect '@progress by the seasonal shares' 0 'ahead\t125\ton track\nslow\t100\ton track\nbehind\t75\tbehind\nnone\t0\t\n' ''

# the self-test: 40 questions in 7 categories
printf 'ticket_id\tcustomer_id\tkind\topened_at\titem\tscore\n' >answers.tsv
for category in 1:7 2:5 3:4 4:7 5:4 6:7 7:6; do
	question=1
	while [ $question -le ${category#*:} ]; do
		n=${category%:*}
		printf '%s.%s\tbest\tsurvey\t2026-11-01\t%s.%s\t5\n' $n $question $n $question
		printf 'm%s.%s\tmixed\tsurvey\t2026-11-01\t%s.%s\t%s\n' $n $question $n $question $(((n + question) % 5 + 1))
		question=$((question + 1))
	done
done >>answers.tsv
file firms.tsv 'customer_id\nbest\nmixed\nabsent\n'
run crm-score -q -t answers.tsv --card=@selftest --explain firms.tsv
columns customer_id,score,grade,why
sums=$(awk -F '\t' '$2 == "mixed" { split($5, c, "."); sum[c[1]] += $6; all += $6 }
	END { printf "%d|", all; split("35 25 20 35 20 35 30", most, " ")
		for (i = 1; i <= 7; i++) {
			percent = sprintf("%.4f", 100 * sum[i] / most[i]); sub(/\.?0+$/, "", percent)
			printf "%s%d of %d (%s%%) +%d", (i > 1 ? "; " : ""), i, most[i], percent, sum[i]
		} }' answers.tsv)
expect '@selftest: totals and percents of the categories, the total of all' 0 "best\t200\tfive stars\t1 of 35 (100%) +35; 2 of 25 (100%) +25; 3 of 20 (100%) +20; 4 of 35 (100%) +35; 5 of 20 (100%) +20; 6 of 35 (100%) +35; 7 of 30 (100%) +30
mixed\t${sums%%|*}\tfail\t${sums#*|}
absent\t0\t\t
" ''
cp .out want
awk -F '\t' -v OFS='\t' 'NR > 1 { split($5, q, "."); split("0 7 12 16 23 27 34", before, " "); $5 = "Q" before[q[1]] + q[2] } { print }' answers.tsv >numbered.tsv
run crm-score -q -t numbered.tsv --card=@selftest --explain firms.tsv
columns customer_id,score,grade,why
same '@selftest: questions numbered from 1 to 40' want .out
file most.tsv 'rule\twhen\tpoints\tgrade\tmost\na\t\t5\t\t0\n'
run crm-score -q -t answers.tsv --card=most.tsv firms.tsv
expect 'most is over 0' 2 '' 'crm-score: most.tsv:2: most: not a number over 0: "0"\n'
finish
