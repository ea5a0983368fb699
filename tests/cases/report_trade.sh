. "$TESTS/lib.sh"
# crm-report: the built-in reports of sales, customers, quality and satisfaction,
# on records that can be counted by hand.
export CRM_AS_OF=2026-11-21 COLUMNS=100 LANG=C
# built NAME OUT [ARGUMENT]...
built() {
	built_name=$1 built_out=$2
	shift 2
	run crm-report --format=tsv "$@" "$built_name"
	expect "$built_name" 0 "$built_out" ''
}

# Three years; a return, a cancelled order, a purchase after as-of.
file sales.tsv 'ticket_id\tcustomer_id\tkind\topened_at\tstatus\tamount
1\tA\torder\t2023-01-10\tclosed\t100
2\tA\torder\t2024-01-10\tclosed\t50
3\tB\tsale\t2024-03-10\tclosed\t60
4\tB\treturn\t2024-03-12\tclosed\t10
5\tA\torder\t2025-07-01\tcancelled\t999
6\tB\torder\t2025-12-31\t\t40
7\tC\torder\t2027-01-01\t\t77
8\tD\torder\t2025-12-31\t\t30
9\tE\torder\t2024-02-01\t\t0
'
file customers.tsv 'customer_id\tname\ttrade\nA\t甲\t零售\nB\t乙\t零售\nC\t丙\t批发\nD\t丁\t批发\nE\t戊\t零售\n'
# 2023 to 2025: January (100 + 50) / 3, March (60 - 10) / 3, December 70 / 3; a
# twelfth of 270 / 3 is 7.5.
built season 'month\tmean\tindex\tshare\ttarget
1\t50.00\t666.6667\t55.5556\t555.5556
2\t0.00\t0\t0.0000\t0.00
3\t16.6667\t222.2222\t18.5185\t185.1852
4\t0.00\t0\t0.0000\t0.00
5\t0.00\t0\t0.0000\t0.00
6\t0.00\t0\t0.0000\t0.00
7\t0.00\t0\t0.0000\t0.00
8\t0.00\t0\t0.0000\t0.00
9\t0.00\t0\t0.0000\t0.00
10\t0.00\t0\t0.0000\t0.00
11\t0.00\t0\t0.0000\t0.00
12\t23.3333\t311.1111\t25.9259\t259.2593
' -t sales.tsv --target=1000
run crm-report --format=tsv -t sales.tsv --since=2024-01-01 --until=2024-12-31 season
true_that 'season: the years that are named' grep -q '^1	50.00	600	50.0000	$' .out
run crm-report --format=tsv -t sales.tsv --since=2021-01-01 --until=2030-12-31 season
true_that 'season: ten years, even those without sales' grep -q '^1	15.00	' .out
awk 'NR == 1' sales.tsv >none.tsv
run crm-report --format=tsv -t none.tsv --target=9 season
expect 'season: twelve months of nothing' 0 "$(printf 'month\tmean\tindex\tshare\ttarget\n'; i=1; while [ $i -le 12 ]; do printf '%d\t\t\t\t\n' $i; i=$((i + 1)); done)\n" ''
run crm-report -t sales.tsv --target=1e6 season
expect '--target: no number' 2 '' 'crm-report: --target: not a number: 1e6; ...'

built abc 'trade\tcustomer_id\tname\tsales\tshare\tcumshare\tabc
批发\tD\t丁\t30.00\t100.0000\t100.0000\tA
零售\tA\t甲\t150.00\t62.5000\t62.5000\tA
零售\tB\t乙\t90.00\t37.5000\t100.0000\tA
零售\tE\t戊\t0.00\t0.0000\t100.0000\tC
' -c customers.tsv -t sales.tsv
built share 'customer_id\tname\tsales\tshare\tcumshare\trank
A\t甲\t150.00\t55.5556\t55.5556\t1
B\t乙\t90.00\t33.3333\t88.8889\t2
D\t丁\t30.00\t11.1111\t100.0000\t3
E\t戊\t0.00\t0.0000\t100.0000\t4
' -c customers.tsv -t sales.tsv
# A is A from 0 to under 75 %: 60 30 5 3 2 of 100 begin at 0 60 90 95 98.
awk 'BEGIN { OFS = "\t"; print "ticket_id", "customer_id", "kind", "opened_at", "amount"
	split("60 30 5 3 2", a, " "); for (i = 1; i <= 5; i++) print i, "K" i, "sale", "2026-01-0" i, a[i] }' >five.tsv
