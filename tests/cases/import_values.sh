# crm-import: values brought to the form of crm(5).
. "$TESTS/lib.sh"
export TZ=Asia/Shanghai
# value NAME COLUMN IN OUT [OPTION...]: one cell of a ticket or a customer
value() {
	case $2 in
	birthday | phone | email | type | no_contact | created_at | credit_limit | name | region)
		columns="customer_id;$2" row="a1;$3" want="customer_id\t$2\na1\t$4\n" ;;
	opened_at) columns="ticket_id;customer_id;kind;$2" row="a1;c;k;$3" want="ticket_id\tcustomer_id\tkind\t$2\na1\tc\tk\t$4\n" ;;
	kind) columns="ticket_id;customer_id;opened_at;$2" row="a1;c;2026-01-01;$3" want="ticket_id\tcustomer_id\topened_at\t$2\na1\tc\t2026-01-01\t$4\n" ;;
	*) columns="ticket_id;customer_id;kind;opened_at;$2" row="a1;c;k;2026-01-01;$3" want="ticket_id\tcustomer_id\tkind\topened_at\t$2\na1\tc\tk\t2026-01-01\t$4\n" ;;
	esac
	name=$1
	input "$columns\n$row\n"
	shift 4
	run crm-import -q -d ';' --as-of=2026-11-21 "$@"
	expect "$name" 0 "$want" ''
}
# bad NAME COLUMN IN WHY [OPTION...]: the row is rejected
bad() {
	input "ticket_id;customer_id;kind;opened_at;$2\na1;c;k;2026-01-01;$3\n"
	case $2 in
	birthday | type) input "customer_id;$2\na1;$3\n" ;;
	opened_at) input "ticket_id;customer_id;kind;$2\na1;c;k;$3\n" ;;
	esac
	name=$1 why="crm-import: (standard input):2: $2: $4: \"$3\"\n"
	shift 4
	crm-import -q -d ';' --as-of=2026-11-21 "$@" <in >.o 2>.e
	[ $? = 1 ] && printf '%b' "$why" | cmp -s - .e && [ "$(wc -l <.o)" = 1 ]
	result $? "$name"
}

value 'trimmed' name '  Ann Lee　' 'Ann Lee'
value 'full width stays in text' name 'Ａ１' 'Ａ１'
for form in 2026/1/5 2026-1-5 2026-01-05 2026.1.5 20260105 2026年1月5日 '2026年 1月 5日' 26年1月5日 5.1.2026 05.01.26 \
	5-Jan-2026 '5 Jan 2026' 'Jan 5, 2026' 'January 5, 2026' ２０２６／１／５; do
	value "date $form" opened_at "$form" 2026-01-05
done
for form in '2026/1/5 8:30' '2026-01-05T08:30' '2026-01-05 08:30:00' '2026-01-05 08:30:00.123' '2026年1月5日 8:30' \
	'2026年1月5日8时30分' '2026年1月5日8点30分' '2026-1-5 上午8:30' '2026/1/5 8:30 AM' 202601050830 20260105083000 \
	2026-01-05T00:30:00Z 2026-01-05T00:30:00+00:00 2026-01-05T08:30:00+0800 '5.1.2026 8:30'; do
	value "time $form" opened_at "$form" 2026-01-05T08:30:00
done
value 'afternoon' opened_at '2026/1/5 下午3:20' 2026-01-05T15:20:00
value 'noon and midnight' opened_at '2026/1/5 12:00 AM' 2026-01-05T00:00:00
value 'PM' opened_at '1/15/2026 3:20:10 PM' 2026-01-15T15:20:10
bad 'no such day' opened_at 2026-02-30 'no such time'
bad 'no such hour' opened_at '2026-02-03 25:00' 'no such time'
bad 'not a time' opened_at soon 'not a time'
bad 'an Excel day without the option' opened_at 46027 "not a time (--excel-dates reads Excel's day numbers)"
value 'an Excel day' opened_at 46027 2026-01-05 --excel-dates
value 'an Excel time' opened_at 46027.3541666667 2026-01-05T08:30:00 --excel-dates
value 'Excel before its leap day' created_at 59 1900-02-28 --excel-dates
value 'Excel after it' created_at 61 1900-03-01 --excel-dates
bad 'the day that never was' opened_at 60 'no such time' --excel-dates
value 'a date is still a date' opened_at 20260105 2026-01-05 --excel-dates

