. "$TESTS/lib.sh"
# crm-segment: rules, presets, --where, --abc.
export CRM_AS_OF=2026-11-21T09:00

# --where
rows='customer_id\tname\tspend\n1\tA\t10.00\n2\tB\t\n3\tC\t30.50\n'
input "$rows"
run crm-segment --where='spend > 20'
expect '--where passes what is true' 0 'customer_id\tname\tspend\n3\tC\t30.50\n' ''
run crm-segment --where='not (spend > 20)'
expect 'a missing value makes a comparison false' 0 \
	'customer_id\tname\tspend\n1\tA\t10.00\n2\tB\t\n' ''
run crm-segment --where='spend > 99'
expect 'the header comes even if nothing follows' 0 'customer_id\tname\tspend\n' ''
run crm-segment --where='spend > 99' --no-header
expect '--no-header' 0 '' ''
run crm-segment --where='spnd > 99'
expect 'an unknown column, with its place' 2 '' 'crm-segment: --where: position 1: unknown column "spnd" (did you mean "spend"?)\n  spnd > 99\n  ^\n'
run crm-segment --where='orders > 2'
expect 'a figure that is not there: where it comes from' 2 '' 'crm-segment: --where: position 1: unknown column "orders" (crm-score appends such figures)\n  orders > 2\n  ^\n'
run crm-segment --preset=rfm
expect 'and in the rules' 2 '' 'crm-segment: rfm:2: when: position 1: unknown column "r" (crm-score appends such figures)\n...'
run crm-segment --where='spend'
expect 'a figure is no condition' 2 '' 'crm-segment: --where: position 1: needs a condition, not a number\n  spend\n  ^\n'
run crm-segment --where='has("order")'
expect 'relations point to crm-score' 2 '' '*'
true_that 'by its name' grep -q 'crm-score --card' .err
input 'customer_id\tspend\n1\tx\n2\t5\n'
run crm-segment --where='spend > 1'
expect 'a value that is no number is a bad record' 1 'customer_id\tspend\n2\t5\n' \
	'crm-segment: (standard input):2: spend: not a number: "x"\n'

# rules
file rules.tsv 'segment\twhen\tnote\nbig\tspend > 20\t\nsmall\tspend > 0\t小\n'
input "$rows"
run crm-segment -f rules.tsv
expect 'the first rule that matches; missing if none' 0 \
	'customer_id\tname\tspend\tsegment\n1\tA\t10.00\tsmall\n2\tB\t\t\n3\tC\t30.50\tbig\n' ''
run crm-segment -f rules.tsv --all
expect '--all: every one' 0 \
	'customer_id\tname\tspend\tsegment\n1\tA\t10.00\tsmall\n2\tB\t\t\n3\tC\t30.50\tbig,small\n' ''
run crm-segment -f rules.tsv --where='spend > 20'
expect 'rules with --where' 0 'customer_id\tname\tspend\tsegment\n3\tC\t30.50\tbig\n' ''
run crm-segment -f rules.tsv --count
expect '--count' 0 'segment\tcustomers\tshare\nbig\t1\t33.3333\nsmall\t1\t33.3333\n\t1\t33.3333\n' ''
run crm-segment -f rules.tsv --check
expect '--check: exit 1, all records there' 1 \
	'customer_id\tname\tspend\tsegment\n1\tA\t10.00\tsmall\n2\tB\t\t\n3\tC\t30.50\tbig\n' \
	'crm-segment: (standard input):3: no rule matches\ncrm-segment: (standard input):4: 2 rules match\n'
run crm-segment -f rules.tsv --explain --where='customer_id == "3"'
expect '--explain names rule and values' 0 \
	'customer_id\tname\tspend\tsegment\twhy\n3\tC\t30.50\tbig\tbig: spend > 20 [spend=30.50]\n' ''
crm-segment -f rules.tsv <in >once
crm-segment -f rules.tsv <once >twice
same 'over its own output: replaced in place' once twice
file empty.tsv 'segment\twhen\nall\t\n'
run crm-segment -f empty.tsv --count
expect 'an empty condition means always' 0 'segment\tcustomers\tshare\nall\t3\t100.0000\n\t0\t0.0000\n' ''
file bad.tsv 'segment\twhen\nx\tspend > 1\ny\tspend >\n'
run crm-segment -f bad.tsv
expect 'an error in a rule names file, line, column, place' 2 '' 'crm-segment: bad.tsv:3: when: position 8: ...'
file ragged.tsv 'segment\twhen\nx\n'
run crm-segment -f ragged.tsv
expect 'a bad record in the rules is fatal' 2 '' 'crm-segment: ragged.tsv:2: ...'
file nowhen.tsv 'segment\twhe\nx\ty\n'
run crm-segment -f nowhen.tsv
expect 'a column of the rules is missing' 2 '' 'crm-segment: nowhen.tsv...'

