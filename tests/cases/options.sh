# The manual page of a tool, in each language, and its --help name exactly the
# same options, and crm(7) those that every tool has.
. "$TESTS/lib.sh"

# The options that --help lists: the words at the beginning of its lines.
helped() { # TOOL
	"$1" --help | sed -n 's/^ *\(-[A-Za-z]\),\{0,1\} *\(--[a-z-]*\).*/\1 \2/p
		s/^ *\(--[a-z-]*\).*/\1/p
		s/^ *\(-[A-Za-z]\)\( .*\)\{0,1\}$/\1/p' | tr ' ' '\n' | sort -u
}

# The options that a page marks up: each is one Fl.
marked() { # PAGE [LINES]: only in the lines that match
	grep "^\.${2:-}" "$TESTS/../man/$1" |
		awk '{ for (i = 1; i < NF; i++) if ($i ~ /^\.?Fl$/) print "-" $(i + 1) }' |
		sort -u
}

tools='crm-import crm-segment crm-followup crm-report crm-score'
for tool in $tools; do
	helped "$tool" >helped
	true_that "$tool: --help lists options" grep -q '^--as-of$' helped
	for language in '' zh_CN/; do
		page=$language$tool.1
		[ -e "$TESTS/../man/$page" ] || continue
		marked "$page" >marked
		same "$page and --help name the same options" marked helped
		marked "$page" 'It ' >described
		true_that "$page: every option of its own is described" \
			[ -z "$(marked "${language}crm.7" 'It ' |
				cat - described | sort -u | comm -13 - helped)" ]
	done
	if [ -e common ]; then
		comm -12 common helped >both
		mv both common
	else
		cp helped common
	fi
done
for page in crm.7 zh_CN/crm.7; do
	marked "$page" 'It ' >marked
	same "$page: the options of every tool" marked common
done

# ---- what is no time, and what is no file ----

printf 'ticket_id\tcustomer_id\tkind\topened_at\nT1\tC1\tx\t2026-01-01\n' >one.tsv
for command in 'crm-import -k tickets' 'crm-score -t one.tsv' 'crm-segment --where=1>0' crm-followup 'crm-report intake'; do
	tool=${command%% *}
	run $command --as-of=soon one.tsv
	expect "$tool --as-of=soon" 2 '' "$tool: --as-of: not a time: soon; see '$tool --help'\n"
	run env CRM_AS_OF=later $command one.tsv
	expect "$tool, CRM_AS_OF" 2 '' "$tool: CRM_AS_OF: not a time: later; see '$tool --help'\n"
done
run crm-segment --where=true --no-header --columns="$(printf 'a\tb')" one.tsv
expect '--columns: a tab would make two columns of one' 2 '' \
	"crm-segment: --columns: a tab or line end in a name; see 'crm-segment --help'\n"
run crm-import -k tickets -e '' one.tsv
expect 'an empty encoding is not that of the locale' 2 '' \
	"crm-import: --encoding: an empty name; see 'crm-import --help'\n"
if [ -c /dev/zero ]; then
	for command in 'crm-segment --where=1>0' 'crm-score -t'; do
		run timeout 20 $command /dev/zero
		expect "${command%% *} /dev/zero" 2 '' "${command%% *}: /dev/zero:1: the header holds a NUL byte: ..."
	done
	run timeout 20 crm-import -k tickets --into=/dev/zero one.tsv
	expect 'crm-import --into a device' 2 '' 'crm-import: /dev/zero: --into needs a plain file\n'
fi
finish
