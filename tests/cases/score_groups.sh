. "$TESTS/lib.sh"
# crm-score --by: a row for each station, owner, product, region ...
export CRM_AS_OF=2026-11-21T09:00

file tickets.tsv 'ticket_id\tcustomer_id\tkind\topened_at\tamount\tstation\towner\tstatus
t1\t1\trepair\t2026-11-01T10:00\t30.50\tS2\tQian\tclosed
t2\t1\trepair\t2026-11-20T10:00\t\tS2\tQian\topen
t3\t2\tcomplaint\t2026-11-02T10:00\t\tS1\tXu\topen
t4\t2\tvisit\t2026-11-03T10:00\t\tS10\tXu\t
t5\t3\trepair\t2026-11-22T10:00\t9\tS9\tSun\topen
t6\t3\trepair\t2026-11-05T10:00\t9\t\tSun\tclosed
t7\t9\trepair\t2026-11-06T10:00\t1\ta\\tb\tSun\tclosed
'
file customers.tsv 'customer_id\tregion\towner\n1\t青岛\tLi\n2\tb\\ty\tLi\n3\t青岛\tWu\n4\t上海\tWu\n5\t\tWu\n'
file card.tsv 'rule\twhen\tpoints\tgrade
repairs\thas("repair")\t10 * count("repair", status == "closed")\t
complaints\t\t-5 * count("complaint")\t
paid\tcount("repair") > 0\tsum("repair")\t
lately\tlast("repair") > asof - 7d\t1\t
good\tscore > 20\t\tA
bad\tscore < 0\t\tC
middle\thas("repair")\t\tB
'
head='has("repair")\tcount("repair", status == "closed")\tcount("complaint")\tcount("repair")\tsum("repair")\tlast("repair")'
run crm-score -q -t tickets.tsv --by=station --card=card.tsv --explain
expect 'a row for each station, its relations, the card; sorted; missing is a group' 0 \
"station\t$head\tscore\tgrade\twhy
\ttrue\t1\t0\t1\t9.00\t2026-11-05T10:00:00\t19\tB\trepairs +10; complaints +0; paid +9
S1\tfalse\t0\t1\t0\t\t\t-5\tC\tcomplaints -5
S10\tfalse\t0\t0\t0\t\t\t0\t\tcomplaints +0
S2\ttrue\t1\t0\t2\t30.50\t2026-11-20T10:00:00\t41.5\tA\trepairs +10; complaints +0; paid +30.5; lately +1
a\\\\tb\ttrue\t1\t0\t1\t1.00\t2026-11-06T10:00:00\t11\tB\trepairs +10; complaints +0; paid +1
" ''
cp .out want
for jobs in 1 2 7; do
	CRM_CHUNK=$((jobs * 11)) crm-score -q -j$jobs -t tickets.tsv --by=station --card=card.tsv --explain >got
	same "the same with $jobs threads" want got
done
{ head -1 tickets.tsv; tail -n +2 tickets.tsv | sort -r; } >turned.tsv
crm-score -q -t turned.tsv --by=station --card=card.tsv --explain >got
same 'the order of rows does not matter' want got
crm-score -q --by=station --card=card.tsv --explain <tickets.tsv >got
same 'without -t: standard input' want got
tail -n +2 tickets.tsv | crm-score -q --by=station --card=card.tsv --explain --no-header \
	--columns="$(head -1 tickets.tsv | tr '\t' ,)" >got
tail -n +2 want >body
same '--columns are those of the tickets' body got
run crm-score -t tickets.tsv --by=station --card=card.tsv
true_that 'the summary' grep -qx 'crm-score: 5 rows from 7 tickets, 1 after as-of' .err
crm-score -q -t tickets.tsv --by=station --card=card.tsv --explain customers.tsv >got
same 'customers do not matter where the tickets have the column' want got
run crm-score -q -t tickets.tsv --by=station --card=card.tsv none.tsv
expect 'but their file must be there' 2 '' 'crm-score: none.tsv: No such file or directory\n'
run crm-score -q -t tickets.tsv --by=station --card=card.tsv card.tsv
expect 'and be one of customers' 2 '' 'crm-score: card.tsv: no column "customer_id"\n'

