# Says where a translated manual page has fallen behind:
#
#   awk -f translated.awk ORIGINAL TRANSLATION
#
# Both have the same sections, lists, items and displays, in the same order; a
# display is the same to the byte, unless it is a picture in words (no "$ ", and
# not ASCII). The head of an item is the same, or translated; its options stay.
# Each section names the same options, pages, files and values, though the
# translation may repeat one from elsewhere, and none of the original's numbers is
# missing. Prints nothing where all is well.

BEGIN {
	# NAME and SYNOPSIS stay: mdoc sets them by these names.
	headings = "DESCRIPTION=描述|COMMON OPTIONS=共同的选项|ENVIRONMENT=环境变量|" \
		"FILES=文件|RULES FILES=规则文件|EXIT STATUS=退出状态|EXAMPLES=例子|DIAGNOSTICS=诊断|" \
		"SEE ALSO=另见|STANDARDS=标准|CAVEATS=注意"
	for (i = split(headings, pair, "|"); i > 0; i--) {
		split(pair[i], word, "=")
		translated[word[1]] = word[2]
	}
}

FNR == 1 { page++; section = 0 }

function add(kind, text) {
	n = ++entries[page]
	kinds[page, n] = kind
	texts[page, n] = text
	places[page, n] = FNR
}

function named(kind, text) {
	if (text == "" || (page, section, kind " " text) in names)
		return
	names[page, section, kind " " text] = FNR
	anywhere[page, kind " " text] = 1
}

# What a line of macros names: for each macro its words up to a mark or the next
# macro, of Xr two. Which of Li, Cm and Ql it is matters only to the reader.
function name(   i, kind, text, word) {
	for (i = 1; i <= NF + 1; i++) {
		word = i == 1 ? substr($1, 2) : i <= NF ? $i : ";"
		if (word !~ /^([],.;:|)]|[A-Z][a-z])$/) {
			text = text (text == "" ? "" : " ") word
			if (kind != "Xr" || text !~ / /)
				continue
		}
		if (kind ~ /^(Fl|Xr|Ev|Pa|Dv)$/)
			named(kind, text)
		else if (kind ~ /^(Li|Cm|Ql)$/)
			named("Li", text)
		text = ""
		if (kind == "Xr" || word ~ /^[A-Z]/)
			kind = word
	}
}

function number(line) {
	while (match(line, /[0-9]+([.][0-9]+)*/)) {
		named("number", substr(line, RSTART, RLENGTH))
		line = substr(line, RSTART + RLENGTH)
	}
}

display && /^\.Ed/ { display = 0; add("display", body); next }
display { body = body "\n" $0; next }
/^\.Bd -literal/ { display = 1; body = ""; next }

/^\.S[hs] / { section++ }
/^\.Sh / { add("section", page == 1 && substr($0, 5) in translated ? \
	translated[substr($0, 5)] : substr($0, 5)) }
/^\.Ss / { add("subsection", "") }
/^\.Bl / { add("list", $2) }
/^\.El/ { add("end of list", "") }
/^\.It/ { add("item", $0) }
/^\./ { name() }
!/^\.(\\"|Bl|D)/ { number($0) }

function say(what) {
	print "line " places[2, n] " (original: line " places[1, n] "): " what
}

function options(head,   word, count, i, all) {
	count = split(head, word, " ")
	for (i = 1; i < count; i++)
		if (word[i] == "Fl")
			all = all " " word[i + 1]
	return all " " gsub(/ Ta/, "", head)
}

function item(one, two) {
	if (two ~ /[\200-\377]/ ? options(one) != options(two) : one != two)
		say("the item is '" substr(one, 5) "' in the original")
}

function show(one, two,   was, is, i, lines) {
	if (one == two || (two ~ /[\200-\377]/ && two !~ /\n\$ /))
		return
	lines = split(one, was, "\n")
	split(two, is, "\n")
	for (i = 2; i <= lines && was[i] == is[i]; i++)
		;
	say("the display has '" is[i] "' for '" was[i] "'")
}

END {
	for (n = 1; n <= entries[1] || n <= entries[2]; n++) {
		kind = kinds[1, n]
		if (kind != kinds[2, n]) {
			say((kind ? kind : "nothing") " in the original, here " \
				(kinds[2, n] ? kinds[2, n] : "nothing"))
			break
		}
		if (kind == "item")
			item(texts[1, n], texts[2, n])
		else if (kind == "display")
			show(texts[1, n], texts[2, n])
		else if (texts[1, n] != texts[2, n])
			say(kind " '" texts[1, n] "', here '" texts[2, n] "'")
	}
	for (key in names) {
		split(key, part, SUBSEP)
		if (((3 - part[1]) SUBSEP part[2] SUBSEP part[3]) in names)
			continue
		if (part[1] == 1)
			print "original, line " names[key] ": only there: " part[3]
		else if (part[3] !~ /^number / && !((1, part[3]) in anywhere))
			print "line " names[key] ": not in the original: " part[3]
	}
}