file same.tsv 'segment\twhen\na\tspend > 20\nb\tspend > 0\na\tspend > 5\n'
run crm-segment -f same.tsv --all --no-header
expect '--all names a segment once' 0 '1\tA\t10.00\tb,a\n2\tB\t\t\n3\tC\t30.50\ta,b\n' ''
run crm-segment -f same.tsv --all --count
expect 'and counts it once' 0 'segment\tcustomers\tshare\na\t2\t66.6667\nb\t2\t66.6667\n\t1\t33.3333\n' ''

# --split
run crm-segment -f rules.tsv --split=parts
expect '--split writes files only' 0 '' ''
printf 'customer_id\tname\tspend\tsegment\n3\tC\t30.50\tbig\n' >want
same 'one for each segment' want parts/big.tsv
printf 'customer_id\tname\tspend\tsegment\n2\tB\t\t\n' >want
same '_none.tsv for those without' want parts/_none.tsv
run crm-segment -f rules.tsv --where='spend > 20' --split=parts
printf 'customer_id\tname\tspend\tsegment\n' >want
same 'a segment without records is a header' want parts/small.tsv
run crm-segment -f rules.tsv --all --split=parts
printf 'customer_id\tname\tspend\tsegment\n1\tA\t10.00\tsmall\n3\tC\t30.50\tbig,small\n' >want
same 'with --all a record goes to each of its segments' want parts/small.tsv
for name in ../up a/b .hidden _none; do
	printf 'segment\twhen\n%s\t\n' "$name" >evil.tsv
	run crm-segment -f evil.tsv --split=parts2
	expect "a segment called $name is refused" 2 '' 'crm-segment: --split: no plain file name: ...'
done
true_that 'before anything is made' test ! -e parts2
awk 'BEGIN { print "segment\twhen"; for (i = 0; i < 99; i++) print "s" i "\tspend == " i }' >many.tsv
# shellcheck disable=SC3045 # where there is none, nothing is tested
if (ulimit -S -n 48) 2>/dev/null; then
	run sh -c 'ulimit -S -n 48; crm-segment -f many.tsv --split=many'
	true_that 'more segments than the shell allows open files' test "$(ls many | wc -l)" -eq 100
fi
run crm-segment -f rules.tsv --split=rules.tsv
expect 'DIR is a file' 2 '' '*'

# --was
file before.tsv 'customer_id\tsegment\n1\tsmall\n2\tbig\n4\told\n5\t\n'
input 'customer_id\tspend\n1\t10\n2\t5\n3\t99\n6\t\n'
run crm-segment -f rules.tsv --was=before.tsv
expect '--was: stayed, moved, entered, neither; the vanished last' 0 \
	'customer_id\tspend\tsegment\twas\tmove\n1\t10\tsmall\tsmall\tstayed\n2\t5\tsmall\tbig\tmoved\n3\t99\tbig\t\tentered\n6\t\t\t\t\n4\t\t\told\tleft\n5\t\t\t\t\n' ''
