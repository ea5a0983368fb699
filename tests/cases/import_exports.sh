# crm-import: what other systems export, as it comes, without options.
. "$TESTS/lib.sh"

lacks() { # COLUMN...
	for column in "$@"; do
		case $column in
		ticket_id) end='tells tickets apart; --map=ticket_id=HEADER names one' ;;
		kind) end='every ticket should have; --map=kind=HEADER names one, --set=kind=WORD is that of all' ;;
		*) end="every ticket should have; --map=$column=HEADER names one" ;;
		esac
		echo "crm-import: no column is $column, which $end"
	done
}
# The rows that came out, only the columns that are asked for, with | between.
pick() {
	awk -F '\t' -v names="$1" '
	NR == 1 { n = split(names, name, ","); for (i = 1; i <= NF; i++) at[$i] = i; next }
	{ line = ""; for (i = 1; i <= n; i++) line = line (i > 1 ? "|" : "") (name[i] in at ? $at[name[i]] : "?"); print line }' .out
}
# NAME KIND LACKS COLUMNS TEXT WANT: all rows of the export TEXT are taken, KIND
# is found, LACKS are missed, and the COLUMNS hold WANT.
export_of() {
	[ "$5" = in ] || input "$5"
	run crm-import --as-of=2026-11-21 ${options-}
	pick "$4" >got
	cp got .out
	rows=$(wc -l <got)
	of=${form:-utf-8, comma}
	said=$(lacks $3; echo "crm-import: $rows read = $rows created + 0 updated + 0 unchanged + 0 rejected ($2, $of)")
	expect "$1" 0 "$6\n" "$said\n"
}
gb18030() { # TEXT
	printf '%b' "$1" | iconv -f utf-8 -t gb18030 >in
	form='gb18030, comma'
}

# ---- address books ----

export_of 'Google: Chinese names, family name first' customers '' name,phone,birthday,region \
	'First Name,Middle Name,Last Name,Organization Name,Birthday,Phone 1 - Label,Phone 1 - Value,Address 1 - City\n小明,,王,甲公司,--05-06,Mobile,138 0000 0001,青岛\nAnn,,Lee,,,Work,(0532) 8893-9999,\n小明,,Lee,,,,13800000003,\n' \
	'王小明|+8613800000001|--05-06|青岛\nAnn Lee|+8653288939999||\n小明 Lee|+8613800000003||'
options=--map=name=First+Last
export_of '--map joins as it says' customers '' name 'First,Last,Phone\n小明,王,13800000001\n' '小明王'
options=
export_of 'Outlook: 0/0/00 is no birthday, the address at work comes first' customers '' name,phone,birthday,address,region \
	'First Name,Last Name,Mobile Phone,Business Street,Business City,Business State,Home Street,Home City,Home State,Birthday\nAnn,Lee,13812340001,Road 1,Qingdao,SD,Lane 2,Jinan,SD,12/25/1981\nBob,Stone,13812340002,,,,,,,0/0/00\n' \
	'Ann Lee|+8613812340001|1981-12-25|Road 1|SD Qingdao\nBob Stone|+8613812340002|||'
gb18030 '称谓,姓,名,单位,商务地址 省/市/自治区,商务地址 市/县,商务地址 街道,住宅地址 街道,商务电话,移动电话,电子邮件地址,生日\n先生,王,小明,甲公司,山东省,青岛市,甲路1号,,0532-88939999,13912340001,a@x.cn,0/0/00\n'
export_of 'Outlook in Chinese' customers '' name,phone,region,address,birthday,email in \
	'王小明|+8613912340001|山东省青岛市|甲路1号||a@x.cn'
form=
export_of 'dates of zeros' customers '' birthday,created_at \
	'customer_id,birthday,created_at\na,0000/00/00,0000-00-00\nb,00/00/0000,0/0/0000\n' '|\n|'

# ---- CRM systems ----

export_of 'Salesforce contacts: the contact, not its account' customers '' customer_id,name,phone,phone2,no_contact \
	'"Account ID","Contact ID","First Name","Last Name","Phone","Mobile","Email Opt Out"\n"001A","003A","Ann","Lee","(0532) 8893-9999","13812340001","0"\n"001A","003B","Bob","Stone","","13812340002","1"\n' \
	'003A|Ann Lee|+8653288939999|+8613812340001|\n003B|Bob Stone||+8613812340002|all'
