# crm-import on real files: the counts add up, and importing twice changes
# nothing.
. "$TESTS/lib.sh"
shared tmall

# real NAME FILE ROWS [OPTION...]: the counts add up and no row is lost, a second
# import changes nothing, and neither does one of the output itself.
real() {
	of=$1 path=$2 rows=$3
	shift 3
	rm -f f.tsv
	run crm-import --into=f.tsv --rejects=r.tsv "$@" "$shared/../$path"
	true_that "$of: status" [ "$status" -le 1 ]
	adds_up "$of"
	true_that "$of: no more records than rows" [ "$(($(wc -l <f.tsv) - 1))" = "$created" ]
	cp f.tsv first.tsv
	run crm-import --into=f.tsv --rejects=r.tsv "$@" "$shared/../$path"
	adds_up "$of, again"
	true_that "$of: importing twice changes nothing" [ "$created $updated" = '0 0' ]
	same "$of: FILE stays" f.tsv first.tsv
	run crm-import -q -k "$kind" f.tsv
	expect "$of: its own output" 0 @f.tsv '*'
	run crm-import --into=f.tsv -k "$kind" first.tsv
	same "$of: its own output into FILE" f.tsv first.tsv
}

# The summary of the last run: sets the counts and the kind.
adds_up() { # NAME
	set -- "$1" $(sed -n 's/.*: \([0-9]*\) read = \([0-9]*\) created + \([0-9]*\) updated + \([0-9]*\) unchanged + \([0-9]*\) rejected (\([a-z]*\),.*/\1 \2 \3 \4 \5 \6/p' .err)
	created=$3 updated=$4 kind=$7
	true_that "$1: all rows are read" [ "$2" = "$rows" ]
	true_that "$1: the counts add up" [ "$2" = $(($3 + $4 + $5 + $6)) ]
	true_that "$1: the rejects are all there" [ "$(wc -l <r.tsv)" = $(($6 + 1)) ]
}
real 'tmall' tmall/tmall_order_report.csv 28010
true_that 'tmall: money' grep -q '^3	37.00	' f.tsv
real 'quarter (GBK)' gbk/quarter.csv 856 -k tickets \
	--map='ticket_id=年度+季度+国家+服务分类,customer_id=国家,kind=服务分类,amount=各国销售额'
true_that 'quarter: decoded' grep -q '第二季度' f.tsv
real 'a header that was lost' gbk/SalseData.csv 1056 -k customers -e cp1252
real 'superstore' superstore/Superstore.csv 9994 --map='ticket_id=Row ID'
true_that 'superstore: inch marks' grep -q '12"' f.tsv
real 'retail' retail/OnlineRetail_dora.csv 25943
true_that 'retail: month first' grep -q '^536365	2010-12-01T08:26:00	17850	' f.tsv
real 'incidents' incidents/incident_event_log.csv 5998
true_that 'incidents: day first' grep -q '^INC0000045	.*	2016-02-29T01:16:00	' f.tsv
real 'support' support/support_tickets.csv 2769 \
	--map='opened_at=First_Response_Time,closed_at=Time_to_Resolution'
true_that 'support: closed before it was opened' [ "$(grep -c 'closed before' r.tsv)" -gt 1000 ]
real 'fake_1000' dedupe/fake_1000.csv 1000
true_that 'fake: first and last name' grep -q '^4	oNah Watson	' f.tsv
real 'fake_1000_labels' dedupe/fake_1000_labels.csv 1225 -k customers --map='customer_id=unique_id_l'
real 'febrl1' dedupe/febrl1.csv 1000
real 'febrl A' dedupe/febrl_A_10000.csv 10000
real 'cdnow' cdnow/cdnow_customers_summary.csv 2357
real 'cbs' clv/cbs_sample.tsv 2357
real 'predictions' clv/predict_sample.tsv 2357
real 'checks' clv/checks.tsv 46 -k customers --map='customer_id=what+source'
real 'parameters' clv/params.tsv 43 -k customers --map='customer_id=model+data+param'
real 'extremes' clv/edge_mp.tsv 22 -k customers --map='customer_id=case'
finish
