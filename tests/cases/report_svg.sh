. "$TESTS/lib.sh"
# crm-report --format=svg: one picture, a document of its own.
export CRM_AS_OF=2026-11-21T09:00
unset LANG
file t.tsv 'ticket_id\tcustomer_id\tkind\tchannel\topened_at\tclosed_at\tstatus\tamount\tproduct\titem\tscore\texpected
T1\tC1\torder\tphone\t2025-10-05T08:00\t2025-10-05T10:00\tclosed\t1234567.50\t<script>\t\t\t
T2\tC1\torder\tweb\t2026-10-06T08:00\t2026-10-06T09:30\tclosed\t250000\ta&b\t\t\t
T3\tC2\tsale\tweb\t2026-11-07T08:00\t\topen\t300000\t\0342\0200\0256\0033[31m\0377\t\t\t
S1\tC2\tsurvey\tweb\t2026-11-08T08:00\t\tclosed\t\t冰箱\t态度\t4\t5
S2\tC2\tsurvey\tweb\t2026-11-08T08:00\t\tclosed\t\t冰箱\t质量\t3\t5
S3\tC2\tsurvey\tweb\t2026-11-08T08:00\t\tclosed\t\t冰箱\t价格\t5\t3
'
definition() { # CHART BY ACROSS SHOW WHERE
	printf 'report\ttitle\tof\tby\tacross\tshow\twhere\tchart\nx\tA & B\ttickets\t%s\t%s\t%s\t%s\t%s\n' \
		"$2" "$3" "$4" "$5" "$1" >d.tsv
}
picture() { # [ARGUMENT]...: into x.svg
	crm-report -f d.tsv -t t.tsv --format=svg "$@" x >x.svg
}
sound() {
	! command -v xmllint >/dev/null 2>&1 || xmllint --noout x.svg
}
drawn() { # NAME PATTERN...: the picture is sound, and each pattern is in it
	drawn_name=$1
	shift
	picture
	true_that "$drawn_name: well-formed" sound
	for pattern; do
		true_that "$drawn_name: $pattern" grep -q -- "$pattern" x.svg
	done
}

definition bar product '' 'n = count(); rate = rate(status == "closed")' ''
drawn 'bar' '^<svg xmlns="http://www.w3.org/2000/svg" role="img"' '<title id="crm-title">A &amp; B</title>' \
	'<desc id="crm-about">Bars: ' 'class="title".*A &amp; B' '>100%</text>' \
	'&lt;script&gt;' 'a&amp;b' '\\u{202E}\\x1B\[31m\\xFF' 'prefers-color-scheme:dark' '<rect class="paper"'
true_that 'no script, no request' sh -c '! grep -Ei "<script|href|url\(|@import|http" x.svg | grep -v "^<svg xmlns"'
true_that 'no control or broken byte is left' sh -c '
	! LC_ALL=C grep -q "$(printf "[\001-\010\013-\037\177]")" x.svg && iconv -f UTF-8 -t UTF-8 x.svg >/dev/null'
cp x.svg first
CRM_CHUNK=7 picture -j 3
same 'the same with any number of threads' first x.svg
definition stacked product channel 's = sum(amount)' 'not empty(amount)'
drawn 'stacked' '<desc id="crm-about">Stacked bars: phone, web' 'class="name".*>phone<' '>1.23m<' '>0.5m<'
definition stacked 'year = year(opened_at); month = month(opened_at); kind' '' 'n = count()' ''
drawn 'stacked by month' 'Columns over time' '2026-10 · order: 1' '>survey<' '>2026<'
definition line 'year = year(opened_at); month = month(opened_at)' kind 'n = count()' ''
drawn 'line' '<desc id="crm-about">Lines: ' 'class="name s[1-5]".*>sale<' '<path class="l1"'
definition radar item '' 'expected = mean(expected); perceived = mean(score)' 'kind == "survey"'
drawn 'radar' '<desc id="crm-about">Radar: expected, perceived' '<path class="ring"' '>态度<'
definition pareto kind '' 'n = count()' ''
drawn 'pareto' 'cumulative share' 'survey ≤ ' '>80%<'
definition heat kind product 'n = count()' ''
drawn 'heat' 'Heat map' 'class="h5"' 'class="g5"'
definition '' '' '' 'n = count(); s = sum(amount)' ''
drawn 'no chart, one row: its figures' 'class="large".*>6<' '>1.78m<'
definition bar kind '' 'n = count()' 'kind == "none"'
drawn 'no rows' 'Nothing to show.'
definition bar kind '' 'n = count()' ''
picture --lang=zh
true_that 'in Chinese' grep -q '<desc id="crm-about">条形图：' x.svg
run crm-report -t t.tsv --format=svg intake faults
expect 'one report only' 2 '' 'crm-report: --format=svg takes one report; ...'
run crm-report -f d.tsv -t t.tsv --format=svg -o out.svg x
expect '-o: nothing on standard output' 0 '' ''
picture
same '-o: the file' x.svg out.svg
awk -F '\t' -v names="ticket_id ref customer_id kind channel product model serial barcode fault item quantity amount score expected weight opened_at due_at closed_at status stage owner station note" '
	NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; n = split(names, wanted, " ") }
	{ for (i = 1; i <= n; i++)
		printf "%s%s", NR == 1 ? wanted[i] : wanted[i] in at ? $at[wanted[i]] : "", i < n ? "\t" : "\n" }' t.tsv >full.tsv
