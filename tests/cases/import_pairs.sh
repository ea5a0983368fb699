# crm-import --pairs: customers that look like one.
. "$TESTS/lib.sh"
export CRM_AS_OF=2026-11-21
h='left\tright\tscore\twhy\tdecision\n'

# pairs NAME WANT [OPTION...]: what --pairs finds in `in`
pairs() {
	name=$1 want=$2
	shift 2
	run crm-import -q --pairs=p.tsv "$@"
	printf "$h$want" >want
	true_that "$name: status" [ "$status" = 0 ]
	same "$name" p.tsv want
}

input 'customer_id,name,phone,address,birthday\na1,张伟,13812345678,青岛市香港中路10号,1985-02-03\na2,王芳,13900000000,,\na3,张 伟,138-1234-5679,青岛香港中路10号,1985-02-03\n'
pairs 'points of each field, and their score' 'a1\ta3\t0.9936\tname 1.00 +8.0; phone 0.80 +5.2; birthday 1.00 +8.0; address 0.62 +2.4\t\n'
run crm-import --pairs=p.tsv
expect 'nothing is merged' 0 'customer_id\tname\tphone\taddress\tbirthday\na1\t张伟\t+8613812345678\t青岛市香港中路10号\t1985-02-03\na2\t王芳\t+8613900000000\t\t\na3\t张 伟\t+8613812345679\t青岛香港中路10号\t1985-02-03\n' \
	'crm-import: 1 pair in p.tsv looks like one customer\ncrm-import: 3 read = 3 created + 0 updated + 0 unchanged + 0 rejected (customers, utf-8, comma)\n'
input 'customer_id,name,phone\na1,Ann Lee,13812345678\n'
pairs 'one customer makes no pair' ''
input 'customer_id,name,phone\n'
pairs 'none neither' ''
input 'customer_id,name\na1,Ann Lee\na2,Ann Lee\n'
pairs 'a name alone is not enough' ''
pairs 'unless the threshold says so' 'a1\ta2\t0.4142\tname 1.00 +8.0\t\n' --threshold=0.4
input 'customer_id,phone,email\na1,13812345678,\na2,13812345678,\na3,,Info@x.cn\na4,,info@X.cn\n'
pairs 'a phone, or an email, is' 'a1\ta2\t0.5858\tphone 1.00 +10.0\t\na3\ta4\t0.5858\temail 1.00 +10.0\t\n'
pairs '... up to the threshold' '' --threshold=0.59
input 'customer_id,name,phone\na1,Ann Lee,13812345678\na2,Robert Smith,13812345678\n'
pairs 'one phone, two names' ''
input 'customer_id,name,phone,phone2\na1,Ann Lee,13812345678,0532-88939999\na2,Lee Ann,0532-88939999,\n'
pairs 'the second phone; words in any order' 'a1\ta2\t0.9577\tname 1.00 +8.0; phone 1.00 +10.0\t\n'
input 'customer_id,name,phone\na1,海天电器有限公司,0532-88939999\na2,海天电器,0532-88939999转801\n'
pairs 'legal forms and extensions do not matter' 'a1\ta2\t0.9577\tname 1.00 +8.0; phone 1.00 +10.0\t\n'
input 'customer_id,name,email\na1,王先生,wang@x.cn\na2,王芳,wang@x.cn\na3,Mr O'\''Brien,ob@x.cn\na4,obrien,ob@x.cn\n'
pairs 'forms of address; a family name alone' 'a1\ta2\t0.5858\tname 0.60 +0.0; email 1.00 +10.0\t\na3\ta4\t0.9577\tname 1.00 +8.0; email 1.00 +10.0\t\n'
input 'customer_id,name,email\na1,王芳,wang@x.cn\na2,Wang Fang,wang@x.cn\n'
pairs 'Chinese and Latin names are not compared' 'a1\ta2\t0.5858\temail 1.00 +10.0\t\n'
input 'customer_id,name,birthday\na1,Ann Lee,1985-02-03\na2,Ann Lee,1985-03-02\n'
pairs 'day and month changed over' 'a1\ta2\t0.8706\tname 1.00 +8.0; birthday 0.90 +6.5\t\n'
input 'customer_id,name,身份证号\na1,Ann Lee,11010519491231002X\na2,A Lee,11010519491231002x\n'
pairs 'identity numbers' 'a1\ta2\t0.9504\tname 0.92 +3.5; number 1.00 +14.0\t\n'
input 'customer_id,name,region\na1,Ann Lee,山东\na2,Ann Lee,山东\n'
pairs 'the region where there is no address' 'a1\ta2\t0.5000\tname 1.00 +8.0; region 1.00 +1.0\t\n'
input 'customer_id,name,phone,note\na\\b,Ann Lee,13812345678,x\na2,Ann\tLee,13812345678,y\n'
pairs 'ids are escaped' 'a\\\\b\ta2\t0.9577\tname 1.00 +8.0; phone 1.00 +10.0\t\n'
input 'First Name,Surname,Street Number,Address 1,Address 2,Suburb,State,Date of Birth,ID\nAnn,Lee,6,Main Street,Villa 5,Perth,WA,19850203,1\nLee,Ann,6,Main Streat,Villa 5,Perth,WA,19850230,2\nLee,Ann,6,Main Streat,Villa 5,Perth,WA,,3\n'
run crm-import -q --pairs=p.tsv
true_that 'the parts of addresses are joined' grep -q '6 Main Street Villa 5.WA Perth' .out
true_that '... and compared' grep -q '^1	3	0.9.*address 0.9' p.tsv

