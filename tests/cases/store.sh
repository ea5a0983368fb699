. "$TESTS/lib.sh"
# Where results go (-o): the old file or the new one, never half.
rows='name\nb\na\n'
input "$rows"
all='--where=name != "x"'

run crm-segment "$all" -o new.tsv
expect 'a new file' 0 '' ''
printf 'name\nb\na\n' >want
same 'holds the output' want new.tsv
true_that 'has the mode 0600 less the umask' test "$(stat -c %a new.tsv)" = 600
(umask 277 && crm-segment "$all" -o tight.tsv <in)
true_that 'a stricter umask counts' test "$(stat -c %a tight.tsv)" = 400

echo old >kept.tsv
chmod 640 kept.tsv
run crm-segment "$all" -o kept.tsv
expect 'an old file is replaced' 0 '' ''
same 'by the output' want kept.tsv
true_that 'and keeps its mode' test "$(stat -c %a kept.tsv)" = 640

echo precious >kept.tsv
run crm-segment --where='nme == "a"' -o kept.tsv
true_that 'a failed run has status 2' test "$status" = 2
echo precious >want_old
same 'and leaves the file as it was' want_old kept.tsv
true_that 'and no temporary file' sh -c '! ls -A | grep -q "tmp\\."'

mkdir elsewhere
echo old >elsewhere/real.tsv
ln -s elsewhere/real.tsv link.tsv
run crm-segment "$all" -o link.tsv
expect 'a symbolic link is followed' 0 '' ''
true_that 'and stays one' test -L link.tsv
same 'its target is replaced' want elsewhere/real.tsv
ln -s elsewhere/fresh.tsv dangling.tsv
run crm-segment "$all" -o dangling.tsv
expect 'a link to nothing makes the file' 0 '' ''
same 'where it points' want elsewhere/fresh.tsv

cp want self.tsv
run crm-segment --where='name == "a"' -o self.tsv self.tsv
expect 'FILE may be the input' 0 '' ''
printf 'name\na\n' >want_a
same 'and is replaced when all is read' want_a self.tsv

run crm-segment "$all" -o /dev/full
expect 'a full device' 2 '' 'crm-segment: /dev/full: No space left on device\n'
run crm-segment "$all" -o .
expect 'a directory' 2 '' 'crm-segment: .: Is a directory\n'
run crm-segment "$all" -o nowhere/x.tsv
expect 'a folder that is not there' 2 '' 'crm-segment: nowhere/x.tsv: No such file or directory\n'
run crm-segment "$all" -o /dev/stdout
expect 'a device is written directly' 0 'name\nb\na\n' ''
crm-segment -q --where='name != "c"' -o /dev/stdout self.tsv | cat >through
same 'and so is a pipe behind its name' self.tsv through
{
	echo before
	crm-segment -q "$all" -o /dev/stdout <in
	crm-segment -q "$all" -o /dev/fd/3 <in 3>&1
	echo after
} >together
printf 'before\nname\nb\na\nname\nb\na\nafter\n' >want_together
same 'a file that is open already is not replaced under the others' \
	want_together together
run crm-segment "$all" -o /dev/fd/0
expect 'one that is open for reading only' 2 '' 'crm-segment: /dev/fd/0: Bad file descriptor\n'
mkfifo pipe
cat pipe >from_pipe &
run crm-segment "$all" -o pipe
wait
expect 'a FIFO is written directly' 0 '' ''
same 'and gives what was written' want from_pipe
true_that 'and stays one' test -p pipe

: >.new.tsv.tmp.abcdef
run crm-segment "$all" -o new.tsv
true_that 'a temporary file that a killed run left is removed' \
	test ! -e .new.tsv.tmp.abcdef
finish
