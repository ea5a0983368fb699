# crm-import: --check and --summary.
. "$TESTS/lib.sh"
usage="; see 'crm-import --help'\n"
in='crm-import: (standard input)'

# check KIND VALUE WHY: why is empty for what is right
check() {
	input "customer_id,identity\na1,$2\n"
	run crm-import -q --check="identity:$1"
	if [ -z "$3" ]; then
		expect "$1 $2" 0 "customer_id\tidentity\na1\t$2\n" ''
	else
		expect "$1 $2: $3" 1 'customer_id\tidentity\n' "$in:2: identity: $3: \"$2\"\n"
	fi
}
form='not 17 digits and a check digit'
check id-card 11010519491231002X ''
check id-card 11010519491231002x ''
check id-card 440524188001010014 ''
check id-card 440524188001010015 'wrong check digit'
check id-card 110105194912310020 'wrong check digit'
check id-card 44052418800101001 "$form"
check id-card 44052418800101001A 'wrong check digit'
check id-card 4405241880010100I4 "$form"
form='not 18 of 0-9 and A-Y without I, O, S, V'
check credit-code 91350100M000100Y43 ''
check credit-code 9144030071526726XG ''
check credit-code 91110000802100433B ''
check credit-code 91350100M000100Y44 'wrong check digit'
check credit-code 91350100M000100Y4 "$form"
check credit-code 91350100M000I00Y43 "$form"
check ean13 6901234567892 ''
check ean13 4006381333931 ''
check ean13 6901234567893 'wrong check digit'
check ean13 9601234567892 'wrong check digit'
check ean13 690123456789 'not 13 digits'
check ean13 690123456789X 'not 13 digits'
check ean8 96385074 ''
check ean8 96385075 'wrong check digit'
check ean8 9638507 'not 8 digits'
check luhn 79927398713 ''
check luhn 4111111111111111 ''
check luhn 79927398710 'wrong check digit'
check luhn 7992739871X 'not digits only'
check luhn 0 'not digits only'

input 'ticket_id,customer_id,kind,opened_at,序列号,身份证\nt1,c,k,2026-01-05,6901234567892,11010519491231002X\nt2,c,k,2026-01-05,6901234567893,11010519491231002X\nt3,c,k,2026-01-05,6901234567892,110105194912310020\nt4,c,k,2026-01-05,,\nt5,c,k,2026-01-05," ""="x",1\n'
run crm-import --check=serial:ean13 --check=身份证:id-card --rejects=r.tsv
expect 'several checks; missing passes' 1 \
	'ticket_id\tcustomer_id\tkind\topened_at\tserial\t身份证\nt1\tc\tk\t2026-01-05\t6901234567892\t11010519491231002X\nt4\tc\tk\t2026-01-05\t\t\n' '*'
true_that 'what fails is rejected' grep -q '5 read = 2 created + 0 updated + 0 unchanged + 3 rejected' .err
printf '序列号\tt2\twrong check digit\n身份证\tt3\twrong check digit\n' >want
awk -F '\t' 'NR == 2 || NR == 3 { print $9 "\t" $1 "\t" $10 }' r.tsv >have
same 'with its column and reason' have want
run crm-import --check=serail:ean13
expect 'no such column' 2 '' 'crm-import: --check: no column "serail" (did you mean "serial"?)\n'
run crm-import --check=serial:isbn
expect 'no such kind' 2 '' "crm-import: --check: id-card|credit-code|ean13|ean8|luhn, not isbn$usage"
run crm-import --check=serial
expect 'no kind' 2 '' "crm-import: --check: not COLUMN:KIND: serial$usage"

# The summary as a record.
head='read\tcreated\tupdated\tunchanged\trejected\tremoved\tkind\tencoding\tdelimiter\trun\n'
input 'customer_id,name\na1,Ann\na2\na1,Anna\na1,\n'
run crm-import --summary=tsv
expect '--summary=tsv' 1 'customer_id\tname\na1\tAnna\n' "$in:3: 1 fields, not 2\n${head}4\t1\t1\t1\t1\t0\tcustomers\tutf-8\tcomma\t\n"
run crm-import --summary=tsv -q
expect '-q: none' 1 'customer_id\tname\na1\tAnna\n' "$in:3: 1 fields, not 2\n"
run crm-import --summary=json
expect 'no such form' 2 '' "crm-import: --summary: tsv, not json$usage"
run crm-import --summary=tsv --max-messages=0
expect 'after how many messages were not shown' 1 'customer_id\tname\na1\tAnna\n' \
	"crm-import: 1 more message not shown\n${head}4\t1\t1\t1\t1\t0\tcustomers\tutf-8\tcomma\t\n"
rm in
file a.csv 'customer_id,name\na1,Ann\n'
file b.csv 'customer_id;name\na1;\326\320\n'
file c.csv 'customer_id,name\na3,Cy\n'
run crm-import -q a.csv b.csv c.csv
run crm-import --summary=tsv -o out.tsv a.csv b.csv c.csv
expect 'several files' 0 '' "${head}3\t2\t1\t0\t0\t0\tcustomers\tutf-8,gb18030\tcomma,semicolon\t\n"
CRM_AS_OF=2026-11-21T09:00
export CRM_AS_OF
run crm-import --summary=tsv --into=f.tsv --journal=j.tsv a.csv
expect 'with a journal: its run' 0 '' "${head}1\t1\t0\t0\t0\t0\tcustomers\tutf-8\tcomma\t20261121-1\n"
run crm-import --summary=tsv --into=f.tsv --journal=j.tsv a.csv
expect 'none where nothing changed' 0 '' "${head}1\t0\t0\t1\t0\t0\tcustomers\tutf-8\tcomma\t\n"
run crm-import --summary=tsv --into=f.tsv --journal=j.tsv --revert=20261121-1
expect 'of a revert' 0 '' "${head}1\t0\t0\t0\t0\t1\tcustomers\t\t\t20261121-2\n"

# In every mode the counts add up.
file rows.csv 'customer_id,name,phone\na1,Ann,\na2,B,13800000000\n,C,13800000000\na3,D,13900000000\n,,\nx\n,E,\na1,,13800000000\n,F,13800000000\na3,D,\n'
adds_up() {
	rm -f g.tsv
	printf 'customer_id\tname\tphone\na1\tA\t\nz9\tZ\t+8613900000000\n' >g.tsv
	run crm-import --summary=tsv "$@" rows.csv
	true_that "adds up: $*" [ "$(tail -n 1 .err | awk -F '\t' '{ print ($1 == 9 && $1 == $2 + $3 + $4 + $5 + $6) }')" = 1 ]
}
for how in update fill skip error; do
	adds_up --on-match=$how
	adds_up --on-match=$how -n
	adds_up --on-match=$how --into=g.tsv
	adds_up --on-match=$how --into=g.tsv -n
	adds_up --on-match=$how --into=g.tsv --match=phone
	adds_up --on-match=$how --into=g.tsv --match=name,phone
	adds_up --on-match=$how --into=g.tsv --rejects=r.tsv --journal=g.journal -j 3
	adds_up --on-match=$how --into=new$how.tsv
done
finish
