# crm-import --apply and --aliases: pairs that were decided become one customer.
. "$TESTS/lib.sh"
export CRM_AS_OF=2026-11-21
h='customer_id\tname\tphone\temail\tsource\tno_contact\n'
a='a\tAnn\t+8613812345678\t\tshop\tsms\n'
b='b\tAnn Lee\t\tann@x.cn\tweb\tphone\n'
c='c\tA. Lee\t+8613900000000\tlee@x.cn\tshop\t\n'
d='d\tBob\t\t\t\t\n'
p='left\tright\tdecision\n'
said() { printf '%s' "crm-import: $1 read = 0 created + $2 updated + $3 unchanged + $4 rejected + $5 removed (customers, apply of p.tsv)\\n"; }
# apply NAME STATUS FILE ALIASES MESSAGES [OPTION...]: the pairs of p.tsv in a
# fresh FILE; ALIASES without the header
apply() {
	name=$1 wanted=$2 records=$3 renamed=$4 message=$5
	shift 5
	file f.tsv "$h$a$b$c$d"
	rm -f al.tsv
	run crm-import --into=f.tsv --apply=p.tsv --aliases=al.tsv "$@"
	expect "$name" "$wanted" '' "$message"
	printf "$h$records" >want
	same "$name: FILE" f.tsv want
	printf "old_id\tnew_id\n$renamed" >want
	same "$name: aliases" al.tsv want
}
ab='a\tAnn\t+8613812345678\tann@x.cn\tshop\tsms,phone\n'

file p.tsv "${p}a\tb\tsame\n"
apply 'left survives, its missing fields come from right, no_contact is of both' 0 "$ab$c$d" 'b\ta\n' "$(said 2 1 0 0 1)"
cp f.tsv f1.tsv
cp al.tsv al1.tsv
touch -t 202001010000 f.tsv
before=$(ls -l --time-style=full-iso f.tsv 2>/dev/null || ls -l f.tsv)
run crm-import --into=f.tsv --apply=p.tsv --aliases=al.tsv
expect 'applying twice changes nothing' 0 '' "$(said 1 0 1 0 0)"
same '... in FILE' f.tsv f1.tsv
true_that '... nor touches it' [ "$before" = "$(ls -l --time-style=full-iso f.tsv 2>/dev/null || ls -l f.tsv)" ]
same '... nor in the aliases' al.tsv al1.tsv
file p.tsv "${p}b\ta\tsame\n"
apply 'left survives, wherever it stands' 0 'b\tAnn Lee\t+8613812345678\tann@x.cn\tweb\tphone,sms\n'"$c$d" 'a\tb\n' "$(said 2 1 0 0 1)"
file p.tsv "${p}d\tb\tsame\n"
apply 'a survivor that lacks everything but its name' 0 "$a$c"'d\tBob\t\tann@x.cn\tweb\tphone\n' 'b\td\n' "$(said 2 1 0 0 1)"
file p.tsv "${p}a\td\tsame\n"
apply 'one that lacks nothing the other has' 0 "$a$b$c" 'd\ta\n' "$(said 2 0 1 0 1)"
file f.tsv 'customer_id\tno_contact\na\tall\nb\tsms\n'
file p.tsv "${p}a\tb\tsame\n"
run crm-import -q --into=f.tsv --apply=p.tsv --aliases=al.tsv
printf 'customer_id\tno_contact\na\tall\n' >want
same 'whom nobody may contact' f.tsv want
file f.tsv 'customer_id\tno_contact\na\tsms\nb\tall\n'
run crm-import -q --into=f.tsv --apply=p.tsv --aliases=al.tsv --consent=replace
same '... whatever --consent says of rows' f.tsv want

file p.tsv "${p}a\tb\t\na\tc\tdifferent\nb\tc\t不同\na\td\t?\n"
apply 'open and different pairs are left alone' 1 "$a$b$c$d" '' 'crm-import: p.tsv:5: decision: not one of same, different: "?"\n'"$(said 1 0 0 1 0)"
for word in same SAME 相同 是 yes 1; do
	file p.tsv "${p}a\tb\t$word\n"
	apply "decided $word" 0 "$ab$c$d" 'b\ta\n' "$(said 2 1 0 0 1)"