input 'customer_id\tspend\n2\t0\n'
run crm-segment -f rules.tsv --was=before.tsv --no-header
expect 'in no segment any more: left' 0 '2\t0\t\tbig\tleft\n1\t\t\tsmall\tleft\n4\t\t\told\tleft\n5\t\t\t\t\n' ''
input 'customer_id\tspend\n1\t10\n2\t5\n3\t99\n6\t\n'
run crm-segment -f rules.tsv --was=before.tsv --count
expect '--count --was: a matrix' 0 'was\tbig\tsmall\t(none)\nbig\t0\t1\t0\nsmall\t0\t1\t0\nold\t0\t0\t1\n\t1\t0\t2\n' ''
run crm-segment -f rules.tsv --was=before.tsv --split=moves
printf 'customer_id\tspend\tsegment\twas\tmove\n6\t\t\t\t\n4\t\t\told\tleft\n5\t\t\t\t\n' >want
same 'with --split the vanished are in _none.tsv' want moves/_none.tsv
crm-segment -f rules.tsv <in >first.tsv
crm-segment -f rules.tsv --was=first.tsv <in >second.tsv
true_that 'nothing changed: all stay where they were' test "$(cut -f5 second.tsv | sort -u | tr '\n' ' ')" = ' move stayed '
input 'name\tspend\na\t10\n'
file names.tsv 'segment\tname\nbig\ta\n'
file all.tsv 'segment\twhen\nall\t\n'
run crm-segment -f rules.tsv --was=names.tsv --no-header
expect 'without customer_id the first column is the key' 0 'a\t10\tsmall\tbig\tmoved\n' ''
file twice.tsv 'name\tsegment\na\tbig\na\tsmall\n\tbig\n'
run crm-segment -f rules.tsv --was=twice.tsv --no-header
expect 'a key twice in the earlier result' 1 'a\t10\tsmall\tbig\tmoved\n' \
	'crm-segment: twice.tsv:3: name: comes twice: "a"\ncrm-segment: twice.tsv:4: name: missing\n'
input 'name\tspend\na\t5\nb\t10\na\t30\nb\t40\nc\t50\nc\t60\n\t7\n\t8\n'
file names.tsv 'name\tsegment\na\tbig\nd\tbig\n'
twice='crm-segment: (standard input):4: name: comes twice: "a"\ncrm-segment: (standard input):5: name: comes twice: "b"\ncrm-segment: (standard input):7: name: comes twice: "c"\n'
for jobs in 1 3; do
	CRM_CHUNK=7 run crm-segment -f all.tsv --was=names.tsv -j $jobs --no-header
	expect "a key twice in the input: the second is bad, -j $jobs" 1 \
		'a\t5\tall\tbig\tmoved\nb\t10\tall\t\tentered\nc\t50\tall\t\tentered\n\t7\tall\t\tentered\n\t8\tall\t\tentered\nd\t\t\tbig\tleft\n' "$twice"
	CRM_CHUNK=7 run crm-segment -f all.tsv --was=names.tsv -j $jobs --count
	expect "and is not counted, -j $jobs" 1 'was\tall\t(none)\nall\t0\t0\nbig\t1\t1\n\t4\t0\n' "$twice"
	CRM_CHUNK=7 run crm-segment -f all.tsv --was=names.tsv -j $jobs --split=parts3
	expect "nor in the files of --split, -j $jobs" 1 '' "$twice"
	true_that 'which have five records' test "$(wc -l <parts3/all.tsv)" -eq 6
done
run crm-segment -f all.tsv --no-header
expect 'a filter does not look' 0 'a\t5\tall\nb\t10\tall\na\t30\tall\nb\t40\tall\nc\t50\tall\nc\t60\tall\n\t7\tall\n\t8\tall\n' ''
file nosegment.tsv 'name\tx\na\tbig\n'
run crm-segment -f rules.tsv --was=nosegment.tsv
expect 'an earlier result without segments' 2 '' 'crm-segment: nosegment.tsv: no column "segment"\n'
run crm-segment --where=true --was=names.tsv
expect '--was needs rules' 2 '' '*'
input "$rows"

# presets
input 'r\tf\tm\n5\t5\t5\n4\t3\t4\n3\t4\t5\n1\t1\t4\n5\t4\t3\n4\t1\t1\n3\t5\t3\n1\t1\t1\n\t\t\n'
run crm-segment --preset=rfm --no-header
expect 'the eight classes of --preset=rfm' 0 \
	'5\t5\t5\timportant-value\n4\t3\t4\timportant-develop\n3\t4\t5\timportant-keep\n1\t1\t4\timportant-retain\n5\t4\t3\tgeneral-value\n4\t1\t1\tgeneral-develop\n3\t5\t3\tgeneral-keep\n1\t1\t1\tgeneral-retain\n\t\t\t\n' ''
input 'orders\trecency\n0\t\n1\t90\n1\t91\n5\t180\n4\t180\n5\t181\n9\t365\n9\t366\n'
run crm-segment --preset=lifecycle --no-header
expect '--preset=lifecycle at its limits' 0 \
	'0\t\tprospect\n1\t90\tnew\n1\t91\tactive\n5\t180\tloyal\n4\t180\tactive\n5\t181\tsleeping\n9\t365\tsleeping\n9\t366\tlost\n' ''
