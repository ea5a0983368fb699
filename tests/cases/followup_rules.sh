# The built-in rules of crm-followup, each just before and just after its limit.
. "$TESTS/lib.sh"

columns='ticket_id\tcustomer_id\tref\tkind\tproduct\topened_at\tclosed_at\tdue_at\tstatus\tstation\towner\tserial\n'
person='customer_id\tname\tbirthday\tcredit_limit\tbalance\ttarget\ttier\tno_contact\tcreated_at\n'
products='product\twarranty\tseason\nTV\t12\t05-15\nPC\t\t\nAC\t1\t02-29\n'

# The files that a case gives: tickets, customers, products.
give() {
	printf '%b' "$columns${1-}" >t1.tsv
	files=
	[ -z "${2-}" ] || { printf '%b' "$2" >c1.tsv; files='-c c1.tsv'; }
	[ -z "${3-}" ] || { printf '%b' "$3" >p1.tsv; files="$files --products=p1.tsv"; }
}

# later TIME SECONDS: within its year, or before it
later() {
	echo "$1" | awk -F '[-T:]' -v by="$2" '{
		split("31 28 31 30 31 30 31 31 30 31 30 31", days, " ")
		for (i = 1; i < $2 + 0; i++)
			$3 += days[i]
		s = (($3 * 24 + $4) * 60 + $5) * 60 + $6 + by
		day = int(s / 86400)
		if (day < 1) {
			$1 -= 1
			day += 365
		}
		for (i = 1; day > days[i]; i++)
			day -= days[i]
		printf "%d-%02d-%02dT%02d:%02d:%02d\n", $1, i, day,
			s / 3600 % 24, s / 60 % 60, s % 60
	}'
}

# limit NAME RULE DUE TICKETS [CUSTOMERS [PRODUCTS]]: the rule lists due at that
# second, and nothing a second before.
limit() {
	name=$1 rule=$2 due=$3
	shift 3
	give "$@"
	before=$(later "$due" -1)
	crm-followup -q --within=0h --as-of="$before" $files t1.tsv >.a 2>.e
	a=$(cut -f4 .a | grep -cxF "$rule")
	crm-followup -q --within=0h --as-of="$due" $files t1.tsv >.b 2>>.e
	b=$(cut -f1,4 .b | grep -cxF "$due	$rule")
	[ "$a$b" = 01 ] && [ ! -s .e ]
	result $? "$name"
	[ "$a$b" = 01 ] || sed 's/^/# /' .a .b .e
}

# never NAME RULE ASOF TICKETS [CUSTOMERS [PRODUCTS]]: the rule does not list,
# as far ahead as one can see.
never() {
	name=$1 rule=$2 asof=$3
	shift 3
	give "$@"
	crm-followup -q --within=1000d --as-of="$asof" $files t1.tsv >.a 2>.e &&
		! cut -f4 .a | grep -qxF "$rule" && [ ! -s .e ]
	result $? "$name"
}

# until_ NAME RULE LAST TICKETS [CUSTOMERS [PRODUCTS]]: the rule lists up to that
# second, and no longer a second later.
until_() {
	name=$1 rule=$2 last=$3
	shift 3
	give "$@"
	after=$(later "$last" 1)
	crm-followup -q --within=0h --as-of="$last" $files t1.tsv >.a 2>.e
	crm-followup -q --within=0h --as-of="$after" $files t1.tsv >.b 2>>.e
	a=$(cut -f4 .a | grep -cxF "$rule")
	b=$(cut -f4 .b | grep -cxF "$rule")
	[ "$a$b" = 10 ] && [ ! -s .e ]
	result $? "$name"
	[ "$a$b" = 10 ] || sed 's/^/# /' .a .b .e
}

# ---- callbacks and replies ----

for kind in install repair maintain design; do
	limit "callback of $kind" callback 2026-11-20T10:00:00 \
		"t1\tc1\t\t$kind\t\t2026-11-16T08:00\t2026-11-17T10:00\t\tclosed\ts\to\t\n"
done
limit 'closed without status' callback 2026-11-20T10:00:00 \
	't1\tc1\t\trepair\t\t2026-11-16T08:00\t2026-11-17T10:00\t\t\ts\to\t\n'
limit 'only planned' callback 2026-11-20T10:00:00 \
	't1\tc1\t\trepair\t\t2026-11-16T08:00\t2026-11-17T10:00\t\tclosed\ts\to\t\nt2\tc1\tt1\tcallback\t\t2026-11-17T11:00\t\t\topen\ts\to\t\n'
