# crm-import: which header means which column.
. "$TESTS/lib.sh"
none=' read = 0 created + 0 updated + 0 unchanged + 0 rejected'
header() { # NAME KIND IN OUT
	input "$3\n"
	run crm-import -q -k "$2"
	head -1 .out >line
	printf '%b\n' "$4" >want
	same "$1" line want
}
header 'the Chinese names of customers' customers \
	'客户编号,姓名,手机,联系电话,邮箱,地区,地址,生日,客户类型,授信额度,欠款,客户经理' \
	'customer_id\tname\tphone\tphone2\temail\tregion\taddress\tbirthday\ttype\tcredit_limit\tbalance\towner'
header 'the Chinese names of tickets' tickets \
	'工单号,客户编号,类型,产品,型号,序列号,条形码,受理时间,完成时间,要求时间,状态,网点,金额,满意度,备注' \
	'ticket_id\tcustomer_id\tkind\tproduct\tmodel\tserial\tbarcode\topened_at\tclosed_at\tdue_at\tstatus\tstation\tamount\tscore\tnote'
header 'Google contacts' customers 'First Name,Last Name,Birthday,E-mail 1 - Value,Phone 1 - Value,Phone 2 - Value' \
	'customer_id\tname\tbirthday\temail\tphone\tphone2'
header 'Outlook' customers 'First Name,Last Name,E-mail Address,Mobile Phone,Business Phone,Home Street' \
	'customer_id\tname\temail\tphone\tphone2\taddress'
header 'Salesforce' customers 'Account ID,Account Name,Industry,Account Owner,Billing Street' \
	'customer_id\tname\ttrade\towner\taddress'
header 'HubSpot' customers 'Record ID,First Name,Last Name,Email,Phone Number,Contact owner,Create Date' \
	'customer_id\tname\temail\tphone\towner\tcreated_at'
header 'Zendesk' tickets 'Id,Subject,Status,Priority,Via,Created at,Assignee,Solved at,Requester id,Ticket type' \
	'ticket_id\tnote\tstatus\tpriority\tchannel\topened_at\towner\tclosed_at\tcustomer_id\tkind'
header 'Taobao and Tmall orders' tickets '订单编号,买家会员名,总金额,订单状态,收货人姓名,收货地址 ,联系手机,订单创建时间,宝贝标题 ' \
	'ticket_id\tcustomer_id\tamount\tstatus\t收货人姓名\t收货地址\t联系手机\topened_at\tproduct'
header 'JD orders' tickets '订单号,商品名称,订购数量,下单时间,订单金额,下单帐号' \
	'ticket_id\tproduct\tquantity\topened_at\tamount\tcustomer_id'
header 'all that Outlook writes: the mobile phone first, then one more' customers \
	'First Name,Last Name,E-mail Address,Home Phone,Business Phone,Business Phone 2,Mobile Phone,Other Phone,Primary Phone,Home City' \
	'customer_id\tname\temail\thome_phone\tbusiness_phone\tbusiness_phone_2\tphone\tother_phone\tphone2\tregion'
header 'Outlook in Chinese' customers '名,姓,商务电话,住宅电话,移动电话,其他电话,主要电话,电子邮件地址' \
	'customer_id\tname\t商务电话\t住宅电话\tphone\t其他电话\tphone2\temail'
header 'Google contacts with three phones' customers 'First Name,Last Name,Phone 1 - Value,Phone 2 - Value,Phone 3 - Value' \
	'customer_id\tname\tphone\tphone2\tphone_3_-_value'
header 'Salesforce contacts' customers 'Id,LastName,FirstName,MailingState,MailingCity,Phone,MobilePhone,HomePhone,OtherPhone,Email,DoNotCall' \
	'customer_id\tname\tregion\tphone\tphone2\thomephone\totherphone\temail\tno_contact'