export_of 'Salesforce accounts: the id, not the number of the account' customers '' customer_id,name,type,account_number \
	'"Account Owner","Account Name","Account ID","Type","Account Number","Phone"\n"Joe","Acme","001A","Customer - Direct","007","0532-88939999"\n' \
	'001A|Acme|company|007'
export_of 'Salesforce cases' tickets customer_id ticket_id,status,channel,opened_at \
	'"Case Owner","Subject","Date/Time Opened","Case Number","Case Origin","Status","Type"\n"Joe","No cooling","1/14/2026 3:05 PM","00001022","Web","Escalated","Mechanical"\n' \
	'00001022|open|web|2026-01-14T15:05:00'
export_of 'HubSpot deals' tickets kind ticket_id,note,stage,amount,customer_id,opened_at \
	'Record ID,Deal Name,Deal Stage,Close Date,Deal owner,Amount,Create Date,Associated Contact,Associated Contact IDs\n77000,Big,Contract Sent,,Joe,1200.5,2026-01-05 09:30,Ann Lee,451\n' \
	'77000|Big|Contract Sent|1200.50|451|2026-01-05T09:30:00'
export_of 'HubSpot contacts, with the same header of the id' customers '' customer_id,name \
	'Record ID,First Name,Last Name,Email,Create Date,Associated Company IDs\n451,Ann,Lee,a@x.cn,2026-01-05 09:30,9000\n' '451|Ann Lee'
export_of 'Zendesk tickets: how long it took is no time' tickets '' ticket_id,customer_id,kind,closed_at,score \
	'Id,Requester id,Status,Ticket type,Created at,Solved at,Resolution time,Satisfaction Score\n1001,361234567890,Solved,Question,2026-01-05 08:30,2026-01-06 10:30,26,Good\n' \
	'1001|361234567890|consult|2026-01-06T10:30:00|4'
export_of 'Freshdesk tickets' tickets '' ticket_id,status,kind,opened_at,due_at,closed_at,channel,customer_id \
	'Ticket ID,Status,Source,Type,Created time,Due by Time,Resolved time,Closed time,Resolution time (in hrs),Contact ID\n11,Waiting on Customer,Feedback Widget,Question,2026-01-05 08:30:00,2026-01-07 08:30:00,,,,150001\n12,Closed,Email,Question,2026-01-05 08:30:00,2026-01-07 08:30:00,2026-01-06 08:30:00,2026-01-09 08:30:00,04:00:00,150001\n' \
	'11|waiting|consult|2026-01-05T08:30:00|2026-01-07T08:30:00||web|150001\n12|closed|consult|2026-01-05T08:30:00|2026-01-07T08:30:00|2026-01-06T08:30:00|mail|150001'
export_of 'Freshdesk contacts' customers '' customer_id,name,created_at,updated_at \
	'Full name,Email,Contact ID,Created time,Updated time\nAnn Lee,a@x.cn,150001,2026-01-05 08:30:00,2026-01-06 08:30:00\n' \
	'150001|Ann Lee|2026-01-05T08:30:00|2026-01-06T08:30:00'
export_of 'Zoho contacts' customers '' customer_id,name,owner,created_at,updated_at \
	'Record Id,Contact Owner.id,Contact Owner,First Name,Last Name,Created Time,Modified Time\nzcrm_55001,zcrm_1,Joe,Ann,Lee,2026-01-05 08:30:00,2026-01-06 08:30:00\n' \
	'zcrm_55001|Ann Lee|Joe|2026-01-05T08:30:00|2026-01-06T08:30:00'
export_of 'Zoho deals' tickets '' ticket_id,customer_id,stage,due_at,note \
	'Record Id,Deal Owner,Amount,Deal Name,Closing Date,Account Name.id,Account Name,Stage,Type,Contact Name.id,Created Time\nzcrm_66001,Joe,1200,Big,2026-03-01,zcrm_9,Acme,Qualification,New Business,zcrm_55001,2026-01-05 08:30:00\n' \
	'zcrm_66001|zcrm_55001|Qualification|2026-03-01|Big'
