# How records come in, crm(5): without a header, in long lines, compressed.
. "$TESTS/lib.sh"

all() { run crm-segment --where=true "$@"; }
where() {
	condition=$1
	shift
	run crm-segment --where="$condition" "$@"
}
score() { run crm-score -q --as-of=2026-11-21 "$@"; }

file tickets.tsv 'ticket_id\tcustomer_id\tkind\topened_at\tamount\n1\tA\torder\t2026-11-01\t10\n2\tA\torder\t2026-11-11T12:00\t5.5\n'
figures='2\t15.50\t2026-11-01T00:00:00\t2026-11-11T12:00:00\t9\t1\t1\t1\t111'
file customers.tsv 'name\tcustomer_id\tshoe size\nanna\tA\t36\nbo\tB\t\n'
: >empty.tsv

# --- without a header ---

input 'A\ta\nB\tb\tc\n'
all --columns=customer_id,name
expect '--columns: the input has no header, the output has' 1 \
	'customer_id\tname\nA\ta\n' \
	'crm-segment: (standard input):2: 3 fields, not 2\n'
all --columns=customer_id,name --no-header
expect '--columns and --no-header' 1 'A\ta\n' \
	'crm-segment: (standard input):2: 3 fields, not 2\n'
input 'customer_id\tname\nA\ta\n'
all --no-header
expect '--no-header: the input has one' 0 'A\ta\n' ''
input 'A\ta\r\nB\tb\r\nC\tc\n'
where 'name != "x"' --columns=id,name
expect '--columns: the first line says how lines end' 1 \
	'id\tname\nA\ta\nB\tb\n' \
	'crm-segment: (standard input):3: the line ends LF, unlike the header\n'
input '\0357\0273\0277A\ta\n'
where 'id == "A"' --columns=id,name
expect '--columns: a BOM is skipped' 0 'id\tname\nA\ta\n' ''
file a.tsv 'A\ta\n'
file b.tsv 'B\tb\n'
all --columns=id,name a.tsv b.tsv
expect '--columns: several files' 0 'id\tname\nA\ta\nB\tb\n' ''
all --columns=id,name,id a.tsv
expect '--columns: a column twice' 2 '' 'crm-segment: --columns...'
input ''
all --columns=id,name
expect '--columns: zero bytes are no records' 0 'id\tname\n' ''
score --columns=customer_id,name --no-header -t tickets.tsv a.tsv
expect '--columns of crm-score are those of the customers' 0 \
	"A\ta\t$figures\n" ''

# --- long lines ---

long() { awk 'BEGIN { for (i = 0; i < 1048576; i++) printf "x" }'; }
{ printf 'customer_id\tnote\nA\t'; long; printf '\nB\tb\n'; } >long.tsv
where 'length(note) == 1048576 or note == "b"' long.tsv
expect 'a line of a megabyte' 0 @long.tsv ''
cp long.tsv in
where 'length(note) == 1048576 or note == "b"'
expect 'and from a pipe' 0 @long.tsv ''
run env CRM_CHUNK=1000 crm-segment -j 2 --where=true long.tsv
expect 'in small pieces' 0 @long.tsv ''
{ printf 'customer_id\t'; long; printf '\nA\ta\n'; } >long.tsv
all long.tsv
expect 'a name of a megabyte' 0 @long.tsv ''

# --- gzip ---

need gzip
cp customers.tsv plain.tsv
gzip -c plain.tsv >plain.gz
all plain.gz
if grep -q zlib .err; then
	expect 'gzip without zlib: a clear error' 2 '' \
		'crm-segment: plain.gz: gzip: this program was built without zlib; use: zcat ...'
	finish
fi
expect 'a gzip file is recognised by its first bytes' 0 @plain.tsv ''
cp plain.gz in
all
expect 'gzip on standard input' 0 @plain.tsv ''
run sh -c 'cat plain.gz | crm-segment --where=true'
expect 'gzip through a pipe' 0 @plain.tsv ''
score -t tickets.tsv plain.gz
cp .out got
score -t tickets.tsv plain.tsv
same 'gzip where the input is read twice' .out got
tail -n +2 plain.tsv | gzip -c >half.gz
head -1 plain.tsv | gzip -c >both.gz
cat half.gz >>both.gz
all both.gz
expect 'several members, the cut after the header' 0 @plain.tsv ''
file a.tsv 'customer_id\tname\tshoe size\n9\tz\t\n'
all a.tsv plain.gz
expect 'gzip after a plain file' 0 \
	'customer_id\tname\tshoe size\n9\tz\t\nA\tanna\t36\nB\tbo\t\n' ''
size=$(wc -c <plain.gz)
for cut in 11 30 $((size - 9)) $((size - 4)) $((size - 1)); do
	head -c $cut plain.gz >cut.gz
	run crm-segment --where=true -o out.tsv cut.gz
	expect "gzip cut short after $cut bytes" 2 '' \
		'crm-segment: cut.gz: gzip: cut short\n'
	true_that 'and nothing was written' [ ! -e out.tsv ]
done
{ cat plain.gz; echo rubbish; } >rubbish.gz
all -o out.tsv rubbish.gz
expect 'rubbish after gzip' 2 '' 'crm-segment: rubbish.gz: gzip: ...'
gzip -c empty.tsv >empty.gz
all empty.gz
expect 'an empty file inside gzip is empty' 2 '' 'crm-segment: empty.gz: empty: ...'
finish
