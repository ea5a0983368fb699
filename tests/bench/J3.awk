NR > 1 { count[$4 "\t" $10]++ }
END { for (key in count) print key "\t" count[key] }
