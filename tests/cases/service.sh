# What a customer service asks for, from the archive to lifetime value: one case
# or more for each, on records that can be counted by hand. crm(7) has the list.
. "$TESTS/lib.sh"

export CRM_AS_OF=2026-11-21T09:00 COLUMNS=100 LANG=C

# answers NAME OUT COMMAND...: the command prints OUT, and no message.
answers() {
	answer_name=$1 answer=$2
	shift 2
	run "$@"
	expect "$answer_name" 0 "$answer" ''
}

# list COLUMNS [ARGUMENT]...: these columns of the list for today.
list() {
	list_columns=$1
	shift
	crm-followup -q "$@" >.list && cut -f "$list_columns" .list
}

# ---- 1: the archive (客户档案), each change, the card of a customer ----

file first.csv '客户编号,姓名,客户类型,手机,客户经理\nC1,王芳,个人,138 1234 5678,赵\nC2,海天酒店,企业,0532-88939999转801,钱\n'
file second.csv '客户编号,客户经理,等级\nC2,孙,金卡\n'
crm-import -q --into=archive.tsv --journal=changes.tsv first.csv
answers 'an archive of persons and companies is kept up to date' '' \
	crm-import -q --into=archive.tsv --journal=changes.tsv second.csv
answers 'it has what was there, and what is new' \
	'customer_id\tname\ttype\tphone\towner\ttier
C1\t王芳\tperson\t+8613812345678\t赵\t
C2\t海天酒店\tcompany\t+8653288939999;ext=801\t孙\t金卡
' cat archive.tsv
answers 'every change is kept' 'key\tcolumn\told\tnew\nC2\towner\t钱\t孙\n' \
	sh -c 'crm-segment --where="not empty(old) and not empty(key)" changes.tsv | cut -f 3-6'
file sold.tsv 'ticket_id\tcustomer_id\tkind\topened_at\tamount\tstatus\nT1\tC2\torder\t2026-11-01T10:00:00\t900\t\nT2\tC1\torder\t2026-11-02T10:00:00\t5\t\n'
answers 'the card of a customer' 'of\tid\tfield\tvalue
customer\tC2\tcustomer_id\tC2
customer\tC2\tname\t海天酒店
customer\tC2\ttype\tcompany
customer\tC2\tphone\t+8653288939999;ext=801
customer\tC2\towner\t孙
customer\tC2\ttier\t金卡
ticket\tT1\tticket_id\tT1
ticket\tT1\tcustomer_id\tC2
ticket\tT1\tkind\torder
ticket\tT1\topened_at\t2026-11-01T10:00:00
ticket\tT1\tamount\t900
' crm-report --format=tsv --id=C2 -c archive.tsv -t sold.tsv card

# ---- 2: the ten kinds of calls, and suggestions and repair calls, by channel ----

file calls.csv '工单号,客户编号,类型,渠道,受理时间
T1,C1,咨询,电话,2026-11-01
T2,C1,导购,电话,2026-11-01
T3,C1,指导,微信,2026-11-01
T4,C1,服务登记,电话,2026-11-01
T5,C1,电话订购,电话,2026-11-01
T6,C1,电话销售,电话,2026-11-01
T7,C1,回访,电话,2026-11-01
T8,C1,提醒,电话,2026-11-01
T9,C1,调查,电话,2026-11-01
T10,C1,投诉,网站,2026-11-01
T11,C1,建议,邮件,2026-11-01
T12,C1,报修,电话,2026-11-01
T13,C1,投诉,电话,2026-11-01
'
crm-import -q -o calls.tsv calls.csv
answers 'all kinds of calls are counted by channel' 'year\tmonth\tkind\tmail\tphone\tweb\twechat
2026\t11\tadvise\t0\t1\t0\t0
2026\t11\tcallback\t0\t1\t0\t0
2026\t11\tcomplaint\t0\t1\t1\t0
2026\t11\tconsult\t0\t1\t0\t0
2026\t11\tguide\t0\t0\t0\t1
2026\t11\torder\t0\t1\t0\t0
2026\t11\tremind\t0\t1\t0\t0
2026\t11\trepair\t0\t2\t0\t0
2026\t11\tsale\t0\t1\t0\t0
2026\t11\tsuggest\t1\t0\t0\t0
2026\t11\tsurvey\t0\t1\t0\t0
' crm-report --format=tsv -t calls.tsv intake

# ---- 3: dispatch (派工) by region, product, skill and load; explained ----

file jobs.tsv 'ticket_id\tcustomer_id\tkind\tproduct\tstatus\topened_at\tstation
J1\tC1\tinstall\tAC\topen\t2026-11-20T08:00:00\t
J2\tC2\trepair\tAC\topen\t2026-11-20T08:01:00\t
J3\tC2\trepair\tTV\topen\t2026-11-20T08:02:00\t
J4\tC1\trepair\tTV\topen\t2026-11-20T08:03:00\t
J5\tC3\trepair\tTV\topen\t2026-11-20T08:04:00\t
'
file places.tsv 'customer_id\tname\tregion\nC1\t王芳\t青岛\nC2\t李雷\t青岛\nC3\t韩梅\t上海\n'
file send.tsv 'rule\twhen\tdue\taction
dispatch\tkind in ("install", "repair") and empty(station)\topened_at + 2h\tdispatch
'
file stations.tsv 'assignee\twhen\tcapacity
市南站\tregion == "青岛"\t3
空调班\tregion == "青岛" and product == "AC"\t1
'
for order in '' -r; do
	{ sed 1q jobs.tsv; sed 1d jobs.tsv | sort $order; } >jobs.in
	answers "each job goes to a station by region, product and load${order:+, in any order}" \
		'ticket_id\tassignee\twhy
