# Without the encoding; a note is the only quoted field and has no comma.
BEGIN { split("31 28 31 30 31 30 31 31 30 31 30 31", length_of, " ") }
function wrong(t,    date, y, m, d) {
	if (t == "")
		return 0
	if (t !~ /^[0-9][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9] [0-2][0-9]:[0-5][0-9]:[0-5][0-9]$/)
		return 1
	date = substr(t, 1, 10)
	if (!(date in known)) {
		y = substr(t, 1, 4) + 0
		m = substr(t, 6, 2) + 0
		d = substr(t, 9, 2) + 0
		leap = m == 2 && y % 4 == 0 && (y % 100 != 0 || y % 400 == 0)
		known[date] = m >= 1 && m <= 12 && d >= 1 && d <= length_of[m] + leap
	}
	return !known[date] || substr(t, 12, 2) > 23
}
NR > 1 {
	read++
	bad += NF != 15 || wrong($7) || wrong($8) || wrong($9)
}
END { printf "%d\t%d\n", read, bad }
