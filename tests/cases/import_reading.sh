# crm-import: delimiters, quotes, encodings, title rows, empty rows.
. "$TESTS/lib.sh"
h='customer_id\tname\tphone\n'
said() { printf '%s' "crm-import: $1 read = $2 created + $3 updated + $4 unchanged + $5 rejected (customers, ${6:-utf-8, comma})\\n"; }
one=$(said 1 1 0 0 0)
two=$(said 2 2 0 0 0)

input 'customer_id,name,phone\na1,Ann,13812345678\n'
run crm-import
expect 'comma' 0 "${h}a1\tAnn\t+8613812345678\n" "$one"
input '\0357\0273\0277\0357\0273\0277customer_id,name,phone\na1,Ann,13812345678\n'
run crm-import
expect 'two byte order marks' 0 "${h}a1\tAnn\t+8613812345678\n" "$one"
input 'customer_id;name;phone\na1;Ann, B;13812345678\n'
run crm-import
expect 'semicolon' 0 "${h}a1\tAnn, B\t+8613812345678\n" "$(said 1 1 0 0 0 'utf-8, semicolon')"
input 'customer_id\tname\tphone\na1\t"Ann"\t13812345678\n'
run crm-import
expect 'tab: quotes are ordinary' 0 "${h}a1\t\"Ann\"\t+8613812345678\n" "$(said 1 1 0 0 0 'utf-8, tab')"
run crm-import --quote
expect 'tab, quoted' 0 "${h}a1\tAnn\t+8613812345678\n" "$(said 1 1 0 0 0 'utf-8, tab')"
input 'customer_id|name|phone\na1|Ann|13812345678\n'
run crm-import
expect 'bar' 0 "${h}a1\tAnn\t+8613812345678\n" "$(said 1 1 0 0 0 'utf-8, bar')"
input 'customer_id;name,phone\na1;Ann,x\na2;B,x\n'
run crm-import -d semicolon
expect '-d decides' 0 'customer_id\tname,phone\na1\tAnn,x\na2\tB,x\n' "$(said 2 2 0 0 0 'utf-8, semicolon')"
run crm-import -d colon
expect '-d: not a delimiter' 2 '' "crm-import: --delimiter: comma|semicolon|tab|bar|,|;|\\\\t, not colon; see 'crm-import --help'\n"

input 'customer_id,name,note\na1,"A ""B"", C","line 1\nline 2"\na2,"x\r\ny",\\n\n'
run crm-import
expect 'quotes, doubled quotes, newlines in quotes, backslash is ordinary' 0 \
	'customer_id\tname\tnote\na1\tA "B", C\tline 1\\nline 2\na2\tx\\r\\ny\t\\\\n\n' "$two"
input 'customer_id\tname\tnote\na1\tA\\tB\t\\N\na2\tx\\ny\tz\n'
run crm-import
expect 'tab: escapes and \N of the record format' 0 \
	'customer_id\tname\tnote\na1\tA\\tB\t\na2\tx\\ny\tz\n' "$(said 2 2 0 0 0 'utf-8, tab')"
input 'customer_id\tname\na1\tA\\qB\n'
run crm-import
expect 'tab: a bad escape' 1 'customer_id\tname\n' \
	"crm-import: (standard input):2: name: bad escape: \"A\\\\\\\\qB\"\n$(said 1 0 0 0 1 'utf-8, tab')"
input 'customer_id,name,note\na1,"a\tb",c\n'
run crm-import
expect 'a TAB in a cell is escaped, not lost' 0 'customer_id\tname\tnote\na1\ta\\tb\tc\n' "$one"
input 'customer_id,name\r\na1,Ann\na2,Bob\r\na3,Cy'
run crm-import
expect 'CRLF mixed, last line without end' 0 'customer_id\tname\na1\tAnn\na2\tBob\na3\tCy\n' "$(said 3 3 0 0 0)"
input 'customer_id,name\na1,19" TV\na2,"x" y\n'
run crm-import
expect 'stray quotes are kept and counted' 0 'customer_id\tname\na1\t19" TV\na2\t"x" y\n' \
	"crm-import: (standard input):2: stray quotes are kept as text: 2 rows, this is the first\n$two"