J1\t市南站\tassignee 市南站 (0): region == "青岛" [region=青岛]; also 空调班 (0)
J2\t空调班\tassignee 空调班 (0): region == "青岛" and product == "AC" [region=青岛 product=AC]; also 市南站 (1)
J3\t市南站\tassignee 市南站 (1): region == "青岛" [region=青岛]
J4\t市南站\tassignee 市南站 (2): region == "青岛" [region=青岛]
J5\t\tnobody: no condition holds
' sh -c 'crm-followup -q --explain -c places.tsv -f send.tsv -r stations.tsv jobs.in |
		cut -f 11,15,17 | sed "s/\t[^\t]*opened_at=[^]]*\]; /\t/"'
done
sed 's/C3/C1/' jobs.tsv >more.tsv
answers 'where all are full, nobody' 'J5\tnobody: 市南站 (3 of 3)\n' sh -c '
	crm-followup -q --explain -c places.tsv -f send.tsv -r stations.tsv more.tsv |
		cut -f 11,15,17 | sed -n "s/\t\t.*; nobody/\tnobody/p"'

# ---- 4: the closed loop: 72 hours, 30 minutes, 24 hours (followup_rules.sh has
# each of these rules at its limit) ----

file loop.tsv 'ticket_id\tcustomer_id\tref\tkind\tstatus\topened_at\tclosed_at\tscore
R1\tC1\t\trepair\tclosed\t2026-11-17T08:00:00\t2026-11-18T09:00:00\t
R2\tC1\t\tinstall\tclosed\t2026-11-17T08:00:00\t2026-11-18T09:00:00\t
B2\tC1\tR2\tcallback\tclosed\t2026-11-19T09:00:00\t2026-11-19T09:05:00\t5
G1\tC1\t\tguide\tclosed\t2026-11-21T08:10:00\t2026-11-21T08:20:00\t
P1\tC1\t\tcomplaint\topen\t2026-11-20T10:00:00\t\t
P2\tC1\t\tcomplaint\topen\t2026-11-20T10:00:00\t\t
A2\tC1\tP2\treply\t\t2026-11-20T11:00:00\t\t
S1\tC1\t\tsuggest\topen\t2026-11-20T10:00:00\t\t
R3\tC1\t\trepair\topen\t2026-11-20T12:00:00\t\t
'
answers 'callbacks and replies that are due' 'due_at\trule\tticket_id
2026-11-21T08:50:00\tguidance\tG1
2026-11-21T09:00:00\tcallback\tR1
2026-11-21T10:00:00\treply\tP1
2026-11-21T10:00:00\treply\tS1
2026-11-21T12:00:00\treply\tR3
' list 1,4,11 loop.tsv
answers 'how the promises were kept' \
	'kind\treply_due\treply_24h\tcallback_due\tcallback_72h\tguide_due\tguide_30m
complaint\t1\t1\t0\t0\t0\t0
guide\t0\t0\t0\t0\t1\t0
install\t0\t0\t1\t1\t0\t0
repair\t1\t0\t0\t0\t0\t0
suggest\t0\t0\t0\t0\t0\t0
' sh -c 'crm-report -q --format=tsv -t loop.tsv sla | cut -f 1,3,4,6,7,9,10'

# ---- 5: one ticket all the way (一票到底) ----

file way.tsv 'ticket_id\tcustomer_id\tref\tkind\tstatus\topened_at\tclosed_at\tdue_at\towner
A\tC1\t\trepair\topen\t2026-11-20T15:00:00\t\t\t
B\tC1\t\trepair\topen\t2026-11-20T14:00:00\t\t\t李
B1\tC1\tB\thandover\t\t2026-11-20T15:00:00\t\t\t王
B2\tC1\tB\thandover\t\t2026-11-20T16:00:00\t\t\t张
B3\tC1\tB\thandover\t\t2026-11-20T17:00:00\t\t\t赵
D\tC1\t\trepair\twaiting\t2026-11-10T08:00:00\t\t\t王
D1\tC1\tD\treply\t\t2026-11-10T09:00:00\t\t\t王
E\tC1\t\tinstall\tclosed\t2026-11-10T08:00:00\t2026-11-11T08:00:00\t\t王
F\tC1\t\tinstall\topen\t2026-11-20T14:00:00\t\t2026-11-20T18:00:00\t王
'
answers 'no owner, handed over too often, stuck, late, closed without a callback' \
	'due_at\trule\tticket_id