done
for word in different 不同 否 no 0; do
	file p.tsv "${p}a\tb\t$word\n"
	apply "decided $word" 0 "$a$b$c$d" '' "$(said 0 0 0 0 0)"
done
printf '\357\273\277"left","right","decision"\r\n"a","b","same"\r\n' >p.tsv
apply 'as a spreadsheet saves it' 0 "$ab$c$d" 'b\ta\n' "$(said 2 1 0 0 1)"
if command -v iconv >/dev/null 2>&1; then
	printf 'left\tright\tdecision\r\na\tb\t相同\r\n' | iconv -f UTF-8 -t UTF-16 >p.tsv
	apply '... in its own encoding' 0 "$ab$c$d" 'b\ta\n' "$(said 2 1 0 0 1)"
fi
file p.tsv "${p}a\tx\tsame\ny\tb\tsame\na\td\tsame\nq\tr\t\n"
apply 'unknown ids are reported, the rest is applied' 1 "$a$b$c" 'd\ta\n' \
	'crm-import: p.tsv:2: right: no such customer: "x"\ncrm-import: p.tsv:3: left: no such customer: "y"\n'"$(said 4 0 1 2 1)"

# Chains. a and c come from one source.
file p.tsv "${p}a\tb\tsame\nb\td\tsame\n"
apply 'a chain' 0 "$ab$c" 'b\ta\nd\ta\n' "$(said 3 1 0 0 2)"
file p.tsv "${p}a\tb\tsame\nb\tc\tsame\n"
apply 'a chain of two from one source is refused' 1 "$a$b$c$d" '' \
	'crm-import: p.tsv:2: a = b = c is refused: a and c are both from shop, and not decided the same themselves\n'"$(said 3 0 0 3 0)"
file p.tsv "${p}a\tb\tsame\nb\tc\tsame\na\tc\tsame\n"
apply '... unless these were decided the same' 0 "$ab$d" 'b\ta\nc\ta\n' "$(said 3 1 0 0 2)"
file p.tsv "${p}a\tb\tsame\nb\td\tsame\nd\ta\tdifferent\n"
apply 'a chain with a pair that is different is refused' 1 "$a$b$c$d" '' \
	'crm-import: p.tsv:2: a = b = d is refused: d and a are decided different in line 4\n'"$(said 3 0 0 3 0)"
file p.tsv "${p}a\tb\tsame\nb\tc\tsame\nd\tb\tdifferent\n"
apply 'a pair beside the chain does not matter' 1 "$a$b$c$d" '' \
	'crm-import: p.tsv:2: a = b = c is refused: a and c are both from shop...'
file p.tsv "${p}a\tb\tsame\na\tb\tdifferent\nc\td\tsame\n"
apply 'a pair that is both; the rest is applied' 1 "$a$b$c" 'd\tc\n' \
	'crm-import: p.tsv:2: a = b is refused: a and b are decided different in line 3\n'"$(said 4 0 1 2 1)"

# Aliases chain over runs.
file f.tsv "$h$a$b$c$d"
sed -i '/^c/s/shop/stall/' f.tsv
file p.tsv "${p}b\td\tsame\n"
run crm-import -q --into=f.tsv --apply=p.tsv --aliases=al2.tsv
file p.tsv "${p}a\tb\tsame\n"
run crm-import -q --into=f.tsv --apply=p.tsv --aliases=al2.tsv
printf 'old_id\tnew_id\nd\ta\nb\ta\n' >want
same 'an alias of an alias is resolved' al2.tsv want
file p.tsv "${p}d\tc\tsame\nd\tb\tdifferent\n"
run crm-import --into=f.tsv --apply=p.tsv --aliases=al2.tsv
expect 'a pair that names old ids means the new ones' 0 '' "$(said 2 0 1 0 1)"
printf 'old_id\tnew_id\nd\ta\nb\ta\nc\ta\n' >want
same '... and is remembered' al2.tsv want
file f.tsv "$h$a$b"
file al2.tsv 'old_id\tnew_id\na\tb\n'
file p.tsv "${p}a\tb\tsame\n"
run crm-import -q --into=f.tsv --apply=p.tsv --aliases=al2.tsv
printf 'old_id\tnew_id\nb\ta\n' >want
same 'who is a customer is nobody else' al2.tsv want