input 'customer_id,name\na1,"Ann\na2,Bob\na3,Cy\n'
run crm-import
expect 'a quote that is never closed spoils its own row only' 1 'customer_id\tname\na2\tBob\na3\tCy\n' \
	"crm-import: (standard input):2: a quote that is never closed\ncrm-import: (standard input):2: stray quotes are kept as text: 1 row, this is the first\n$(said 3 2 0 0 1)"
input 'customer_id,name\na1,"Ann\na2,Bob\na3,"Cy\na4,Dee\na5,"x\n"y" z"\n'
run crm-import --rejects=r.tsv
expect 'nor does one that a quote of a later row meets by chance' 1 'customer_id\tname\na2\tBob\na4\tDee\na5\t"x\\n"y" z"\n' \
	"crm-import: (standard input):2: a quote that is never closed\ncrm-import: (standard input):4: a quote that is never closed\ncrm-import: (standard input):2: stray quotes are kept as text: 3 rows, this is the first\n$(said 5 3 0 0 2)"
printf 'customer_id\tname\t_file\t_line\t_column\t_reason\na1\t"Ann\t(standard input)\t2\t\ta quote that is never closed\na3\t"Cy\t(standard input)\t4\t\ta quote that is never closed\n' >want
same '... which is rejected as it stands' r.tsv want
for size in 1 5 16; do
	CRM_CHUNK=$size crm-import -q <in >.out 2>.err
	same "the same, $size bytes at a time" .out "$(printf 'customer_id\tname\na2\tBob\na4\tDee\na5\t"x\\n"y" z"\n' >want; echo want)"
done
input 'customer_id,name\na1, "Ann, B" \n'
run crm-import
expect 'blanks around quotes' 0 'customer_id\tname\na1\tAnn, B\n' "$one"
input 'customer_id,name\na1,A\0B\na2,C\n'
run crm-import
expect 'NUL' 1 'customer_id\tname\na2\tC\n' "crm-import: (standard input):2: a NUL byte\n$(said 2 1 0 0 1)"

input '\0357\0273\0277customer_id,name\na1,Ann\n'
run crm-import
expect 'BOM' 0 'customer_id\tname\na1\tAnn\n' "$one"
if command -v iconv >/dev/null 2>&1; then
	printf '客户编号,姓名\na1,王\n' >u8
	for e in UTF-16LE UTF-16BE; do
		low=$(printf %s $e | tr A-Z a-z)
		iconv -f utf-8 -t $e u8 >in
		run crm-import
		expect "$e without a mark" 0 'customer_id\tname\na1\t王\n' "$(said 1 1 0 0 0 "$low, comma")"
	done
	{ printf '\377\376'; printf '客户编号\t"姓名"\na1\t"王 ""x"""\n' | iconv -f utf-8 -t UTF-16LE; } >in
	run crm-import
	expect "Unicode text of Excel is quoted" 0 'customer_id\tname\na1\t王 "x"\n' "$(said 1 1 0 0 0 'utf-16le, tab')"
	printf '客户编号,姓名\na1,王𠀀\n' | iconv -f utf-8 -t gb18030 >in
	run crm-import
	expect 'GB18030 with a character of 4 bytes' 0 'customer_id\tname\na1\t王𠀀\n' "$(said 1 1 0 0 0 'gb18030, comma')"
	printf 'customer_id,name\na1,\377\377\n' >in
	run crm-import
	expect 'neither UTF-8 nor GB18030: the byte is named' 2 '' \
		'crm-import: (standard input): byte 20: not valid utf-8; byte 20: not valid gb18030 (0xff); -e ENCODING says what it is\n'
	{ printf '客户编号,姓名\na1,王'; printf '\201,\n'; } >in
	run crm-import -k customers
	expect 'UTF-8 with one bad byte is no GB18030 in silence' 1 'customer_id\t瀹㈡埛缂栧彿\t濮撳悕\n' \
		'crm-import: (standard input): byte 26: not valid utf-8, as all before it is; read as gb18030; -e ENCODING decides\n...'
	{ printf '客户编号,姓名\na1,王'; printf '\377,\n'; } >in
	run crm-import
	expect 'neither: both bytes are named' 2 '' \
		'crm-import: (standard input): byte 26: not valid utf-8, as all before it is; read as gb18030; -e ENCODING decides\ncrm-import: (standard input): byte 26: not valid utf-8; byte 25: not valid gb18030 (0x8b); -e ENCODING says what it is\n'
	printf 'customer_id,name\na1,王\n' | iconv -f utf-8 -t UTF-32LE | { printf '\377\376\0\0'; cat; } >in
	run crm-import
	expect 'UTF-32' 0 'customer_id\tname\na1\t王\n' "$(said 1 1 0 0 0 'utf-32le, comma')"
	printf 'customer_id\0,name\na1,x\n' >in
	run crm-import
	expect 'a NUL byte in the header' 2 '' 'crm-import: (standard input):1: a NUL byte in the header; -e ENCODING says what it is\n'
	printf 'customer_id,name\na1,caf\351\n' >in
	run crm-import -e latin1
	expect '-e decides' 0 'customer_id\tname\na1\tcafé\n' "$(said 1 1 0 0 0 'latin1, comma')"