export_of 'Pipedrive people' customers '' customer_id,name,phone,phone2,email,owner,created_at \
	'Person - ID,Person - Name,Person - Email - Work,Person - Phone - Work,Person - Phone - Mobile,Person - Owner,Person - Person created\n7,Ann Lee,a@x.cn,0532-88939999,13812340001,Joe,2026-01-05 08:30:00\n' \
	'7|Ann Lee|+8613812340001|+8653288939999|a@x.cn|Joe|2026-01-05T08:30:00'
export_of 'Pipedrive deals' tickets kind ticket_id,status,amount,customer_id,opened_at,closed_at,due_at \
	'Deal - ID,Deal - Title,Deal - Value,Deal - Contact person ID,Deal - Status,Deal - Deal created,Deal - Deal closed on,Deal - Expected close date\n1,Big,1200,7,Won,2026-01-05 08:30:00,2026-02-05 08:30:00,2026-03-01\n2,Big,10,7,Lost,2026-01-05 08:30:00,2026-02-05 08:30:00,\n' \
	'1|closed|1200.00|7|2026-01-05T08:30:00|2026-02-05T08:30:00|2026-03-01\n2|cancelled|10.00|7|2026-01-05T08:30:00|2026-02-05T08:30:00|'
export_of 'Dynamics contacts' customers '' customer_id,name,phone,updated_at \
	'(Do Not Modify) Contact,(Do Not Modify) Modified On,Full Name,Mobile Phone,Created On\n6b29fc40-ca47,1/14/2026 9:30 AM,Ann Lee,13812340001,1/13/2026 9:30 AM\n' \
	'6b29fc40-ca47|Ann Lee|+8613812340001|2026-01-14T09:30:00'
export_of 'Dynamics cases' tickets customer_id ticket_id,note,kind,opened_at,due_at,status \
	'(Do Not Modify) Case,Case Title,Case Number,Subject,Case Type,Created On,Resolve By,Status,Status Reason\n6b29,No cooling,CAS-01000,AC,Question,1/13/2026 9:30 AM,1/20/2026 9:30 AM,Canceled,Researching\n' \
	'CAS-01000|No cooling|consult|2026-01-13T09:30:00|2026-01-20T09:30:00|cancelled'

# ---- shops ----

export_of "Shopify customers: an apostrophe before the plus" customers '' customer_id,name,phone,phone2,address,region \
	"Customer ID,First Name,Last Name,Email,Default Address Address1,Default Address Address2,Default Address City,Default Address Province Code,Default Address Phone,Phone\n'6541237890123,Ann,Lee,a@x.cn,Road 1,Flat 2,Qingdao,SD,'+8613812340001,'+8613812340002\n'6541237890124,Bob,Stone,b@x.cn,,,,,',\n" \
	'6541237890123|Ann Lee|+8613812340002|+8613812340001|Road 1 Flat 2|SD Qingdao\n6541237890124|Bob Stone||||'
shopify='Name,Email,Financial Status,Fulfillment Status,Total,Created at,Lineitem quantity,Lineitem name,Billing Name,Billing Street,Billing City,Billing Phone,Shipping City,Notes,Outstanding Balance,Id,Source,Phone\n#1001,a@x.cn,paid,unfulfilled,110.00,2026-01-05 09:29:00,1,Tea,Ann Lee,Road,Qingdao,13812340001,Qingdao,,0.00,5541237890123,web,\n#1002,b@x.cn,voided,unfulfilled,20.00,2026-01-05 09:30:00,1,Cup,Bob,,,,,,0.00,5541237890124,web,\n#1003,b@x.cn,refunded,fulfilled,20.00,2026-01-05 09:30:00,1,Cup,Bob,,,,,,0.00,5541237890125,web,\n'
export_of 'Shopify orders: sold is a sale, whoever bought it' tickets 'customer_id kind' ticket_id,product,quantity,amount,status,opened_at "$shopify" \
	'5541237890123|Tea|1|110.00|closed|2026-01-05T09:29:00\n5541237890124|Cup|1|20.00|cancelled|2026-01-05T09:30:00\n5541237890125|Cup|1|20.00|cancelled|2026-01-05T09:30:00'
