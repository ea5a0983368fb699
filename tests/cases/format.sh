# The record format, crm(5), as every tool reads and writes it: driven through
# crm-segment --where and crm-score.
. "$TESTS/lib.sh"

all() { run crm-segment --where=true "$@"; }
where() {
	condition=$1
	shift
	run crm-segment --where="$condition" "$@"
}
score() { run crm-score -q --as-of=2026-11-21 "$@"; }

# --- header and last line ---

input 'customer_id\tname\n'
all
expect 'the header is printed even when no record follows' \
	0 'customer_id\tname\n' ''

input ''
all
expect 'zero bytes are an error' 2 '' \
	'crm-segment: (standard input): empty: ...'
: >empty.tsv
all empty.tsv
expect 'a file of zero bytes is an error' 2 '' 'crm-segment: empty.tsv: empty: ...'
file a.tsv 'customer_id\nA\n'
all a.tsv empty.tsv
expect 'a second file of zero bytes is an error' 2 '' \
	'crm-segment: empty.tsv: empty: ...'

input 'customer_id\tname\nA\ta\nB\tb'
all
expect 'a last line without LF is a bad record' 1 \
	'customer_id\tname\nA\ta\n' \
	'crm-segment: (standard input):3: the last line has no line end: cut short?\n'
input 'customer_id\tname'
all
expect 'a header without LF is an error' 2 '' \
	'crm-segment: (standard input):1: the header line has no end; ...'
file a.tsv 'customer_id\nA'
file b.tsv 'customer_id\nB\n'
all a.tsv b.tsv
expect 'a last line without LF in the first of two files' 1 \
	'customer_id\nB\n' \
	'crm-segment: a.tsv:2: the last line has no line end: cut short?\n'

# --- fields ---

input 'customer_id\tname\tnote\nA\t"a\t"\nB\t" b"c" \t\n'
all
expect 'a double quote is an ordinary byte' 0 \
	'customer_id\tname\tnote\nA\t"a\t"\nB\t" b"c" \t\n' ''

input 'customer_id\tname\nA\ta\nB\nC\tc\td\n\n\t\nD\td\n'
all
expect 'too few and too many fields are bad records' 1 \
	'customer_id\tname\nA\ta\n\t\nD\td\n' \
	'crm-segment: (standard input):3: 1 field, not 2
crm-segment: (standard input):4: 3 fields, not 2
crm-segment: (standard input):5: 1 field, not 2\n'

input 'name\n\nx\n'
where 'empty(name)'
expect 'an empty line is a missing field where there is one column' \
	0 'name\n\n' ''

input 'customer_id\tname\nA\ta\0000b\nB\tb\n\0000\t\0000\nC\tc\n'
all
expect 'a NUL byte makes a bad record' 1 \
	'customer_id\tname\nB\tb\nC\tc\n' \
	'crm-segment: (standard input):2: a NUL byte
crm-segment: (standard input):4: a NUL byte\n'
input 'customer_id\tna\0000me\nA\ta\n'
all
expect 'a NUL byte in the header is an error' 2 '' \
	'crm-segment: (standard input):1: the header holds a NUL byte...'

input 'name\tx\n\0377\0345\tbroken\n\0001\0033[1m\tcontrols\n'
where 'x != "y"'
expect 'bytes that are no UTF-8 pass through' 0 \
	'name\tx\n\0377\0345\tbroken\n\0001\0033[1m\tcontrols\n' ''

# --- columns by name ---

file tickets.tsv 'ticket_id\tcustomer_id\tkind\topened_at\tamount\n1\tA\torder\t2026-11-01\t10\n2\tA\torder\t2026-11-11T12:00\t5.5\n3\tB\treturn\t2026-11-02\t3\n'
scored='orders\tspend\tfirst_order\tlast_order\trecency\tr\tf\tm\trfm'
figures='2\t15.50\t2026-11-01T00:00:00\t2026-11-11T12:00:00\t9\t1\t1\t1\t111'
file customers.tsv 'name\tcustomer_id\tshoe size\nanna\tA\t36\nbo\tB\t\n'
score -t tickets.tsv customers.tsv
expect 'columns are found by name, others pass through' 0 \
	"name\tcustomer_id\tshoe size\t$scored\nanna\tA\t36\t$figures\nbo\tB\t\t0\t-3.00\t\t\t\t\t\t\t\n" ''