fi
printf 'customer_id,name\na1,\326\320\200\n' >in
run crm-import
expect 'the euro sign of GBK' 0 'customer_id\tname\na1\t中€\n' "$(said 1 1 0 0 0 'gb18030, comma')"
printf 'customer_id,name\na1,\326\320\n' >in
run crm-import -e utf-8
expect 'UTF-8 that was asked for is checked' 2 '' \
	'crm-import: (standard input): byte 20: not valid utf-8; -e ENCODING says what it is\n'
run crm-import -e nonsense
expect 'an encoding that nobody knows' 2 '' 'crm-import: encoding not known: nonsense\n'
{ echo customer_id,name; i=0; while [ $i -lt 20000 ]; do i=$((i + 1)); echo "a$i,Ann"; done; printf 'z,\326\320\n'; } >in
run crm-import
true_that 'the whole input is looked at before the guess' grep -q 'gb18030, comma' .err

input '客户档案表,,\n导出时间：2026-01-05,,\n\n客户编号,姓名,手机\na1,Ann,13812345678\n'
run crm-import
expect 'title rows' 0 "${h}a1\tAnn\t+8613812345678\n" "$one"
run crm-import --header-line=4
expect '--header-line' 0 "${h}a1\tAnn\t+8613812345678\n" "$one"
run crm-import --header-line=9
expect '--header-line beyond the end' 2 '' 'crm-import: (standard input):9: no header in the line that --header-line names\n'
input 'customer_id,name\n\na1,Ann\n,\n  ,\ncustomer_id,name\na2,Bob\n,,,,\n,,\n'
run crm-import
expect 'empty rows and repeated headers are not counted' 0 'customer_id\tname\na1\tAnn\na2\tBob\n' "$two"
input '\0357\0273\0277customer_id,name\na1,Ann\n\0357\0273\0277customer_id,name\na2,Bob\n\0357\0273\0277"customer_id","name"\n'
run crm-import -q
expect 'nor is a header that begins with a byte order mark' 0 'customer_id\tname\na1\tAnn\na2\tBob\n' ''
input 'customer_id,name\na1\na2,Bob,x\na3,Cy,,\n'
run crm-import
expect 'rows shorter or longer than the header' 1 'customer_id\tname\na3\tCy\n' \
	"crm-import: (standard input):2: 1 fields, not 2\ncrm-import: (standard input):3: 3 fields, not 2\n$(said 3 1 0 0 2)"
input ''
run crm-import
expect 'empty input' 2 '' 'crm-import: (standard input): empty: not even a header\n'
input 'customer_id,name\n'
run crm-import
expect 'header only' 0 'customer_id\tname\n' "$(said 0 0 0 0 0)"
input 'a1,Ann\n'
run crm-import --columns=customer_id,name
expect '--columns' 0 'customer_id\tname\na1\tAnn\n' "$one"
run crm-import --columns=customer_id,name --no-header -q
expect '--no-header, -q' 0 'a1\tAnn\n' ''
input 'customer_id,name\na1,\0357\0277\0275\n'
run crm-import
expect 'text that is lost is reported' 0 'customer_id\tname\na1\t\0357\0277\0275\n' \
	"crm-import: (standard input):2: text was already lost (U+FFFD) when the file was written: 1 row, this is the first\n$one"
input '??,customer_id\nx,a1\n'
run crm-import
expect 'a lost header is reported' 0 '??\tcustomer_id\nx\ta1\n' \
	"crm-import: (standard input):1: the header holds ??? or U+FFFD: its text was already lost when the file was written\n$one"
