# crm-import: --journal and --revert.
. "$TESTS/lib.sh"
export CRM_AS_OF=2026-11-21T09:00
at='2026-11-21T09:00:00'
head='at\trun\tkey\tcolumn\told\tnew\tfile\tline\n'
run1=20261121-1 run2=20261121-2 run3=20261121-3 run4=20261121-4 run5=20261121-5
said() { printf '%s' "crm-import: $1 read = $2 created + $3 updated + $4 unchanged + $5 rejected ($6)\\n"; }
kept() { printf '%s' "crm-import: run $1: $2 record${3-s} in the journal\\n"; }
form='customers, utf-8, comma'

file f.tsv 'customer_id\tname\tphone\na1\tAnn\t+8613812345678\na2\tBob\t\na3\tCy\t\n'
cp f.tsv before
file i.csv 'customer_id,name,phone\na1,Anna,\na2,,13900000000\na1,,13811111111\nn1,New,\na3,Cy,\nx,y\n'
run crm-import --into=f.tsv --journal=j.tsv i.csv
expect 'an import with a journal' 1 '' "crm-import: i.csv:7: 2 fields, not 3\n$(kept $run1 5)$(said 6 1 3 1 1 "$form")"
printf "$head$at\t$run1\ta1\tname\tAnn\tAnna\ti.csv\t2\n$at\t$run1\ta1\tphone\t+8613812345678\t+8613811111111\ti.csv\t4\n$at\t$run1\ta2\tphone\t\t+8613900000000\ti.csv\t3\n$at\t$run1\tn1\tcustomer_id\t\tn1\ti.csv\t5\n$at\t$run1\tn1\tname\t\tNew\ti.csv\t5\n" >want
same 'one record per changed field, new customers field by field' j.tsv want
true_that 'for its owner only' [ "$(ls -l j.tsv | cut -c1-10)" = -rw------- ]
cp f.tsv after1
cp j.tsv journal1
run crm-import --into=f.tsv --journal=j.tsv i.csv
same 'nothing changed: the journal stays' j.tsv journal1
run crm-import -n --into=f.tsv --journal=new.tsv i.csv
true_that '-n writes no journal' [ ! -e new.tsv ]

run crm-import -n --into=f.tsv --journal=j.tsv --revert=$run1
expect '--revert -n' 0 '' "$(said 3 0 2 0 '0 rejected + 1 removed' x | sed "s/ rejected (x)/ (customers, revert of $run1)/")"
same 'writes nothing' f.tsv after1
run crm-import --into=f.tsv --journal=j.tsv --revert=$run1
expect '--revert' 0 '' "$(kept $run2 5)crm-import: 3 read = 0 created + 2 updated + 0 unchanged + 0 rejected + 1 removed (customers, revert of $run1)\n"
same 'to the byte, new rows included' f.tsv before
printf "$at\t$run2\ta1\tname\tAnna\tAnn\t--revert=$run1\t2\n$at\t$run2\ta1\tphone\t+8613811111111\t+8613812345678\t--revert=$run1\t2\n$at\t$run2\ta2\tphone\t+8613900000000\t\t--revert=$run1\t3\n$at\t$run2\tn1\tcustomer_id\tn1\t\t--revert=$run1\t5\n$at\t$run2\tn1\tname\tNew\t\t--revert=$run1\t5\n" | cat journal1 - >want
same 'and it is a run of the journal' j.tsv want
run crm-import --into=f.tsv --journal=j.tsv --revert=$run1
expect 'a run that is undone already' 1 '' "crm-import: j.tsv:7: name: changed again by run $run2, for a1: \"Ann\"\n..."
same 'stays undone' f.tsv before
run crm-import -q --into=f.tsv --journal=j.tsv --revert=$run2
expect 'a revert can be reverted' 0 '' ''
same 'to the byte' f.tsv after1
true_that 'runs of the same as-of differ' [ "$(sed 1d j.tsv | cut -f 2 | sort -u | wc -l)" = 3 ]

# Later runs.
input 'customer_id,name,phone\na2,Bo,\nn1,,13700000000\n'
run crm-import --into=f.tsv --journal=j.tsv
cp f.tsv after4
cp j.tsv journal4
run crm-import --into=f.tsv --journal=j.tsv --revert=$run1
expect 'later runs touched the same: they are listed' 1 '' \
	"crm-import: j.tsv:18: phone: changed again by run $run4, for n1: \"+8613700000000\"\ncrm-import: 3 read = 0 created + 0 updated + 0 unchanged + 3 rejected + 0 removed (customers, revert of $run1)\n"
