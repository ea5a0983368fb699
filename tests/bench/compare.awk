# Are two answers the same? Reads both files, line beside line (paste with a
# vertical tab between); numbers may differ by the rounding of the last of four
# decimals. Exit status 1 and the first difference if not.
BEGIN { FS = "\v" }
function near(a, b) {
	if (a == b)
		return 1
	if (a !~ /^-?[0-9.]+$/ || b !~ /^-?[0-9.]+$/)
		return 0
	return a - b < 0.000101 && b - a < 0.000101
}
{
	n = split($1, left, "\t")
	m = split($2, right, "\t")
	good = n == m
	for (i = 1; good && i <= n; i++)
		good = near(left[i], right[i])
	if (!good) {
		printf "line %d: %s | %s\n", NR, $1, $2
		exit 1
	}
}
