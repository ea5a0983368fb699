# crm-import: --into, --rejects, --dry-run, the summary.
. "$TESTS/lib.sh"
said() { printf '%s' "crm-import: $1 read = $2 created + $3 updated + $4 unchanged + $5 rejected (customers, utf-8, ${6:-comma})\\n"; }
h='customer_id\tname\n'
stamp() { ls -l --time-style=full-iso "$1" 2>/dev/null || ls -l "$1"; }

input 'customer_id,name\na1,Ann\na2,Bob\n'
run crm-import --into=f.tsv
expect 'FILE is created' 0 '' "$(said 2 2 0 0 0)"
printf 'customer_id\tname\na1\tAnn\na2\tBob\n' >want
same 'with the records' f.tsv want
true_that 'for its owner only' [ "$(ls -l f.tsv | cut -c1-10)" = -rw------- ]
touch -t 202001010000 f.tsv
before=$(stamp f.tsv)
run crm-import --into=f.tsv
expect 'importing twice changes nothing' 0 '' "$(said 2 0 0 2 0)"
true_that 'FILE is untouched' [ "$before" = "$(stamp f.tsv)" ]
run crm-import --into=f.tsv f.tsv
expect 'nor does its own output' 0 '' "$(said 2 0 0 2 0 tab)"
true_that 'FILE is still untouched' [ "$before" = "$(stamp f.tsv)" ]
input 'customer_id,name,tier\na3,Cy,gold\na1,Anna,\na1,Ann,\n'
run crm-import --into=f.tsv -n
expect '-n says it all' 0 '' "$(said 3 1 0 2 0)"
true_that 'and writes nothing' [ "$before" = "$(stamp f.tsv)" ]
run crm-import -n
expect '-n prints no records' 0 '' "$(said 3 2 1 0 0)"
run crm-import --into=f.tsv
expect 'updates taken back by later rows are no updates' 0 '' "$(said 3 1 0 2 0)"
printf 'customer_id\tname\ttier\na1\tAnn\t\na2\tBob\t\na3\tCy\tgold\n' >want
same 'rows keep their order, new ones and new columns come last' f.tsv want
chmod 640 f.tsv
input 'customer_id,name\na2,Bo\n'
run crm-import --into=f.tsv
true_that 'FILE keeps its mode' [ "$(ls -l f.tsv | cut -c1-10)" = -rw-r----- ]
ln -s f.tsv link.tsv
input 'customer_id,name\na2,Bob\n'
run crm-import --into=link.tsv
same 'a link is followed' f.tsv want
true_that 'and stays one' [ -h link.tsv ]
file crlf.tsv '\0357\0273\0277customer_id\tname\r\na1\tAnn\r\n'
input 'customer_id,name\na2,Bob\n'
run crm-import --into=crlf.tsv
printf 'customer_id\tname\na1\tAnn\na2\tBob\n' >want
same 'FILE with a mark and CRLF' crlf.tsv want

# refused NAME FILE WHY: a FILE that is bad stays as it is
refused() {
	file bad.tsv "$2"
	cp bad.tsv want
	run crm-import --into=bad.tsv
	expect "$1" 2 '' "crm-import: bad.tsv$3\n"
	same "$1: untouched" bad.tsv want
}
refused 'a key twice' "${h}a1\tA\na1\tB\n" ':3: the same key again; nothing was imported'
refused 'a record without key' "${h}\tA\n" ':2: without its key; nothing was imported'
refused 'a bad record' "${h}a1\tA\tx\n" ':2: the number of its fields is not that of the header; nothing was imported'
refused 'a NUL' "${h}a1\tA\0\n" ':2: a NUL byte; nothing was imported'
refused 'a last line without end' "${h}a1\tA" ': the last line has no end: a writer may have died'
refused 'mixed line ends' "${h}a1\tA\r\n" ':2: its line end is not that of the header; nothing was imported'
refused 'a file of tickets' 'ticket_id\tcustomer_id\nT1\ta1\n' ': has a ticket_id: it holds tickets, not customers'
refused 'no key column' 'name\nAnn\n' ': no column customer_id'
if [ "$(id -u)" != 0 ]; then
	mkdir closed
	chmod 500 closed
	run crm-import --into=closed/f.tsv
	true_that 'a folder that cannot be written' [ "$status" = 2 ]
fi
if [ -e /dev/full ]; then
	run crm-import -o /dev/full
	true_that 'a full disk' [ "$status" = 2 ]
fi
input 'customer_id,name\na1,"A\n'
file old.tsv "${h}a1\tOld\n"
cp old.tsv want
printf 'customer_id,name\na9,\377\377\n' >in
run crm-import --into=old.tsv
true_that 'a run that fails' [ "$status" = 2 ]
same 'leaves FILE as it was' old.tsv want

# Two imports at once lose nothing.
file two.tsv "$h"
i=0
while [ $i -lt 8 ]; do
	i=$((i + 1))
	printf 'customer_id,name\nb%s,B\n' $i >b$i.csv
done
i=0
pids=
while [ $i -lt 8 ]; do
	i=$((i + 1))
	crm-import -q --into=two.tsv b$i.csv &
	pids="$pids $!"
done
for pid in $pids; do wait "$pid"; done
true_that 'imports at the same time wait for each other' [ "$(wc -l <two.tsv)" = 9 ]
if command -v flock >/dev/null 2>&1; then
	crm-import -q --into=two.tsv b1.csv
	run flock .two.tsv.lock crm-import --into=two.tsv --no-wait b1.csv
	expect '--no-wait' 2 '' 'crm-import: two.tsv: another import is at work\n'
