# crm-import: killed at any moment, it leaves the old FILE or the new one, and the
# next run puts right what was left.
. "$TESTS/lib.sh"

export CRM_AS_OF=2026-11-21T09:00
${CC:-cc} -shared -fPIC -o die.so "$TESTS/die.c" 2>/dev/null ||
	skip 'needs a C compiler and shared libraries'
file f.tsv 'customer_id\tname\na1\tAnn\n'
file i.csv 'customer_id,name\na1,Anna\n'
{
	env DIE_AT=1 LD_PRELOAD="$here/die.so" crm-import -q --into=f.tsv i.csv
	killed=$?
} 2>/dev/null
[ $killed = 137 ] || skip 'needs LD_PRELOAD'

file start.csv 'customer_id,name,phone\na1,Ann,\na2,Bob,13812345678\na3,Cy,\n'
file i.csv 'customer_id,name,phone,email\na1,Anna,,\na2,,13900000000,b@x.cn\nn1,New,13700000000,\nx,,y,\n,,,\n,Newer,13600000000,n@x\n'
crm-import -q --into=old.tsv --journal=old.journal start.csv
cp old.tsv new.tsv
cp old.journal new.journal
crm-import -q --into=new.tsv --journal=new.journal i.csv 2>/dev/null

# The fields of a FILE; those that a journal says it has.
fields() {
	awk -F '\t' 'NR == 1 { split($0, name); next }
		{ for (i = 1; i <= NF; i++) if ($i != "") print $1 "\t" name[i] "\t" $i }' "$1" | sort
}
journalled() {
	awk -F '\t' 'NR > 1 && $3 != "" { v[$3 "\t" $4] = $6 }
		END { for (k in v) if (v[k] != "") print k "\t" v[k] }' "$1" | sort
}
fields new.tsv >want
journalled new.journal >have
same 'the journal holds all of FILE' have want

# Kills a run at every call that changes files, and runs it again.
every_moment() { # NAME OLD OLD_JOURNAL NEW OPTION...
	of=$1 old=$2 old_journal=$3 new=$4
	shift 4
	at=0
	killed=137
	half= torn= wrong= left= lost=
	while [ $killed = 137 ]; do
		at=$((at + 1))
		for half in '' 1; do
			rm -rf work && mkdir work && cd work || exit 2
			[ ! -e "../$old" ] || cp "../$old" f.tsv
			[ ! -e "../$old_journal" ] || cp "../$old_journal" j.tsv
			{
				env ${half:+DIE_HALF=1} DIE_AT=$at LD_PRELOAD="$here/die.so" \
					crm-import -q --into=f.tsv "$@" >../.out 2>../.err
				killed=$?
			} 2>/dev/null
			cmp -s f.tsv "../$old" || cmp -s f.tsv "../$new" ||
				{ [ ! -e f.tsv ] && [ ! -e "../$old" ]; } || torn="$torn $at"
			[ $killed != 137 ] || crm-import -q --into=f.tsv "$@" >../.out 2>../.err
			cmp -s f.tsv "../$new" || wrong="$wrong $at"
			[ -z "$(ls -A | grep -e tmp -e pending)" ] || left="$left $at"
			[ ! -e j.tsv ] || {
				fields f.tsv >../have
				journalled j.tsv | cmp -s - ../have || lost="$lost $at"
			}
			cd "$here" || exit 2
		done
	done
	true_that "$of: there are moments" [ $at -gt 4 ]
	true_that "$of: the old file or the new" [ -z "$torn" ]
	true_that "$of: the next run does it" [ -z "$wrong" ]
	true_that "$of: nothing is left behind" [ -z "$left" ]
	true_that "$of: the journal is that of FILE" [ -z "$lost" ]
	[ -z "$torn$wrong$left$lost" ] || echo "# at calls: torn $torn; wrong $wrong; left $left; lost $lost"
}
every_moment 'an import' old.tsv none new.tsv ../i.csv
every_moment 'a new FILE' none none old.tsv ../start.csv
every_moment 'an import with a journal' old.tsv old.journal new.tsv --journal=j.tsv ../i.csv
every_moment 'a new FILE with a journal' none none old.tsv --journal=j.tsv ../start.csv
every_moment 'with rejects' old.tsv old.journal new.tsv --journal=j.tsv --rejects=r.tsv ../i.csv
run crm-import --into=new.tsv --journal=new.journal --revert=20261121-2 -n
expect 'the second run is there' 0 '' 'crm-import: 5 read = 0 created + 2 updated + 0 unchanged + 0 rejected + 3 removed (customers, revert of 20261121-2)\n'
every_moment 'a revert' new.tsv new.journal old.tsv --journal=j.tsv --revert=20261121-2
finish