awk 'BEGIN { print "customer_id"; for (i = 1; i <= 5; i++) print "K" i }' >k.tsv
run crm-report --format=tsv -c k.tsv -t five.tsv abc
cut -f 2,7 .out >got
printf 'customer_id\tabc\nK1\tA\nK2\tA\nK3\tB\nK4\tC\nK5\tC\n' >want
same 'abc: A under 75 %, B under 95 %' want got

# Bought in months 0, 1 and 3; in month 0 alone; in 0 and 1.
file again.tsv 'ticket_id\tcustomer_id\tkind\topened_at\tamount
1\tA\torder\t2026-07-30\t1
2\tA\torder\t2026-08-01\t1
3\tA\tsale\t2026-10-31\t1
4\tB\torder\t2026-07-01\t1
5\tB\trepair\t2026-08-01\t
6\tC\torder\t2026-10-05\t1
7\tC\torder\t2026-11-05\t1
8\tC\torder\t2026-11-06\t1
'
# A target is one of this year, unless another time is named.
file year.tsv 'ticket_id\tcustomer_id\tkind\topened_at\tamount\tstatus
1\tA\tsale\t2025-12-31T23:59:59\t100\t
2\tA\tsale\t2026-01-01\t10\t
3\tA\torder\t2026-05-01\t7\tcancelled
4\tB\treturn\t2026-06-01\t3\t
5\tB\tsale\t2026-12-31\t50\t
'
file targets.tsv 'customer_id\towner\ttarget\nA\to\t50\nB\to\t20\n'
built progress 'owner\tsales\ttarget\tprogress\tto_go\tcustomers\no\t7.00\t70.00\t0.1\t63.00\t2
' -t year.tsv -c targets.tsv
built progress 'owner\tsales\ttarget\tprogress\tto_go\tcustomers\no\t100.00\t70.00\t1.4286\t-30.00\t2
' -t year.tsv -c targets.tsv --since=2025-01-01 --until=2025-12-31
printf 'report\tshow\nboth\ts = sum(sales); y = sum(year_sales)\n' >both.tsv
built both 's\ty\n107.00\t7.00\n' -t year.tsv -f both.tsv
built both 's\ty\n107.00\t107.00\n' -t year.tsv -f both.tsv --since=2025-12-01

built retention 'cohort\tcustomers.0\tcustomers.1\tcustomers.2\tcustomers.3\trate.0\trate.1\trate.2\trate.3
2026-07\t2\t1\t0\t1\t1\t0.5\t0\t0.5
2026-10\t1\t1\t\t\t1\t1\t\t
' -t again.tsv
built retention 'cohort\tcustomers.0\tcustomers.1\tcustomers.2\tcustomers.3\trate.0\trate.1\trate.2\trate.3
2026-07\t0\t0\t0\t1\t\t\t\t
2026-10\t1\t1\t\t\t1\t1\t\t
' -t again.tsv --since=2026-09-01
built retention 'cohort\tcustomers.1\tcustomers.2\tcustomers.3\trate.1\trate.2\trate.3
2026-07\t0\t0\t1\t\t\t
2026-10\t1\t\t\t\t\t
' -t again.tsv --since=2026-10-20

# Ten machines from January, 40 from March on; in April half of them break.
awk 'BEGIN { OFS = "\t"; print "ticket_id", "kind", "product", "opened_at", "quantity"
	print ++n, "install", "x", "2026-01-05", 10
	print ++n, "install", "x", "2026-03-05", 30
	for (i = 0; i < 1; i++) print ++n, "repair", "x", "2026-01-07", ""
	for (i = 0; i < 20; i++) print ++n, "repair", "x", "2026-04-07", ""
	print ++n, "repair", "y", "2026-02-01", ""
	print ++n, "sale", "y", "2026-02-02", "" ; print ++n, "sale", "y", "2026-02-03", 3; print ++n, "return", "y", "2026-02-04", "" }' >q.tsv
