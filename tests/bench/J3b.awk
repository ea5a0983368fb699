FNR == 1 { files++; next }
files == 1 { region[$1] = $5; next }
$4 == "survey" {
	name = region[$3]
	count[name] += $14 != ""
	sum[name] += $14
}
END {
	for (name in count)
		printf count[name] ? "%s\t%.6f\n" : "%s\t\n", name,
			count[name] ? sum[name] / count[name] : ""
}