# Files and options.
file f.tsv 'customer_id\tname\tphone\nb1\tAnn Lee\t+8613812345678\n'
cp f.tsv f0.tsv
input 'customer_id,name,phone\nb2,Lee Ann,13812345678\n'
run crm-import --into=f.tsv --pairs=p.tsv
true_that 'with --into and no operand, standard input is not read' cmp -s f.tsv f0.tsv
expect '... and the summary has no rows' 0 '' 'crm-import: 0 pairs in p.tsv look like one customer\n'
run crm-import -q --into=f.tsv --pairs=p.tsv -
printf "${h}b1\tb2\t0.9577\tname 1.00 +8.0; phone 1.00 +10.0\t\n" >want
same 'with --into, the pairs of the merged FILE' p.tsv want
run crm-import -q --into=f.tsv --pairs=-
expect 'on standard output, where nothing else goes' 0 @want ''
run crm-import -q --pairs=-
expect 'the records go there' 2 '' "crm-import: --output and --pairs: standard output for both; see 'crm-import --help'\n"
run crm-import -q --pairs=- -n
true_that 'none do in a dry run' [ "$status" = 0 ]
rm in
run crm-import -q --into=f.tsv --pairs=p2.tsv -n
true_that '-n writes nothing' [ ! -e p2.tsv ]
expect '-q says nothing' 0 '' ''
run crm-import --into=none.tsv --pairs=p2.tsv
expect 'no such FILE' 2 '' 'crm-import: none.tsv: No such file or directory\n'
run crm-import --into=f.tsv --pairs=f.tsv
expect 'FILE is not overwritten with pairs' 2 '' "crm-import: --pairs and --into: one file for both; see 'crm-import --help'\n"
for score in -0.1 1.1 x ''; do
	run crm-import --into=f.tsv --pairs=p2.tsv --threshold="$score"
	expect "--threshold=$score" 2 '' "crm-import: --threshold: a score from 0 to 1, not $score; see 'crm-import --help'\n"
done
input 'ticket_id,customer_id,kind,opened_at\nt1,a1,k,2026-01-05\n'
run crm-import --pairs=p2.tsv
expect 'tickets have no pairs' 2 '' "crm-import: --pairs goes with customers; see 'crm-import --help'\n"
rm in
if [ -e /dev/full ]; then
	run crm-import --into=f.tsv --pairs=/dev/full
	true_that 'a full disk' [ "$status" = 2 ]
fi
sed 's/$/different/; 1s/different//' p.tsv >p3.tsv
cp p3.tsv want
run crm-import -q --into=f.tsv --pairs=p3.tsv
same 'a decision that the file holds stays' p3.tsv want
printf '"left","right","decision"\r\n"b2","b1","否"\r\n' >p3.csv
run crm-import -q --into=f.tsv --pairs=p3.csv --threshold=0.99
same '... in whatever form, and whatever the score' p3.csv want
file other.txt 'something else\n'
run crm-import -q --into=f.tsv --pairs=other.txt
same 'any other file is replaced' other.txt p.tsv