input "$shopify#1001,a@x.cn,,,,2026-01-05 09:29:00,2,Cup,,,,,,,,,,\n"
run crm-import -q --map=ticket_id=Name,customer_id=Email --set=kind=order
pick ticket_id,customer_id,kind,product,amount >got
cp got .out
expect 'and by the number that the buyer sees' 0 '#1001|a@x.cn|order|Cup|110.00\n#1002|b@x.cn|order|Cup|20.00\n#1003|b@x.cn|order|Cup|20.00\n' ''
export_of 'WooCommerce orders' tickets 'customer_id kind' ticket_id,status,amount,quantity \
	'Order Number,Order Status,Order Date,Phone (Billing),Order Total Amount,Item Name,Quantity (- Refund)\n731,Refunded,2026-01-05 08:30,13812340001,110.00,Tea,1\n732,Pending payment,2026-01-05 08:30,13812340001,1,Tea,1\n' \
	'731|cancelled|110.00|1\n732|open|1.00|1'
export_of 'WooCommerce Analytics' tickets 'customer_id kind' ticket_id,amount,status,quantity \
	'Date,Order #,N. Revenue (formatted),Status,Customer,Product(s),Items sold,N. Revenue\n2026-01-05 08:30:00,731,x,on-hold,Ann Lee,Tea,1,110\n' \
	'731|110.00|waiting|1'
export_of 'a list of buyers without a number stays one of customers' customers '' name,phone \
	'姓名,电话,地址,产品,数量,金额\n王小明,13812340001,甲路1号,水壶,1,99\n' '王小明|+8613812340001'

taobao='订单编号,买家会员名,买家应付货款,总金额,买家实际支付金额,订单状态,买家留言,收货人姓名,收货地址 ,联系电话 ,联系手机,订单创建时间,宝贝标题 ,宝贝总数量,店铺名称\r\n'
row() { # NUMBER BUYER STATE PHONE
	printf '%s' "$1,$2,1999.00,1999.00,1899.00,$3,,王小明,山东省 青岛市 甲路1号,',$4,2026-01-05 08:30:00,空调,1,甲旗舰店\r\n"
}
wanted='2601123456789001230|007|1999.00|closed|甲旗舰店|2026-01-05T08:30:00\n0601123456789001231|tb1|1999.00|cancelled|甲旗舰店|2026-01-05T08:30:00\n2601123456789001232|tb2|1999.00|open|甲旗舰店|2026-01-05T08:30:00'
taobao_of() { # NAME TEXT
	gb18030 "$2"
	export_of "$1" tickets kind ticket_id,customer_id,amount,status,station,opened_at in "$wanted"
	form=
}
taobao_of 'Taobao: ="..." within quotes' "$taobao$(row '"=""2601123456789001230"""' 007 交易成功 "'13812340001")$(row '"=""0601123456789001231"""' tb1 交易关闭 "'13812340001")$(row '"=""2601123456789001232"""' tb2 '"买家已付款,等待卖家发货"' "'13812340001")"
taobao_of 'Taobao: ="..." as it is' "$taobao$(row '="2601123456789001230"' 007 交易成功 "'13812340001")$(row '="0601123456789001231"' tb1 交易关闭 "'13812340001")$(row '="2601123456789001232"' tb2 '"买家已付款,等待卖家发货"' "'13812340001")"
taobao_of 'Taobao: a TAB before the number' "$taobao$(row '\t2601123456789001230' 007 交易成功 '\t13812340001')$(row '\t0601123456789001231' tb1 交易关闭 '\t13812340001')$(row '\t2601123456789001232' tb2 '"买家已付款,等待卖家发货"' '\t13812340001')"
taobao_of 'Taobao: a TAB behind it, and an apostrophe before' "$taobao$(row '2601123456789001230\t' 007 交易成功 '13812340001\t')$(row "'0601123456789001231" tb1 交易关闭 '')$(row "'2601123456789001232" tb2 '"买家已付款,等待卖家发货"' '')"
gb18030 '宝贝ID,宝贝标题,宝贝价格,宝贝数量,商家编码,宝贝状态\n674123456781,空调,1999.00,100,K,出售中\n'
run crm-import
expect 'a list of goods is neither: it says what is missing' 1 'ticket_id\t宝贝id\tproduct\t宝贝价格\tquantity\t商家编码\t宝贝状态\n' \
	"$(lacks ticket_id customer_id kind opened_at)\ncrm-import: (standard input):2: nothing to know it by: no id and no value to match\ncrm-import: 1 read = 0 created + 0 updated + 0 unchanged + 1 rejected (tickets, gb18030, comma)\n"
gb18030 '订单号,商品ID,商品名称,订购数量,下单时间,订单金额,应付金额,订单状态,订单类型,下单帐号,客户姓名,联系电话,订单完成时间\n"=""098765432100""","=""1000""",冰箱,1,2026-01-05 08:30:00,"2,999.00",2899.00,(锁定)等待出库,SOP,jd_1,王小明,13812340001,\n298765432101,,冰箱,1,2026-01-05 08:30:00,1,1,(删除)等待付款确认,SOP,jd_1,王小明,13812340001,\n'
export_of 'JD' tickets kind ticket_id,customer_id,amount,status in '098765432100|jd_1|2999.00|open\n298765432101|jd_1|1.00|cancelled'
form=
export_of 'Pinduoduo' tickets 'customer_id kind' ticket_id,status,amount,quantity,opened_at,closed_at \
	'商品,订单号,订单状态,商品总价(元),用户实付金额(元),商品数量(件),收货人,手机,省,市,区,支付时间/成团时间,拼单成功时间,确认收货时间\n风扇,260105-345678901234500,未发货，退款成功,99,89.9,1,王小明,13812340001,山东省,青岛市,崂山区,2026-01-05 08:30:00,2026-01-05 08:30:10,\t\n' \
	'260105-345678901234500|cancelled|89.90|1|2026-01-05T08:30:10|'
