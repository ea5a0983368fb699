# A dry run keeps no lines and reads the rows it needs again; ids that come in
# their order are not looked for. What it says is what the run itself says.
. "$TESTS/lib.sh"

rows() { # SEED ORDER: 400 rows of 250 ids, which meet each other
	awk -v seed="$1" -v order="$2" 'BEGIN {
		srand(seed)
		for (row = 1; row <= 400; row++) {
			id = order == "up" && row <= 250 ? row : 1 + int(rand() * 250)
			printf "C%05d,%s,1380000%04d,%s,%s\n", id,
				rand() < 0.3 ? "" : "\"name, \"\"" int(rand() * 3) "\"\"\"",
				rand() < 0.9 ? id : int(rand() * 9999),
				rand() < 0.5 ? "" : "a\\b " int(rand() * 2),
				rand() < 0.1 ? "2026-02-30" : "2026-01-05 10:00:00"
		}
	}'
}

header='customer_id,name,phone,note,created_at'

both() { # NAME ARGUMENT...: a dry run and the run itself
	name=$1
	shift
	cp known.tsv into.tsv 2>/dev/null || rm -f into.tsv
	status=0
	crm-import -n "$@" --max-messages=9999 >dry.out 2>dry.err || status=$?
	echo "$status" >>dry.err
	status=0
	crm-import "$@" --max-messages=9999 >run.out 2>run.err || status=$?
	echo "$status" >>run.err
	same "$name: the same messages" run.err dry.err
	true_that "$name: a dry run writes nothing" test ! -s dry.out
}

for seed in 1 2 3; do
	for order in up any; do
		rm -f known.tsv
		{ echo "$header"; rows "$seed" "$order"; } >a.csv
		{ printf '\357\273\277'; echo "$header"; rows "$seed$seed" any; } >b.csv
		both "$seed $order" a.csv
		true_that "$seed $order: rows met" grep -q '[1-9][0-9]* updated' run.err
		both "$seed $order, two files" a.csv b.csv
		both "$seed $order, into a new file" --into=into.tsv a.csv b.csv
		tr '\n' '\r' <a.csv >old.csv
		both "$seed $order, ends of CR" old.csv
		crm-import -q a.csv >known.tsv 2>/dev/null
		both "$seed $order, into" --into=into.tsv b.csv
		both "$seed $order, fill" --into=into.tsv --on-match=fill b.csv a.csv
	done
done

# A row that is too long to be read again, and more than are worth it.
rm -f known.tsv
{
	echo "$header"
	awk 'BEGIN {
		printf "C0,long,13800000000,"
		for (i = 0; i < 70000; i++)
			printf "x"
		printf ",\n"
		for (i = 1; i < 3000; i++)
			printf "C%d,n,138%08d,,\n", i, i
		for (i = 2999; i >= 0; i--)
			printf "C%d,n,,%s,\n", i, i % 2 ? "new" : ""
	}'
} >many.csv
both 'many' many.csv
run crm-import -n many.csv
expect 'the counts of many' 0 '' 'crm-import: 6000 read = 3000 created + 1501 updated + 1499 unchanged + 0 rejected (customers, utf-8, comma)\n'

# In another encoding nothing can be read again.
iconv -f utf-8 -t gb18030 >gb.csv <<'END'
客户编号,姓名,手机,备注
C1,王芳,13800000001,中文
C2,李雷,13800000002,
C1,王芳,,再来
C3,韩梅,13800000003,
C2,李磊,,
END
both 'gb18030' gb.csv
run crm-import -n gb.csv
expect 'the counts of gb18030' 0 '' 'crm-import: 5 read = 3 created + 2 updated + 0 unchanged + 0 rejected (customers, gb18030, comma)\n'

# Ids in any order: what is found does not hang on it.
{ echo "$header"; awk 'BEGIN { for (i = 10; i < 40; i++) printf "C%d,n%d,,,\n", i % 7 * 10 + i, i }'; } >up.csv
crm-import -q up.csv >up.tsv
{ echo "$header"; sed 1d up.csv | awk '{ line[NR] = $0 } END { for (i = NR; i > 0; i--) print line[i] }'; } >down.csv
crm-import -q down.csv >down.tsv
for file in up down; do
	sed 1d $file.tsv | cut -f1 | sort >$file.ids
done
same 'ids going up and down' up.ids down.ids
true_that 'each is there once' test "$(uniq up.ids | wc -l)" = "$(wc -l <up.ids)"
finish