2026-11-14T08:00:00\tcallback\tE
2026-11-17T09:00:00\tstuck\tD
2026-11-20T15:00:00\towner\tA
2026-11-20T17:00:00\thandovers\tB
2026-11-20T18:00:00\tdeadline\tF
' list 1,4,11 --within=0h way.tsv
answers 'how often tickets were handed over' \
	'handovers\ttickets\tshare\n0\t4\t80.0000\n3\t1\t20.0000\n' \
	crm-report --format=tsv -t way.tsv handovers

# ---- 6: what waits for spare parts (备件), how long, which run short ----

file parts.tsv 'ticket_id\tcustomer_id\tref\tkind\tproduct\titem\tquantity\tstatus\topened_at\tclosed_at
R1\tC1\t\trepair\tAC\t\t\topen\t2026-11-18T08:00:00\t
P1\tC1\tR1\tpart\tAC\t电机\t1\topen\t2026-11-18T09:00:00\t
P2\tC1\tR1\tpart\tAC\t电机\t2\twaiting\t2026-11-20T09:00:00\t
P3\tC2\tR0\tpart\tAC\t电机\t1\tclosed\t2026-11-01T09:00:00\t2026-11-02T09:00:00
P4\tC2\tR0\tpart\tTV\t保险丝\t1\tclosed\t2026-11-01T09:00:00\t2026-11-01T10:00:00
'
answers 'parts: waiting, how long, which run short' \
	'product\tpart\trequested\twaiting\tquantity\tmean_hours\tlongest_hours
AC\t电机\t3\t2\t4\t24\t72
TV\t保险丝\t1\t0\t1\t1\t1
' crm-report --format=tsv -t parts.tsv parts
answers 'parts that are waited for longer than three days' \
	'due_at\tticket_id\ttext\n2026-11-21T09:00:00\tP1\tThe part P1 for R1 is waited for since 2026-11-18T09:00:00.\n' \
	sh -c 'crm-followup -q parts.tsv | crm-segment --where="rule == \"part\"" | cut -f 1,11,16'

# ---- 7: serial numbers (序列号) and counterfeits (伪冒) ----

file made.tsv 'serial\tproduct\nS1\tAC\nS2\tAC\nS3\tTV\nS4\tTV\n'
file serials.tsv 'ticket_id\tcustomer_id\tkind\tproduct\tserial\tbarcode\topened_at
T1\tC1\tinstall\tAC\tS1\t6901234567892\t2026-11-01
T2\tC1\trepair\tAC\tS1\t6901234567892\t2026-11-02
T3\tC1\tinstall\tAC\tS2\t\t2026-11-01
T4\tC2\tinstall\tAC\tS2\t\t2026-11-03
T5\tC1\trepair\tAC\tS3\t\t2026-11-03
T6\tC1\trepair\tTV\tS9\t\t2026-11-03
T7\tC1\trepair\tTV\tS4\t6901234567893\t2026-11-03
'
answers 'serial numbers: unknown, used twice, of another product, a bad check digit' \
	'serial\ttickets\tcustomers\tunknown\tused_twice\twrong_product\tbad_check_digit
S2\t2\t2\tfalse\ttrue\tfalse\tfalse
S3\t1\t1\tfalse\tfalse\ttrue\tfalse
S4\t1\t1\tfalse\tfalse\tfalse\ttrue
S9\t1\t1\ttrue\tfalse\tfalse\tfalse
' crm-report --format=tsv --serials=made.tsv -t serials.tsv serials

# ---- 8: faults and what solved them (知识库) ----

file faults.tsv 'ticket_id\tcustomer_id\tkind\tproduct\tfault\tstatus\topened_at\tclosed_at\tnote
T1\tC1\trepair\tTV\t黑屏\tclosed\t2026-11-01T08:00:00\t2026-11-01T10:00:00\t换保险丝
T2\tC1\trepair\tTV\t黑屏\tclosed\t2026-11-02T08:00:00\t2026-11-02T12:00:00\t换保险丝
T3\tC1\trepair\tTV\t黑屏\tclosed\t2026-11-03T08:00:00\t2026-11-03T09:00:00\t换主板
T4\tC1\trepair\tAC\t漏水\topen\t2026-11-03T08:00:00\t\t换水管
'
answers 'which faults on which product' \
	'product\tfault\tn\tshare\tcumshare\nTV\t黑屏\t3\t75.0000\t75.0000\nAC\t漏水\t1\t25.0000\t100.0000\n' \
	crm-report --format=tsv -t faults.tsv faults
answers 'what solved them' 'product\tfault\tsolution\tn\tshare\tmedian_hours
TV\t黑屏\t换保险丝\t2\t66.6667\t3
TV\t黑屏\t换主板\t1\t33.3333\t1
' crm-report --format=tsv -t faults.tsv solutions
sed '1s/note/solution/' faults.tsv >solutions.tsv
answers 'what solved them, in a column of its own' 'solution\tn\n换保险丝\t2\n换主板\t1\n' \
	sh -c 'crm-report --format=tsv -t solutions.tsv solutions | cut -f 3,4'

# ---- 9: assessment (考核) and settlement (结算) ----

