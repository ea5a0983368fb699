NR > 1 {
	count[$12] += $9 != ""
	if ($9 != "")
		sum[$12] += seconds($9) - seconds($7)
}
END {
	for (station in count)
		printf count[station] ? "%s\t%.6f\n" : "%s\t\n", station,
			count[station] ? sum[station] / count[station] / 3600 : ""
}
