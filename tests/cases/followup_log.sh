# The log of crm-followup: nothing is issued twice, nothing is forgotten, whatever
# happens to a run.
. "$TESTS/lib.sh"

show=4,11
list() {
	crm-followup -q "$@" >.full
	list_status=$?
	cut -f"$show" .full
	return $list_status
}
columns='ticket_id\tcustomer_id\tref\tkind\tproduct\topened_at\tclosed_at\tdue_at\tstatus\tstation\towner\tserial\n'
full='due_at\tlate\tpriority\trule\taction\tchannel\tcustomer_id\tname\tphone\tregion\tticket_id\tproduct\tstation\towner\tassignee\ttext'

# ---- the log ----

rm -f log.tsv
file r.tsv 'rule\twhen\tdue\tchannel\trepeat\nonce\tkind == "x"\topened_at\tphone\t\nagain\tkind == "x"\topened_at\tphone\t2d\n'
file t1.tsv "${columns}t1\tc1\t\tx\t\t2026-11-16\t\t\t\t\t\t\n"
run list -f r.tsv --log=log.tsv --as-of=2026-11-18T10:00 t1.tsv
expect 'the first run' 0 'rule\tticket_id\nagain\tt1\nonce\tt1\n' ''
cp log.tsv first
file want "at\t$full\n2026-11-18T10:00:00\t2026-11-16T00:00:00\t58.0\t\tagain\t\tphone\tc1\t\t\t\tt1\t\t\t\t\t\n2026-11-18T10:00:00\t2026-11-16T00:00:00\t58.0\t\tonce\t\tphone\tc1\t\t\t\tt1\t\t\t\t\t\n"
same 'its log' want log.tsv
true_that 'which is private' sh -c 'ls -l log.tsv | grep -q "^-rw-------"'
run list -f r.tsv --log=log.tsv --as-of=2026-11-20T09:59:59 t1.tsv
expect 'not again' 0 'rule\tticket_id\n' ''
same 'and nothing is logged' first log.tsv
run list -f r.tsv --log=log.tsv --as-of=2026-11-20T10:00 t1.tsv
expect 'after repeat again, while still due' 0 'rule\tticket_id\nagain\tt1\n' ''
run list -f r.tsv --log=log.tsv --as-of=2026-11-22T09:00 t1.tsv
expect 'counted from the last time' 0 'rule\tticket_id\n' ''
file t2.tsv "${columns}t1\tc1\t\tx\t\t2026-11-17\t\t\t\t\t\t\n"
run crm-followup --format=ics -f r.tsv --log=log.tsv --as-of=2026-11-20T11:00 t1.tsv
expect 'the summary counts what was issued before' 0 'BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//crm-tools//crm-followup//EN\r\nEND:VCALENDAR\r\n' \
	'crm-followup: 0 to do, 0 of them late, 2 issued before\n'
run list -f r.tsv --log=log.tsv --as-of=2026-11-20T11:00 t2.tsv
expect 'another due time is another action' 0 'rule\tticket_id\nagain\tt1\nonce\tt1\n' ''
cp first log.tsv
file t2.tsv "${columns}t2\tc1\t\tx\t\t2026-11-17\t\t\t\t\t\t\n"
run list -f r.tsv --log=log.tsv --cap=2/7d --as-of=2026-11-25T09:59:59 t2.tsv
expect 'the cap goes by the log' 0 'rule\tticket_id\n' ''
same 'suppressed rows are not logged' first log.tsv
run list -f r.tsv --log=log.tsv --cap=2/7d --as-of=2026-11-25T10:00 t2.tsv
expect 'for as long as it says' 0 'rule\tticket_id\nagain\tt2\nonce\tt2\n' ''
printf 'half a line' >>log.tsv
cp log.tsv first
run list -f r.tsv --log=log.tsv --as-of=2026-11-26 t2.tsv
expect 'a broken log' 2 '' 'crm-followup: log.tsv:6: the last line has no line end: cut short?\ncrm-followup: log.tsv: the log holds bad records: nothing is issued until they are mended\n'
same 'stays as it is' first log.tsv
head -n 5 first | gzip -c >log.gz
cp log.gz first.gz
run list -f r.tsv --log=log.gz --as-of=2026-11-26 t2.tsv
expect 'a compressed log' 2 '' 'crm-followup: log.gz: ...'
same 'stays as it is too' first.gz log.gz
file log.tsv "text\tat\trule\tnote\tlate\tpriority\taction\tchannel\tcustomer_id\tname\tphone\tregion\tticket_id\tproduct\tstation\towner\tassignee\tdue_at\n"
run list -f r.tsv --log=log.tsv --as-of=2026-11-17T00:00 t2.tsv
expect 'a log in another order' 0 'rule\tticket_id\nagain\tt2\nonce\tt2\n' ''
tail -n 1 log.tsv >got
file want '\t2026-11-17T00:00:00\tonce\t\t0.0\t\t\tphone\tc1\t\t\t\tt2\t\t\t\t\t2026-11-17T00:00:00\n'
same 'is kept in its order' want got
rm -f log.tsv
if [ -e /dev/full ]; then
	run sh -c 'crm-followup -q -f r.tsv --log=log.tsv --as-of=2026-11-18 t1.tsv >/dev/full'
	expect 'a list that cannot be written' 2 '' '*'
	true_that 'is not logged' sh -c '[ ! -s log.tsv ]'