# x: 21 repairs / (10 + 10 + 40 + 40) = 21 a month of 100 machines; limits 21 +-
# 300 * sqrt(0.21 / 10) = 43.4741 and 300 * sqrt(0.21 / 40) = 21.7371
built quality 'product\tmonth\tinstalled\tsold\tbase\trepairs\trate\tcenter\tupper\tlower\tout
x\t2026-01\t10\t0\t10\t1\t10\t21\t64.4741\t0\t
x\t2026-02\t0\t0\t10\t0\t0\t21\t64.4741\t0\t
x\t2026-03\t30\t0\t40\t0\t0\t21\t42.7371\t0\t
x\t2026-04\t0\t0\t40\t20\t50\t21\t42.7371\t0\thigh
y\t2026-02\t0\t3\t3\t1\t33.3333\t11.1111\t68.8461\t0\t
y\t2026-03\t0\t0\t3\t0\t0\t11.1111\t68.8461\t0\t
y\t2026-04\t0\t0\t3\t0\t0\t11.1111\t68.8461\t0\t
' -t q.tsv
awk 'BEGIN { OFS = "\t"; print "ticket_id", "kind", "product", "opened_at"
	for (i = 0; i < 90; i++) print ++n, "install", "x", "2026-09-01"
	for (m = 9; m <= 11; m++) for (i = 0; i < (m > 9 ? 0 : 90); i++) print ++n, "repair", "x", sprintf("2026-%02d-02", m)
	print ++n, "repair", "x", "2026-11-03" }' >low.tsv
run crm-report --format=tsv -t low.tsv quality
cut -f 2,11 .out >got
printf 'month\tout\n2026-09\thigh\n2026-10\tlow\n2026-11\t\n' >want
same 'quality: a month that is not over yet is not low' want got

file jobs.tsv 'ticket_id\tkind\topened_at\tstatus\tstation\tpoints\tamount
1\trepair\t2026-01-01\tclosed\tS1\t10.005\t7
2\tinstall\t2026-01-01\tclosed\tS1\t10.015\t7
3\trepair\t2026-01-01\tclosed\tS2\t\t7.50
4\trepair\t2026-01-01\topen\tS2\t5\t7
5\tsurvey\t2026-01-01\tclosed\tS2\t5\t7
6\tdesign\t2026-01-01\tclosed\tS3\t\t
'
built settlement 'station\tjobs\tfees\tmean_fee\tshare
S1\t2\t20.02\t10.01\t72.7471
S2\t1\t7.50\t7.50\t27.2529
S3\t1\t0.00\t0.00\t0.0000
' -t jobs.tsv
cut -f 1-5,7 jobs.tsv >plain.tsv
built settlement 'station\tjobs\tfees\tmean_fee\tshare
S1\t2\t14.00\t7.00\t65.1163
S2\t1\t7.50\t7.50\t34.8837
S3\t1\t0.00\t0.00\t0.0000
' -t plain.tsv

file survey.tsv 'ticket_id\tref\tcustomer_id\tkind\topened_at\titem\tscore\texpected\tweight
1\tV1\tA\tsurvey\t2026-01-01\tspeed\t5\t4\t3
2\tV1\tA\tsurvey\t2026-01-01\tprice\t1\t3\t1
3\tV2\tB\tsurvey\t2026-01-01\tspeed\t3\t\t3
4\tV2\tB\tsurvey\t2026-01-01\tprice\t\t3\t1
5\tV3\tC\tsurvey\t2026-01-01\tprice\t4\t4\t
6\t\tC\trepair\t2026-01-01\tprice\t1\t4\t
'
# speed: 100 (3 * 4 + 3 * 2) / (4 * 6) = 75; price: 100 (0 + 3) / (4 * 2) = 37.5;
# all: 100 * 21 / (4 * 8) = 65.625
built csi 'item\tanswers\tweight\texpected\tperceived\tgap\tcsi\toverall
price\t2\t1\t3.5\t2.5\t-1\t37.5\t65.625
speed\t2\t3\t4\t4\t1\t75\t65.625
' -t survey.tsv