file work.tsv 'ticket_id\tcustomer_id\tref\tkind\tstatus\topened_at\tdue_at\tclosed_at\tstation\towner\tamount\tscore
T1\tC1\t\trepair\tclosed\t2026-11-01T08:00:00\t2026-11-02T08:00:00\t2026-11-01T18:00:00\tS1\t李\t33.333\t
T2\tC1\t\trepair\tclosed\t2026-11-01T08:00:00\t2026-11-01T12:00:00\t2026-11-01T18:00:00\tS1\t李\t33.333\t
T3\tC1\t\tinstall\topen\t2026-11-01T08:00:00\t\t\tS1\t王\t\t
T4\tC1\t\tinstall\tclosed\t2026-11-01T08:00:00\t2026-11-02T08:00:00\t2026-11-01T18:00:00\tS2\t张\t33.335\t
B1\tC1\tT1\tcallback\t\t2026-11-02T08:00:00\t\t\tS1\t李\t\t5
B2\tC1\tT2\tcallback\t\t2026-11-02T08:00:00\t\t\tS1\t李\t\t2
X1\tC1\t\tcomplaint\topen\t2026-11-03T08:00:00\t\t\tS1\t李\t\t
'
# S1: 30 * 2/3 closed, 30 * 1/2 on time, 30 * 1/2 content, 10 - 2; S2: 30, 30, 10
answers 'a score card with explained points' 'station\tscore\tgrade\twhy
S1\t58\tfail\tclosed +20; on time +15; satisfied +15; no complaint +8
S2\t70\tpass\tclosed +30; on time +30; no complaint +10
' sh -c 'crm-score -q --by=station --card=@station --explain -t work.tsv | cut -f 1,19-'
answers 'and of technicians' 'owner\tscore\tgrade\n张\t70\tpass\n李\t68\tfail\n王\t10\tfail\n' \
	sh -c 'crm-score -q --by=owner --card=@station -t work.tsv | cut -f 1,19-'
# 33.33 + 33.33 and 33.34 (33.335 to even); the total of all is the sum of these
answers 'settlement to the cent' 'station\tjobs\tfees\tmean_fee\tshare
S1\t2\t66.66\t33.33\t66.6600
S2\t1\t33.34\t33.34\t33.3400
' crm-report --format=tsv -t work.tsv settlement
file fees.tsv 'rule\twhen\tpoints\tgrade\nrepair\tkind == "repair" and status == "closed"\t40\t\ninstall\tkind == "install" and status == "closed"\t60.5\t\nlate\tstatus == "closed" and closed_at > due_at\t-10\t\n'
answers 'settlement by a card of fees' 'station\tjobs\tfees\nS1\t2\t70.00\nS2\t1\t60.50\n' sh -c '
	crm-score -q --of=tickets --card=fees.tsv -t work.tsv |
		crm-report --format=tsv settlement | cut -f 1-3'

# ---- 10: fault rates by product and month, with limits ----

# 10 machines are installed before May and 2 repairs follow in each month; then
# 30 in August, which is above 4.0 + 3 sqrt(...) of 10 machines.
awk 'BEGIN {
	OFS = "\t"
	print "ticket_id", "customer_id", "kind", "product", "status", "opened_at"
	for (i = 1; i <= 10; i++)
		print "I" i, "C" i, "install", "TV", "closed", "2026-04-01"
	for (month = 5; month <= 8; month++)
		for (i = 1; i <= (month == 8 ? 30 : 2); i++)
			print "R" month "-" i, "C1", "repair", "TV", "closed", "2026-0" month "-10"
}' >fleet.tsv
# Centre: 36 repairs of 5 * 10 machines: 72 %; limits 72 +- 3 sqrt(72 * 100 / 10).
answers 'fault rates that are out of line' \
	'month\tbase\trepairs\trate\tcenter\tupper\tlower\tout
2026-04\t10\t0\t0\t72\t152.4984\t0\t
2026-05\t10\t2\t20\t72\t152.4984\t0\t
2026-06\t10\t2\t20\t72\t152.4984\t0\t
2026-07\t10\t2\t20\t72\t152.4984\t0\t
2026-08\t10\t30\t300\t72\t152.4984\t0\thigh
' sh -c 'crm-report --format=tsv --as-of=2026-08-31 -t fleet.tsv quality | cut -f 2,5-'

# ---- 11: satisfaction (满意度): items, weights, expected and perceived ----

file asked.tsv 'ticket_id\tcustomer_id\tkind\titem\tscore\texpected\tweight\topened_at
T1\tC1\tsurvey\t质量\t5\t4\t3\t2026-11-01
T2\tC2\tsurvey\t质量\t3\t5\t3\t2026-11-01
T3\tC1\tsurvey\t价格\t2\t3\t1\t2026-11-01
T4\tC2\tsurvey\t态度\t5\t\t1\t2026-11-01
'
# 质量: 100 * 3 * (4 + 2) / (4 * 6); 价格: 100 * 1/4; 态度: 100; all: 100 * (18 + 1
# + 4) / (4 * 8)
answers 'the index, item by item, and the gap' \
	'item\tanswers\tweight\texpected\tperceived\tgap\tcsi\toverall