for form in 2026年1月5日星期一 '2026年1月5日 周一' '2026-01-05 (Mon)' 'Monday, January 5, 2026' 'Mon 5 Jan 2026'; do
	value "date with its weekday $form" opened_at "$form" 2026-01-05
done
value 'weekday and time' opened_at '2026年1月5日 星期一 8:30' 2026-01-05T08:30:00
value 'Sunday' opened_at '2026/1/4 星期天' 2026-01-04
value 'as in mails' opened_at 'Mon, 05 Jan 2026 08:30:00 +0000' 2026-01-05T16:30:00
value 'UTC' opened_at '2026-01-05 08:30:00 UTC' 2026-01-05T16:30:00
value 'GMT and an offset' opened_at '2026-01-05 08:30 GMT+0900' 2026-01-05T07:30:00
bad 'the wrong weekday' opened_at 2026年1月5日星期二 'no such time'
bad 'a weekday alone' opened_at Monday 'not a time'
bad 'no zone' opened_at '2026-01-05 08:30 UTCx' 'not a time'
value 'birthday' birthday 1990/5/1 1990-05-01
value 'birthday without a year' birthday 5月1日 --05-01
value 'birthday without a year, as stored' birthday --02-29 --02-29
value 'birthday of two digits is never after as-of' birthday 27年1月5日 1927-01-05
value 'birthday of two digits' birthday 25年1月5日 2025-01-05
value 'birthday with midnight' birthday '1990/5/1 0:00' 1990-05-01
bad 'birthday after as-of' birthday 2027-01-05 'a birthday after as-of'
value 'years 69-99 are 19xx' created_at 69年1月5日 1969-01-05
value 'years 00-68 are 20xx' created_at 68年1月5日 2068-01-05
value 'day first, where only that fits' opened_at 25/1/26 2026-01-25
value 'month first, where only that fits' opened_at 1/25/26 2026-01-25
value '--date-order=dmy' opened_at 1/5/26 2026-05-01 --date-order=dmy
value '--date-order=mdy' opened_at 1/5/26 2026-01-05 --date-order=mdy
value 'same either way' opened_at 5/5/26 2026-05-05

input 'ticket_id,customer_id,kind,opened_at\n1,c,k,1/5/2026\n2,c,k,2/13/2026\n'
run crm-import -q
expect 'the evidence of the whole column: month first' 0 'ticket_id\tcustomer_id\tkind\topened_at\n1\tc\tk\t2026-01-05\n2\tc\tk\t2026-02-13\n' ''
input 'ticket_id,customer_id,kind,opened_at\n1,c,k,1-5-2026 8:00\n2,c,k,13-2-2026 8:00\n'
run crm-import -q
expect 'the evidence of the whole column: day first' 0 'ticket_id\tcustomer_id\tkind\topened_at\n1\tc\tk\t2026-05-01T08:00:00\n2\tc\tk\t2026-02-13T08:00:00\n' ''
input 'ticket_id,customer_id,kind,opened_at\n1,c,k,1/5/2026\n2,c,k,2/5/2026\n'
run crm-import
expect 'a column that fits both ways is refused' 2 '' \
	'crm-import: (standard input): opened_at: day and month cannot be told apart; --date-order=dmy or --date-order=mdy decides\n'
input 'ticket_id,customer_id,kind,opened_at\n1,c,k,1/15/2026\n2,c,k,15/1/2026\n'
run crm-import
expect 'a column with evidence of both is refused' 2 '' \
	'crm-import: (standard input): opened_at: some dates are day first, others month first; --date-order=dmy or --date-order=mdy decides\n'