file s.tsv 'serial\tproduct\nS1\t冰箱\n'
# Pictures say what the table beside them says.
awk 'BEGIN { OFS = "\t"
	print "ticket_id", "customer_id", "kind", "opened_at", "closed_at", "due_at", "product", "amount"
	for (i = 1; i <= 424; i++)
		print "T" i, "C1", "guide", "2026-01-01", i <= 258 ? "2026-01-02" : "2026-01-05", "2026-01-03", "P" i % 60, i
}' >many.tsv
cp t.tsv few.tsv
cp many.tsv t.tsv
definition bar kind '' 'rate = rate(closed_at <= due_at)' ''
drawn 'rates are rounded as in the table' '>60.8%<'
true_that 'which has 60.8 %' sh -c 'crm-report -f d.tsv -t t.tsv x | grep -q " 60\.8"'
definition pareto product '' 's = sum(amount)' ''
drawn 'of many rows the largest' '>P4<' 'The picture shows 12 of 60 rows'
true_that 'and they come first' sh -c "
	crm-report -f d.tsv -t t.tsv --format=tsv x | sed 1d | sort -t '	' -k 2,2nr -k 1,1 | head -n 12 | cut -f 1 >largest
	sed -n 's/.*class=.name.*>\(P[0-9]*\)<.*/\1/p' x.svg >named
	cmp largest named"
cp few.tsv t.tsv
definition heat kind product 'n = count()' ''
drawn 'heat: zero is no missing value' 'class="h0"'
awk 'BEGIN { OFS = "\t"
	print "ticket_id", "customer_id", "kind", "product", "opened_at", "quantity"
	for (m = 1; m <= 10; m++) {
		print "I" m, "C1", "install", "P", sprintf("2026-%02d-01", m), m == 1 ? 1000 : 0
		for (i = 1; i <= (m == 4 ? 40 : m == 10 ? 0 : 10); i++)
			print "R" m "." i, "C1", "repair", "P", sprintf("2026-%02d-02", m), ""
	}
}' >u.tsv
crm-report --as-of=2026-10-20 -t u.tsv --format=svg quality >x.svg
crm-report --as-of=2026-10-20 -t u.tsv --format=tsv quality | cut -f 2,11 >out.tsv
true_that 'quality: what the table calls out of line is marked, and nothing else' sh -c '
	test "$(grep -c "	high$\|	low$" out.tsv)" = 1 && grep -q "^2026-04	high$" out.tsv &&
	test "$(grep -c "<circle[^>]*><title>" x.svg)" = 1 && grep -q "<title>2026-04: 4.0%" x.svg'
for name in $(crm-report --list | sed '1d; /^segments	/d; /^card	/d' | cut -f 1); do
	file c.tsv 'customer_id\tname\towner\ttrade\tcredit_limit\tbalance\ttarget\nC1\tA\tX\tT\t1\t2\t3\nC2\tB\tY\tT\t1\t5\t3\n'
	true_that "$name: drawn" sh -c 'crm-report -q -c c.tsv -t full.tsv --serials=s.tsv --target=1000 --format=svg $1 >x.svg' sh "$name"
	true_that "$name: well-formed" sound
done