input 'Id,Email,HasOptedOutOfEmail,HasOptedOutOfFax,DoNotCall\n1,a@x.cn,0,0,0\n2,b@x.cn,1,0,0\n3,c@x.cn,false,false,true\n'
run crm-import -q -k customers
expect 'who opted out anywhere' 0 'customer_id\temail\tno_contact\n1\ta@x.cn\t\n2\tb@x.cn\tall\n3\tc@x.cn\tall\n' ''
input 'customer_id,A,B\n1,sms,\n2,电话,mail\n3,,mail\n'
run crm-import -q --map=no_contact=A+B
expect 'lists are joined as such' 0 'customer_id\tno_contact\n1\tsms\n2\tphone,mail\n3\tmail\n' ''
header 'Salesforce cases: Closed is yes or no there' tickets 'Case Owner,Subject,Date/Time Opened,Open,Closed,Case Number,Case Origin,Date/Time Closed,Type' \
	'owner\tnote\topened_at\topen\tclosed\tticket_id\tchannel\tclosed_at\tkind'
header 'HubSpot companies' customers 'Record ID,Company name,Company owner,Phone Number,State/Region,City' \
	'customer_id\tname\towner\tphone\tregion'
header 'HubSpot tickets' tickets 'Ticket ID,Ticket status,Create date,Priority,Ticket owner,Source,Close date,Ticket description' \
	'ticket_id\tstatus\topened_at\tpriority\towner\tchannel\tclosed_at\tnote'
header 'HubSpot deals' tickets 'Record ID - Deal,Deal Stage,Close Date,Deal owner,Amount,Create Date' \
	'ticket_id\tstage\tclosed_at\towner\tamount\topened_at'
header 'Zendesk Explore' tickets 'Ticket ID,Ticket created - Timestamp,Ticket solved - Timestamp,Ticket status,Ticket priority,Requester ID,Assignee name' \
	'ticket_id\topened_at\tclosed_at\tstatus\tpriority\tcustomer_id\towner'
header 'Pinduoduo orders' tickets '商品,订单号,订单状态,商品总价(元),用户实付金额(元),商品数量(件),拼单成功时间,确认收货时间' \
	'product\tticket_id\tstatus\t商品总价(元)\tamount\tquantity\topened_at\tclosed_at'
header 'Douyin orders' tickets '主订单编号,子订单编号,选购商品,商品数量,订单应付金额,订单提交时间,订单完成时间,订单状态' \
	'主订单编号\tticket_id\tproduct\tquantity\tamount\topened_at\tclosed_at\tstatus'
header 'an order as a customer' customers '订单编号,买家会员名,收货人姓名,收货地址 ,联系手机' \
	'订单编号\tcustomer_id\tname\taddress\tphone'
header 'one header many times' customers 'customer_id,x,X,x_2,x' 'customer_id\tx\tx_2\tx_2_2\tx_3'
header 'case, width, blanks, marks, brackets' customers 'CUSTOMER ID,ＮＡＭＥ,授信额度（元）,*手机：' \
	'customer_id\tname\tcredit_limit\tphone'
header 'own names: lower case, blanks as _' customers 'customer_id,Shoe Size' 'customer_id\tshoe_size'
header 'nameless columns without values, and those of rejects, are dropped' customers \
	'customer_id,,_file,_line,_column,_reason,name\na1,,x,1,y,z,Ann' 'customer_id\tname'
header 'nameless columns with values stay' customers 'customer_id,,name\na1,x,Ann' 'customer_id\tcolumn_2\tname'
header 'a column of another kind stays text under its own name' customers 'customer_id,status\na1,VIP' 'customer_id\tstatus'
header 'city only where nothing else gives the region' customers 'customer_id,城市,地区' 'customer_id\t城市\tregion'
header 'province and city are joined' customers 'customer_id,省份,城市\na1,山东省,青岛市' 'customer_id\tregion'

input 'customer_id,客户名称,姓名\na1,A,B\n'
run crm-import
expect 'two columns for one name' 2 '' \
	'crm-import: (standard input): two columns for name: "客户名称" and "姓名"; --map=name=HEADER decides\n'
run crm-import --map=name=姓名 -q
expect 'which --map decides' 0 'customer_id\t客户名称\tname\na1\tA\tB\n' ''
input 'customer_id,手机,电话,座机\na1,1,2,3\n'
run crm-import
expect 'a third phone' 2 '' \
	'crm-import: (standard input): two columns for phone2: "电话" and "座机"; --map=phone2=HEADER decides\n'