# An import renames by the aliases.
file al.tsv 'old_id\tnew_id\nb\ta\nd\tb\n'
input 'ticket_id,customer_id,kind,opened_at\nt1,b,repair,2026-01-05\nt2,c,repair,2026-01-05\nt3,d,repair,2026-01-05\n'
run crm-import -q --aliases=al.tsv
expect 'tickets' 0 'ticket_id\tcustomer_id\tkind\topened_at\nt1\ta\trepair\t2026-01-05\nt2\tc\trepair\t2026-01-05\nt3\ta\trepair\t2026-01-05\n' ''
file f.tsv "$h$a$c$d"
run crm-import -c f.tsv --aliases=al.tsv
expect 'tickets: a customer who is there keeps his id' 0 'ticket_id\tcustomer_id\tkind\topened_at\nt1\ta\trepair\t2026-01-05\nt2\tc\trepair\t2026-01-05\nt3\td\trepair\t2026-01-05\n' \
	'crm-import: 3 read = 3 created + 0 updated + 0 unchanged + 0 rejected (tickets, utf-8, comma)\n'
input 'customer_id,email\nb,new@x.cn\n'
run crm-import --into=f.tsv --aliases=al.tsv
expect 'customers' 0 '' 'crm-import: 1 read = 0 created + 1 updated + 0 unchanged + 0 rejected (customers, utf-8, comma)\n'
true_that '... the one who is left is updated' grep -q '^a	.*new@x.cn' f.tsv
rm in

# Files and options.
file p.tsv "${p}a\tb\tsame\n"
file f.tsv "$h$a$b$c$d"
cp f.tsv f0.tsv
rm -f al.tsv
run crm-import --into=f.tsv --apply=p.tsv --aliases=al.tsv -n
expect '-n says it all' 0 '' "$(said 2 1 0 0 1)"
same '-n changes nothing' f.tsv f0.tsv
true_that '-n writes no aliases' [ ! -e al.tsv ]
run crm-import -q --apply=p.tsv f.tsv
expect 'without --into, the result is printed' 0 "$h$ab$c$d" \
	'crm-import: without --aliases nothing keeps which ids became which: tickets keep the old ones\n'
input 'customer_id,name,email\ne,Eve,\na,Ann,e@x.cn\n'
run crm-import --into=f.tsv --apply=p.tsv --aliases=al.tsv --pairs=q.tsv -
expect 'rows first, then decisions, then pairs' 0 '' \
	"crm-import: 0 pairs in q.tsv look like one customer\ncrm-import: 2 read = 1 created + 1 updated + 0 unchanged + 0 rejected (customers, utf-8, comma)\n$(said 2 1 0 0 1)"
printf "${h}a\tAnn\t+8613812345678\te@x.cn\tshop\tsms,phone\n$c${d}e\tEve\t\t\t\t\n" >want
same '... in one FILE' f.tsv want
rm in
cp f0.tsv f.tsv
rm al.tsv
run crm-import --into=f.tsv --apply=p.tsv --aliases=al.tsv --journal=j.tsv
run=$(cut -f 2 j.tsv | tail -1)
true_that 'the journal has who went' grep -q "	$run	b	email	ann@x.cn		p.tsv	2" j.tsv
run crm-import -q --into=f.tsv --journal=j.tsv --revert="$run"
same 'a revert brings him back' f.tsv f0.tsv
run crm-import -q --into=f.tsv --apply=p.tsv --aliases=al.tsv
same '... and he can be merged again' f.tsv f1.tsv
file p2.tsv 'left\tright\na\tb\n'
cp f0.tsv f.tsv
run crm-import --into=f.tsv --apply=p2.tsv --aliases=al.tsv
expect 'no decisions' 2 '' 'crm-import: p2.tsv: no column decision\n'
run crm-import --into=f.tsv --apply=none.tsv --aliases=al.tsv
expect 'no such file' 2 '' 'crm-import: none.tsv: No such file or directory\n'
file bad.tsv 'old_id\tnew_id\na\tb\nb\ta\n'
run crm-import --into=f.tsv --apply=p.tsv --aliases=bad.tsv
expect 'renamed in a circle' 2 '' 'crm-import: bad.tsv: a is renamed in a circle\n'
file bad.tsv 'old_id\tnew_id\na\ta\n'
run crm-import --into=f.tsv --apply=p.tsv --aliases=bad.tsv
expect 'renamed to itself' 2 '' 'crm-import: bad.tsv:2: old_id: renamed to itself: "a"\n'
file bad.tsv 'old_id\tnew_id\na\tb\na\tc\n'
run crm-import --into=f.tsv --apply=p.tsv --aliases=bad.tsv
expect 'renamed twice' 2 '' 'crm-import: bad.tsv:3: old_id: renamed twice: "a"\n'
run crm-import --into=f.tsv --aliases=none.tsv f0.tsv
expect 'no such aliases' 2 '' 'crm-import: none.tsv: No such file or directory\n'
run crm-import --into=f.tsv --apply=p.tsv --aliases=p.tsv
expect 'aliases are no decisions' 2 '' "crm-import: --aliases is a file of its own; see 'crm-import --help'\n"
run crm-import --into=f.tsv --revert=1 --journal=j.tsv --apply=p.tsv
expect '--revert goes alone' 2 '' "crm-import: --revert goes alone: not with --pairs, --apply or --aliases; see 'crm-import --help'\n"
same 'what failed changed nothing' f.tsv f0.tsv
run crm-import -q --into=f.tsv --apply=p.tsv --aliases=none/al.tsv
true_that 'aliases that cannot be written' [ "$status" = 2 ]
same '... leave FILE as it was' f.tsv f0.tsv
file t.tsv 'ticket_id\tcustomer_id\tkind\topened_at\nt1\ta\tk\t2026-01-05\n'
run crm-import --into=t.tsv --apply=p.tsv
expect 'tickets are not merged' 2 '' "crm-import: --apply goes with customers; see 'crm-import --help'\n"