export_of 'Douyin: an order that is closed was not sold' tickets 'customer_id kind' ticket_id,status,amount,opened_at \
	'\xef\xbb\xbf主订单编号,子订单编号,选购商品,商品数量,订单应付金额,收件人,收件人手机号,省,市,区,街道,详细地址,订单提交时间,订单完成时间,订单状态\n\t6951234567890123400,\t6951234567890123500,水壶,1,119.00,王**,138****0001,山东省,青岛市,崂山区,甲街道,甲路***,\t2026-01-05 08:30:00,,已关闭\n\t6951234567890123400,\t6951234567890123501,水壶,1,119.00,王**,138****0001,山东省,青岛市,崂山区,甲街道,甲路***,\t2026-01-05 08:30:00,\t2026-01-15 08:30:00,已完成\n' \
	'6951234567890123500|cancelled|119.00|2026-01-05T08:30:00\n6951234567890123501|closed|119.00|2026-01-05T08:30:00'
export_of 'but a closed ticket is done' tickets '' ticket_id,status \
	'工单号,客户编号,类型,受理时间,状态\nT1,C1,维修,2026-01-05,已关闭\n' 'T1|closed'
export_of 'Youzan orders' tickets 'customer_id kind' ticket_id,status,amount,product,station,closed_at \
	'订单号,订单类型,订单状态,订单创建时间,买家付款时间,交易成功时间,应收订单金额,订单实付金额,买家姓名,买家手机号,归属店铺,全部商品名称\nE20260105083000000000000,普通订单,交易完成,2026-01-05 08:30:00,2026-01-05 08:31:00,2026-01-15 08:31:00,199.00,189.00,王小明,13812340001,总店,水壶\n' \
	'E20260105083000000000000|closed|189.00|水壶|总店|2026-01-15T08:31:00'
export_of 'Youzan customers' customers '' customer_id,name,phone,tier,created_at \
	'客户ID,手机号,昵称,姓名,生日,会员等级,成为客户时间,累计消费金额\n11001,13812340001,n,王小明,1980-01-05,VIP1,2024-01-05 08:30:00,199\n' \
	'11001|王小明|+8613812340001|VIP1|2024-01-05T08:30:00'