limit 'only tried' callback 2026-11-20T10:00:00 \
	't1\tc1\t\trepair\t\t2026-11-16T08:00\t2026-11-17T10:00\t\tclosed\ts\to\t\nt2\tc1\tt1\tcallback\t\t2026-11-17T11:00\t\t\twaiting\ts\to\t\n'
never 'called back' callback 2026-11-21 \
	't1\tc1\t\trepair\t\t2026-11-16T08:00\t2026-11-17T10:00\t\tclosed\ts\to\t\nt2\tc1\tt1\tcallback\t\t2026-11-17T11:00\t\t\tclosed\ts\to\t\n'
never 'called back, without status' callback 2026-11-21 \
	't2\tc1\tt1\tcallback\t\t2026-11-17T11:00\t\t\t\ts\to\t\nt1\tc1\t\trepair\t\t2026-11-16T08:00\t2026-11-17T10:00\t\tclosed\ts\to\t\n'
never 'no callback of what is open' callback 2026-11-21 \
	't1\tc1\t\trepair\t\t2026-11-16T08:00\t\t\topen\ts\to\t\n'
never 'nor cancelled' callback 2026-11-21 \
	't1\tc1\t\trepair\t\t2026-11-16T08:00\t2026-11-17T10:00\t\tcancelled\ts\to\t\n'
never 'nor of an order' callback 2026-11-21 \
	't1\tc1\t\torder\t\t2026-11-16T08:00\t2026-11-17T10:00\t\tclosed\ts\to\t\n'
limit 'a callback of tomorrow does not exist yet' callback 2026-11-20T10:00:00 \
	't1\tc1\t\trepair\t\t2026-11-16T08:00\t2026-11-17T10:00\t\tclosed\ts\to\t\nt2\tc1\tt1\tcallback\t\t2026-11-21T11:00\t\t\tclosed\ts\to\t\n'
limit 'guidance' guidance 2026-11-20T10:30:00 \
	't1\tc1\t\tguide\t\t2026-11-20T09:50\t2026-11-20T10:00\t\tclosed\ts\to\t\n'
limit 'guidance that nobody closed' guidance 2026-11-20T10:20:00 \
	't1\tc1\t\tguide\t\t2026-11-20T09:50\t\t\t\ts\to\t\n'
never 'guidance called back' guidance 2026-11-21 \
	't1\tc1\t\tguide\t\t2026-11-20T09:50\t\t\t\ts\to\t\nx\tc1\tt1\tcallback\t\t2026-11-20T10:00\t\t\tclosed\ts\to\t\n'
for kind in complaint suggest repair; do
	limit "reply to $kind" reply 2026-11-21T09:50:00 \
		"t1\tc1\t\t$kind\t\t2026-11-20T09:50\t\t\topen\ts\to\t\n"
	never "$kind closed" reply 2026-11-22 \
		"t1\tc1\t\t$kind\t\t2026-11-20T09:50\t2026-11-20T10:00\t\tclosed\ts\to\t\n"
	for answer in reply callback; do
		never "$kind answered by $answer" reply 2026-11-22 \
			"t1\tc1\t\t$kind\t\t2026-11-20T09:50\t\t\topen\ts\to\t\nx\tc1\tt1\t$answer\t\t2026-11-20T10:00\t\t\tclosed\ts\to\t\n"
		limit "$kind: $answer only planned" reply 2026-11-21T09:50:00 \
			"t1\tc1\t\t$kind\t\t2026-11-20T09:50\t\t\twaiting\ts\to\t\nx\tc1\tt1\t$answer\t\t2026-11-20T10:00\t\t\topen\ts\to\t\n"
	done
done
never 'no reply to a question' reply 2026-11-22 \
	't1\tc1\t\tconsult\t\t2026-11-20T09:50\t\t\topen\ts\to\t\n'

# ---- callbacks that reached nobody ----