fi

# ---- where nothing can be written ----

file r.tsv 'rule\twhen\tdue\tchannel\nonce\tkind == "x"\topened_at\tphone\n'
printf '%b' "$columns" >many.tsv
awk 'BEGIN { for (i = 1; i <= 20000; i++)
	printf "t%05d\tc%d\t\tx\tTV\t2026-11-16T08:00:00\t\t\t\t\t\t\n", i, i }' >>many.tsv
head -n 9001 many.tsv >some.tsv
rm -f log.tsv
crm-followup -q -f r.tsv --log=log.tsv --as-of=2026-11-17 some.tsv >/dev/null
cp log.tsv before
echo old >list.tsv
head -n 9101 many.tsv >more.tsv
run sh -c 'trap "" XFSZ; ulimit -f 1000
	exec crm-followup -q -f r.tsv --log=log.tsv -o list.tsv --as-of=2026-11-18 more.tsv'
expect 'no room for the log' 2 '' 'crm-followup: '...
same 'it stays as it was' before log.tsv
file want 'old\n'
same 'and so does the list' want list.tsv
true_that 'nothing else is left behind' sh -c '! ls -a | grep -q "\.tmp\."'
run crm-followup -q -f r.tsv --log=log.tsv -o list.tsv --as-of=2026-11-18 more.tsv
expect 'once there is room' 0 '' ''
true_that 'nothing was forgotten' sh -c '[ "$(wc -l <list.tsv) $(wc -l <log.tsv)" = "101 9101" ]'

cp log.tsv before.two
for option in -o --suppressed; do
	run crm-followup -q -f r.tsv --log=log.tsv $option ./log.tsv --as-of=2026-11-18 more.tsv
	true_that "the log is not written over by $option" [ $status = 2 ]
	true_that 'and why' grep -q 'crm-followup: --.* and --.*: one file for both; ' .err
	same 'it stays' before.two log.tsv
done

# ---- a reader that goes ----

cp before log.tsv
crm-followup -q -f r.tsv --log=log.tsv --as-of=2026-11-18 many.tsv 2>.err | head -n 1 >.out
status=0
expect 'somebody reads one line of the list' 0 "$full\n" ''
same 'then it was not issued' before log.tsv

# ---- several runs at once ----

rm -f log.tsv out.*
for i in 1 2 3 4 5 6; do
	crm-followup -q -f r.tsv --log=log.tsv --as-of=2026-11-18 --no-header some.tsv >out.$i 2>err.$i &
done
wait
cat out.* | sort >all
sort -u all >once
same 'together they issue everything once' once all
true_that 'all of it' [ "$(wc -l <all)" = 9000 ]
true_that 'and log it' [ "$(wc -l <log.tsv)" = 9001 ]
true_that 'without a word' sh -c '[ ! -s err.1 ] && [ ! -s err.6 ]'

# ---- the line of crm.7 for crontab, as cron and its shell see it ----

line=$(sed -n 's/^0 7 \* \* \*  *//p' "$TESTS/../man/crm.7" |
	sed -e "s|/srv/crm|'$here/srv'|" -e 's/\\e%/\\%/g')
true_that 'every % has its backslash' sh -c 'case $1 in
	*[!\\]%*) false ;; *\\%*) true ;; *) false ;; esac' - "$line"