# a column of the tickets comes first, else the customers'
file count.tsv 'rule\twhen\tpoints\tgrade\nrepairs\t\tcount("repair")\t\nvisits\t\t100 * count("visit")\t\n'
run crm-score -q -t tickets.tsv --by=owner --card=count.tsv customers.tsv
expect 'the owner of the ticket' 0 'owner\tcount("repair")\tcount("visit")\tscore\tgrade\nQian\t2\t0\t2\t\nSun\t2\t0\t2\t\nXu\t0\t1\t100\t\n' ''
run crm-score -q -t tickets.tsv --by=region --card=count.tsv customers.tsv
expect 'the region of the customer; regions without tickets; unknown customers have none' 0 \
	'region\tcount("repair")\tcount("visit")\tscore\tgrade\n\t1\t0\t1\t\nb\\ty\t0\t1\t100\t\n上海\t0\t0\t0\t\n青岛\t3\t0\t3\t\n' ''
run crm-score -t tickets.tsv --by=region --card=count.tsv customers.tsv
true_that 'unknown customers are counted' grep -qx 'crm-score: 4 rows from 7 tickets, 1 of unknown customers, 1 after as-of' .err
run crm-score -q --strict-keys -t tickets.tsv --by=region --card=count.tsv customers.tsv
true_that '--strict-keys: exit 1 for them, and why' [ "$status" = 1 -a "$(cut -d' ' -f 2,4-99 .err)" = \
	'--strict-keys: tickets are of customers that are not in the file' ]
run crm-score -q --strict-keys -t tickets.tsv --by=station --card=count.tsv customers.tsv
expect '--strict-keys where customers do not matter' 2 '' 'crm-score: --strict-keys: station is a column of the tickets; ...'
run crm-score -q -t tickets.tsv --by=region --card=count.tsv
expect 'a column of the customers needs their file' 2 '' 'crm-score: --by: the tickets have no column "region"; if the customers have it, name their file\n'
run crm-score -q -t tickets.tsv --by=ownr --card=count.tsv
expect 'a wrong name, and the right one' 2 '' 'crm-score: --by: the tickets have no column "ownr" (did you mean "owner"?); if the customers have it, name their file\n'
run crm-score -q -t tickets.tsv --by=regoin --card=count.tsv customers.tsv
expect 'a column of neither' 2 '' 'crm-score: customers.tsv: no column "regoin"; did you mean "region"?\n'
file worse.tsv 'customer_id\tkind\topened_at\n1\trepair\tsoon\n'
run crm-score -q -t worse.tsv --by=regoin --card=count.tsv customers.tsv
expect 'which is found before the tickets are read' 2 '' 'crm-score: customers.tsv: no column "regoin"; did you mean "region"?\n'
run crm-score -q --by=region --card=count.tsv - <tickets.tsv
expect 'standard input is one file' 2 '' 'crm-score: standard input cannot be both, the tickets and the customers; ...'
file twice.tsv 'customer_id\tregion\n1\tN\n1\tS\n2\tS\n3\tS\n'
run crm-score -q -t tickets.tsv --by=region --card=count.tsv twice.tsv
expect 'a customer who stands twice: the second is bad' 1 \
	'region\tcount("repair")\tcount("visit")\tscore\tgrade\n\t1\t0\t1\t\nN\t2\t0\t2\t\nS\t1\t1\t101\t\n' \
	'crm-score: twice.tsv:3: customer_id: comes twice: "1"\n'