cp .out once.tsv
score -t tickets.tsv once.tsv
expect 'own columns that are there already are replaced in place' 0 @once.tsv ''
file other.tsv 'amount\tstation\topened_at\tkind\tcustomer_id\tticket_id\n10\tX\t2026-11-01\torder\tA\t1\n3\t\t2026-11-02\treturn\tB\t3\n5.5\tY\t2026-11-11 12:00:00\torder\tA\t2\n'
score -t other.tsv customers.tsv
expect 'the order of columns does not matter' 0 \
	"name\tcustomer_id\tshoe size\t$scored\nanna\tA\t36\t$figures\nbo\tB\t\t0\t-3.00\t\t\t\t\t\t\t\n" ''
file middle.tsv 'orders\tcustomer_id\trfm\tm\nmany\tB\tx\ty\n'
score -t tickets.tsv middle.tsv
expect 'some are replaced, the others appended' 0 \
	'orders\tcustomer_id\trfm\tm\tspend\tfirst_order\tlast_order\trecency\tr\tf\n0\tB\t\t\t-3.00\t\t\t\t\t\n' ''

input 'Tier\ttier\nVIP\tno\n'
where 'Tier == "VIP"'
expect 'names compare byte for byte' 0 'Tier\ttier\nVIP\tno\n' ''
input '客户\t名称\n甲\t名\n'
where '客户 == "甲"'
expect 'names may be Chinese' 0 '客户\t名称\n甲\t名\n' ''

input 'customer_id\ttier\nA\tVIP\n'
where 'teir == "VIP"'
expect 'an unknown column, with did you mean' 2 '' \
	'crm-segment: --where: position 1: unknown column "teir" (did you mean "tier"?)
  teir == "VIP"
  ^\n'
file wrong.tsv 'custmer_id\tname\nA\ta\n'
score -t tickets.tsv wrong.tsv
expect 'a needed column is missing, with did you mean' 2 '' \
	'crm-score: wrong.tsv: no column "customer_id"; did you mean "custmer_id"?\n'
file wrong.tsv 'ticket_id\tcustomer_id\tkind\topened\n1\tA\torder\t2026-11-01\n'
score -t wrong.tsv customers.tsv
expect 'of the tickets too' 2 '' \
	'crm-score: wrong.tsv: no column "opened_at"; did you mean "opened"?\n'
input 'a\tb\tc\ta\n1\t2\t3\t4\n'
all
expect 'a column twice is an error' 2 '' \
	'crm-segment: (standard input):1: column "a" stands twice...'
input 'a\t\tc\t\n1\t2\t3\t4\n'
all
expect 'two nameless columns are a column twice' 2 '' \
	'crm-segment: (standard input):1: column "" stands twice...'

# --- several files ---

file a.tsv 'customer_id\tname\ttier\nA\ta\tVIP\n'
file b.tsv 'tier\tcustomer_id\tname\n\tB\tb\ngold\tC\tc\n'
all a.tsv b.tsv a.tsv
expect 'columns of later files are matched by name to the first' 0 \
	'customer_id\tname\ttier\nA\ta\tVIP\nB\tb\t\nC\tc\tgold\nA\ta\tVIP\n' ''
where 'tier == "gold"' b.tsv a.tsv
expect 'in the order of the first file' 0 'tier\tcustomer_id\tname\ngold\tC\tc\n' ''
file bad.tsv 'tier\tcustomer_id\tname\nx\nx\ty\tz\tu\n'
all a.tsv bad.tsv
expect 'messages name the file and its own lines' 1 \
	'customer_id\tname\ttier\nA\ta\tVIP\n' \
	'crm-segment: bad.tsv:2: 1 field, not 3
crm-segment: bad.tsv:3: 4 fields, not 3\n'
file less.tsv 'customer_id\tname\nB\tb\n'
all a.tsv less.tsv
expect 'a file that lacks a column is an error' 2 '' \
	'crm-segment: less.tsv:1: column "tier" of a.tsv is missing\n'