same 'nothing is undone' f.tsv after4
same 'and nothing journalled' j.tsv journal4
input 'customer_id,name\na2,Bobby\n'
run crm-import -q --into=f.tsv --journal=j.tsv
run crm-import -q --into=f.tsv --journal=j.tsv --revert=$run4
expect 'the same field' 1 '' "crm-import: j.tsv:19: name: changed again by run $run5, for a2: \"Bobby\"\n"
for r in $run5 $run4 $run1; do
	run crm-import -q --into=f.tsv --journal=j.tsv --revert=$r
	expect "step by step backwards: $r" 0 '' ''
done
same 'to where it began' f.tsv before

# Runs that touched other fields do not matter; neither does their order.
rm -f j.tsv .j.tsv.*
input 'customer_id,name\na1,Anna\nn1,N\nn2,M\n'
run crm-import -q --into=f.tsv --journal=j.tsv
input 'customer_id,phone\na1,13700000000\nn3,13600000000\n'
run crm-import -q --into=f.tsv --journal=j.tsv
cp f.tsv both
run crm-import -q --into=f.tsv --journal=j.tsv --revert=$run1
printf 'customer_id\tname\tphone\na1\tAnn\t+8613700000000\na2\tBob\t\na3\tCy\t\nn3\t\t+8613600000000\n' >want
same 'an older run, where later ones touched other fields' f.tsv want
run crm-import -q --into=f.tsv --journal=j.tsv --revert=$run3
same 'its rows come back to their places' f.tsv both

# Changes that no run of the journal made.
sed 's/Anna/Hanna/' both >f.tsv
run crm-import -q --into=f.tsv --journal=j.tsv --revert=$run1
expect 'a field was changed by hand' 1 '' 'crm-import: j.tsv:2: name: is not what the run left, and no run of this journal changed it: "Hanna"\n'
grep -v '^n1' both >f.tsv
run crm-import -q --into=f.tsv --journal=j.tsv --revert=$run1
expect 'a record was removed by hand' 1 '' 'crm-import: j.tsv:3: customer_id: is not there: "n1"\n'
sed '/^n1/s/$/1/' both >f.tsv
run crm-import -q --into=f.tsv --journal=j.tsv --revert=$run1
expect 'a new record got more by hand' 1 '' 'crm-import: j.tsv:3: customer_id: got other fields since, by no run of this journal: "n1"\n'
cut -f 1,3 both >f.tsv
run crm-import -q --into=f.tsv --journal=j.tsv --revert=$run1
expect 'a column was removed by hand' 1 '' 'crm-import: j.tsv:2: name: no such column any more: "a1"\n...'

# The first line of FILE, and \N.
rm -f j.tsv
input 'customer_id,name,tier\na1,Anna,gold\n'
for f in 'customer_id\tname\na1\tAnn\na2\t\\N\n' '\0357\0273\0277customer_id\tname\temail\r\na1\t\\N\t\\N\r\na2\tB\t\r\n'; do
	file f.tsv "$f"
	cp f.tsv before
	rm -f j.tsv
	run crm-import -q --into=f.tsv --journal=j.tsv
	cp f.tsv after
	true_that 'the columns grow' grep -q tier f.tsv
	run crm-import -q --into=f.tsv --journal=j.tsv --revert=$run1
	same 'columns, byte order mark, line ends and \N come back' f.tsv before
	run crm-import -q --into=f.tsv --journal=j.tsv --revert=$run2
	same 'and go again' f.tsv after
done
file f.tsv 'customer_id\tname\na1\tAnn\n'
rm -f j.tsv
run crm-import -q --into=f.tsv --journal=j.tsv
printf "$head$at\t$run1\t\t\tcustomer_id\\\\tname\tcustomer_id\\\\tname\\\\ttier\t(standard input)\t1\n" >want
head -2 j.tsv >have
same 'a changed first line is a record without key and column' have want
input 'customer_id,tier\na1,silver\n'
run crm-import -q --into=f.tsv --journal=j.tsv
input 'customer_id,tier\na2,silver\n'
run crm-import -q --into=f.tsv --journal=j.tsv
run crm-import -q --into=f.tsv --journal=j.tsv --revert=$run2
run crm-import -q --into=f.tsv --journal=j.tsv --revert=$run1
printf 'customer_id\tname\ttier\na1\tAnn\t\na2\t\tsilver\n' >want
same 'a column in which others have put something stays' f.tsv want
rm -f f.tsv j.tsv
run crm-import -q --into=f.tsv --journal=j.tsv
run crm-import -q --into=f.tsv --journal=j.tsv --revert=$run1
printf 'customer_id\ttier\n' >want
same 'of a FILE that the run created the first line stays' f.tsv want
file e.csv 'customer_id,name\n'
run crm-import -q --into=e.tsv --journal=e.journal e.csv
printf "$head" >want
same 'a journal without records has its header' e.journal want