export_of 'Weidian' tickets kind ticket_id,customer_id,status,amount,closed_at \
	"订单编号,下单时间,订单状态,商品名称,商品数量,商品总金额,运费,订单实付金额,买家昵称,收件人姓名,收货省份,成交时间\n'0123456789001,2026-01-05 08:30:00,已关闭,水壶,1,99,0,99.00,n1,王小明,山东省,\n" \
	'0123456789001|n1|cancelled|99.00|'

# ---- ledgers ----

gb18030 '代码,名称,全名,简称,地址,区域,联系人,电话,移动电话,信用额度,专营业务员,状态\n01.001,甲商贸,青岛甲商贸有限公司,甲,甲路1号,青岛,王小明,0532-88939999,13812340001,"50,000.00",王经理,使用\n'
export_of 'Kingdee K3' customers '' customer_id,name,phone,phone2,credit_limit,owner in '01.001|甲商贸|+8653288939999|+8613812340001|50000.00|王经理'
gb18030 '客户编号,客户名称,客户类别,客户等级,销售人员,联系人,手机,座机,联系地址\nC001,甲商贸,批发客户,批发客户,王经理,王小明,13812340001,0532-88939999,甲路1号\n'
export_of 'Kingdee JDY' customers '' customer_id,type,tier,owner,phone2 in 'C001|company|批发客户|王经理|+8653288939999'
gb18030 '客户编码,客户名称,客户简称,所属行业,地区名称,地址,电话,手机,Email地址,信用额度,应收余额,专营业务员名称,建档日期,变更日期\n0001,青岛甲商贸有限公司,甲,零售,青岛,甲路1号,0532-88939999,13812340001,a@x.cn,50000,1200,王经理,2020-01-01,2025-01-01\n'
export_of 'Yonyou U8' customers '' customer_id,name,region,email,balance,owner,created_at,updated_at in '0001|青岛甲商贸有限公司|青岛|a@x.cn|1200.00|王经理|2020-01-01|2025-01-01'
gb18030 '单位编号,单位全名,单位简名,地址,电话,手机,联系人,默认经手人,应收信用额度,备注\n001,青岛甲商贸,甲,甲路1号,0532-88939999,13812340001,王小明,王经理,50000,\n'
export_of 'Guanjiapo customers' customers '' customer_id,name,owner,credit_limit in '001|青岛甲商贸|王经理|50000.00'
gb18030 '单据日期,单据编号,单据类型,往来单位编号,往来单位,经手人,商品名称,数量,单价,金额,摘要\n2026-01-05,XS-2026-01-05-0001,销售单,001,青岛甲商贸,王经理,水壶,2,99,198,急\n2026-01-06,XT-2026-01-06-0001,销售退货单,001,青岛甲商贸,王经理,水壶,1,99,99,\n'
export_of 'Guanjiapo documents' tickets '' ticket_id,kind,customer_id,opened_at,amount,owner,note in 'XS-2026-01-05-0001|sale|001|2026-01-05|198.00|王经理|急\nXT-2026-01-06-0001|return|001|2026-01-06|99.00|王经理|'
form=
export_of 'DingTalk' customers '' name,tier,phone,owner,created_at \
	'客户名称,客户状态,客户级别,客户来源,联系人姓名,联系人手机,负责人,创建时间\n甲公司,潜在客户,A,展会,王小明,13812340001,王经理,2026-01-05 08:30\n' '甲公司|A|+8613812340001|王经理|2026-01-05T08:30:00'
export_of 'WeCom' customers '' customer_id,name,type,owner,created_at \
	'客户名称,客户类型,企业,手机号,添加人,添加时间,来源,客户ID\nn1,微信,甲公司,13812340001,王经理,2026-01-05 08:30,扫描二维码,wmABC_d-1\n' 'wmABC_d-1|n1|person|王经理|2026-01-05T08:30:00'

# ---- work orders ----

