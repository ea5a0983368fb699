# The manual pages are well-formed, and have the sections that every page has.
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

need mandoc
for page in "$man"/*.[157] "$man"/zh_CN/*.[157]; do
	[ -e "$page" ] || continue
	run mandoc -K utf-8 -T lint -W warning "$page"
	expect "${page#"$man/"}: lint" 0 '' ''
done
finish