# Odd data.
rows() { # COLUMN... : a ticket with them for each line of standard input
	printf 'ticket_id\tcustomer_id\tkind\topened_at'
	[ $# = 0 ] || printf '\t%s' "$@"
	echo
	awk -F '\t' '{ printf "T%d\tC1\t%s\n", NR, $0 }'
}
texts() { # the words in the picture
	sed -n 's/^<text[^>]*>\(.*\)<\/text>$/\1/p' x.svg
}
report() { # DEFINITION-ROW... as `definition`, of odd.tsv
	definition "$@"
	crm-report -f d.tsv -t odd.tsv --format=svg x >x.svg
}
printf 'order\t2026-01-02\tP%s\t%s\n' 1 50 2 -30 3 900 4 -800 5 '' | rows product amount >odd.tsv
report pareto product '' 's = sum(amount)' ''
true_that 'pareto: no share beyond the whole, where some are negative' sh -c '
	! grep -q "cumulative share</text>\|≤" x.svg && grep -q "<rect class=\"s2\"" x.svg'
texts >.texts
true_that 'pareto: missing is not zero' grep -qx '–' .texts
long='a name that is far too long to stand beside its bar, and to be written above it at the side of the shares, in any picture'
printf "order\t2026-01-02\t$long %s\t%s\n" 1 50 2 30 | rows product amount >odd.tsv
report pareto product '' 's = sum(amount)' ''
true_that 'pareto: long names end before the shares' sh -c '
	! grep -q "^<text.*in any picture" x.svg && grep -q "class=\"name\".*…</text>" x.svg'
true_that 'pareto: no axis through names above their bars' sh -c '
	grep -q "<line class=\"axis\" x1=\"[1-9]" x.svg && ! grep -q "<line class=\"axis\" x1=\"0\"" x.svg'
report bar product '' 's = sum(amount); over = sum(amount) / 40' ''
sed '1s/$/\tunits/; 2s/$/\tover = rate/' d.tsv >e.tsv
crm-report -f e.tsv -t odd.tsv --format=svg x >x.svg
true_that 'bars: money has its unit' grep -q '>s, yuan</text>' x.svg
awk -F '[" ]' '/^<rect class="s1"/ { n++ } /^<line class="axis"/ { if ($11 - $7 > 30) long++; lines++ } END {
	exit !(n == 4 && lines >= 2 && !long) }' x.svg
true_that 'bars: where the whole is, not through the names' test $? = 0
printf 'survey\t2026-01-02\tq%s\t%s\t5\n' 1 3 2 3 3 3 | rows item score expected >odd.tsv
crm-report -t odd.tsv --format=svg csi >x.svg 2>messages || cat messages
true_that 'bars to the left have a heading' sh -c 'grep -q "class=\"head\".*>gap, of 5</text>" x.svg'
for n in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
	printf 'survey\t2026-01-02\titem number %s\t3\t5\n' $n
done | rows item score expected >odd.tsv
crm-report -t odd.tsv --format=svg csi >x.svg
true_that 'radar of twenty: a ring of names' grep -q '<desc id="crm-about">Radar' x.svg
true_that 'radar: names of a side stand apart' sh -c '
	sed -n "s/^<text class=\"name\" x=\"[^\"]*\" y=\"\([^\"]*\)\" text-anchor=\"end\".*>item.*/\1/p" x.svg | sort -n | head -n 9 |
	awk "NR > 1 && \$1 - last < 14.9 { bad = 1 } { last = \$1 } END { exit bad || NR != 9 }"'
for n in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25; do
	printf 'survey\t2026-01-02\titem number %s\t3\t5\n' $n
done | rows item score expected >odd.tsv
crm-report -t odd.tsv --format=svg csi >x.svg
true_that 'radar of too many: bars, and the gap' sh -c '
	grep -q "<desc id=\"crm-about\">Bars" x.svg && grep -q ">expected, of 5<" x.svg && grep -q ">gap, of 5<" x.svg'
printf 'order\t2026-%s-02\n' 01 03 | rows >odd.tsv
report stacked 'year = year(opened_at); month = month(opened_at)' '' 'n = count()' ''
texts >.texts
true_that 'no half tickets on an axis' sh -c '! grep -q "^[0-9]*\.[0-9]" .texts && grep -qx 1 .texts'
awk 'BEGIN { for (y = 1990; y <= 2025; y++) for (m = 1; m <= 12; m++) printf "order\t%d-%02d-02\n", y, m }' | rows >odd.tsv
report stacked 'year = year(opened_at); month = month(opened_at)' '' 'n = count()' ''
true_that 'months too narrow to see are years' sh -c '
	test "$(grep -c "<rect class=\"s1\"" x.svg)" = 36 && grep -q "<title>2025: 12</title>" x.svg'
report line 'year = year(opened_at); month = month(opened_at)' '' 'n = count()' ''
texts | grep -x '[12][0-9][0-9][0-9]' >years
true_that 'as many years are named as there is room for' sh -c '
	grep -qx 2000 years && ! grep -qx 1999 years && test "$(wc -l <years)" -gt 5'
printf 'repair\t2026-03-02\tP\ninstall\t2026-03-01\tP\n' | rows product >odd.tsv
awk -F '\t' -v OFS='\t' 'NR == 1 { print $0, "status", "quantity"; next } { print $0, "", 1 }' odd.tsv >u.tsv
crm-report --as-of=2026-04-01 -t u.tsv --format=svg quality >x.svg
true_that 'quality: one month is a dot, with its name' sh -c '
	grep -q "<circle class=\"s1\"" x.svg && grep -q ">2026-03</text>" x.svg'