# Tickets.
file t.tsv 'ticket_id\tcustomer_id\tkind\topened_at\nt1\ta1\trepair\t2026-01-05\n'
cp t.tsv before
input 'ticket_id,customer_id,kind,opened_at\nt1,a2,,\nt2,a1,visit,2026-01-06\n'
run crm-import -q --into=t.tsv --journal=t.journal
run crm-import --into=t.tsv --journal=t.journal --revert=$run1
expect 'tickets' 0 '' "$(kept $run2 5)crm-import: 2 read = 0 created + 1 updated + 0 unchanged + 0 rejected + 1 removed (tickets, revert of $run1)\n"
same 'tickets: the file' t.tsv before

# What is refused.
usage="; see 'crm-import --help'\n"
run crm-import --journal=j.tsv i.csv
expect '--journal without --into' 2 '' "crm-import: --journal goes with --into$usage"
run crm-import --into=f.tsv --revert=$run1
expect '--revert without --journal' 2 '' "crm-import: --revert goes with --into and --journal$usage"
run crm-import --into=f.tsv --journal=j.tsv --revert=$run1 i.csv
expect '--revert with files' 2 '' "crm-import: --revert takes no files to import$usage"
for o in '--into=x --journal=x' '--into=x --journal=./x' '-o x --rejects=x' '--into=f.tsv --rejects=f.tsv' '--into=f.tsv --journal=y --rejects=y'; do
	run crm-import $o i.csv
	true_that "one file for two: $o" grep -q 'one file for both' .err
done
run crm-import --into=f.tsv --journal=j.tsv --revert=20261121-9
expect 'no such run' 2 '' "crm-import: j.tsv: no run \"20261121-9\" (did you mean \"$run1\"?)\n"
run crm-import --into=f.tsv --journal=none.tsv --revert=$run1
expect 'no such journal' 2 '' 'crm-import: none.tsv: No such file or directory\n'
run crm-import --into=none.tsv --journal=j.tsv --revert=$run1
expect 'no such FILE' 2 '' 'crm-import: none.tsv: No such file or directory\n'
file bad.tsv 'customer_id\tname\na1\tAnn\n'
cp f.tsv want
run crm-import --into=f.tsv --journal=bad.tsv i.csv
true_that 'what is no journal is refused' grep -q '^crm-import: bad.tsv: not a journal' .err
printf "$head$at\t$run1\ta1\tname" >bad.tsv
run crm-import --into=f.tsv --journal=bad.tsv i.csv
true_that 'a journal that is cut short is refused' grep -q '^crm-import: bad.tsv: the last line has no end' .err
printf "$head$at\t$run1\ta1\tname\tx\ty\tz\tw\n" >bad.tsv
run crm-import --into=f.tsv --journal=bad.tsv --revert=$run1
true_that 'and one with bad records' grep -q '^crm-import: [^/]*:.*line: not a line number: "w"' .err
same 'FILE is untouched' f.tsv want

# A FILE that was replaced by others after a run died: its records are kept.
file f.tsv 'customer_id\tname\na1\tAnn\n'
rm -f j.tsv
input 'customer_id,name\na1,Anna\n'
run crm-import -q --into=f.tsv --journal=j.tsv
printf 'start\told\tnew\tfile\n0\t1 2 3\t4 5 6\t%s/f.tsv\n' "$PWD" >.j.tsv.pending
input 'customer_id,name\na1,Ann\n'
run crm-import -q --into=f.tsv --journal=j.tsv
expect 'a note about a FILE that is neither' 0 '' "crm-import: $PWD/j.tsv: an import into $PWD/f.tsv died, and it was changed since: whether that run was done is not known\n"
true_that 'its records stay' grep -q "$run1" j.tsv
true_that 'and the note goes' [ ! -e .j.tsv.pending ]

