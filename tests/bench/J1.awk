NR > 1 && ($4 == "order" || $4 == "sale" || $4 == "return") && $10 != "cancelled" {
	if ($4 == "return") {
		spend[$3] -= $13
	} else {
		orders[$3]++
		spend[$3] += $13
		if ($7 > last[$3])
			last[$3] = $7
	}
}
END {
	for (customer in orders)
		printf "%s\t%d\t%.2f\t%s\n", customer, orders[customer], spend[customer], last[customer]
}