input 'spend\n50000\n49999.99\n10000\n9999.99\n0.01\n0\n-1\n\n'
run crm-segment --preset=tier --no-header
expect '--preset=tier at its limits' 0 \
	'50000\tgold\n49999.99\tsilver\n10000\tsilver\n9999.99\tbronze\n0.01\tbronze\n0\t\n-1\t\n\t\n' ''
run crm-segment --preset=none
expect 'an unknown preset' 2 '' 'crm-segment: --preset: rfm, lifecycle or tier, not none; ...'
for preset in rfm lifecycle tier; do
	crm-segment --preset=$preset --print-rules >$preset.tsv </dev/null
	file sample 'orders\trecency\tr\tf\tm\tspend\n1\t1\t1\t1\t1\t1\n7\t7\t5\t5\t5\t60000\n'
	crm-segment --preset=$preset sample >built_in
	crm-segment -f $preset.tsv sample >printed
	same "--print-rules of $preset works as a file" built_in printed
done
run crm-segment --preset=rfm <sample
true_that 'Chinese names stand in the notes' grep -q 重要价值 rfm.tsv

# --abc
input 'name\tspend\na\t75\nb\t20\nc\t5\nd\t\ne\t0\nf\t-3\n'
run crm-segment --abc=spend
expect 'A under 75 % before it, B under 95 %, then C' 0 \
	'name\tspend\tabc\tshare\tcumshare\na\t75\tA\t75.0000\t75.0000\nb\t20\tB\t20.0000\t95.0000\nc\t5\tC\t5.0000\t100.0000\nd\t\tC\t0.0000\t100.0000\ne\t0\tC\t0.0000\t100.0000\nf\t-3\tC\t0.0000\t100.0000\n' ''
input 'name\tspend\nz\t10\ny\t10\nx\t10\nw\t10\n'
run crm-segment --abc=spend
expect 'equal values share the class; cumshare by first column' 0 \
	'name\tspend\tabc\tshare\tcumshare\nz\t10\tA\t25.0000\t100.0000\ny\t10\tA\t25.0000\t75.0000\nx\t10\tA\t25.0000\t50.0000\nw\t10\tA\t25.0000\t25.0000\n' ''
input 'name\ttrade\tspend\na\tp\t60\nb\tq\t1\nc\tp\t40\nd\t\t7\n'
run crm-segment --abc=spend:50,30,20 --by=trade
expect '--by: inside each value, missing is a group' 0 \
	'name\ttrade\tspend\tabc\tshare\tcumshare\na\tp\t60\tA\t60.0000\t60.0000\nb\tq\t1\tA\t100.0000\t100.0000\nc\tp\t40\tB\t40.0000\t100.0000\nd\t\t7\tA\t100.0000\t100.0000\n' ''
input 'name\tspend\na\t1\nb\t1\nc\t1\n'
run crm-segment --abc=spend --where='name != "b"'
expect '--abc after --where' 0 'name\tspend\tabc\tshare\tcumshare\na\t1\tA\t50.0000\t50.0000\nc\t1\tA\t50.0000\t100.0000\n' ''
run crm-segment --abc=spend:75,20
expect 'three percentages' 2 '' 'crm-segment: --abc: not three percentages that make 100: 75,20; ...'
run crm-segment --abc=spent
expect 'an unknown column' 2 '' 'crm-segment: (standard input): no column "spent"; did you mean "spend"?\n'
input 'name\tspend\na\tx\nb\t1\n'
run crm-segment --abc=spend
expect 'a bad value is told once' 1 'name\tspend\tabc\tshare\tcumshare\nb\t1\tA\t100.0000\t100.0000\n' \
	'crm-segment: (standard input):2: spend: not a number: "x"\n'

# usage
run crm-segment
expect 'nothing to do' 2 '' 'crm-segment: nothing to do: ...'
run crm-segment --preset=rfm --abc=spend
expect 'one kind at a time' 2 '' 'crm-segment: only one of -f, --preset, --abc; ...'
run crm-segment --wher
expect 'an unknown option' 2 '' '*'
run crm-segment --nonsense
expect 'an unknown option is named' 2 '' "crm-segment: unknown option --nonsense; see 'crm-segment --help'\n"
finish