done_='t1\tc1\t\trepair\t\t2026-11-16T08:00\t2026-11-17T10:00\t\tclosed\ts\to\t\n'
tried='a1\tc1\tt1\tcallback\t\t2026-11-17T11:00\t\t\topen\ts\to\t\na2\tc1\tt1\tcallback\t\t2026-11-18T11:00\t\t\twaiting\ts\to\t\n'
third='a3\tc1\tt1\tcallback\t\t2026-11-19T11:00\t\t\topen\ts\to\t\n'
limit 'two attempts: call again' callback 2026-11-20T10:00:00 "$done_$tried"
never 'two attempts: no message yet' unreachable 2026-11-22 "$done_$tried"
never 'three attempts: no more calls' callback 2026-11-22 "$done_$tried$third"
limit 'three attempts: a message, a day after the last' unreachable 2026-11-20T11:00:00 "$done_$tried$third"
never 'a message was answered' unreachable 2026-11-22 \
	"$done_$tried${third}r\tc1\tt1\treply\t\t2026-11-20T09:00\t\t\tclosed\ts\to\t\n"
never 'the fourth call reached somebody' unreachable 2026-11-22 \
	"$done_$tried${third}b\tc1\tt1\tcallback\t\t2026-11-20T09:00\t\t\tclosed\ts\to\t\n"
limit 'a cancelled attempt does not count' callback 2026-11-20T10:00:00 \
	"$done_${tried}a3\tc1\tt1\tcallback\t\t2026-11-19T11:00\t\t\tcancelled\ts\to\t\n"
guided='t1\tc1\t\tguide\t\t2026-11-16T08:00\t2026-11-17T10:00\t\tclosed\ts\to\t\n'
never 'guidance: no more calls after three' guidance 2026-11-22 "$guided$tried$third"
limit 'guidance: a message' unreachable 2026-11-20T11:00:00 "$guided$tried$third"
complained='t1\tc1\t\tcomplaint\t\t2026-11-16T08:00\t\t\topen\ts\to\t\n'
never 'a complaint: no more calls after three' reply 2026-11-22 "$complained$tried$third"
limit 'a complaint: a message' unreachable 2026-11-20T11:00:00 "$complained$tried$third"
never 'a complaint that was closed needs none' unreachable 2026-11-22 \
	"t1\tc1\t\tcomplaint\t\t2026-11-16T08:00\t2026-11-18\t\tclosed\ts\to\t\n$tried$third"
never 'nor one that was closed without a status' unreachable 2026-11-22 \
	"t1\tc1\t\tcomplaint\t\t2026-11-16T08:00\t2026-11-18\t\t\ts\to\t\n$tried$third"
give "$done_$tried$third"
run crm-followup -q --as-of=2026-11-20T12:00 --no-header t1.tsv
expect 'the row moves to another action: nothing else is left of it' 0 \
	'2026-11-20T11:00:00\t1.0\t2\tunreachable\twrite\tmessage\tc1\t\t\t\tt1\t\ts\to\t\tThree calls about repair t1 reached nobody: write.\n' ''

# ---- one ticket all the way ----

limit 'dispatch' dispatch 2026-11-20T11:50:00 \
	't1\tc1\t\trepair\t\t2026-11-20T09:50\t\t\topen\t\to\t\n'
never 'dispatched' dispatch 2026-11-22 \
	't1\tc1\t\trepair\t\t2026-11-20T09:50\t\t\topen\ts\to\t\n'
limit 'no owner' owner 2026-11-20T09:50:00 \
	't1\tc1\t\tconsult\t\t2026-11-20T09:50\t\t\topen\ts\t\t\n'
never 'an owner' owner 2026-11-22 \
	't1\tc1\t\tconsult\t\t2026-11-20T09:50\t\t\topen\ts\to\t\n'
never 'an owner by a handover' owner 2026-11-22 \
	't1\tc1\t\tconsult\t\t2026-11-20T09:50\t\t\topen\ts\t\t\nx\tc1\tt1\thandover\t\t2026-11-20T10:00\t\t\t\ts\to\t\n'
handed='h1\tc1\tt1\thandover\t\t2026-11-20T10:00\t\t\t\ts\to\t\nh2\tc1\tt1\thandover\t\t2026-11-20T11:00\t\t\t\ts\to\t\n'
never 'handed over twice' handovers 2026-11-22 \
	"t1\tc1\t\tconsult\t\t2026-11-20T09:50\t\t\topen\ts\to\t\n$handed"
limit 'handed over three times' handovers 2026-11-20T12:00:00 \
	"t1\tc1\t\tconsult\t\t2026-11-20T09:50\t\t\topen\ts\to\t\n${handed}h3\tc1\tt1\thandover\t\t2026-11-20T12:00\t\t\t\ts\to\t\n"