input 'id,First Name,Last Name,x\n7,Ann,Lee,13812345678\n'
run crm-import -q --map='phone=x,customer_id=id'
expect '--map, and first and last name joined' 0 'customer_id\tname\tphone\n7\tAnn Lee\t+8613812345678\n' ''
input 'customer_id,First Name,Last Name\n1,,Lee\n2,Ann,\n3,,\n'
run crm-import -q
expect 'one of the joined cells is empty, or both' 0 'customer_id\tname\n1\tLee\n2\tAnn\n3\t\n' ''
input '姓,名,城,街,编号\n王,小明,青岛,Main St,7\n'
run crm-import -q -k customers --map='address=城+街'
expect 'joined without a blank where both are Chinese' 0 'name\taddress\tcustomer_id\n王小明\t青岛 Main St\t7\n' ''
file map.tsv 'name\theader\nphone\tx\nname\tFirst Name+Last Name\n'
input 'customer_id,First Name,Last Name,x\n7,Ann,Lee,13812345678\n'
run crm-import -q --map=map.tsv
expect '--map=FILE' 0 'customer_id\tname\tphone\n7\tAnn Lee\t+8613812345678\n' ''
run crm-import --map='phone=y'
expect 'a header that --map names is missing' 2 '' 'crm-import: --map: no column "y" (did you mean "x"?)\n'
run crm-import --map='phone='
expect 'not a map' 2 '' "crm-import: --map: not NAME=HEADER: phone=; see 'crm-import --help'\n"
rm in

run crm-import --print-columns
true_that '--print-columns has a header' [ "$(head -1 .out)" = "name	header" ]
crm-import --print-columns >table.tsv
true_that 'and 200 names at least' [ "$(wc -l <table.tsv)" -gt 200 ]
input '客户编号,姓名,手机\na1,Ann,13812345678\n'
run crm-import --map=table.tsv -q
expect 'and can be used as a map' 0 'customer_id\tname\tphone\na1\tAnn\t+8613812345678\n' ''
rm in
file a.csv 'customer_id,name\na1,Ann\n'
file b.csv 'phone;customer_id\n13812345678;a2\n'
run crm-import a.csv b.csv
expect 'files may differ in their columns' 0 'customer_id\tname\tphone\na1\tAnn\t\na2\t\t+8613812345678\n' \
	'crm-import: 2 read = 2 created + 0 updated + 0 unchanged + 0 rejected (customers, utf-8, comma; utf-8, semicolon)\n'
file t.csv 'ticket_id,customer_id,kind,opened_at\n'
run crm-import a.csv t.csv
expect 'customers and tickets together' 2 '' 'crm-import: t.csv: holds tickets, not customers as the files before; -k decides\n'
run crm-import t.csv
expect 'the kind is decided from the header' 0 'ticket_id\tcustomer_id\tkind\topened_at\n' "crm-import: 0$none (tickets, utf-8, comma)\n"
file u.csv 'x,y\n1,2\n'
run crm-import u.csv
expect 'or is not' 2 '' 'crm-import: u.csv: customers or tickets? the header does not tell; -k decides\n'
file v.csv 'ticket_id,customer_id,opened_at\nt1,a1,2026-01-05\n'
run crm-import v.csv
expect 'a required column that nobody has is mentioned' 0 'ticket_id\tcustomer_id\topened_at\nt1\ta1\t2026-01-05\n' \
	'crm-import: no column is kind, which every ticket should have; --map=kind=HEADER names one, --set=kind=WORD is that of all\ncrm-import: 1 read = 1 created + 0 updated + 0 unchanged + 0 rejected (tickets, utf-8, comma)\n'

file list.tsv 'ticket_id\tcustomer_id\tkind\topened_at\tstatus\nt1\ta1\tsale\t2026-01-05\topen\n'
file w.csv 'ticket_id,status\nt1,closed\nt2,closed\n'
run crm-import -q --into=list.tsv w.csv
expect 'one that FILE has is required of a new record' 1 '' 'crm-import: w.csv:3: customer_id: missing\n'
true_that 'but not of one that is there' grep -q '^t1	a1	sale	2026-01-05	closed$' list.tsv
run crm-import -q v.csv list.tsv
expect 'and so is one that another file has' 1 'ticket_id\tcustomer_id\topened_at\tkind\tstatus\nt1\ta1\t2026-01-05\tsale\tclosed\n' \
	'crm-import: v.csv:2: kind: missing\n'