fi

input '编号,姓名,手机 ,类型\na1,Ann,13812345678,个人\na2,"Bob\nB",x,foo\n,"Cy ""C""",12345,\na4,D,13900000000\na5,"E",y,公司,z\n'
run crm-import -k customers --rejects=r.tsv
why='(standard input)'
expect 'rejects' 1 'customer_id\tname\tphone\ttype\na1\tAnn\t+8613812345678\tperson\n' '*'
true_that 'are counted' grep -q '5 read = 1 created + 0 updated + 0 unchanged + 4 rejected' .err
printf '编号\t姓名\t手机 \t类型\t_file\t_line\t_column\t_reason\na2\tBob\\nB\tx\tfoo\t%s\t3\t类型\tnot one of person, company\n\tCy "C"\t12345\t\t%s\t5\t\tnothing to know it by: no id and no value to match\na4\tD\t13900000000\t\t%s\t6\t\t3 fields, not 4\na5\tE\ty\t公司,z\t%s\t7\t\t5 fields, not 4\n' "$why" "$why" "$why" "$why" >want
same 'in their own columns, as they were, with the reason' r.tsv want
sed -i 's/foo/公司/; s/^\t/a3\t/; s/公司,z/公司/' r.tsv
rm in
run crm-import -k customers --rejects=r2.tsv r.tsv
expect 'mended in place they are imported as they are' 0 \
	'customer_id\tname\tphone\ttype\na2\tBob\\nB\tx\tcompany\na3\tCy "C"\t12345\t\na4\tD\t+8613900000000\t\na5\tE\ty\tcompany\n' '*'
printf '编号\t姓名\t手机 \t类型\t_file\t_line\t_column\t_reason\n' >want
same 'nothing rejected: the header only' r2.tsv want
run crm-import -q -k customers --rejects=r.tsv r.tsv
same 'the rejects of the rejects, in place' r.tsv want
input 'customer_id,name,type\na1,"A, ""B""\nC",x\n'
run crm-import --rejects=r.csv
{ printf '\357\273\277'; printf 'customer_id,name,type,_file,_line,_column,_reason\r\na1,"A, ""B""\nC",x,(standard input),2,type,"not one of person, company"\r\n'; } >want
same 'CSV for Excel' r.csv want
run crm-import -n --rejects=none.csv
true_that '-n writes no rejects' [ ! -e none.csv ]
file a.csv 'customer_id,name\n,Ann\n'
file b.csv 'phone;customer_id\nx;\n'
rm in
run crm-import --rejects=r.tsv a.csv b.csv
printf 'customer_id\tname\tphone\t_file\t_line\t_column\t_reason\n\tAnn\t\ta.csv\t2\t\tnothing to know it by: no id and no value to match\n\t\tx\tb.csv\t2\t\tnothing to know it by: no id and no value to match\n' >want
same 'rejects of files with other columns' r.tsv want
file a.csv '客户编号,姓名,手机,生日\nA1,王,13812345678,1990-02-30\n'
file b.csv '客户编号,出生日期,客户名称,电话\nB1,1990-02-30,李,13900000000\n'
file c.csv '客户编号,生日,X\nC1,1990-02-30,13700000000\n'
run crm-import -q --rejects=r.tsv --map=phone=X a.csv b.csv c.csv
printf '客户编号\t姓名\tX\t生日\t_file\t_line\t_column\t_reason\nA1\t王\t13812345678\t1990-02-30\ta.csv\t2\t生日\tno such time\nB1\t李\t13900000000\t1990-02-30\tb.csv\t2\t生日\tno such time\nC1\t\t13700000000\t1990-02-30\tc.csv\t2\t生日\tno such time\n' >want
same 'rejects of files with other names for the same' r.tsv want
sed 's/-30	/-20	/' r.tsv >mended.tsv
run crm-import --map=phone=X mended.tsv
expect '... are imported again together' 0 'customer_id\tname\tphone\tbirthday\nA1\t王\t+8613812345678\t1990-02-20\nB1\t李\t+8613900000000\t1990-02-20\nC1\t\t+8613700000000\t1990-02-20\n' \
	'crm-import: 3 read = 3 created + 0 updated + 0 unchanged + 0 rejected (customers, utf-8, tab)\n'

run crm-import --into=x -o y a.csv
expect '--into and -o' 2 '' "crm-import: --into and --output: one of them; see 'crm-import --help'\n"
input 'customer_id,name\na1,Ann\n'
run crm-import -o out.tsv
expect '-o' 0 '' "$(said 1 1 0 0 0)"
printf 'customer_id\tname\na1\tAnn\n' >want
same '-o: the file' out.tsv want
if command -v gzip >/dev/null 2>&1; then
	gzip <in >z.gz
	rm in
	run crm-import z.gz
	case $(cat .err) in
	*zcat*) ;;
	*) expect 'gzip' 0 @want "$(said 1 1 0 0 0)" ;;
	esac
fi

file old.tsv 'customer_id\tname\na1\tAnn\n'
cp old.tsv want
i=0
while [ $i -lt 2000 ]; do i=$((i + 1)); echo "n$i,a name of some length"; done >rows
{ echo customer_id,name; cat rows; } >in
run sh -c 'ulimit -f 20; exec crm-import --into=old.tsv'
expect 'a file that may not grow' 2 '' '*'
true_that '... is said' grep -q 'File too large' .err
same '... stays' old.tsv want
true_that '... and nothing is left beside it' [ -z "$(ls -A | grep '\.tmp\.')" ]
finish