# What --pairs writes and a person fills in is what --apply reads.
file f.tsv 'customer_id\tname\tphone\nx\tAnn Lee\t+8613812345678\ny\tLee Ann\t+8613812345678\nz\tBob\t+8613812345678\n'
run crm-import -q --into=f.tsv --pairs=p.tsv
sed -i 's/	$/	same/' p.tsv
run crm-import -q --into=f.tsv --apply=p.tsv --aliases=al.tsv --pairs=p.tsv
printf 'customer_id\tname\tphone\nx\tAnn Lee\t+8613812345678\nz\tBob\t+8613812345678\n' >want
same 'from pairs to one customer' f.tsv want
printf 'left\tright\tscore\twhy\tdecision\n' >want
same '... who makes no pair any more' p.tsv want
i=0
while [ $i -lt 6 ]; do
	i=$((i + 1))
	printf 'w%d\tW%d\t\nv%d\tW%d\t\n' $i $i $i $i >>f.tsv
	printf 'left\tright\tdecision\nw%d\tv%d\tsame\n' $i $i >q$i.tsv
done
i=0
pids=
while [ $i -lt 6 ]; do
	i=$((i + 1))
	crm-import -q --into=f.tsv --apply=q$i.tsv --aliases=al3.tsv &
	pids="$pids $!"
done
for pid in $pids; do wait "$pid"; done
true_that 'at the same time: FILE' [ "$(wc -l <f.tsv)" = 9 ]
true_that 'at the same time: aliases' [ "$(wc -l <al3.tsv)" = 7 ]

file f.tsv 'customer_id\tname\tsource\na\tA\tshop\nb\tB\tweb\nc\tC\tshop\n'
cp f.tsv g.tsv
file one.tsv 'left\tright\tdecision\na\tb\tsame\n'
file two.tsv 'left\tright\tdecision\na\tb\tsame\nc\tb\tsame\n'
run crm-import -q --into=f.tsv --apply=one.tsv --aliases=al4.tsv
run crm-import --into=f.tsv --apply=two.tsv --aliases=al4.tsv
expect 'a chain over two runs is one' 1 '' \
	'crm-import: two.tsv:3: a = c is refused: a and c are both from shop, and not decided the same themselves\ncrm-import: 3 read = 0 created + 0 updated + 1 unchanged + 2 rejected + 0 removed (customers, apply of two.tsv)\n'
file two.tsv 'left\tright\tdecision\na\tb\tsame\nc\tb\tsame\nc\ta\tsame\n'
run crm-import --into=f.tsv --apply=two.tsv --aliases=al4.tsv
expect '... until these two are decided' 0 '' \
	'crm-import: 3 read = 0 created + 0 updated + 2 unchanged + 0 rejected + 1 removed (customers, apply of two.tsv)\n'
finish
