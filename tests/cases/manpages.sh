# The manual pages are well-formed, and have the sections that every page has;
# a translated page has what the original has.
. "$TESTS/lib.sh"

man=$TESTS/../man

sections() { # PAGE NAME...: the page has these, in this order
	page=$1
	shift
	want=$(printf '.Sh %s\n' "$@")
	have=$(grep '^\.Sh ' "$man/$page" | tr -d '"' | grep -Fx "$want")
	true_that "$page: $*" [ "$have" = "$want" ]
}

for tool in crm-import crm-segment crm-followup crm-report crm-score; do
	sections "$tool.1" NAME SYNOPSIS DESCRIPTION 'EXIT STATUS' EXAMPLES \
		'SEE ALSO'
done
sections crm.7 NAME DESCRIPTION 'EXIT STATUS' EXAMPLES 'SEE ALSO'
sections crm.5 NAME DESCRIPTION EXAMPLES 'SEE ALSO'
sections crm-rules.5 NAME DESCRIPTION EXAMPLES 'SEE ALSO'

# Every reference to a page of the family leads to a page.
for page in "$man"/*.[157]; do
	lost=$(grep '^\.\(It \)\{0,1\}Xr crm' "$page" | sed 's/^\.It Xr/.Xr/' |
		while read -r _ name section _; do
			[ -e "$man/$name.$section" ] || echo "$name($section)"
		done)
	true_that "$(basename "$page"): references" [ -z "$lost" ]
done

# ---- translations ----

behind() { awk -f "$TESTS/translated.awk" "$@"; }

for page in "$man"/zh_CN/*.[157]; do
	[ -e "$page" ] || continue
	run behind "$man/${page##*/}" "$page"
	expect "${page#"$man/"}: what ${page##*/} says" 0 '' ''
done

# That a page has fallen behind is seen: NAME SED-EDIT WHAT IS SAID
fallen() {
	sed "$2" "$man/zh_CN/crm-segment.1" >fallen.1
	run behind "$man/crm-segment.1" fallen.1
	sed 's/^.*line [0-9]*)*: //' .out | sort >.said
	mv .said .out
	expect "falls behind: $1" 0 "$3\n" ''
}

fallen 'an example' 's/^\$ crm-segment --preset=tier/& -q/' \
	"the display has '$ crm-segment --preset=tier -q --count customers.tsv' for '$ crm-segment --preset=tier --count customers.tsv'"
fallen 'what an example prints' 's/^silver	2/silver	3/' \
	"the display has 'silver	3	40.0000' for 'silver	2	40.0000'"
fallen 'an option' 's/^\.It Fl -explain$/.It Fl -reason/' \
	"not in the original: Fl -reason
only there: Fl -explain
the item is 'Fl -explain' in the original"
fallen 'an item' 's/^\.It tier$/.It level/' \
	"the item is 'tier' in the original"
fallen 'an item that is missing' '/^\.It tier$/d' \
	'item in the original, here end of list'
fallen 'a section' 's/^\.Sh 注意$/.Sh 附注/' \
	"section '注意', here '附注'"
fallen 'a number' 's/75,20,5/80,15,5/' 'only there: number 20
only there: number 75'
fallen 'a reference' 's/^\.Xr crm-score 1$/指标/' \
	'only there: Xr crm-score 1
only there: number 1'

need mandoc
for page in "$man"/*.[157] "$man"/zh_CN/*.[157]; do
	[ -e "$page" ] || continue
	run mandoc -K utf-8 -T lint -W warning "$page"
	expect "${page#"$man/"}: lint" 0 '' ''
done
finish