run crm-import -q --date-order=dmy
expect 'with --date-order what does not fit is rejected' 1 'ticket_id\tcustomer_id\tkind\topened_at\n2\tc\tk\t2026-01-15\n' \
	'crm-import: (standard input):2: opened_at: no such time: "1/15/2026"\n'
input 'ticket_id,customer_id,kind,opened_at\n1,c,k,1.5.2026\n2,c,k,2.13.2026\n'
run crm-import -q
expect 'dots are day first unless the column says otherwise' 0 'ticket_id\tcustomer_id\tkind\topened_at\n1\tc\tk\t2026-01-05\n2\tc\tk\t2026-02-13\n' ''
input 'ticket_id,customer_id,kind,opened_at\n1,c,k,1.5.2026\n2,c,k,2.13.2026\n'
run crm-import -q --date-order=dmy
expect 'dots that do not fit --date-order are rejected' 1 'ticket_id\tcustomer_id\tkind\topened_at\n1\tc\tk\t2026-05-01\n' \
	'crm-import: (standard input):3: opened_at: no such time: "2.13.2026"\n'
value '--date-order=mdy with dots' opened_at 1.5.26 2026-01-05 --date-order=mdy
input 'ticket_id,customer_id,kind,opened_at,closed_at\n1,c,k,1/5/2026,2.5.2026\n2,c,k,1/6/2026,13.5.2026\n'
run crm-import -q --date-order=mdy
expect 'dots that are day first stay so' 0 'ticket_id\tcustomer_id\tkind\topened_at\tclosed_at\n1\tc\tk\t2026-01-05\t2026-05-02\n2\tc\tk\t2026-01-06\t2026-05-13\n' ''
input 'ticket_id,customer_id,kind,opened_at\n1,c,k,13.1.2026\n2,c,k,1.14.2026\n'
run crm-import -q --date-order=mdy
expect 'dots of both kinds: --date-order decides' 1 'ticket_id\tcustomer_id\tkind\topened_at\n2\tc\tk\t2026-01-14\n' \
	'crm-import: (standard input):2: opened_at: no such time: "13.1.2026"\n'
input 'ticket_id,customer_id,kind,Date,Time\n1,c,k,1/5/2026,8:00\n2,c,k,2/6/2026,9:00\n'
run crm-import
expect 'joined date and time are evidence too' 2 '' \
	'crm-import: (standard input): Date: day and month cannot be told apart; --date-order=dmy or --date-order=mdy decides\n'

for form in '¥1,234.50' '￥1234.50' '1,234.50元' 'RMB 1,234.50' '$1,234.50' ' 1 234.50' '１，２３４．５０' +1234.5 1234.500000 '1234.50 CNY'; do
	value "money $form" amount "$form" 1234.50
done
for form in '(12.00)' -12 '¥-12' '-¥12.00' '(¥12)' 12.00-; do value "negative $form" amount "$form" -12.00; done
value 'four decimals' amount 0.1250 0.1250
value 'beyond any floating point' amount 89999999999999.9999 89999999999999.9999
value 'tens of thousands' credit_limit 1.5万 15000.00
value 'tens of thousands, to the cent' credit_limit '¥1,012.345678万' 10123456.78
value 'tens of thousands, whole' credit_limit -300万元 -3000000.00
value 'tens of thousands, less than one' credit_limit .00001万 0.10
value 'a number' quantity 1,000 1000
value 'a number is written short' quantity 2.50 2.5
value 'nothing' amount '-' ''
value 'nothing: NULL' quantity NULL ''
value 'nothing: a zero date' opened_at 2026-01-01 2026-01-01
value 'text NULL stays' name NULL NULL
bad 'a decimal comma is not guessed' amount 12,50 'not a number'
bad 'wrong groups' amount 1,23,456 'not a number'
bad 'two signs' amount '--12' 'not a number'
bad 'too many decimals' amount 1.23456 'more than four decimals'
bad 'too large' amount 90000000000000 'number too large'