limit 'stuck' stuck 2026-11-27T09:50:00 \
	't1\tc1\t\tconsult\t\t2026-11-20T09:50\t\t\topen\ts\to\t\n'
for kind in callback reply visit action part handover hold; do
	limit "stuck: a week after the last $kind" stuck 2026-11-28T08:00:00 \
		"t1\tc1\t\tconsult\t\t2026-11-20T09:50\t\t\topen\ts\to\t\nx\tc1\tt1\t$kind\t\t2026-11-21T08:00\t\t\topen\ts\to\t\n"
done
for kind in lead deal visit action; do
	never "$kind: has a rule of its own" stuck 2026-11-28 \
		"t1\tc1\t\t$kind\t\t2026-11-20T09:50\t\t\topen\ts\to\t\n"
done
never 'not stuck: closed' stuck 2026-11-28 \
	't1\tc1\t\tconsult\t\t2026-11-20T09:50\t\t\tclosed\ts\to\t\n'
limit 'overdue' deadline 2026-11-27T12:00:00 \
	't1\tc1\t\tquote\t\t2026-11-20T09:50\t\t2026-11-27T12:00\twaiting\ts\to\t\n'
never 'finished' deadline 2026-11-29 \
	't1\tc1\t\tvisit\t\t2026-11-20T09:50\t2026-11-28\t2026-11-27T12:00\tclosed\ts\to\t\n'
limit 'a planned visit' visit 2026-11-27T12:00:00 \
	't1\tc1\t\tvisit\t\t2026-11-20T09:50\t\t2026-11-27T12:00\topen\ts\to\t\n'
limit 'a planned action' plan 2026-11-27T12:00:00 \
	't1\tc1\t\taction\t\t2026-11-20T09:50\t\t2026-11-27T12:00\twaiting\ts\to\t\n'
never 'a visit that was made' visit 2026-11-22 \
	't1\tc1\t\tvisit\t\t2026-11-20T09:50\t2026-11-20T10:50\t2026-11-27T12:00\tclosed\ts\to\t\n'
for kind in visit action; do
	never "a planned $kind is listed once" deadline 2026-11-22 \
		"t1\tc1\t\t$kind\t\t2026-11-20T09:50\t\t2026-11-27T12:00\topen\ts\to\t\n"
done
limit 'a hold' hold 2026-11-27T09:50:00 \
	'h1\tc1\tt0\thold\t\t2026-11-20T09:50\t\t\topen\ts\to\t\n'
limit 'a hold without status' hold 2026-11-27T09:50:00 \
	'h1\tc1\tt0\thold\t\t2026-11-20T09:50\t\t\t\ts\to\t\n'
never 'a hold that ended' hold 2026-11-22 \
	'h1\tc1\tt0\thold\t\t2026-11-20T09:50\t2026-11-20T10:50\t\t\ts\to\t\n'
limit 'a part' part 2026-11-23T09:50:00 \
	't1\tc1\tt0\tpart\t\t2026-11-20T09:50\t\t\twaiting\ts\to\t\n'
# ---- selling ----

limit 'one action a month: none yet' monthly 2026-12-20T09:50:00 \
	't1\tc1\t\tlead\t\t2026-11-20T09:50\t\t\topen\ts\to\t\n'
limit 'one action a month: the month after the last' monthly 2026-12-25T10:00:00 \
	't1\tc1\t\tdeal\t\t2026-10-31T09:50\t\t\topen\ts\to\t\na\tc1\tt1\taction\t\t2026-11-25T10:00\t\t\t\ts\to\t\nb\tc1\tt1\tvisit\t\t2026-11-24T10:00\t\t\t\ts\to\t\n'
limit 'idle staff' idle 2026-12-04T10:00:00 \
	'a\tc1\t\tvisit\t\t2026-11-20T10:00\t\t\t\ts\tli\t\nb\tc1\t\tlead\t\t2026-11-10T10:00\t\t\t\ts\tli\t\n'
limit 'idle staff: any entry counts' idle 2026-12-05T10:00:00 \
	'a\tc1\t\tvisit\t\t2026-11-20T10:00\t\t\t\ts\tli\t\nb\tc1\tt0\tcallback\t\t2026-11-21T10:00\t\t\tclosed\ts\tli\t\n'
limit 'idle staff: an entry of tomorrow does not exist yet' idle 2026-12-04T10:00:00 \
	'a\tc1\t\tvisit\t\t2026-11-20T10:00\t\t\t\ts\tli\t\nb\tc1\t\tlead\t\t2026-12-05T10:00\t\t\t\ts\tli\t\n'