# A file of records means its names as they are.
input 'Row ID,Order ID,Customer ID,kind,Order Date\n7,CA-1,c1,order,2026-01-05\n'
run crm-import -q -k tickets --map='ticket_id=Row ID'
expect 'a column that --map left over' 0 'ticket_id\torder_id\tcustomer_id\tkind\topened_at\n7\tCA-1\tc1\torder\t2026-01-05\n' ''
cp .out in
cp .out want
run crm-import -q -k tickets
expect 'and the output of it is read as it is' 0 @want ''
input 'customer_id\ta\\tb\tx\\\\y\na1\t1\t2\n'
cp in f.tsv
file more.csv 'customer_id,tier\na2,gold\n'
run crm-import -q --into=f.tsv more.csv
printf 'customer_id\ta\\tb\tx\\\\y\ttier\na1\t1\t2\t\na2\t\t\tgold\n' >want
same 'names with escapes stay in FILE' f.tsv want

# ---- --set ----

input '订单号,客户编号,下单时间,状态\nT1,C1,2026-01-05,\nT2,C2,2026-01-06,已完成\n"T3",C3,2026-01-06,"  "\n'
run crm-import -q --set=kind=订单 --set='source= a\b "c" 7 ' --set=status=open
expect '--set: words, text, an empty cell' 0 'ticket_id\tcustomer_id\topened_at\tstatus\tkind\tsource\nT1\tC1\t2026-01-05\topen\torder\ta\\\\b "c" 7\nT2\tC2\t2026-01-06\tclosed\torder\ta\\\\b "c" 7\nT3\tC3\t2026-01-06\topen\torder\ta\\\\b "c" 7\n' ''
run crm-import -q --set=kind=order --set=amount='¥1,200' --set=due_at=2026-02-01 --set=note=
expect '--set: money, a time, nothing' 0 'ticket_id\tcustomer_id\topened_at\tstatus\tkind\tamount\tdue_at\tnote\nT1\tC1\t2026-01-05\t\torder\t1200.00\t2026-02-01\t\nT2\tC2\t2026-01-06\tclosed\torder\t1200.00\t2026-02-01\t\nT3\tC3\t2026-01-06\t\torder\t1200.00\t2026-02-01\t\n' ''
wrong() { # OPTION MESSAGE
	run crm-import "--set=$1"
	expect "--set=$1" 2 '' "crm-import: --set: $2; see 'crm-import --help'\n"
}
wrong kind 'not COLUMN=VALUE: kind'
wrong '=x' 'not COLUMN=VALUE: =x'
wrong ticket_id=7 'ticket_id tells one row from another'
wrong due_at=1/2/26 'due_at: not a time in the form 2026-11-21T08:30:00: 1/2/26'
wrong amount=x 'amount: not a number: x'
run crm-import --set=kind=a --set=kind=b
expect '--set twice' 2 '' "crm-import: --set: kind twice; see 'crm-import --help'\n"
file f.tsv 'customer_id\tname\tsource\tno_contact\nC1\tA\tshop\tsms\nC2\tB\t\t\n'
input 'customer_id,name,source\nC1,A,\nC2,B,\nC3,C,fair\n'
run crm-import --into=f.tsv --set=source=web --set=no_contact=mail
expect '--set into a file' 0 '' 'crm-import: 3 read = 1 created + 2 updated + 0 unchanged + 0 rejected (customers, utf-8, comma)\n'
printf 'customer_id\tname\tsource\tno_contact\nC1\tA\tshop\tsms,mail\nC2\tB\tweb\tmail\nC3\tC\tfair\tmail\n' >want
same '--set replaces nothing that a record has' f.tsv want
run crm-import --map=phone
expect '--map: neither a pair nor a file' 2 '' "crm-import: --map: neither NAME=HEADER nor a file: phone; see 'crm-import --help'\n"
finish