gb18030 '受理单号,受理时间,受理人,来电号码,用户姓名,联系电话,服务类型,产品大类,产品型号,机身条码,故障现象,预约时间,紧急程度,受理渠道,派工网点,单据状态\nSL2026010500,2026/1/15 8:30,坐席01,13812340001,王小明,13812340001,报装,空调,KFR-35,0000123456789012345000,,2026/1/16 14:00,加急,400热线,崂山网点,待上门\n'
export_of 'intake' tickets customer_id ticket_id,kind,channel,station,status,barcode,priority in 'SL2026010500|install|phone|崂山网点|open|0000123456789012345000|1'
gb18030 '服务单号,服务单类型,用户编码,用户姓名,用户电话1,用户电话2,产品品类,产品型号,内机条码,派工时间,网点名称,服务工程师,上门时间,完工时间,服务费用,服务单状态,用户满意度\nW260105000001,退换机,U001,王小明,13812340001,,冰箱,BCD-520,0012,2026-01-05 09:00,崂山网点,张师傅,2026-01-05 14:00,2026-01-05 15:00,120,服务完成,非常满意\n'
options=--map=opened_at=派工时间
export_of 'service orders, which do not say when they were opened' tickets '' ticket_id,kind,customer_id,product,barcode,opened_at,closed_at,owner,amount,status,score in 'W260105000001|return|U001|冰箱|0012|2026-01-05T09:00:00|2026-01-05T15:00:00|张师傅|120.00|closed|5'
gb18030 '回访单号,服务单号,用户姓名,服务网点,服务人员,服务完成时间,回访时间,回访人,总体满意度,回访状态\nHF26010501,W260105000001,王小明,崂山网点,张师傅,2026-01-05 15:00,2026-01-07 10:00,李回访,五星,已回访\nHF26010502,W260105000002,李芳,崂山网点,张师傅,2026-01-05 15:00,2026-01-07 10:00,李回访,,无人接听\n'
options=
run crm-import
expect 'callbacks have two numbers' 2 '' 'crm-import: (standard input): two columns for ticket_id: "回访单号" and "服务单号"; --map=ticket_id=HEADER decides, --map=ref=HEADER is the one it belongs to\n'
options='--map=ticket_id=回访单号,ref=服务单号,opened_at=回访时间,owner=回访人,status=回访状态 --set=kind=callback'
export_of 'and are taken as the message says' tickets customer_id ticket_id,ref,kind,opened_at,owner,score,status in 'HF26010501|W260105000001|callback|2026-01-07T10:00:00|李回访|5|closed\nHF26010502|W260105000002|callback|2026-01-07T10:00:00|李回访||waiting'
options=
form=
file list.tsv 'ticket_id\tcustomer_id\tkind\topened_at\tstatus\towner\nT1\tC1\trepair\t2026-01-05\tclosed\t张师傅\n'
cp list.tsv want
input '工单号,派工时间,回访时间,回访人,回访状态\nT1,2026-01-06,2026-01-07,李回访,未回访\n'
run crm-import -q --into=list.tsv
cut -f1-6 list.tsv >got
same 'the time and state of a callback are not those of its ticket' got want
words() { # WORD...: each is a state of an order that is known
	for word in "$@"; do printf '%s,C1,维修,2026-01-05,%s\n' "$word" "$word"; done |
		{ echo 工单号,客户编号,类型,受理时间,状态; cat; } >in
	run crm-import -q
	pick status >got
	sort -u got >.out
}
words 待接单 已派单 待预约 待上门 维修中 待回访 'Pending payment' Authorized Unfulfilled partially_paid 正在出库
expect 'states: open' 0 'open\n' ''
words '(暂停)等待出库' 未接通 'Waiting on Third Party' 'Waiting for Details'
expect 'states: waiting' 0 'waiting\n' ''
words 已完结 维修完成 回访成功 Won 'Problem Solved' partially_refunded
expect 'states: closed' 0 'closed\n' ''
words 已撤单 已撤消 Lost Refunded '（删除）等待出库'
expect 'states: cancelled' 0 'cancelled\n' ''

# ---- what a message asks for ends it ----

phones='customer_id,手机,电话,座机\na1,13812345678,0532-88939999,0532-88939998\n'
input "$phones"
run crm-import -q --map=phone2=座机
expect 'a third phone stays itself where --map gives phone2' 0 'customer_id\tphone\t电话\tphone2\na1\t+8613812345678\t0532-88939999\t+8653288939998\n' ''
input 'Customer ID,Type,Email\na1,Prospect,a@x.cn\n'
run crm-import -q --map=account_type=Type
expect 'a column of other words, under another name' 0 'customer_id\taccount_type\temail\na1\tProspect\ta@x.cn\n' ''
finish
