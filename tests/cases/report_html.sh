. "$TESTS/lib.sh"
# crm-report --format=html, --lang, --mask: pages, and words for people.
export CRM_AS_OF=2026-11-21T09:00 COLUMNS=80
unset LANG
file t.tsv 'ticket_id\tcustomer_id\tkind\tchannel\topened_at\tclosed_at\tstatus\tamount\tproduct
T1\tC1\torder\tphone\t2026-10-05T08:00\t2026-10-05T10:00\tclosed\t1234567.50\t<script>alert(1)</script>
T2\tC1\torder\tweb\t2026-10-06T08:00\t2026-10-06T09:30\tclosed\t250000\ta"b'"'"'c&d
T3\tC2\tsale\tweb\t2026-11-07T08:00\t\topen\t300000\t\0342\0200\0256\0033[31m\0377]]>
T4\tC2\torder\tweb\t2026-11-08T08:00\t\topen\t400000\t冰箱
T5\tC2\trepair\tphone\t2026-11-08T09:00\t\topen\t\t冰箱
'
file c.tsv 'customer_id\tname\tphone\temail\taddress\towner\tcredit_limit\tbalance\ttrade\ttarget
C1\t王小明\t+8613812345678\tw@x.cn\t青岛市中山路1号\t李\t100\t150\t零售\t1000000
C2\t<b>海天\t+8653288939999\t\t\t李\t100\t200\t批发\t500000
'
# full.tsv: the same tickets, with every column that a report may ask for
awk -F '\t' -v names="ticket_id ref customer_id kind channel product model serial barcode fault item quantity amount score expected weight opened_at due_at closed_at status stage owner station note" '
	NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; n = split(names, wanted, " ") }
	{ for (i = 1; i <= n; i++)
		printf "%s%s", NR == 1 ? wanted[i] : wanted[i] in at ? $at[wanted[i]] : "", i < n ? "\t" : "\n" }' t.tsv >full.tsv
file s.tsv 'serial\tproduct\nS1\t冰箱\n'
tickets=t.tsv
page() { # NAME... : the page, in `page`
	crm-report -q -c c.tsv -t $tickets --format=html "$@" >page 2>messages ||
		{ cat messages; false; }
}
# sound FILE: XML reads it as it is
sound() {
	! grep -E '<(meta|link|br|hr|img|col)( [^>]*[^/])?>' "$1" &&
		! sed 's/&\(amp\|lt\|gt\|quot\|#[0-9][0-9]*\);//g' "$1" | grep '&' &&
		if command -v xmllint >/dev/null 2>&1; then
			xmllint --noout "$1"
		fi
}

true_that 'a page of one report' page products
true_that 'it is well-formed' sound page
true_that 'it holds no script, and asks for nothing' sh -c '
	! grep -Ei "<script|javascript:|onclick|onload|@import|url\(" page &&
	! grep -E "(src|href)=" page | grep -vE "href=\"(data:,|#)" &&
	test "$(grep -o "http[s]*://[^\"]*" page | sort -u)" = http://www.w3.org/2000/svg'
true_that 'and allows no request' grep -q "default-src 'none'" page
true_that 'data are escaped' sh -c '
	grep -q "&lt;script&gt;alert(1)&lt;/script&gt;" page &&
	grep -q "a&quot;b&#39;c&amp;d" page && grep -q "\\\\u{202E}\\\\x1B\[31m\\\\xFF\]\]&gt;" page'
true_that 'no control, bidirectional or broken byte is left' sh -c '
	! LC_ALL=C grep -q "$(printf "[\001-\010\013-\037\177]")" page &&
	! grep -q "$(printf "\342\200\256")" page && iconv -f UTF-8 -t UTF-8 page >/dev/null'
true_that 'every picture has a title and a description' sh -c '
	n=$(grep -c "<svg " page) && test "$n" = 2 &&
	test "$(grep -c "role=\"img\"" page)" = 2 &&
	for id in $(grep -o "aria-labelledby=\"[^\"]*\" class=\"picture\"" page | cut -d\" -f2); do
		grep -q "id=\"$id\">." page || exit 1
	done'
true_that 'no id comes twice' sh -c 'test -z "$(grep -o " id=\"[^\"]*\"" page | sort | uniq -d)"'
true_that 'the table is beside the picture, with a total' sh -c '
	grep -q "<table" page && grep -q "<tfoot>" page && grep -q "1...234...567.50" page'
true_that 'light, dark, phone and paper' sh -c '
	grep -q "prefers-color-scheme:dark" page && grep -q "max-width:700px" page &&
	grep -q "@media print" page && grep -q "width=device-width" page'
true_that 'one report: its title is the heading, no contents' sh -c '
	grep -q "<h1 id=\"top\">Sales by product</h1>" page && ! grep -q "<nav" page &&
	grep -q "<html lang=\"en\">" page && grep -q "As of 2026-11-21 09:00" page'
cp page first
page products
same 'the same again, byte for byte' first page
CRM_CHUNK=7 page -j 3 products
same 'with any number of threads' first page
page --since=2026-10-01 --until=2026-11-30 products
true_that 'the period is named' grep -q 'Tickets opened 2026-10-01 – 2026-11-30' page

page intake products credit customers
true_that 'several reports: well-formed' sound page
true_that 'several: contents with a link to each' sh -c '
	test "$(grep -c "<li><a href=\"#r[1-4]\">" page)" = 4 &&
	for i in 1 2 3 4; do grep -q "<section id=\"r$i\"" page || exit 1; done'