# A disk that is full.
if (trap '' XFSZ; ulimit -f 1) 2>/dev/null; then
	awk 'BEGIN { print "customer_id,name"; for (i = 0; i < 3000; i++) print "k" i ",Name" i }' >big.csv
	file f.tsv 'customer_id\tname\na1\tAnn\n'
	cp f.tsv want
	(trap '' XFSZ; ulimit -f 4; crm-import --into=f.tsv big.csv) >.out 2>.err
	status=$?
	expect 'a full disk' 2 '' 'crm-import: f.tsv: File too large\n'
	same 'leaves the old FILE' f.tsv want
	crm-import -q --into=f.tsv --journal=big.journal big.csv
	cp f.tsv want
	cp big.journal want_journal
	sed 's/Name/N/' big.csv >less.csv
	size=$(($(wc -c <big.journal) / 512 + 2))
	(trap '' XFSZ; ulimit -f $size; crm-import --into=f.tsv --journal=big.journal less.csv) >.out 2>.err
	status=$?
	expect 'a full disk for the journal' 2 '' "crm-import: $PWD/big.journal: File too large\n"
	same 'leaves the old FILE too' f.tsv want
	same 'and the old journal' big.journal want_journal
	true_that 'and nothing else' sh -c '! ls -A | grep -e "\.tmp\." -e pending'
	head -c 3000000 /dev/zero | (trap '' XFSZ; ulimit -f 100; crm-import) >.out 2>.err
	status=$?
	expect 'a full disk for what a pipe brings' 2 '' 'crm-import: temporary file in TMPDIR: File too large\n'
fi

# Two at once.
file two.tsv 'customer_id\tname\n'
rm -f two.journal
for i in 1 2 3 4 5 6 7 8; do
	printf 'customer_id,name\nb%s,B\n' $i >b$i.csv
done
pids=
for i in 1 2 3 4 5 6 7 8; do
	crm-import -q --into=two.tsv --journal=two.journal b$i.csv &
	pids="$pids $!"
done
for pid in $pids; do wait "$pid"; done
true_that 'imports at once: all rows' [ "$(wc -l <two.tsv)" = 9 ]
true_that 'imports at once: all in the journal, each a run' [ "$(sed 1d two.journal | cut -f 2 | sort -u | wc -l)" = 8 ]
if command -v flock >/dev/null 2>&1; then
	run flock .two.journal.lock crm-import --into=two.tsv --journal=two.journal --no-wait b1.csv
	expect '--no-wait: the journal is at work' 2 '' 'crm-import: two.journal: another import is at work\n'
	run flock .two.tsv.lock crm-import --into=two.tsv --journal=two.journal --no-wait --revert=$run1
	expect '--no-wait: --revert' 2 '' 'crm-import: two.tsv: another import is at work\n'
fi

printf '\357\273\277customer_id\tname\r\na1\tAnn\r\n' >f.tsv
cp f.tsv before
rm -f j.tsv
file one.csv 'customer_id,phone\nn1,13812345678\n'
file two.csv 'customer_id,phone,email\nn2,13900000000,x@y.cn\n'
for file in one two; do run crm-import -q --into=f.tsv --journal=j.tsv $file.csv; done
cp f.tsv both
cp j.tsv both.journal
run crm-import -q --into=f.tsv --journal=j.tsv --revert=$run1
printf 'customer_id\tname\tphone\temail\na1\tAnn\t\t\nn2\t\t+8613900000000\tx@y.cn\n' >want
same 'the first of two runs undone: its column is in use' f.tsv want
run crm-import -q --into=f.tsv --journal=j.tsv --revert=$run2
same 'then the second: as before both, to the byte' f.tsv before
run crm-import -q --into=f.tsv --journal=j.tsv --revert=$run4
run crm-import -q --into=f.tsv --journal=j.tsv --revert=$run3
cut -f 1-4 both | sort >want
cut -f 1-4 f.tsv | sort >have
same '... and both done again' have want
cp both f.tsv
cp both.journal j.tsv
for run in $run2 $run1; do run crm-import -q --into=f.tsv --journal=j.tsv --revert=$run; done
same 'the last first' f.tsv before

file f.tsv 'customer_id\tname\na1\tAnn\n'
rm -f j.tsv
file one.csv 'customer_id,phone\na1,13812345678\n'
file two.csv 'customer_id,email\na1,x@y.cn\n'
file three.csv 'customer_id,name\na1,Anna\n'
for file in one two three; do run crm-import -q --into=f.tsv --journal=j.tsv $file.csv; done
for run in $run1 $run2; do run crm-import -q --into=f.tsv --journal=j.tsv --revert=$run; done
printf 'customer_id\tname\na1\tAnna\n' >want
same 'a column that another revert took away does not come back' f.tsv want
finish