价格\t1\t1\t3\t2\t-1\t25\t71.875
态度\t1\t1\t\t5\t\t100\t71.875
质量\t2\t3\t4.5\t4\t-0.5\t75\t71.875
' crm-report --format=tsv -t asked.tsv csi
for chart in radar bar line; do
	crm-report --print-definition=csi | sed "2s/\tradar\t/\t$chart\t/" >drawn.tsv
	run crm-report -f drawn.tsv --format=svg -t asked.tsv csi
	true_that "a picture: $chart" sh -c "[ $status = 0 ] && grep -q '^<svg' .out &&
		grep -q '质量' .out && [ ! -s .err ]"
	mv .out "$chart.svg"
done
true_that 'and these are three pictures' sh -c '! cmp -s radar.svg bar.svg && ! cmp -s bar.svg line.svg'

# ---- 12: segments (细分): value, life cycle, level, RFM, who moved ----

file people.tsv 'customer_id\tname\nC1\t王芳\nC2\t李雷\nC3\t韩梅\nC4\t赵敏\n'
file bought.tsv 'ticket_id\tcustomer_id\tkind\tamount\topened_at
T1\tC1\torder\t60000\t2026-11-10T10:00:00
T2\tC1\torder\t300\t2026-11-15T10:00:00
T3\tC2\torder\t9000\t2026-05-01T10:00:00
T4\tC3\torder\t20000\t2026-11-01T10:00:00
'
crm-score -q -t bought.tsv people.tsv >figures.tsv
answers 'RFM and its classes' 'name\trfm\tsegment
王芳\t444\timportant-value
李雷\t111\tgeneral-retain
韩梅\t212\tgeneral-retain
赵敏\t\t
' sh -c 'crm-segment --preset=rfm figures.tsv | cut -f 2,11-'
answers 'the stages of life' 'name\tsegment\n王芳\tactive\n李雷\tsleeping\n韩梅\tnew\n赵敏\tprospect\n' \
	sh -c 'crm-segment --preset=lifecycle figures.tsv | cut -f 2,12'
answers 'levels' 'name\tsegment\n王芳\tgold\n李雷\tbronze\n韩梅\tsilver\n赵敏\t\n' \
	sh -c 'crm-segment --preset=tier figures.tsv | cut -f 2,12'
crm-score -q --as-of=2026-11-09 -t bought.tsv people.tsv |
	crm-segment --preset=lifecycle >then.tsv
answers 'who moved since then' 'name\tsegment\twas\tmove
王芳\tactive\tprospect\tmoved
李雷\tsleeping\tsleeping\tstayed
韩梅\tnew\tnew\tstayed
赵敏\tprospect\tprospect\tstayed
' sh -c 'crm-segment --preset=lifecycle --was=then.tsv figures.tsv | cut -f 2,12-'
answers 'new and old customers' \
	'customers\tbuyers\tnew\treturning\treturning_rate\torders\tsales\tsales_per_buyer\tsales_per_order
4\t3\t2\t1\t0.3333\t4\t89300.00\t29766.6667\t22325.00
' crm-report --format=tsv -c people.tsv -t bought.tsv customers

# ---- 13: trade (客户交易业绩分析): report_trade.sh has composition, abc, share,
# products, season and target on figures that are counted by hand; here the
# limits of 75 %, 20 % and 5 % themselves ----

file trade.tsv 'customer_id\ttrade\tspend
C1\t酒店\t50\nC2\t酒店\t25\nC3\t酒店\t10\nC4\t酒店\t10\nC5\t酒店\t5\nC6\t学校\t1\nC7\t学校\t0\n'
# C3 begins at 75 %: B; C3 and C4 are equal, from 75 to 95 %; C5 begins at 95 %: C.
answers 'ABC inside each trade' 'customer_id\tabc\tshare\tcumshare
C1\tA\t50.0000\t50.0000
C2\tA\t25.0000\t75.0000
C3\tB\t10.0000\t85.0000
C4\tB\t10.0000\t95.0000
C5\tC\t5.0000\t100.0000
C6\tA\t100.0000\t100.0000
C7\tC\t0.0000\t100.0000
' sh -c 'crm-segment --abc=spend --by=trade trade.tsv | cut -f 1,4-'

# ---- 14: early warnings (预警) ----

file watch.tsv 'customer_id\tname\tcredit_limit\tbalance\ttarget
C1\t海天\t50000\t50000.01\t
C2\t新星\t50000\t50000\t
C3\t东方\t\t\t1200
C4\t中兴\t\t\t1200
C5\t四季\t\t\t
'
# Ten months of twelve are over: 1000 of 1200 are behind them.
file sales.tsv 'ticket_id\tcustomer_id\tkind\tamount\tstatus\topened_at
T1\tC3\torder\t999.99\t\t2026-11-15
T2\tC4\torder\t1000\t\t2026-11-15
T3\tC3\torder\t500\tcancelled\t2026-11-15
T4\tC5\torder\t10\t\t2026-05-25
'
answers 'arrears, sales behind, customers being lost' 'due_at\trule\tname\ttext
2026-11-01T00:00:00\tprogress\t东方\t东方 is behind the target of 1200 this year.
2026-11-16T00:00:00\tarrears\t海天\t海天 owes 50000.01, the limit is 50000.
2026-11-21T00:00:00\tlost\t四季\t四季 has bought nothing for half a year.
' sh -c 'crm-followup -q -c watch.tsv sales.tsv |
	crm-segment --where="rule in (\"arrears\", \"progress\", \"lost\", \"silent\")" | cut -f 1,4,8,16'