file more.tsv 'customer_id\tname\ttier\tage\nB\tb\t\t3\n'
all a.tsv more.tsv
expect 'a file that has one more is an error' 2 '' \
	'crm-segment: more.tsv:1: column "age" is not in a.tsv\n'
file renamed.tsv 'customer_id\tname\tlevel\nB\tb\t\n'
all a.tsv renamed.tsv
expect 'so is one with another name' 2 '' \
	'crm-segment: renamed.tsv:1: column "level" is not in a.tsv\n'
input 'name\ttier\tcustomer_id\ns\t\tS\n'
all a.tsv - b.tsv
expect '- among the files is standard input' 0 \
	'customer_id\tname\ttier\nA\ta\tVIP\nS\ts\t\nB\tb\t\nC\tc\tgold\n' ''
file escaped.tsv 'tier\tname\tcustomer_id\n\\N\t\\N\\b\\q\t\\\\\\t\n'
all a.tsv escaped.tsv
expect 'fields pass through byte for byte in another order too' 0 \
	'customer_id\tname\ttier\nA\ta\tVIP\n\\\\\\t\t\\N\\b\\q\t\\N\n' ''

# --- BOM and line ends ---

input '\0357\0273\0277customer_id\tname\nA\ta\n'
where 'customer_id == "A"'
expect 'a BOM is skipped' 0 'customer_id\tname\nA\ta\n' ''
input '\0357\0273\0277'
all
expect 'a BOM alone is no header' 2 '' 'crm-segment: (standard input): empty: ...'
file a.tsv '\0357\0273\0277customer_id\nA\n'
file b.tsv '\0357\0273\0277customer_id\n\0357\0273\0277B\n'
all a.tsv b.tsv
expect 'a BOM is skipped in every file, and only at its start' 0 \
	'customer_id\nA\n\0357\0273\0277B\n' ''

input 'customer_id\tname\r\nA\ta\r\nB\t\r\n'
where 'name == "a" or empty(name)'
expect 'CRLF is read, LF is written' 0 'customer_id\tname\nA\ta\nB\t\n' ''
input 'customer_id\tname\r\nA\ta\r\nB\tb\nC\tc\r\n'
all
expect 'LF among CRLF is a bad record' 1 \
	'customer_id\tname\nA\ta\nC\tc\n' \
	'crm-segment: (standard input):3: the line ends LF, unlike the header\n'
input 'customer_id\tname\nA\ta\nB\tb\r\nC\tc\n'
all
expect 'CRLF among LF is a bad record' 1 \
	'customer_id\tname\nA\ta\nC\tc\n' \
	'crm-segment: (standard input):3: the line ends CR LF, unlike the header\n'
input 'customer_id\tname\r\nA\ta\r\nB\tb\r'
all
expect 'a last line that ends in CR alone' 1 \
	'customer_id\tname\nA\ta\n' \
	'crm-segment: (standard input):3: the last line has no line end: cut short?\n'
input 'name\tnote\na\rb\tc\nd\te\n'
all
expect 'a CR inside a line is an ordinary byte' 0 'name\tnote\na\rb\tc\nd\te\n' ''
file a.tsv 'customer_id\tname\r\nA\ta\r\n'
file b.tsv 'name\tcustomer_id\nb\tB\n'
file c.tsv 'name\tcustomer_id\r\nc\tC\r\n'
where 'name > ""  or not empty(name)' a.tsv b.tsv c.tsv
expect 'each file has its own line ends' 0 \
	'customer_id\tname\nA\ta\nB\tb\nC\tc\n' ''

# --- missing, escapes ---

input 'customer_id\ttier\n1\t\n2\t\\N\n3\tN\n4\t\\\\N\n5\t\\N \n'
where 'empty(tier)'
expect 'an empty field and \N are missing' 0 \
	'customer_id\ttier\n1\t\n2\t\\N\n' ''
input 'customer_id\ttier\r\n1\t\\N\r\n2\tx\r\n'
where 'empty(tier)'
expect '\N before CRLF is missing' 0 'customer_id\ttier\n1\t\\N\n' ''
input 'customer_id\tbalance\tcreated_at\n1\t\\N\t\\N\n2\t5\t2026-01-01\n'
where 'empty(balance) and empty(created_at)'
expect '\N is a missing number and time' 0 \
	'customer_id\tbalance\tcreated_at\n1\t\\N\t\\N\n' ''