mkdir -p srv/lists srv/bin
printf '%b' 'customer_id\tname\nc1\tWang\n' >srv/customers.tsv
printf '%b' 'ticket_id\tcustomer_id\tkind\topened_at\tstatus\nt1\tc1\tcomplaint\t2020-01-01\topen\n' >srv/tickets.tsv
# the clock goes on by a minute from run to run
cat >srv/bin/date <<'EOF'
#!/bin/sh
n=$(cat "$0.n" 2>/dev/null)
n=$((${n:-0} + 1))
echo $n >"$0.n"
exec $(PATH=/usr/bin:/bin command -v date) -d "2026-11-21 07:0$n" "$@"
EOF
chmod +x srv/bin/date
command=$(printf '%s\n' "$line" | sed 's/\\%/%/g')
for shell in sh dash; do
	command -v $shell >/dev/null || continue
	rm -f srv/lists/* srv/issued.tsv srv/bin/date.n
	run env -i HOME="$here" TZ=Asia/Shanghai PATH="$here/srv/bin:$PATH" $shell -c "$command"
	expect "$shell runs it and has nothing to mail" 0 '' ''
	cp srv/lists/2026-11-21-0701.tsv first.tsv
	true_that 'the list of the day is there' grep -q complaint first.tsv
	run env -i HOME="$here" TZ=Asia/Shanghai PATH="$here/srv/bin:$PATH" $shell -c "$command"
	same 'a second run leaves it alone' first.tsv srv/lists/2026-11-21-0701.tsv
	true_that 'and lists nothing twice' [ "$(wc -l <srv/lists/2026-11-21-0702.tsv)" = 1 ]
	: >srv/tickets.tsv.new
	mv srv/tickets.tsv srv/tickets.old; mv srv/tickets.tsv.new srv/tickets.tsv
	run env -i HOME="$here" TZ=Asia/Shanghai PATH="$here/srv/bin:$PATH" $shell -c "$command"
	expect 'where the night before failed, cron mails it' 2 '' 'crm-followup: tickets.tsv: empty: not even a header...'
	true_that 'and there is no list' [ ! -e srv/lists/2026-11-21-0703.tsv ]
	mv srv/tickets.old srv/tickets.tsv
done

# ---- killed at every step ----

cat >die.c <<'END'
#define _GNU_SOURCE
#include <dlfcn.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static void
step(void)
{
	static int n;
	const char *at = getenv("DIE_AT");

	if (at && ++n == atoi(at))
		kill(getpid(), SIGKILL);
}

ssize_t
write(int fd, const void *p, size_t n)
{
	ssize_t (*real)(int, const void *, size_t) =
		(ssize_t (*)(int, const void *, size_t))dlsym(RTLD_NEXT, "write");
	ssize_t done;

	step();
	done = real(fd, p, n > 100 ? n / 2 : n);
	step();
	return done;
}

int
rename(const char *from, const char *to)
{
	int (*real)(const char *, const char *) =
		(int (*)(const char *, const char *))dlsym(RTLD_NEXT, "rename");
	int status;

	step();
	status = real(from, to);
	step();
	return status;
}
END
${CC:-cc} -shared -fPIC -o die.so die.c -ldl 2>/dev/null || skip 'needs a C compiler'
head -n 4 many.tsv >few.tsv
rm -f log.tsv
crm-followup -q -f r.tsv --log=log.tsv -o list.tsv --as-of=2026-11-17 few.tsv
cp log.tsv log.old; cp list.tsv list.old
head -n 7 many.tsv >few.tsv
crm-followup -q -f r.tsv --log=log.tsv -o list.tsv --as-of=2026-11-18 few.tsv
cp log.tsv log.new; cp list.tsv list.new
LD_PRELOAD=./die.so DIE_AT=1 crm-followup -q -f r.tsv --log=log.tsv -o list.tsv --as-of=2026-11-18 many.tsv 2>/dev/null
[ $? = 137 ] || skip 'needs a program that can be made to die'
step=0 died=0 wrong=
while [ $step -lt 100 ]; do
	step=$((step + 1))
	cp log.old log.tsv; cp list.old list.tsv
	LD_PRELOAD=./die.so DIE_AT=$step crm-followup -q -f r.tsv --log=log.tsv \
		-o list.tsv --as-of=2026-11-18 few.tsv 2>/dev/null
	[ $? = 137 ] || break
	died=$((died + 1))
	cmp -s log.tsv log.old || cmp -s log.tsv log.new || wrong="$wrong $step: half a log;"
	cmp -s list.tsv list.old || cmp -s list.tsv list.new || wrong="$wrong $step: half a list;"
	# logged, but not listed: forgotten
	cmp -s log.tsv log.new && ! cmp -s list.tsv list.new && wrong="$wrong $step: forgotten;"
	cp list.tsv list.one
	crm-followup -q -f r.tsv --log=log.tsv --no-header --as-of=2026-11-18 few.tsv >list.two ||
		wrong="$wrong $step: no second run;"
	cmp -s log.tsv log.new || wrong="$wrong $step: the second run's log;"
	for t in t00004 t00005 t00006; do
		grep -q $t list.one list.two || wrong="$wrong $step: $t forgotten;"
	done
done
[ -z "$wrong" ] || printf '# %s\n' "$wrong"
true_that 'killed at any write and rename: the files are whole, nothing is forgotten' [ -z "$wrong" ]
true_that 'there were such steps' [ $died -ge 6 ]
true_that 'and temporary files of the dead do not stay' sh -c '! ls -a | grep -q "\.tmp\."'
finish