printf 'order\t2026-01-02\t\n' | rows amount >odd.tsv
report bar kind '' 's = sum(amount)' ''
true_that 'nothing is known: nothing is drawn' sh -c 'grep -q "Nothing to show." x.svg && ! grep -q "<rect class=\"s" x.svg'
printf 'order\t2026-0%s-02\tweb\n' 1 2 | rows channel >odd.tsv
report heat kind 'month = month(opened_at)' 'n = count()' ''
true_that 'heat: what the columns are' grep -q '>month</text>' x.svg
crm-report --lang=zh -f d.tsv -t odd.tsv --format=svg x >x.svg
true_that 'heat: in Chinese' grep -q '>月</text>' x.svg
crm-report -c c.tsv -t t.tsv --format=svg retention >x.svg
true_that 'retention: months after what' grep -q '>months after the first purchase</text>' x.svg

# ---- colours ----
# Of what is on paper, light and dark: contrast (WCAG 2), and how far apart two
# series are (CIE 1976) for eyes without green and without red (Machado 2009).
picture
cat >colours.awk <<'AWK'
function hex(s, i) { return index("0123456789abcdef", substr(s, i, 1)) - 1 }
function linear(c) { c /= 255; return c <= 0.04045 ? c / 12.92 : exp(log((c + 0.055) / 1.055) * 2.4) }
function cap(c) { return c < 0 ? 0 : c > 1 ? 1 : c }
function root(t) { return t > 0.008856 ? exp(log(t) / 3) : 7.787 * t + 16 / 116 }
function read(colour, into, k) {
	for (k = 0; k < 3; k++)
		into[k] = linear(hex(colour, 2 + 2 * k) * 16 + hex(colour, 3 + 2 * k))
}
function light(colour, c) { read(colour, c); return 0.2126 * c[0] + 0.7152 * c[1] + 0.0722 * c[2] }
function contrast(a, b, x, y) { x = light(a) + 0.05; y = light(b) + 0.05; return x > y ? x / y : y / x }
function lab(colour, eyes, into, c, d, k) {
	read(colour, c)
	for (k = 0; k < 3; k++)
		d[k] = cap(m[eyes, k, 0] * c[0] + m[eyes, k, 1] * c[1] + m[eyes, k, 2] * c[2])
	c[0] = root((0.4124 * d[0] + 0.3576 * d[1] + 0.1805 * d[2]) / 0.9505)
	c[1] = root(0.2126 * d[0] + 0.7152 * d[1] + 0.0722 * d[2])
	c[2] = root((0.0193 * d[0] + 0.1192 * d[1] + 0.9505 * d[2]) / 1.089)
	into[0] = 116 * c[1] - 16; into[1] = 500 * (c[0] - c[1]); into[2] = 200 * (c[1] - c[2])
}
function apart(a, b, eyes, x, y) {
	lab(a, eyes, x); lab(b, eyes, y)
	return sqrt((x[0] - y[0]) ^ 2 + (x[1] - y[1]) ^ 2 + (x[2] - y[2]) ^ 2)
}
function matrix(eyes, text, v, k) { split(text, v, " "); for (k = 0; k < 9; k++) m[eyes, int(k / 3), k % 3] = v[k + 1] }
function look(i, j, e) {
	for (i = 0; i < 6; i++) {
		if (contrast(paper, series[i]) < 4.5) print scheme ": contrast of s" i
		for (j = i + 1; j < 6; j++)
			for (e = 1; e <= 2; e++)
				if (apart(series[i], series[j], e) < 14) print scheme ": s" i " is like s" j
	}
	if (contrast(paper, tick) < 4.5) print scheme ": contrast of ticks"
	for (i = 1; i <= 5; i++)
		if (contrast(field[i], figure[i]) < 4.5) print scheme ": contrast on h" i
	seen++
}
BEGIN {
	matrix(1, "0.367322 0.860646 -0.227968 0.280085 0.672501 0.047413 -0.011820 0.042940 0.968881")
	matrix(2, "0.152286 1.052583 -0.204868 0.114503 0.786281 0.099216 -0.003882 -0.048116 1.051998")
	scheme = "light"
}
/^\.paper\{/ { paper = substr($0, index($0, "#"), 7) }
/^\.tick\{/ { tick = substr($0, index($0, "#"), 7) }
/^\.s[0-5]\{/ { series[substr($0, 3, 1)] = substr($0, index($0, "#"), 7) }
/^\.h[0-5]\{/ { field[substr($0, 3, 1)] = substr($0, index($0, "#"), 7) }
/^\.g[0-5]\{/ { figure[substr($0, 3, 1)] = substr($0, index($0, "#"), 7) }
/^@media screen and \(prefers-color-scheme:dark/ { look(); scheme = "dark" }
/^<\/style>/ { look() }
END { if (seen != 2) print "colours of " seen + 0 " schemes" }
AWK
awk -f colours.awk x.svg >wrong
true_that 'colours: contrast, and series apart for all eyes' test ! -s wrong
sed 's/^/# /' wrong
finish