# Two hundred customers of one phone: more than are compared each with each.
awk 'BEGIN { print "customer_id,name,phone"
	for (i = 0; i < 200; i++)
		printf "k%03d,%c%c%c%c%c %c%c%c%c,13800000000\n", i,
			97 + i % 26, 97 + i * 7 % 26, 97 + i * 11 % 26, 97 + i * 3 % 26, 97 + i * 19 % 26,
			97 + i * 5 % 23, 97 + i * 17 % 26, 97 + i * 13 % 26, 97 + i % 7
	print "k900,zara zimmerman,13800000000"; print "k901,zara zimmermann,13800000000" }' >crowd.csv
run crm-import -q -o out.tsv --pairs=p.tsv crowd.csv
expect 'a key that too many share is said' 0 '' 'crm-import: 1 key of more than 64 customers (a phone is that of 202): there each was compared with the next 16 by name and address only\n'
true_that '... and neighbours by name are found' grep -q '^k900	k901' p.tsv

# People and their doubles with all that goes wrong with data: every one has
# his id with a d before it. Deterministic.
cat >dirt.awk <<'END'
function random(n) { seed = (seed * 16807) % 2147483647; return int(seed / 2147483647 * n) }
function pick(n, list) { return list[1 + random(n)] }
function letter(s, k, c) { return substr(s, 1, k - 1) c substr(s, k + 1) }
function spoil(s, k) { # an error in a word of letters
	if (length(s) < 3) return s
	k = 1 + random(length(s) - 1)
	return pick(2, yes) == "a" ? letter(s, k, substr(latin, 1 + random(26), 1)) \
		: substr(s, 1, k - 1) substr(s, k + 1, 1) substr(s, k, 1) substr(s, k + 2)
}
BEGIN {
	seed = 20261121; latin = "abcdefghijklmnopqrstuvwxyz"
	split("a b", yes, " ")
	families = split("王 李 张 刘 陈 杨 赵 黄 周 吴 徐 孙 胡 朱 高 林 何 郭 马 罗", family, " ")
	givens = split("伟 芳 娜 秀 敏 静 丽 强 磊 军 洋 勇 艳 杰 娟 涛 明 超 霞 平 刚 文 建 国 华 玲 志 海 燕 晓", given, " ")
	cities = split("青岛市 济南市 北京市 上海市 天津市 重庆市 武汉市", city, " ")
	roads = split("香港中路 中山路 人民路 解放路 建设街 和平里 文化路 长江路 黄河路 南京路 北京路 江西路 福州路 延安路 台东路", road, " ")
	firsts = split("james mary robert patricia john jennifer michael linda david elizabeth william barbara richard susan joseph jessica thomas karen charles sarah", first, " ")
	lasts = split("smith johnson williams brown jones garcia miller davis rodriguez martinez hernandez lopez gonzalez wilson anderson thomas taylor moore jackson martin", last, " ")
	streets = split("herschell tullaroop giblin goldfinch nulsen maltby totterdell lascelles waratah hurtle corlette bussau", street, " ")
	print "customer_id,name,phone,email,birthday,region,address"
	for (i = 1; i <= 600; i++) {
		chinese = i % 3 > 0
		if (chinese) {
			a = pick(families, family); b = pick(givens, given) (random(3) ? pick(givens, given) : "")
			place = pick(cities, city); way = pick(roads, road); house = 1 + random(300)
		} else {
			a = pick(firsts, first); b = pick(lasts, last)
			place = pick(3, first) "town"; way = pick(streets, street) " street"; house = 1 + random(200)
		}
		name = chinese ? a b : a " " b
		phone = "13" sprintf("%09d", random(1000000000))
		mail = "u" random(100000) "@example.com"
		y = 1950 + random(55); m = 1 + random(12); d = 1 + random(28)
		for (k = 0; k < 2; k++) {
			if (k) for (errors = 1 + random(3); errors > 0; errors--) {
				what = random(9)
				if (what == 0) phone = ""
				if (what == 1 && phone) phone = letter(phone, 4 + random(8), random(10))
				if (what == 2) mail = ""
				if (what == 3) mail = spoil(mail)
				if (what == 4) { t = m; m = d > 12 ? m : d; d = d > 12 ? 1 + random(28) : t }
				if (what == 5) y = 0
				if (what == 6) name = chinese ? a pick(givens, given) : spoil(a) " " b
				if (what == 7) name = chinese ? a "先生" : b " " a
				if (what == 8) house = house "号2单元"
			}
			printf "%s%d,%s,%s,%s,%s,%s,%s\n", k ? "d" : "", i, name, phone, mail,
				y ? sprintf("%04d-%02d-%02d", y, m, d) : "", place,
				chinese ? (k ? place : "") way house (house ~ /号/ ? "" : "号") : house " " way
		}
	}
}
END
awk -f dirt.awk >dirt.csv
true_that 'the dirty data is made' [ "$(wc -l <dirt.csv)" = 1201 ]
# quality NAME TRUE RECALL PRECISION: of p.tsv, where TRUE is an awk expression
# and $shared_pairs how many there are
quality() {
	awk -F'\t' -v all="$shared_pairs" -v least="$3" -v exact="$4" 'NR > 1 { n++; if ('"$2"') t++ }
		END { printf "recall %.4f, precision %.4f\n", t / all, n ? t / n : 0
			exit t / all < least || t / n < exact }' p.tsv >quality
	result $? "$1: $(cat quality)"
}
run crm-import -q -k customers -o out.tsv --pairs=p.tsv dirt.csv
true_that 'dirty data: status' [ "$status" = 0 ]
shared_pairs=600
quality 'dirty data' '"d" $1 == $2 || $1 == "d" $2' 0.90 0.95