input 'customer_id,na\0357\0277\0275me\na1,Ann\n'
run crm-import -q
expect 'a header with lost text' 0 'customer_id\tna\0357\0277\0275me\na1\tAnn\n' \
	'crm-import: (standard input):1: the header holds ??? or U+FFFD: its text was already lost when the file was written\n'
input 'customer_id,identity,size\n9.78E+25,1,1\na2,3.70202E+17,2\na3,1.5E+3,6.9E+9\n'
run crm-import -q
expect 'numbers that a spreadsheet cut' 1 'customer_id\tidentity\tsize\na2\t3.70202E+17\t2\na3\t1.5E+3\t6.9E+9\n' \
	'crm-import: (standard input):2: customer_id: digits are lost: a spreadsheet cut them: "9.78E+25"\ncrm-import: (standard input):3: identity: digits are lost: a spreadsheet cut them; kept as it is: "3.70202E+17"\n'
input 'ticket_id,customer_id,kind,opened_at,serial\nt1,c,k,2026-01-05,6.9E+9\n'
run crm-import -q
expect 'a serial of any length' 0 'ticket_id\tcustomer_id\tkind\topened_at\tserial\nt1\tc\tk\t2026-01-05\t6.9E+9\n' \
	'crm-import: (standard input):2: serial: digits are lost: a spreadsheet cut them; kept as it is: "6.9E+9"\n'
input 'customer_id,name\ra1,"A\rB"\ra2,Bob'
run crm-import
expect 'line ends of the first Macintosh' 0 'customer_id\tname\na1\tA\\nB\na2\tBob\n' "$two"
input 'sep=;\r\ncustomer_id;name\r\na1;Ann\r\n'
run crm-import
expect 'the first line that Excel writes' 0 'customer_id\tname\na1\tAnn\n' "$(said 1 1 0 0 0 'utf-8, semicolon')"
{ printf 'customer_id,name\na1,Ann\n'; yes , | head -20000; } >in
run crm-import
expect 'thousands of empty rows at the end' 0 'customer_id\tname\na1\tAnn\n' "$one"
{ echo 'customer_id,name'; i=0; while [ $i -lt 30000 ]; do i=$((i + 1)); echo "b$i,Ann"; done; } >big
{ cat big; printf 'z,\326\320\n'; } >in
cat in | crm-import 2>.err >.out
true_that 'a pipe is read to its end before the guess' grep -q 'gb18030, comma' .err
true_that 'and nothing of it is lost' [ "$(wc -l <.out)" = 30002 ]
TMPDIR=$here/nowhere crm-import -q <big >.out 2>.err
true_that 'a file needs no temporary one' [ "$(wc -l <.out)" = 30001 ]
cat big | TMPDIR=$here/nowhere crm-import >.out 2>.err
true_that 'what a pipe brings goes to TMPDIR' grep -q 'nowhere: temporary file: No such file' .err
{ cat big; printf 'z,\377\n'; } >in
run crm-import
expect 'the offset of the first bad byte' 2 '' \
	"crm-import: (standard input): byte $(($(wc -c <big) + 2)): not valid utf-8; byte $(($(wc -c <big) + 2)): not valid gb18030 (0xff); -e ENCODING says what it is\n"
if command -v iconv >/dev/null 2>&1; then
	printf 'customer_id,name\na1,一一一\n' | iconv -f utf-8 -t UTF-16LE >in
	run crm-import
	expect 'UTF-16 with a character that ends in NUL' 0 'customer_id\tname\na1\t一一一\n' "$(said 1 1 0 0 0 'utf-16le, comma')"
fi
rm in
run crm-import nowhere.csv
expect 'a missing file' 2 '' 'crm-import: nowhere.csv: No such file or directory\n'

# Neither the size of the batches nor the number of threads matters.
{ echo 'customer_id,name,phone'; i=0; while [ $i -lt 300 ]; do i=$((i + 1)); echo "a$((i % 200)),\"A \"\"$i\"\",
b\",138$((10000000 + i))"; done; } >in
run crm-import
cp .out want
cp .err want_err
for size in 1 7 64 1000; do for jobs in 1 2 7; do
	CRM_CHUNK=$size crm-import -j$jobs <in >.out 2>.err
	true_that "batches of $size, $jobs threads" cmp .out want
	CRM_CHUNK=$size crm-import -j$jobs <in 2>&1 >/dev/null | cmp -s - want_err
	true_that "batches of $size, $jobs threads, messages" [ $? = 0 ]
done; done
finish
