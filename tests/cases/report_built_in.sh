. "$TESTS/lib.sh"
# crm-report: the built-in definitions, on records that can be counted by hand.
export CRM_AS_OF=2026-02-01 COLUMNS=80
file t.tsv 'ticket_id\tcustomer_id\tref\tkind\tchannel\topened_at\tdue_at\tclosed_at\tstatus\tscore\tamount\tproduct\tfault\tquantity\tstage\towner\tstation
R1\tC1\t\trepair\tphone\t2026-01-01T08:00\t2026-01-02T08:00\t2026-01-01T20:00\tclosed\t\t\t冰箱\t漏水\t\t\t王\tS1
b1\tC1\tR1\tcallback\tphone\t2026-01-02T20:00\t\t\tclosed\t5\t\t\t\t\t\t\t
R2\tC1\t\trepair\tweb\t2026-01-03T08:00\t2026-01-04T08:00\t2026-01-05T08:00\tclosed\t\t\t冰箱\t漏水\t\t\t王\tS1
b2\tC1\tR2\tcallback\tphone\t2026-01-06T08:00\t\t\topen\t\t\t\t\t\t\t\t
h2\tC1\tR2\thandover\t\t2026-01-04T08:00\t\t\t\t\t\t\t\t\t\t李\t
R3\tC2\t\trepair\tphone\t2026-01-31T20:00\t\t\topen\t\t\t电视\t黑屏\t\t\t李\tS2
I1\tC2\t\tinstall\tphone\t2026-01-10T08:00\t2026-01-11\t2026-01-10T18:00\tclosed\t\t\t电视\t\t\t\t李\tS2
b3\tC2\tI1\tcallback\tphone\t2026-01-15T08:00\t\t\t\t2\t\t\t\t\t\t\t
G1\tC3\t\tguide\tphone\t2026-01-10T08:00\t\t2026-01-10T08:10\tclosed\t\t\t\t\t\t\t\t
b4\tC3\tG1\tcallback\tphone\t2026-01-10T08:25\t\t\tclosed\t4\t\t\t\t\t\t\t
Q1\tC3\t\tcomplaint\tmail\t2026-01-10T08:00\t\t\topen\t\t\t\t\t\t\t\t
y1\tC3\tQ1\treply\tmail\t2026-01-11T08:00\t\t\tclosed\t\t\t\t\t\t\t\t
Q2\tC3\t\tcomplaint\t\t2025-12-20T08:00\t\t\topen\t\t\t\t\t\t\t\t
P1\tC1\tR2\tpart\t\t2026-01-03T10:00\t\t2026-01-04T10:00\tclosed\t\t\t压缩机\t\t2\t\t\t
P2\tC2\tR3\tpart\t\t2026-01-31T21:00\t\t\twaiting\t\t\t压缩机\t\t1\t\t\t
O1\tC1\t\torder\tweb\t2026-01-01\t\t\t\t\t100\t冰箱\t\t\t\t\t
O2\tC1\t\tsale\tweb\t2026-01-02\t\t\t\t\t50\t电视\t\t\t\t\t
O3\tC1\t\treturn\tweb\t2026-01-03\t\t\t\t\t20\t冰箱\t\t\t\t\t
O4\tC2\t\torder\tweb\t2026-01-04\t\t\tcancelled\t\t999\t冰箱\t\t\t\t\t
O5\tC2\t\torder\tweb\t2026-01-05\t\t\t\t\t30\t电视\t\t\t\t\t
D1\tC2\t\tdeal\t\t2026-01-30\t\t\topen\t\t500\t\t\t\t报价\t\t
'
file c.tsv 'customer_id\tname\ttrade\towner\tcredit_limit\tbalance\ttarget\tsegment
C1\t甲\t零售\t王\t100\t150.5\t1000\ta
C2\t乙\t批发\t李\t100\t100\t300\tb
C3\t丙\t\t李\t\t50\t\ta
'
# built NAME OUT
built() {
	run crm-report -c c.tsv -t t.tsv --format=tsv "$1"
	expect "$1" 0 "$2" ''
}
built intake 'year\tmonth\tkind\t(none)\tmail\tphone\tweb
2025\t12\tcomplaint\t1\t0\t0\t0
2026\t1\tcallback\t0\t0\t4\t0
2026\t1\tcomplaint\t0\t1\t0\t0
2026\t1\tdeal\t1\t0\t0\t0
2026\t1\tguide\t0\t0\t1\t0
2026\t1\thandover\t1\t0\t0\t0
2026\t1\tinstall\t0\t0\t1\t0
2026\t1\torder\t0\t0\t0\t3
2026\t1\tpart\t2\t0\t0\t0
2026\t1\trepair\t0\t0\t2\t1
2026\t1\treply\t0\t1\t0\t0
2026\t1\treturn\t0\t0\t0\t1
2026\t1\tsale\t0\t0\t0\t1
'
built loop 'kind\topened\tclosed\ton_time\tcalled_back\twithin_72h\tsatisfied\tclosed_rate\ton_time_rate\tcalled_back_rate\twithin_72h_rate\tsatisfied_rate
guide\t1\t1\t0\t1\t1\t1\t1\t\t1\t1\t1
install\t1\t1\t1\t1\t0\t0\t1\t1\t1\t0\t0
repair\t3\t2\t1\t1\t1\t1\t0.6667\t0.5\t0.5\t0.5\t1
'
loop=$(crm-report -t t.tsv --format=tsv loop)
true_that 'relations with tickets from a pipe' sh -c 'test "$(cat t.tsv | crm-report --format=tsv loop)" = "$1"' sh "$loop"
built sla 'kind\ttickets\treply_due\treply_24h\treply_rate\tcallback_due\tcallback_72h\tcallback_rate\tguide_due\tguide_30m\tguide_rate\tmedian_hours\tp90_hours
complaint\t2\t2\t1\t0.5\t0\t0\t\t0\t0\t\t\t
guide\t1\t0\t0\t\t0\t0\t\t1\t1\t1\t0.1667\t0.1667
install\t1\t0\t0\t\t1\t0\t0\t0\t0\t\t10\t10
repair\t3\t2\t1\t0.5\t2\t1\t0.5\t0\t0\t\t30\t48
'
# What is kept is due: closed in time without a status; a cancelled ticket asks for
# nothing; a design is called back too, from its opening where no closing is known.
file due.tsv 'ticket_id\tcustomer_id\tref\tkind\topened_at\tclosed_at\tstatus
1\tC1\t\tcomplaint\t2026-01-31T12:00\t2026-01-31T13:00\t
2\tC1\t\tcomplaint\t2026-01-01\t\tcancelled
3\tC1\t\tdesign\t2026-01-01\t\tclosed
4\tC1\t3\tcallback\t2026-01-02\t\t
5\tC1\t\tguide\t2026-01-01\t\tcancelled
'
run crm-report -t due.tsv --format=tsv sla
expect 'sla: promises that are kept are due' 0 'kind\ttickets\treply_due\treply_24h\treply_rate\tcallback_due\tcallback_72h\tcallback_rate\tguide_due\tguide_30m\tguide_rate\tmedian_hours\tp90_hours
complaint\t1\t1\t1\t1\t0\t0\t\t0\t0\t\t1\t1
design\t1\t0\t0\t\t1\t1\t1\t0\t0\t\t\t
' ''
built backlog 'kind\twaiting\tunder_1d\td1_to_3\td3_to_7\td7_to_30\tover_30d\toldest_days
complaint\t2\t0\t0\t0\t1\t1\t42.6667
callback\t1\t0\t0\t0\t1\t0\t25.6667
deal\t1\t0\t1\t0\t0\t0\t2
part\t1\t1\t0\t0\t0\t0\t0.125
repair\t1\t1\t0\t0\t0\t0\t0.1667
'
built handovers 'handovers\ttickets\tshare\n0\t12\t92.3077\n1\t1\t7.6923\n'
built parts 'product\tpart\trequested\twaiting\tquantity\tmean_hours\tlongest_hours
压缩机\t\t2\t1\t3\t24\t24
'
built faults 'product\tfault\tn\tshare\tcumshare\n冰箱\t漏水\t2\t66.6667\t66.6667\n电视\t黑屏\t1\t33.3333\t100.0000\n'
built stations 'station\ttickets\tclosed\tclosed_rate\ton_time_rate\tmedian_hours\tp90_hours\tcalled_back_rate
S1\t2\t2\t1\t0.5\t30\t48\t0.5
S2\t2\t1\t0.5\t1\t10\t10\t1
'
built composition 'trade\tcustomers\tcustomers_share\tsales\tsales_share
\t1\t33.3333\t0.00\t0.0000
批发\t1\t33.3333\t30.00\t18.7500
零售\t1\t33.3333\t130.00\t81.2500
'
built products 'product\tsales\torders\tshare\tcumshare\n冰箱\t80.00\t1\t50.0000\t50.0000\n电视\t80.00\t2\t50.0000\t100.0000\n'
run sh -c "printf 'ticket_id\\tkind\\topened_at\\tproduct\\tamount\\tstatus\\n1\\tsale\\t2026-01-01\\ta\\t5\\t\\n2\\tsale\\t2026-01-01\\tb\\t5\\tcancelled\\n' | crm-report --format=tsv products"
expect 'products: what was only cancelled is none' 0 'product\tsales\torders\tshare\tcumshare\na\t5.00\t1\t100.0000\t100.0000\n' ''
built progress 'owner\tsales\ttarget\tprogress\tto_go\tcustomers\n李\t30.00\t300.00\t0.1\t270.00\t2\n王\t130.00\t1000.00\t0.13\t870.00\t1\n'
built credit 'customer_id\tname\towner\towed\tlimit\tbeyond\tuse\nC1\t甲\t王\t150.50\t100.00\t50.50\t1.505\n'
built funnel 'kind\tstage\tn\tamount\tmean_days\ndeal\t报价\t1\t500.00\t2\n'
built segments 'segment\tcustomers\tshare\na\t2\t66.6667\nb\t1\t33.3333\n'
built customers 'customers\tbuyers\tnew\treturning\treturning_rate\torders\tsales\tsales_per_buyer\tsales_per_order
3\t2\t1\t1\t0.5\t3\t160.00\t80.00\t53.3333
'
run crm-report -c c.tsv -t t.tsv --format=tsv --since=2026-01-02 --until=2026-01-03 customers
expect 'sales of a period' 0 'customers\tbuyers\tnew\treturning\treturning_rate\torders\tsales\tsales_per_buyer\tsales_per_order
3\t1\t1\t0\t0\t1\t30.00\t30.00\t30.00
' ''
awk -F '\t' -v OFS='\t' '{ print $0, (NR == 1 ? "serial\titem\texpected\tweight" : "\t\t\t") }' t.tsv >wide.tsv
printf 'serial\tproduct\n' >serials.tsv
crm-report --list | cut -f 1 | tail -n +2 >names
true_that 'every built-in report runs in one run' sh -c 'crm-report -c c.tsv -t wide.tsv --serials=serials.tsv $(grep -v card names)'
true_that 'every built-in report has a title and a note' sh -c 'for name in $(cat names); do
	crm-report --print-definition $name | awk -F "\t" "NR == 2 && (\$2 == \"\" || \$11 == \"\") { exit 1 }" || exit 1; done'
finish