every='\\t\\n\\r\\\\\\b\\f\\v\\'"'"'\\q\\N\\0\\'
input "customer_id\tnote\nA\t$every\n"
where 'customer_id == "A"'
expect 'fields that are not used pass through byte for byte' 0 \
	"customer_id\tnote\nA\t$every\n" ''
input 'customer_id\tnote\n1\ta\\tb\\nc\\rd\\\\e\n2\t\\b\\f\\v\\'"'"'\n3\tplain\n'
where 'length(note) == 9'
expect '\t \n \r \\ are decoded for expressions' 0 \
	'customer_id\tnote\n1\ta\\tb\\nc\\rd\\\\e\n' ''
where 'length(note) == 4 and note ~ "'"'"'$"'
expect '\b \f \v \'"'"' are understood' 0 \
	'customer_id\tnote\n2\t\\b\\f\\v\\'"'"'\n' ''
input 'customer_id\tnote\nA\tx\nB\ta\\qb\nC\tend\\\nD\t\\Nx\nE\ty\n'
where 'note != "x"'
expect 'any other pair is a bad value where it is decoded' 1 \
	'customer_id\tnote\nE\ty\n' \
	'crm-segment: (standard input):3: note: unknown escape: "a\\\\qb"
crm-segment: (standard input):4: note: unknown escape: "end\\\\"
crm-segment: (standard input):5: note: unknown escape: "\\\\Nx"\n'
file escaped.tsv 'customer_id\nA\\tB\nA\\qB\n'
file sales.tsv 'ticket_id\tcustomer_id\tkind\topened_at\n1\tA\\tB\torder\t2026-11-20\n'
score -t sales.tsv escaped.tsv
expect 'keys are compared decoded and written as they were' 1 \
	"customer_id\t$scored\nA\\\\tB\t1\t0.00\t2026-11-20T00:00:00\t2026-11-20T00:00:00\t1\t1\t1\t1\t111\n" \
	'crm-score: escaped.tsv:3: customer_id: ...'

# --- keys ---

file twice.tsv 'customer_id\tname\nA\tfirst\nB\tb\nA\tsecond\n'
all twice.tsv
expect 'a pure filter does not look for keys that come twice' 0 @twice.tsv ''
score -t tickets.tsv twice.tsv
expect 'a key that comes twice: the second is a bad record' 1 \
	"customer_id\tname\t$scored\nA\tfirst\t$figures\nB\tb\t0\t-3.00\t\t\t\t\t\t\t\n" \
	'crm-score: twice.tsv:4: customer_id: comes twice: "A"\n'

file missing.tsv 'customer_id\tname\n\ta\n\\N\tb\nC\tc\n'
score -t tickets.tsv missing.tsv
expect 'a key that is missing is a bad record' 1 \
	"customer_id\tname\t$scored\nC\tc\t0\t0.00\t\t\t\t\t\t\t\n" \
	'crm-score: missing.tsv:2: customer_id: ...'
file bad.tsv 'ticket_id\tcustomer_id\tkind\topened_at\tamount\n1\tA\torder\t2026-11-01\t10\n2\tA\torder\n3\tA\torder\t2026-11-31\t7\n4\tA\torder\t2026-11-11T12:00\t12,50\n5\tA\torder\t2026-11-11T12:00\t5.5\n6\tA\tor\0000der\t2026-11-11\t2\n7\tA\torder\t2026-11-11\t2\r\n8\tA\torder\t2026-11-11\t2'
file one.tsv 'customer_id\nA\n'
score -t bad.tsv one.tsv
expect 'bad records of the tickets are left out' 1 \
	"customer_id\t$scored\nA\t$figures\n" \
	'crm-score: bad.tsv:3: 3 fields, not 5
crm-score: bad.tsv:4: opened_at: no such time: "2026-11-31"
crm-score: bad.tsv:5: amount: not a number: "12,50"
crm-score: bad.tsv:7: a NUL byte
crm-score: bad.tsv:8: the line ends CR LF, unlike the header
crm-score: bad.tsv:9: the last line has no line end: cut short?\n'

# --- types follow from names ---