true_that 'several: no id comes twice' sh -c 'test -z "$(grep -o " id=\"[^\"]*\"" page | sort | uniq -d)"'
page --explain composition
true_that '--explain: the rule of every figure' sh -c '
	grep -q "How the figures are made" page && grep -q "<li>sales_share = share(sales)" page'
page products --since=2030-01-01
true_that 'nothing to show is said' grep -q 'Nothing to show.' page

crm-report --list | cut -f 1 | sed '1d; /^segments$/d; /^card$/d' >names
tickets=full.tsv
true_that 'every built-in report' page --serials=s.tsv --target=1000 $(cat names)
true_that 'every built-in report: well-formed' sound page
sed -n 's/.*<h2[^>]*>\(.*\)<\/h2>.*/\1/p' page >titles
crm-report --list | awk -F '\t' 'NR > 1 && $1 != "segments" && $1 != "card" { print $3 }' >wanted
same 'every built-in report: under its title' wanted titles

# ---- words ----
awk -F '\t' 'NR > 1 && $5 == ""' "$TESTS/../src/crm-report/words.tsv" >untranslated
true_that 'every word has a Chinese one' test ! -s untranslated
crm-report --list | sed 1d | cut -f 1 >names
for name in $(cat names); do
	grep -q "^title	$name	" "$TESTS/../src/crm-report/words.tsv" || echo "$name: title"
	grep -q "^about	$name	" "$TESTS/../src/crm-report/words.tsv" || echo "$name: about"
done >missing
sed -i '/^card: /d' missing
file none ''
same 'every built-in report has a Chinese title and sentence' none missing
page --serials=s.tsv --lang=zh --target=1000 $(sed '/^segments$/d; /^card$/d' names)
sed -n 's/.*<th scope="col[^>]*>\([^<]*\).*/\1/p' page >one
grep -o '<th scope="col"[^>]*>[^<]*' page | sed 's/.*>//' | grep '[a-z]_[a-z]' | sort -u >missing
same 'every heading of a built-in report is translated' none missing
true_that 'the page says that it is Chinese' grep -q '<html lang="zh-CN">' page
run crm-report -t t.tsv --lang=zh products
expect '--lang=zh: title and headings, units of 10 000; data as they are' 0 '各产品的销售
产品                       销售额（万元）  订单  占比（%）  累计占比（%）
─────────────────────────────────────────────────────────────────────────
<script>alert(1)</script>          123.46     1       56.5           56.5
冰箱                                40.00     1       18.3           74.8
\\u{202E}\\x1B[31m\\xFF]]>             30.00     1       13.7           88.6
a"b'"'"'c&d                             25.00     1       11.4          100.0
─────────────────────────────────────────────────────────────────────────
合计                               218.46     4      100.0
以万、亿为单位的数字经四舍五入，合计按原数计算。
' ''
cp .out chinese
for setting in 'LC_ALL=zh_CN.UTF-8' 'LC_ALL= LANG=zh_CN' 'LC_ALL=zh LANG=en_US'; do
	env $setting crm-report -t t.tsv products >.out
	same "Chinese by $setting" chinese .out
done
crm-report -t t.tsv --lang=en products >english
for setting in 'LC_ALL=C' 'LC_ALL=C LANG=zh_CN' 'LC_ALL=en_US.UTF-8 LANG=zh' 'LC_ALL= LANG='; do
	env $setting crm-report -t t.tsv products >.out
	same "English by $setting" english .out
done
LC_ALL=zh_CN.UTF-8 crm-report --lang=en -t t.tsv products >.out
same '--lang wins' english .out
crm-report -t t.tsv --format=tsv products >english
crm-report -t t.tsv --format=tsv --lang=zh products >.out
same 'tsv is the same in every language' english .out
run crm-report -t t.tsv --format=json --lang=zh --since=2030-01-01 products
expect 'json: the title; names of columns stay' 0 \
	'[{"report":"products","title":"各产品的销售","columns":["product","sales","orders","share","cumshare"],"rows":[\n]}]\n' ''
