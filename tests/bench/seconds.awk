# Seconds of a time; the days of a date are worked out once.
function seconds(t,    date, y, m, era, d) {
	date = substr(t, 1, 10)
	if (!(date in days)) {
		y = substr(t, 1, 4) + 0
		m = substr(t, 6, 2) + 0
		d = substr(t, 9, 2) + 0
		if (m <= 2) {
			y--
			m += 12
		}
		days[date] = 365 * y + int(y / 4) - int(y / 100) + int(y / 400) + int((153 * (m - 3) + 2) / 5) + d
	}
	return days[date] * 86400 + substr(t, 12, 2) * 3600 + substr(t, 15, 2) * 60 + substr(t, 18, 2)
}