# ---- care ----

limit 'the product has its birthday' 'product birthday' 2027-11-20T00:00:00 \
	't1\tc1\t\tinstall\tTV\t2026-11-19T10:00\t2026-11-20T15:00\t\tclosed\ts\to\t\n'
limit 'after a purchase' 'after purchase' 2026-11-27T10:00:00 \
	't1\tc1\t\torder\tTV\t2026-11-20T10:00\t\t\t\ts\to\t\n'
limit 'what was bought and not installed has its birthday' 'purchase birthday' 2027-11-20T00:00:00 \
	't1\tc1\t\torder\tTV\t2026-11-20T15:00\t\t\tclosed\ts\to\t\n'
never 'what was installed has it once' 'purchase birthday' 2027-11-20 \
	't1\tc1\t\torder\tTV\t2026-11-20T15:00\t\t\tclosed\ts\to\t\nt2\tc1\tt1\tinstall\tTV\t2026-11-22T15:00\t\t\tclosed\ts\to\t\n'
zone=$TZ
TZ=Asia/Shanghai
for closed in 2026-11-19T20:00:00Z 2026-11-19T20:00+00 2026-11-19T20:00Z '2026-11-20 23:59' 2026-11-20; do
	limit "closed at $closed" 'product birthday' 2027-11-20T00:00:00 \
		"t1\\tc1\\t\\tinstall\\tTV\\t2026-11-16T08:00\\t$closed\\t\\tclosed\\ts\\to\\t\\n"
done
TZ=$zone
never 'no birthday on the day itself' 'product birthday' 2026-11-20 \
	't1\tc1\t\tinstall\tTV\t2026-11-19T10:00\t2026-11-20T15:00\t\tclosed\ts\to\t\n'
bought='t1\tc1\t\torder\tTV\t2026-11-20T10:00\t\t\t\ts\to\t\n'
limit 'a month after a purchase' 'after a month' 2026-12-20T10:00:00 "$bought"
until_ 'the first reminder gives way to the second' 'after purchase' 2026-12-20T09:59:59 "$bought"
until_ 'the second one is not for ever' 'after a month' 2027-01-04T09:59:59 "$bought"
never 'reminded after a week' 'after purchase' 2026-12-01 \
	"${bought}r\tc1\tt1\tremind\t\t2026-11-27T10:00\t\t\t\ts\to\t\n"
limit 'is reminded after a month all the same' 'after a month' 2026-12-20T10:00:00 \
	"${bought}r\tc1\tt1\tremind\t\t2026-12-04T10:00\t\t\t\ts\to\t\n"
never 'but not twice' 'after a month' 2026-12-20 \
	"${bought}r\tc1\tt1\tremind\t\t2026-12-04T10:00:01\t\t\t\ts\to\t\n"
never 'no reminder of what was cancelled' 'after purchase' 2026-12-01 \
	't1\tc1\t\torder\tTV\t2026-11-20T10:00\t\t\tcancelled\ts\to\t\n'
limit 'the warranty of a purchase' warranty 2027-10-21T10:00:00 "$bought" '' "$products"
until_ 'until it has ended' warranty 2027-11-20T10:00:00 "$bought" '' "$products"
limit 'of an installation: since then' warranty 2027-10-22T15:00:00 \
	't1\tc1\t\tinstall\tTV\t2026-11-19T10:00\t2026-11-21T15:00\t\tclosed\ts\to\t\n' '' "$products"
never 'without months' warranty 2026-12-01 \
	't1\tc1\t\torder\tPC\t2026-11-20T10:00\t\t\t\ts\to\t\nt2\tc1\t\torder\tXX\t2026-11-20T10:00\t\t\t\ts\to\t\n' '' "$products"
limit 'of a month, to its end' warranty 2027-01-29T10:00:00 \
	't1\tc1\t\torder\tAC\t2027-01-29T09:00\t2027-01-28T10:00\t\t\ts\to\t\n' '' "$products"