# the card sees the value of its group
file sees.tsv 'rule\twhen\tpoints\tgrade\nnamed\tstation == "S2"\t7\t\nempty\tempty(station)\t1\t\n'
run crm-score -q -t tickets.tsv --by=station --card=sees.tsv
expect 'a card sees the value' 0 'station\tscore\tgrade\n\t1\t\nS1\t0\t\nS10\t0\t\nS2\t7\t\na\\tb\t0\t\n' ''
file amount.tsv 'rule\twhen\tpoints\tgrade\nlarge\tamount > 10\t1\t\n'
file amounts.tsv 'kind\topened_at\tamount\nrepair\t2026-11-01\t5\nrepair\t2026-11-01\tx\nrepair\t2026-11-01\t50\n'
run crm-score -q -t amounts.tsv --by=amount --card=amount.tsv
expect 'a value that is not of its type' 1 'amount\tscore\tgrade\n5\t0\t\n50\t1\t\n' 'crm-score: amount: not a number: "x"\n'

# bad records and what does not go together
file bad.tsv 'kind\topened_at\tstation\nrepair\tsoon\tS1\nrepair\t\tS2\nrepair\t2026-11-01\tS3\\q\nrepair\t2026-11-01\tS4\n'
run crm-score -q -t bad.tsv --by=station --card=count.tsv
expect 'bad times and keys: left out, told' 1 'station\tcount("repair")\tcount("visit")\tscore\tgrade\nS4\t1\t0\t1\t\n' \
	'crm-score: bad.tsv:2: opened_at: not a time: "soon"\ncrm-score: bad.tsv:3: opened_at: missing\ncrm-score: bad.tsv:4: station: unknown escape: "S3\\\\q"\n'
run crm-score -q -t tickets.tsv --by=station
expect '--by alone says nothing' 2 '' 'crm-score: --by needs --card, --csi or --nps; ...'
run crm-score -q -t tickets.tsv --by=station --of=tickets --card=card.tsv
expect '--by with --of=tickets' 2 '' 'crm-score: only one of --of=tickets and --by; ...'
run crm-score -q -t tickets.tsv --by=station --card=card.tsv --breaks=x
expect '--by with --breaks' 2 '' 'crm-score: --by: no --clv, no --breaks, no --save-breaks; ...'
run crm-score -q -t tickets.tsv --by=station --card=card.tsv --clv
expect '--by with --clv' 2 '' 'crm-score: --by: no --clv, no --breaks, no --save-breaks; ...'
run crm-score -q -t tickets.tsv --by=station --card=card.tsv --strict-keys
expect '--strict-keys needs customers' 2 '' 'crm-score: --strict-keys needs a file of customers; ...'

# the built-in card
file jobs.tsv 'kind\topened_at\tstation\tstatus\tdue_at\tclosed_at\tscore
install\t2026-11-01\tgood\tclosed\t2026-11-03\t2026-11-02\t
repair\t2026-11-01\tgood\tclosed\t2026-11-03\t2026-11-03\t
repair\t2026-11-01\tgood\tcancelled\t\t\t
callback\t2026-11-04\tgood\tclosed\t\t\t5
survey\t2026-11-04\tgood\tclosed\t\t\t4
repair\t2026-11-01\tpoor\tclosed\t2026-11-03\t2026-11-04\t
repair\t2026-11-01\tpoor\topen\t\t\t
survey\t2026-11-04\tpoor\tclosed\t\t\t3
survey\t2026-11-04\tpoor\tclosed\t\t\t5
complaint\t2026-11-05\tpoor\topen\t\t\t
'
crm-score -q -t jobs.tsv --by=station --card=@station --explain |
	awk -F '\t' -v OFS='\t' '{ print $1, $(NF - 2), $(NF - 1), $NF }' >got
printf 'station\tscore\tgrade\twhy\ngood\t100\tfive stars\tclosed +30; on time +30; satisfied +30; no complaint +10\npoor\t38\tfail\tclosed +15; on time +0; satisfied +15; no complaint +8\n' >want
same '@station' want got
finish