input 'customer_id\tbalance\nA\t12,50\nB\t1.00001\nC\t90000000000000\nD\t+5\nE\t 5\nF\t5.\nG\t.5\nH\t1e3\nI\t-0.0001\n'
where 'balance < 100'
expect 'money: what is none is a bad record' 1 \
	'customer_id\tbalance\nD\t+5\nI\t-0.0001\n' \
	'crm-segment: (standard input):2: balance: not a number: "12,50"
crm-segment: (standard input):3: balance: more than four decimals: "1.00001"
crm-segment: (standard input):4: balance: number too large: "90000000000000"
crm-segment: (standard input):6: balance: not a number: " 5"
crm-segment: (standard input):7: balance: not a number: "5."
crm-segment: (standard input):8: balance: not a number: ".5"
crm-segment: (standard input):9: balance: not a number: "1e3"\n'
where 'customer_id > "F"'
expect 'a bad value of a column that is not used is none of our business' 0 \
	'customer_id\tbalance\nG\t.5\nH\t1e3\nI\t-0.0001\n' ''
input 'customer_id\tcreated_at\nA\t2026-11-21\nB\t2026-11-21 00:00\nC\t2026-11-20T16:00:00Z\nD\t2026-11-21T00:00+08:00\nE\t2026-02-29\nF\t2026-11-21T24:00\nG\t21.11.2026\nH\t2026-11-20T23:59:59\n'
run env TZ=Asia/Shanghai crm-segment --where='created_at == 2026-11-21'
expect 'time: its forms, and impossible ones' 1 \
	'customer_id\tcreated_at\nA\t2026-11-21\nB\t2026-11-21 00:00\nC\t2026-11-20T16:00:00Z\nD\t2026-11-21T00:00+08:00\n' \
	'crm-segment: (standard input):6: created_at: no such time: "2026-02-29"
crm-segment: (standard input):7: created_at: no such time: "2026-11-21T24:00"
crm-segment: (standard input):8: created_at: not a time: "21.11.2026"\n'
input 'customer_id\tpoint\tpoints\nA\t10\t10\nB\t9\t9\nC\tnine\t\n'
where 'points > 9'
expect 'a number by its name' 0 'customer_id\tpoint\tpoints\nA\t10\t10\n' ''
where 'point > 9'
expect 'a text that is no number is missing' 0 'customer_id\tpoint\tpoints\nA\t10\t10\n' ''
where 'point > "10"'
expect 'a text is a text' 0 'customer_id\tpoint\tpoints\nB\t9\t9\nC\tnine\t\n' ''

input 'customer_id\tbirthday\nA\t1990-11-21\nB\t--11-21\nC\t--11-20\nD\t--02-30\nE\t\nF\t1990-5-6\n'
where 'anniversary(birthday) == 2026-11-21' --as-of=2026-11-21
expect 'a birthday, with a year or without' 1 \
	'customer_id\tbirthday\nA\t1990-11-21\nB\t--11-21\n' \
	'crm-segment: (standard input):5: birthday: no such time: "--02-30"
crm-segment: (standard input):7: birthday: not a time: "1990-5-6"\n'

# --- messages ---

{ echo customer_id; for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23; do
	printf 'x\ty\n'; done; } >in
all
cp .err err
true_that 'the first 20 messages, then how many more' [ "$(wc -l <err)" = 21 ]
true_that 'and they are the first' grep -q ':21: 2 fields, not 1$' err
true_that 'how many more' \
	[ "$(tail -n 1 err)" = 'crm-segment: 3 more messages not shown' ]
input 'customer_id\nx\ty\nx\ty\nA\nx\ty\n'
all --max-messages=1
expect '--max-messages' 1 'customer_id\nA\n' \
	'crm-segment: (standard input):2: 2 fields, not 1
crm-segment: 2 more messages not shown\n'
all --max-messages=0
expect '--max-messages=0' 1 'customer_id\nA\n' \
	'crm-segment: 3 more messages not shown\n'
input 'a,b\n1,2\n'
where 'a == "1"'
expect 'CSV is recognised, not read' 2 '' 'crm-segment: (standard input): one column, with commas in its name: if it is CSV, crm-import reads it\ncrm-segment: --where: position 1: unknown column "a"\n  a == "1"\n  ^\n'
finish