cp p.tsv want
for jobs in 1 2 7; do
	run crm-import -q -k customers -o out.tsv --pairs=p.tsv -j $jobs dirt.csv
	same "the same with $jobs threads" p.tsv want
done
for size in 64 1000; do
	CRM_CHUNK=$size
	export CRM_CHUNK
	run crm-import -q -k customers -o out.tsv --pairs=p.tsv dirt.csv
	same "the same with chunks of $size bytes" p.tsv want
done
unset CRM_CHUNK
# either way round: left is the earlier record
order() { awk -F'\t' 'NR > 1 { if ($2 < $1) { t = $1; $1 = $2; $2 = t } print $1, $2, $3, $4 }' "$1" | sort; }
{ head -1 dirt.csv; tail -n +2 dirt.csv | sort -t, -k3; } >other.csv
run crm-import -q -k customers -o out.tsv --pairs=p.tsv other.csv
order p.tsv >p.order
order want >want.order
same 'the same with the rows in another order' p.order want.order
true_that 'left is the earlier record, pairs are in their order' awk -F'\t' '
	NR == FNR { place[$1] = FNR; next }
	FNR > 1 { l = place[$1]; r = place[$2]
		if (!(l < r) || l < before || (l == before && r <= last)) exit 1
		before = l; last = r }' out.tsv p.tsv

shared dedupe
run crm-import -q --max-messages=0 -o out.tsv --pairs=p.tsv "$shared/febrl1.csv"
shared_pairs=500
quality 'febrl1' 'split($1, l, "-") && split($2, r, "-") && l[2] == r[2]' 0.90 0.95
run crm-import -q --max-messages=0 -o out.tsv --pairs=p.tsv "$shared/febrl_A_10000.csv"
shared_pairs=5000
quality 'febrl A' 'substr($1, 1, length($1) - 1) == substr($2, 1, length($2) - 1)' 0.90 0.95
run crm-import -q -o out.tsv --pairs=p.tsv "$shared/fake_1000.csv"
awk -F'\t' 'NR == 1 { for (i = 1; i <= NF; i++) if ($i == "cluster") c = i; next }
	{ n[$c]++ } END { for (k in n) t += n[k] * (n[k] - 1) / 2; print t }' out.tsv >all
awk -F'\t' 'NR == FNR { of[$1] = $NF; next } FNR == 1 { print; next }
	{ print of[$1] "\t" of[$2] "\t" $3 "\t" $4 }' out.tsv p.tsv >p2.tsv
mv p2.tsv p.tsv
shared_pairs=$(cat all)
quality 'fake_1000' '$1 == $2' 0.70 0.95
finish