answers 'beyond the credit limit, in figures' \
	'customer_id\tname\towed\tlimit\tbeyond\nC1\t海天\t50000.01\t50000.00\t0.01\n' sh -c '
	sed "1s/$/	owner/; 2,\$s/$/	钱/" watch.tsv >owned.tsv
	crm-report --format=tsv -c owned.tsv credit | cut -f 1,2,4-6'
file rhythm.tsv 'ticket_id\tcustomer_id\tkind\tstatus\topened_at\nT1\tC1\torder\t\t2026-07-22T00:00:00\nT2\tC1\torder\t\t2026-08-21T00:00:00\nT3\tC1\torder\t\t2026-09-20T00:00:00\n'
answers 'silent for twice the usual time' 'due_at\trule\n2026-11-19T00:00:00\tsilent\n' list 1,4 -c people.tsv rhythm.tsv

# ---- 15: sales process: a monthly action, idle staff, stages, visits ----

file leads.tsv 'ticket_id\tcustomer_id\tref\tkind\tstage\tstatus\towner\topened_at\tdue_at\tclosed_at\tamount
L1\tC1\t\tlead\t初步接触\topen\t李\t2026-08-01T09:00:00\t\t\t50000
A1\tC1\tL1\taction\t\t\t李\t2026-10-21T09:00:00\t\t\t
L2\tC2\t\tlead\t方案报价\topen\t王\t2026-08-01T09:00:00\t\t\t50000
A2\tC2\tL2\taction\t\t\t王\t2026-11-20T09:00:00\t\t\t
V1\tC2\t\tvisit\t\topen\t王\t2026-11-19T09:00:00\t2026-11-21T15:00:00\t\t
X1\tC3\t\tconsult\t\tclosed\t张\t2026-11-07T09:00:00\t\t\t
'
answers 'leads without an action for a month, idle staff, planned visits' \
	'due_at\trule\tticket_id\towner
2026-11-04T09:00:00\tidle\t\t李
2026-11-21T09:00:00\tmonthly\tL1\t李
2026-11-21T09:00:00\tidle\t\t张
2026-11-21T15:00:00\tvisit\tV1\t王
' list 1,4,11,14 leads.tsv
answers 'stages' 'kind\tstage\tn\tamount\nlead\t初步接触\t1\t50000.00\nlead\t方案报价\t1\t50000.00\n' \
	sh -c 'crm-report --format=tsv -t leads.tsv funnel | cut -f 1-4'
answers 'what each did' 'owner\tactions_2w\tactions_1mo\tidle\tleads\twithout_action
李\t0\t0\ttrue\t1\t1
王\t2\t2\tfalse\t1\t0
' sh -c 'crm-report --format=tsv -t leads.tsv activity | cut -f 1-3,6-8'
file stage.csv 'ticket_id,customer_id,kind,opened_at,stage\nL1,C1,lead,2026-08-01,初步接触\n'
crm-import -q --into=stages.tsv --journal=moves.tsv stage.csv
sed 's/初步接触/方案报价/' stage.csv | crm-import -q --as-of=2026-11-22 --into=stages.tsv --journal=moves.tsv
answers 'who moved forward, and when' 'at\tkey\told\tnew\n2026-11-22T00:00:00\tL1\t初步接触\t方案报价\n' \
	sh -c 'crm-segment --where="column == \"stage\" and not empty(old)" moves.tsv | cut -f 1,3,5,6'

# ---- 16: care (关怀), and who does not want it ----

file cared.tsv 'customer_id\tname\tbirthday\ttier\tcreated_at\tno_contact
C1\t王芳\t1990-11-22\t\t2020-01-01\t
C2\t李雷\t--11-22\t\t2020-01-01\tphone
C3\t韩梅\t\t金卡\t2026-08-23T09:00:00\t
C4\t赵敏\t\t\t2020-01-01\tmail
'
file products.tsv 'product\twarranty\tseason\nAC\t36\t11-28\nTV\t12\t\n'
file owned.tsv 'ticket_id\tcustomer_id\tref\tkind\tproduct\tstatus\topened_at\tclosed_at
T1\tC4\t\tinstall\tTV\tclosed\t2022-11-20T08:00:00\t2022-11-22T00:00:00
T2\tC4\t\tinstall\tTV\tclosed\t2025-12-20T08:00:00\t2025-12-22T09:00:00
T3\tC4\t\tinstall\tAC\tclosed\t2026-06-20T08:00:00\t2026-06-22T09:00:00
T4\tC2\t\tinstall\tAC\tclosed\t2026-06-20T08:00:00\t2026-06-22T09:00:00
T5\tC4\t\torder\tTV\tclosed\t2026-11-15T08:00:00\t2026-11-15T08:00:00
B1\tC4\tT1\tcallback\t\t\t2022-11-23T08:00:00\t
B2\tC4\tT2\tcallback\t\t\t2025-12-23T08:00:00\t
B3\tC4\tT3\tcallback\t\t\t2026-06-23T08:00:00\t
B4\tC2\tT4\tcallback\t\t\t2026-06-23T08:00:00\t
'
crm-followup -q -c cared.tsv --products=products.tsv --suppressed=quiet.tsv -o care.tsv owned.tsv
answers 'birthdays, of products too, warranty, season, after a purchase, VIP' \
	'due_at\trule\tname\tticket_id
