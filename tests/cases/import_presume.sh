# A plain file that begins as UTF-8 is taken for UTF-8 and checked on the way; what
# comes by a pipe is looked at before. Whatever is found where, both say and do
# the same.
. "$TESTS/lib.sh"

header='customer_id,name,phone,created_at'

rows() { # FROM TO
	awk -v i="$1" -v to="$2" 'BEGIN {
		for (; i <= to; i++) {
			day = i % 7 ? "2026-01-05" : "2026-02-30"
			printf "C%05d,name %d,138%08d,%s\n", i, i, i, day
		}
	}'
}

both() { # NAME ARGUMENT...: a.csv by name, and by a pipe
	name=$1
	shift
	for way in file pipe; do
		rm -f rejects.tsv
		cp known.tsv into.tsv
		status=0
		if [ $way = file ]; then
			crm-import "$@" a.csv >$way.out 2>$way.err || status=$?
		else
			cat a.csv | crm-import "$@" - >$way.out 2>$way.err ||
				status=$?
			sed 's/(standard input)/a.csv/' $way.err >.err
			mv .err $way.err
		fi
		echo "status $status" >>$way.err
		cat into.tsv >>$way.out
		[ ! -f rejects.tsv ] || sed 's/(standard input)/a.csv/' \
			rejects.tsv >>$way.out
		ls -A >$way.ls
	done
	same "$name: records" pipe.out file.out
	same "$name: messages" pipe.err file.err
	grep -v '^\(file\|pipe\)\.' pipe.ls >a.ls
	grep -v '^\(file\|pipe\)\.' file.ls >b.ls
	same "$name: files" a.ls b.ls
}

every() { # NAME: in all ways that a file is imported
	for chunk in 16 100 ''; do
		CRM_CHUNK=$chunk
		[ -z "$chunk" ] || export CRM_CHUNK
		both "$1 $chunk" -k customers
		both "$1 $chunk, dry" -k customers -n
		both "$1 $chunk, rejects" -k customers --rejects=rejects.tsv
		both "$1 $chunk, into" -k customers --into=into.tsv
		both "$1 $chunk, all" -k customers --max-messages=1000 -j3
		both "$1 $chunk, utf-8" -k customers -e utf-8
		unset CRM_CHUNK
	done
}

printf 'customer_id\tname\tphone\tcreated_at\nC00003\told\t\t\n' >known.tsv

{ echo "$header"; rows 1 300; } >a.csv
every "valid"
{ echo "$header"; rows 1 200; printf 'C9,\265\332\322\273,1,\n'; rows 201 300; } >a.csv
every "GB18030 behind ASCII"
crm-import -k customers a.csv >got 2>said
true_that "... is read as GB18030" grep -q "第一" got
{ echo "$header"; rows 1 100; printf 'C8,第一第二,,\n'; rows 101 200
	printf 'C9,\265\332\322\273,1,\n'; } >a.csv
every "one bad byte behind good UTF-8"
{ echo "$header"; rows 1 200; printf 'C9,\357\277\275,1,\n'; } >a.csv
every "U+FFFD"
{ echo "$header"; rows 1 200; printf 'C9,\377\377,1,\n'; } >a.csv
every "neither"
{ printf '\357\273\277'; echo "$header"; rows 1 200; printf 'C9,\265\332,1,\n'; } >a.csv
every "a mark that promised UTF-8"
{ echo "$header"; rows 1 200; printf 'C9,"\265\332\n\322\273",1,01/02/2026\n'; } >a.csv
every "days that are not clear"
{ echo "$header"; rows 1 200; printf 'C9,"\265\332\n\322\273",1,01/02/2026\nC10,a,2,13/02/2026\n'
	rows 201 300; } >a.csv
every "days that the column makes clear"
{ echo "$header"; rows 1 200; printf 'C9,name,1,2026-01-05 \345\256'; } >a.csv
every "cut within a character"

# More than the part that is looked at, as it is without CRM_CHUNK.
{ echo "$header"; rows 1 60000; printf 'C9,\265\332\322\273,1,\n'; } >a.csv
both "large" -k customers
both "large, dry" -n
{ echo "$header"; rows 70000 130000; } >b.csv
both "large, two files" b.csv
both "large, two files, dry" -n b.csv
both "large, rejects" --rejects=rejects.tsv
true_that "... is read as GB18030" grep -q "第一" file.out

# What comes by a pipe is not there a second time.
{ echo 'ticket_id,customer_id,kind,opened_at,note'
	for id in 1 2 3 4 5 6 7 8 9; do
		echo "T$id,C1,repair,2026-01-05,x"
	done
	printf 'T10,C2,repair,2026-01-05,\265\332\322\273\n'; } >t.csv
printf 'customer_id\tname\nC1\ta\nC2\tb\n' >c.tsv
mkfifo fifo
{ cat c.tsv >fifo; sleep 1; : >fifo; } & # whoever opens it again finds nothing
CRM_CHUNK=64 crm-import -c fifo t.csv >got 2>said
result $? "customers by a pipe"
kill $! 2>/dev/null
wait
true_that "... all tickets of theirs" test "$(grep -c '^T' got)" = 10

# What has been written cannot be taken back.
crm-import -k customers --rejects=- a.csv -o out.tsv >rejects.out 2>.err
cat a.csv | crm-import -k customers --rejects=- -o out2.tsv 2>.err |
	sed 's/(standard input)/a.csv/' >rejects2.out
same "rejects to standard output" rejects2.out rejects.out
same "... and the records" out2.tsv out.tsv
finish