awk 'BEGIN { OFS = "\t"; print "ticket_id", "ref", "customer_id", "kind", "opened_at", "item", "score"
	for (v = 1; v <= 2; v++) for (i = 1; i <= 40; i++) print "v" v i, "V" v, "C" v, "survey", "2026-01-01", i, v + 2
	print "a", "", "C3", "survey", "2026-01-01", "Q07", 5
	print "b", "", "C3", "survey", "2026-01-01", "7.6", 5
	print "c", "", "C3", "survey", "2026-01-01", "other", 2
	print "d", "", "C3", "survey", "2026-01-01", "3", 6 }' >answers.tsv
built questionnaire 'category\tanswers\trespondents\tpoints\ttotal\tpercent
1\t15\t3\t18\t35\t51.4286
2\t10\t2\t17.5\t25\t70
3\t8\t2\t14\t20\t70
4\t14\t2\t24.5\t35\t70
5\t8\t2\t14\t20\t70
6\t14\t2\t24.5\t35\t70
7\t13\t3\t15.6667\t30\t52.2223
other\t1\t1\t2\t5\t40
' -t answers.tsv

file staff.tsv 'ticket_id\tref\tkind\topened_at\tclosed_at\tstatus\towner
1\t\tlead\t2026-09-01\t\topen\tW
2\t1\taction\t2026-09-10\t2026-09-10\tclosed\tW
3\t\tdeal\t2026-11-15\t\topen\tL
4\t\tlead\t2026-10-01\t\topen\tL
5\t4\tvisit\t2026-11-01\t\tclosed\tL
6\t\trepair\t2026-11-20\t\topen\tT
7\t\tlead\t2026-01-01\t\tclosed\tW
'
built activity 'owner\tactions_2w\tactions_1mo\tlast_action\tidle_days\tidle\tleads\twithout_action\tacted_rate
W\t0\t0\t2026-09-10T00:00:00\t72\ttrue\t1\t1\t0
L\t1\t2\t2026-11-15T00:00:00\t6\tfalse\t2\t0\t1
' -t staff.tsv

file serials.tsv 'serial\tproduct\nS1\tx\nS2\tx\nS3\ty\nS4\ty\nS5\ty\n'
file seen.tsv 'ticket_id\tcustomer_id\tkind\topened_at\tserial\tproduct\tbarcode
1\tA\tinstall\t2026-01-01\tS1\tx\t6901234567892
2\tA\trepair\t2026-01-02\tS1\tx\t
3\tA\tinstall\t2026-01-01\tS2\tx\t
4\tB\trepair\t2026-01-01\tS2\tx\t
5\tA\trepair\t2026-01-01\tS3\tx\t
6\tA\trepair\t2026-01-01\tS9\tx\t
7\tC\trepair\t2026-01-01\tS4\ty\t6901234567890
8\tC\trepair\t2026-01-01\t\ty\t6901234567890
9\tC\tinstall\t2026-01-01\tS5\ty\t
10\tC\tinstall\t2026-01-05\tS5\ty\t
'
built serials 'serial\ttickets\tcustomers\tunknown\tused_twice\twrong_product\tbad_check_digit
S2\t2\t2\tfalse\ttrue\tfalse\tfalse
S5\t2\t1\tfalse\ttrue\tfalse\tfalse
S3\t1\t1\tfalse\tfalse\ttrue\tfalse
S4\t1\t1\tfalse\tfalse\tfalse\ttrue
S9\t1\t1\ttrue\tfalse\tfalse\tfalse
' -t seen.tsv --serials=serials.tsv
run crm-report -t seen.tsv serials
expect 'serials: needs its file' 2 '' "crm-report: serials needs --serials=FILE; see 'crm-report --help'\n"
finish