value 'phone' phone '138-1234-5678' +8613812345678
value 'phone, full width' phone '１３８１２３４５６７８' +8613812345678
value 'phone, land line with an extension' phone 0532-88939999转801 '+8653288939999;ext=801'
value 'phone, 400' phone 400-123-4567 +864001234567
value 'phone, marks of direction around it' phone "$(printf '\342\200\252+86 138\302\2551234\342\200\2135678\342\200\254')" +8613812345678
value 'date, marks of direction in it' opened_at "$(printf '\342\200\2162026/\342\200\2161/\342\200\2165')" 2026-01-05
value 'marks of direction stay in text' name "$(printf '\342\200\216x')" "$(printf '\342\200\216x')"
value 'phone kept as text by a quote' phone "'13812345678" +8613812345678
input 'customer_id,phone\na1,12345\na2,1.38E+10\n'
run crm-import -q
expect 'a phone that is none is kept, and said' 0 'customer_id\tphone\na1\t12345\na2\t1.38E+10\n' \
	'crm-import: (standard input):2: phone: not a phone number; kept as it is: "12345"\ncrm-import: (standard input):3: phone: not a phone number any more: a spreadsheet cut its digits; kept as it is: "1.38E+10"\n'
input 'customer_id,name\n9.78E+12,Ann\n="00123",Bob\n'
run crm-import -q
expect 'an id that a spreadsheet cut is rejected' 1 'customer_id\tname\n00123\tBob\n' \
	'crm-import: (standard input):2: customer_id: digits are lost: a spreadsheet cut them: "9.78E+12"\n'
value 'a serial is kept and said' serial 123 123

value 'type' type 个人 person
value 'type, English' type Company company
bad 'type' type x 'not one of person, company'
value 'status' status 已完成 closed
value 'status, English' status 'In Progress' open
value 'status, full width' status ＣＬＯＳＥＤ closed
bad 'status' status gone 'not one of open, waiting, closed, cancelled'
value 'kind' kind 安装 install
value 'kind, open vocabulary' kind 清理 清理
value 'channel' channel 微信公众号 wechat
value 'channel, kept' channel Telegram Telegram
value 'priority' priority 高 2
value 'priority, a number' priority 3 3
value 'satisfaction' score 非常满意 5
value 'no_contact yes' no_contact 是 all
value 'no_contact no' no_contact 否 ''
value 'no_contact channels' no_contact '电话、短信,phone' phone,sms
for form in 是 退订 DND Opt-Out Unsubscribed ✓; do value "no_contact $form" no_contact "$form" all; done
for form in 否 No FALSE 0 - 未退订; do value "no_contact $form" no_contact "$form" ''; done
input 'customer_id,no_contact\na1,foo\na2,"短信,foo"\n'
run crm-import -q
expect 'a word of no_contact that nobody knows is mentioned' 0 'customer_id\tno_contact\na1\tfoo\na2\tsms,foo\n' \
	'crm-import: (standard input):2: no_contact: neither a channel nor yes or no; kept as it is: "foo"\ncrm-import: (standard input):3: no_contact: neither a channel nor yes or no; kept as it is: "短信,foo"\n'
value 'no_contact all' no_contact '电话,全部' all
for order in 等待买家付款=open '买家已付款，等待卖家发货=open' '卖家已发货，等待买家确认=open' 交易成功=closed 交易关闭=cancelled 已收货=closed '已取消，退款成功=cancelled' 待发货=open; do
	value "status of an order: ${order%=*}" status "${order%=*}" "${order#*=}"
done
value 'satisfaction as Zendesk writes it' score Good 4
value 'satisfaction that nobody gave' score Offered ''
value "text kept by = and ' at once" name "\"=\"\"'0123\"\"\"" 0123
value 'a time of another zone' opened_at '2026-01-05 08:30+0000' 2026-01-05T16:30:00
value 'the same, as long as a time with seconds' opened_at '2026-01-05 08:30+00' 2026-01-05T16:30:00
finish