limit 'the warranty, of products without a season' warranty 2027-10-21T10:00:00 "$bought" '' 'warranty\tproduct\n12\tTV\n'
limit 'the season, of products without a warranty' season 2027-05-08T00:00:00 "$bought" '' 'season\tproduct\n05-15\tTV\n'
limit 'a week before the season' season 2027-05-08T00:00:00 "$bought" '' "$products"
until_ 'until it begins' season 2027-05-15T23:59:59 "$bought" '' "$products"
limit 'a season that begins on 29 February' season 2027-02-21T00:00:00 \
	't1\tc1\t\torder\tAC\t2026-11-20T10:00\t\t\t\ts\to\t\n' '' "$products"
never 'no season' season 2026-12-01 \
	't1\tc1\t\torder\tPC\t2026-11-20T10:00\t\t\t\ts\to\t\n' '' "$products"
limit 'a birthday' birthday 2026-11-21T00:00:00 '' "${person}c1\tWang\t--11-21\t\t\t\t\t\t\n"
limit 'a birthday of 29 February' birthday 2027-02-28T00:00:00 '' "${person}c1\tWang\t1988-02-29\t\t\t\t\t\t\n"
limit 'new year' 'new year' 2027-01-01T00:00:00 '' "${person}c1\tWang\t\t\t\t\tgold\t\t\n"
limit 'a customer with a level' vip 2026-12-01T12:00:00 'x\tc1\t\tcallback\t\t2026-09-02T12:00\t\t\tclosed\ts\to\t\n' \
	"${person}c1\tWang\t\t\t\t\tgold\t\t2026-01-01\n"
limit 'a customer being lost' lost 2026-11-21T12:00:00 'x\tc1\t\torder\t\t2026-05-25T12:00\t\t\t\ts\to\t\n' \
	"${person}c1\tWang\t\t\t\t\t\t\t\n"
never 'arrears at the limit' arrears 2026-11-21 '' "${person}c1\tWang\t\t100\t100.00\t\t\t\t\n"

# ---- customers ----

anybody="${person}c1\tWang\t\t\t\t\t\t\t\n"
limit 'a customer of two purchases being lost' lost 2026-12-21T12:00:00 \
	'x\tc1\t\torder\t\t2026-05-25T12:00\t\t\t\ts\to\t\ny\tc1\t\tsale\t\t2026-06-24T12:00\t\t\t\ts\to\t\n' "$anybody"
until_ 'who is lost after a year' lost 2027-05-25T11:59:59 'x\tc1\t\torder\t\t2026-05-25T12:00\t\t\t\ts\to\t\n' "$anybody"
never 'what was cancelled is no purchase' lost 2026-11-21 'x\tc1\t\torder\t\t2026-05-25T12:00\t\t\tcancelled\ts\to\t\n' "$anybody"
regular='x1\tc1\t\torder\t\t2026-05-01T12:00\t\t\t\ts\to\t\nx2\tc1\t\torder\t\t2026-06-10T12:00\t\t\t\ts\to\t\nx3\tc1\t\tsale\t\t2026-07-20T12:00\t\t\t\ts\to\t\n'
limit 'a regular customer, silent for twice the 40 days' silent 2026-10-08T12:00:00 "$regular" "$anybody"
never 'who is not lost as well' lost 2026-10-08 "$regular" "$anybody"
limit 'one who bought daily: 30 days' silent 2026-06-02T12:00:00 \
	'x1\tc1\t\torder\t\t2026-05-01T12:00\t\t\t\ts\to\t\nx2\tc1\t\torder\t\t2026-05-02T12:00\t\t\t\ts\to\t\nx3\tc1\t\torder\t\t2026-05-03T12:00\t\t\t\ts\to\t\n' "$anybody"
never 'two purchases make no rhythm' silent 2026-10-08 \
	'x1\tc1\t\torder\t\t2026-05-01T12:00\t\t\t\ts\to\t\nx2\tc1\t\torder\t\t2026-06-10T12:00\t\t\t\ts\to\t\n' "$anybody"
until_ 'who is forgotten after two years' silent 2028-07-20T11:59:59 "$regular" "$anybody"
limit 'a planned call is no care' vip 2026-12-01T12:00:00 \
	'x\tc1\t\tcallback\t\t2026-09-02T12:00\t\t\tclosed\ts\to\t\ny\tc1\t\tcallback\t\t2026-10-02T12:00\t\t\topen\ts\to\t\n' \
	"${person}c1\tWang\t\t\t\t\tgold\t\t2026-01-01\n"
limit 'one of whom it is not known since when' vip 2026-12-01T12:00:00 \
	'x\tc1\t\tcallback\t\t2026-09-02T12:00\t\t\tclosed\ts\to\t\n' "${person}c1\tWang\t\t\t\t\tgold\t\t\n"
