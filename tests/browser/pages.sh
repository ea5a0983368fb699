. "$TESTS/lib.sh"
# The pages of crm-report in a browser: on a phone and on a desk, light and dark,
# in both languages, on paper. Nothing is written to the console, nothing is
# asked for, nothing is wider than the window, every picture has words, no word
# lies on another, and the contrast of every text is at least 4.5. The sample
# data of `make demo` are looked at; $GENERATE makes them. Not part of `make
# check`: it needs chromium and a font for Chinese, and takes a minute.
need chromium
generate=${GENERATE:-${UNIT:-.build/default/unit}/../generate}
case $generate in /*) ;; *) generate=$TESTS/../$generate ;; esac
[ -x "$generate" ] || skip "needs the sample data (make check builds it)"
unset LANG
export TZ=Asia/Shanghai CRM_AS_OF=2026-11-21T09:00

"$generate" demo . || exit 2
crm-import -q --max-messages=0 -k customers --into=c.tsv customers.csv
crm-import -q --max-messages=0 -k tickets --into=t.tsv -c c.tsv tickets.csv
crm-score -q -t t.tsv c.tsv | crm-segment --preset=rfm -o s.tsv
names=$(crm-report --list | sed '1d; /^card	/d' | cut -f 1)

# browse OPTION...: what the browser prints; its messages in `console`
browse() {
	rm -rf profile
	timeout 120 chromium --headless --no-sandbox --disable-gpu --no-first-run \
		--disable-background-networking --disable-extensions \
		--user-data-dir="$here/profile" --enable-logging=stderr \
		"$@" 2>console
}

# With the probe in it a page needs a policy that lets it run.
probed() { # PAGE
	sed -e '/http-equiv="Content-Security-Policy"/d' -e '/<\/body>/d' "$1"
	printf '<script>\n'
	cat "$TESTS/browser/probe.js"
	printf '</script>\n</body>\n'
}

# A window has a least width, a frame has none.
frame() { # WIDTH
	printf '<!DOCTYPE html>\n<meta charset="utf-8">\n'
	printf '<meta name="color-scheme" content="light dark">\n'
	printf '<script>addEventListener("message", function (e) {\n'
	printf '\tdocument.getElementById("seen").textContent = e.data + "\\n";\n'
	printf '});</script>\n<pre id="seen"></pre>\n'
	printf '<iframe src="probed.html" style="width:%dpx;height:900px;' "$1"
	printf 'border:0"></iframe>\n'
}

look() { # NAME PAGE WIDTH light|dark
	scheme=1
	[ "$4" = light ] || scheme=0
	probed "$2" >probed.html
	frame "$3" >frame.html
	browse --window-size=1400,900 --blink-settings=preferredColorScheme=$scheme \
		--virtual-time-budget=9000 --dump-dom "file://$here/frame.html" |
		sed -n '/<pre id="seen">/,/<\/pre>/p' | sed 's/<[^>]*>//g' >seen
	head -n 1 seen >first
	printf 'width %s, %s, pictures %s, wrong 0\n' "$3" "$4" \
		"$(grep -c '<figure>' "$2")" >wanted
	same "$1, $3 wide, $4: nothing wrong" wanted first
	sed '1d; /^$/d; s/^/# /' seen
}

for lang in en zh; do
	crm-report -q --lang=$lang -c s.tsv -t t.tsv --serials=serials.tsv \
		--target=9000000 --format=html -o "$lang.html" $names
	true_that "$lang: a page of all reports" test -s "$lang.html"
	for width in 390 1280; do
		browse --window-size="$width,900" --screenshot="$here/page.png" \
			"file://$here/$lang.html" >/dev/null
		true_that "$lang, $width wide: it is drawn" test -s page.png
		true_that "$lang, $width wide: nothing on the console" \
			sh -c '! grep CONSOLE console'
		for scheme in light dark; do
			look "$lang" "$lang.html" $width $scheme
		done
	done
done
crm-report -q --lang=zh -t t.tsv --format=html -o one.html loop
look 'one report' one.html 390 light

# Odd data: long names, negative and missing amounts, 36 years of months, twenty
# questions, a month on its own.
odd() {
	awk 'BEGIN {
		OFS = "\t"
		long[0] = "Donaudampfschifffahrtselektrizitaetenhauptbetriebswerk"
		long[1] = "a product with a name that nobody would put into a list"
		long[2] = "这是一个非常非常非常长的产品名称用来测试图表里标签会不会被截断"
		long[3] = "x"
		print "ticket_id", "customer_id", "kind", "opened_at", "status", "product", "station", "owner", "item", "fault", "score", "expected", "amount", "quantity", "channel", "closed_at", "due_at", "note", "ref"
		for (i = 0; i < 900; i++) {
			name = long[i % 4]
			kind = i % 3 ? "order" : "repair"
			amount = i % 7 ? i * 37 - 9000 : ""
			print "T" i, "C1", kind, sprintf("%d-%02d-05", 1990 + i / 25, i % 12 + 1), "closed", name, name, name, "", name, "", "", amount, 1, "web", "", "", "", ""
		}
		for (i = 1; i <= 20; i++)
			print "S" i, "C1", "survey", "2026-03-05", "closed", "P", "", "", "question " i, "", i % 5 + 1, 4, "", "", "", "", "", "", ""
		for (i = 1; i <= 3; i++)
			print "N" i, "C1", (i > 1 ? "install" : "repair"), "2026-03-05", "closed", "new", "", "", "", "", "", "", "", 1, "", "", "", "", ""
	}'
}
odd >odd.tsv
for lang in en zh; do
	crm-report -q --lang=$lang -t odd.tsv --format=html -o odd.html intake faults quality \
		stations owners settlement csi season products
	for width in 390 1280; do
		look "odd data, $lang" odd.html $width light
	done
done
id=$(cut -f 3 t.tsv | sort | uniq -c | sort -k 1nr,1 -k 2 | awk 'NR == 3 { print $2 }')
crm-report -q --lang=zh -c s.tsv -t t.tsv --id="$id" --format=html -o card.html card
look 'the card' card.html 390 dark
browse --print-to-pdf="$here/page.pdf" "file://$here/en.html" >/dev/null
true_that 'on paper' test -s page.pdf
true_that 'on paper: nothing on the console' sh -c '! grep CONSOLE console'
finish