2026-11-21T00:00:00\tseason\t赵敏\tT3
2026-11-21T09:00:00\tvip\t韩梅\t
2026-11-22T00:00:00\tbirthday\t王芳\t
2026-11-22T00:00:00\tproduct birthday\t赵敏\tT1
2026-11-22T08:00:00\tafter purchase\t赵敏\tT5
2026-11-22T09:00:00\twarranty\t赵敏\tT2
' cut -f 1,4,8,11 care.tsv
answers 'and not to who does not want to be called' 'rule\tname\tticket_id\treason
season\t李雷\tT4\tno_contact
birthday\t李雷\t\tno_contact
' cut -f 4,8,11,17 quiet.tsv
answers 'holidays' 'due_at\trule\tname\n2027-01-01T00:00:00\tnew year\t韩梅\n' sh -c '
	crm-followup -q --as-of=2026-12-31T09:00 -c cared.tsv owned.tsv |
		crm-segment --where="rule == \"new year\"" | cut -f 1,4,8'

# ---- 17: exchange with dealers, provinces and the group (两级系统);
# report_part.sh and score_partial.sh have all reports and figures ----

printf '工单号;客户编号;类型;受理时间;金额\r\nE1;C1;销售;2026年11月2日;"1.200,5"\r\nE2;C1;销售;2026/11/3;¥1,200.50\r\n' |
	iconv -f UTF-8 -t GB18030 >dealer.csv
run crm-import -k tickets --rejects=back.tsv dealer.csv
expect "a dealer's file comes in clean, and what is wrong goes back" 1 \
	'ticket_id\tcustomer_id\tkind\topened_at\tamount\nE2\tC1\tsale\t2026-11-03\t1200.50\n' \
	'crm-import: dealer.csv:2: 金额: not a number: "1.200,5"
crm-import: 2 read = 1 created + 0 updated + 0 unchanged + 1 rejected (tickets, gb18030, semicolon)
'
{ sed 1q bought.tsv; sed -n 2,3p bought.tsv; } >east.tsv
{ sed 1q bought.tsv; sed -n 4,5p bought.tsv; } >west.tsv
for part in east west; do
	crm-score -q --partial -t $part.tsv -o $part.figures
	crm-report -q --partial -t $part.tsv -o $part.sales season
done
answers 'provinces count, the group merges: figures of customers' '@figures.tsv' \
	crm-score -q --merge -t west.figures -t east.figures people.tsv
crm-report -q --format=tsv -t bought.tsv -o whole.tsv season
answers 'and reports' '@whole.tsv' \
	crm-report -q --merge --format=tsv -t west.sales -t east.sales season

# ---- 18: loyalty: 回头率, 客单价 (12 above), retention, points, levels ----

file back.tsv 'ticket_id\tcustomer_id\tkind\tamount\topened_at\nT1\tC1\torder\t1\t2026-05-01\nT2\tC1\torder\t1\t2026-08-10\nT3\tC2\torder\t1\t2026-05-20\nT4\tC3\torder\t1\t2026-09-01\n'
answers 'retention by month of the first purchase' \
	'cohort\tcustomers.0\tcustomers.1\tcustomers.2\tcustomers.3\trate.0\trate.1\trate.2\trate.3
2026-05\t2\t0\t0\t1\t1\t0\t0\t0.5
2026-09\t1\t0\t0\t\t1\t0\t0\t
' crm-report --format=tsv -t back.tsv retention
file points.tsv 'rule\twhen\tpoints\tgrade\nspend\torders > 0\tfloor(spend / 10)\t\nfaithful\torders >= 2\t100\t\n\tscore >= 5000\t\tgold\n\tscore >= 1000\t\tsilver\n'
answers 'points, and levels by them' 'name\tscore\tgrade\twhy
王芳\t6130\tgold\tspend +6030; faithful +100
李雷\t900\t\tspend +900
韩梅\t2000\tsilver\tspend +2000
赵敏\t0\t\t
' sh -c 'crm-score -q --card=points.tsv --explain -t bought.tsv people.tsv | cut -f 2,12-'

# ---- 19: questionnaires: 40 answers in seven categories ----