limit 'a product without a closing time' 'product birthday' 2027-11-20T00:00:00 \
	't1\tc1\t\tinstall\tTV\t2026-11-20T10:00\t\t\tclosed\ts\to\t\n'

# ---- files without a column ----

all=$columns columns='ticket_id\tcustomer_id\tkind\topened_at\tstatus\tref\n'
limit 'no closed_at: a callback' callback 2026-11-23T09:00:00 't1\tc1\trepair\t2026-11-20T09:00\tclosed\t\n'
limit 'no closed_at: guidance' guidance 2026-11-20T09:30:00 't1\tc1\tguide\t2026-11-20T09:00\t\t\n'
limit 'no closed_at: a reply' reply 2026-11-21T09:00:00 't1\tc1\tcomplaint\t2026-11-20T09:00\topen\t\n'
never 'no closed_at: answered' reply 2026-11-21 't1\tc1\tcomplaint\t2026-11-20T09:00\topen\t\nt2\tc1\tcallback\t2026-11-20T10:00\t\tt1\n'
limit 'no closed_at: a hold' hold 2026-11-27T09:00:00 't1\tc1\thold\t2026-11-20T09:00\t\tt0\n'
limit 'no closed_at: a lead' monthly 2026-12-20T09:00:00 't1\tc1\tlead\t2026-11-20T09:00\topen\t\n'
limit 'no created_at' vip 2026-12-01T12:00:00 'x\tc1\tcallback\t2026-09-02T12:00\t\t\n' \
	'customer_id\tname\ttier\nc1\tWang\tgold\n'
columns=$all

list() { crm-followup -q "$@" >.full && cut -f1,4,11 .full; }
header='due_at\trule\tticket_id\n'
printf '%b' "${person}c1\tWang\t\t100\t100.01\t1200\t\t\t\n" >c1.tsv
printf '%b' 'ticket_id\tcustomer_id\tkind\topened_at\tamount\nx\tc1\torder\t2026-05-20\t900\ny\tc1\treturn\t2026-06-01\t0.01\n' >t1.tsv
run list --as-of=2026-11-21T10:00 -c c1.tsv t1.tsv
expect 'arrears beyond the limit, due on Monday; progress, on the first' 0 "${header}2026-11-01T00:00:00\tprogress\t\n2026-11-16T00:00:00\tarrears\t\n2026-11-16T00:00:00\tlost\t\n" ''
run list --as-of=2026-11-22T23:59 --log=l.tsv -c c1.tsv t1.tsv
expect 'on Sunday too' 0 "${header}2026-11-01T00:00:00\tprogress\t\n2026-11-16T00:00:00\tarrears\t\n2026-11-16T00:00:00\tlost\t\n" ''
run list --as-of=2026-11-23T00:00 --log=l.tsv -c c1.tsv t1.tsv
expect 'what was issued this week comes again on Monday' 0 "${header}2026-11-23T00:00:00\tarrears\t\n" ''
run list --as-of=2026-10-31T10:00 -c c1.tsv t1.tsv
expect 'sales progress: 899.99 of 900' 0 "${header}2026-10-01T00:00:00\tprogress\t\n2026-10-26T00:00:00\tarrears\t\n" ''
printf '%b' 'ticket_id\tcustomer_id\tkind\topened_at\tamount\nx\tc1\torder\t2026-05-20\t900\n' >t1.tsv
run list --as-of=2026-10-31T10:00 -c c1.tsv t1.tsv
expect 'sales progress: just enough' 0 "${header}2026-10-26T00:00:00\tarrears\t\n" ''

# ---- all of them ----

crm-followup --print-rules >printed.tsv
true_that 'every rule says in words what it is, with the Chinese term' awk -F '\t' '
	NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }
	$at["note"] !~ /[a-z].*\(/ || $at["due"] == "" || $at["action"] == "" ||
		$at["text"] == "" { print; bad = 1 }
	END { exit bad || NR < 25 }' printed.tsv
covered() {
	sed 1d printed.tsv | cut -f1 | while read -r rule; do
		grep -qE "^\s*(limit|until_) .* '?$rule'? 2|T00:00:00.t$rule.t" \
			"$TESTS/cases/followup_rules.sh" || { echo "$rule"; exit 1; }
	done
}
true_that 'every rule has a case here' covered
finish