run crm-report --list --lang=zh
true_that '--list: titles' grep -q "^loop	tickets	闭环：从受理到客户满意$" .out
run crm-report --lang=fr -t t.tsv products
expect 'another language' 2 '' 'crm-report: --lang: not zh or en: fr; ...'
printf 'report\ttitle\tof\tby\tshow\nsales\tMine\ttickets\tkind\tamount = sum(amount); my_n = count()\nproducts\tMine too\ttickets\tproduct\tsales = count()\n' >d.tsv
run crm-report -f d.tsv -t t.tsv --lang=zh --until=2026-10-31 sales
expect 'a definition of your own keeps its title and its own names' 0 \
	'Mine\n类型   金额（万元）  my_n\n─────────────────────────\norder        148.46     2\n以万、亿为单位的数字经四舍五入，合计按原数计算。\n' ''
run crm-report -f d.tsv -t t.tsv --lang=zh --until=2026-10-05 products
expect 'also in the place of a built-in one' 0 \
	'Mine too\n产品                       销售额\n─────────────────────────────────\n<script>alert(1)</script>       1\n' ''

# ---- tables ----
cat >d.tsv <<'END'
report	of	by	across	show
times	tickets	kind		last = max(opened_at); below = sum(amount) - 500000; how_long_this_name_is = count()
two	tickets	kind	channel	n = count(); s = sum(amount)
END
page -f d.tsv times
true_that 'times are not broken, a minus is a minus, long headings come in lines' sh -c '
	grep -q "<td class=\"t\">2026-11-08 09:00</td>" page && grep -q ">−2[^<]*000.00<" page &&
	grep -q "class=\"n wide\">how_long_this_name_is<" page'
page -f d.tsv two
true_that 'several measures with sides: a table each, with a caption' sh -c '
	test "$(grep -c "<caption>" page)" = 2 && test "$(grep -c "<table" page)" = 2 &&
	grep -q "<caption>s, yuan</caption>" page'
true_that 'it is well-formed' sound page
page --lang=zh --explain products
true_that '--explain in Chinese' grep -q 'sales = sum(sales)：各值之和；缺失的不计；分母 sales.n 条记录' page

# ---- mask ----
for format in tsv json text md html; do
	crm-report -c c.tsv --format=$format --mask credit >masked
	true_that "--mask, $format: no name, phone or address" sh -c '
		grep -q "王" masked && ! grep -q "王小明" masked && ! grep -q "海天" masked'
done
printf 'report\tof\tby\tacross\tshow\nm\tcustomers\twho = name; upper(phone); email; address\t\tn = count()\na\tcustomers\towner\tname\tn = count()\n' >d.tsv
run crm-report -c c.tsv -f d.tsv --mask --format=tsv m
expect '--mask: under any name' 0 'who\tupper(phone)\temail\taddress\tn\n<****\t+86532****9999\t\t\t1\n王**\t+86138****5678\tw***@x.cn\t青岛市***\t1\n' ''
run crm-report -c c.tsv -f d.tsv --mask --format=tsv a
expect '--mask: in the names of columns' 0 'owner\t<****\t王**\n李\t1\t1\n' ''

# ---- what a reader stumbles over ----
page intake products customers settlement csi
true_that 'a unit that is the name is not said twice' sh -c '
	! grep -qi ">tickets<small>tickets<" page && ! grep -qi ">orders<small>orders<" page &&
	grep -q ">sales<small>yuan<" page'
true_that 'the figures of one row have units' grep -q '<th scope="row">sales, yuan</th>' page
true_that 'the values of a side stay as they are' sh -c '
	grep -q "<th scope=\"col\" class=\"n datum\">web<" page && grep -q "th.datum::first-letter{text-transform:none}" page'
true_that 'an option is not broken' grep -q 'crm-score <span class="t">--of=tickets</span> <span class="t">--card</span> where' page
true_that 'a word with a hyphen is a word' sh -c '! grep -q "<span class=\"t\">-score" page'
page --lang=zh retention
true_that 'captions in Chinese' grep -q '<caption>回购率（%）</caption>\|<caption>[^<,]*（%）</caption>' page
printf 'report\tof\tby\tshow\nx\ttickets\tproduct = "%s"; kind\tn = count()\n' Donaudampfschifffahrtselektrizitaetenhauptbetriebswerk >d.tsv
page -f d.tsv x
true_that 'long keys break, and are short where they come again' sh -c '
	grep -q "<th scope=\"row\" class=\"long\">Donau" page && grep -q "<th scope=\"row\" class=\"quiet long\">Donau" page &&
	grep -A 1 "tbody th.long" page | grep -q "overflow-wrap:anywhere"'
finish