awk 'BEGIN {
	OFS = "\t"
	print "ticket_id", "customer_id", "kind", "item", "score", "opened_at"
	for (i = 1; i <= 40; i++)
		print "Q" i, "C1", "survey", i, i <= 7 ? 5 : i <= 12 ? 4 : 3, "2026-11-01"
}' >forty.tsv
# 7 * 5 of 35, 5 * 4 of 25, then 3 of 5 everywhere; 35 + 20 + 28 * 3 = 139 of 200.
answers 'seven categories' 'category\tanswers\trespondents\tpoints\ttotal\tpercent
1\t7\t1\t35\t35\t100
2\t5\t1\t20\t25\t80
3\t4\t1\t12\t20\t60
4\t7\t1\t21\t35\t60
5\t4\t1\t12\t20\t60
6\t7\t1\t21\t35\t60
7\t6\t1\t18\t30\t60
' crm-report --format=tsv -t forty.tsv questionnaire
answers 'and the grade of all' 'name\tscore\tgrade\n王芳\t139\tfail\n' sh -c '
	crm-score -q --card=@selftest -t forty.tsv people.tsv |
		crm-segment --where="score > 0" | cut -f 2,12,13'

# ---- 20: privacy (隐私): masked output, private files, consent ----

file secret.csv '客户编号,姓名,手机,免打扰\nC1,王芳,13812345678,电话\n'
umask 022
crm-import -q --into=secret.tsv secret.csv
answers 'files are private' '-rw-------\n' sh -c 'ls -l secret.tsv | cut -c 1-10'
file looser.csv '客户编号,免打扰\nC1,邮件\n'
crm-import -q --into=secret.tsv looser.csv
answers 'an import cannot loosen a consent' \
	'customer_id\tname\tphone\tno_contact\nC1\t王芳\t+8613812345678\tphone,mail\n' cat secret.tsv
answers 'lists are masked' 'name\tphone\n王*\t+86138****5678\n' sh -c '
	sed "s/phone,mail$//" secret.tsv >open.tsv
	crm-followup -q --mask -c open.tsv loop.tsv | sed 3,\$d | cut -f 8,9'
run crm-report --format=tsv --mask --id=C1 -c secret.tsv -t loop.tsv card
true_that 'and so are reports' sh -c 'grep -q "name	王\*" .out && ! grep -q 王芳 .out &&
	! grep -q 12345678 .out'

# ---- 21: what each manager has to do today (工作计划), and did (绩效) ----

answers 'what one has to do' 'due_at\trule\tticket_id\n2026-11-21T15:00:00\tvisit\tV1\n' sh -c '
	crm-followup -q leads.tsv | crm-segment --where="owner == \"王\"" | cut -f 1,4,11'
answers 'what each has done' 'owner\ttickets\tclosed\n李\t1\t0\n张\t1\t1\n王\t2\t0\n' sh -c '
	crm-report --format=tsv -t leads.tsv owners | cut -f 1-3 | sort -k1,1r >o
	{ grep owner o; grep 李 o; grep 张 o; grep 王 o; }'

# ---- 22: lifetime value: clv_cdnow.c and score_clv.sh hold the models against
# the published figures. Here a customer with x = 2, t_x = 213 / 7, T = 272 / 7, by
# the formulas; the published point has 30.43 and 38.86 (0.726609, 1.225907) ----

file model.tsv 'model\tparameter\tvalue\tstderr
bgnbd\tr\t0.242595\t\nbgnbd\talpha\t4.413602\t\nbgnbd\ta\t0.792922\t\nbgnbd\tb\t2.425907\t
gammagamma\tp\t6.249572\t\ngammagamma\tq\t3.744225\t\ngammagamma\tgamma\t15.443523\t
'
file once.tsv 'ticket_id\tcustomer_id\tkind\tamount\topened_at
T1\tC1\torder\t10\t2026-01-01\nT2\tC1\torder\t10\t2026-02-01\nT3\tC1\torder\t10\t2026-08-02\n'
answers 'lifetime value by stored parameters' \
	'customer_id\talive\texpected\nC1\t0.726620\t1.225995\nC2\t\t\nC3\t\t\nC4\t\t\n' sh -c '
	crm-score -q --clv=bgnbd --model=model.tsv --horizon=39w --as-of=2026-09-30 -t once.tsv people.tsv |
		cut -f 1,12,13'

# ---- crm(7) leads to every report, rule and card ----

{
	crm-report --list | sed 1d | cut -f 1
	crm-followup --print-rules | sed 1d | cut -f 1
	crm-score --card=@ 2>&1 </dev/null | grep -o '@[a-z][a-z]*'
	for preset in rfm lifecycle tier; do
		crm-segment --preset=$preset --print-rules >/dev/null && echo $preset
	done
} >names
true_that 'reports, rules and cards are many' \
	sh -c '[ "$(wc -l <names)" -gt 60 ] && grep -qx @selftest names'
for page in crm.7 zh_CN/crm.7; do
	sed '/^\.Sh EXAMPLES/,$d; /^\.Sh 例子/,$d' "$TESTS/../man/$page" |
		tr -c 'a-z@ \n' ' ' | sed 's/^/ /; s/$/ /' >map
	answers "$page leads to all of them" '' sh -c '
		while IFS= read -r name; do
			grep -q " $name " map || echo "$name"
		done <names'
done

finish
