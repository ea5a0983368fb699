# A file is cut into pieces where a row seems to end. Whatever is in it, and
# wherever it is cut, what comes of it is the same as of the whole.
. "$TESTS/lib.sh"

dirty() { # SEED
	awk -v seed="$1" 'BEGIN {
		srand(seed)
		n = split("a|,|\"|\"\"|\n|\r\n| |\"x,y\"|\"p\nq\"|\"r\r\n,s\"|\\|客户|\"a \"\" b\"|=\"01\"|\t|b\"c|,,|\",\"|2026-01-05", bits, "|")
		printf "customer_id,name,phone,note,created_at\n"
		for (row = 1; row <= 150; row++) {
			printf "C%d,", row
			m = int(rand() * 12)
			if (rand() < 0.5)
				printf "name %d,1380000%04d,\"note\n%d\",2026-01-%02d 10:00:00", row, row, row, row % 28 + 1
			else
				for (i = 0; i < m; i++)
					printf "%s", bits[1 + int(rand() * n)]
			printf "%s", rand() < 0.5 ? "\n" : "\r\n"
		}
		if (rand() < 0.5)
			printf "C999,the end"
		if (rand() < 0.3)
			printf ",\"never closed\nto the end"
	}'
}

import() { # NAME: status, records, messages and rejects go to NAME.*
	status=0
	crm-import -k customers -j "$jobs" --max-messages=9999 --rejects="$1.rejects" dirty.csv >"$1.out" 2>"$1.err" || status=$?
	echo "$status" >"$1.status"
}

for seed in 1 2 3 4 5 6 7 8; do
	dirty "$seed" >dirty.csv
	jobs=1
	unset CRM_CHUNK
	import want
	good=yes
	for CRM_CHUNK in 1 2 3 5 17 64 100 333 1000 3000; do
		export CRM_CHUNK
		for jobs in 1 2 5; do
			import got
			for kind in out err rejects status; do
				cmp -s want.$kind got.$kind || good="no: $kind differs, $CRM_CHUNK bytes, -j $jobs"
			done
		done
	done
	test "$good" = yes
	result $? "dirty file $seed: $good"
	test "$(wc -l <want.out)" -gt 20 && test "$(wc -l <want.rejects)" -gt 5
	result $? "dirty file $seed has good and bad rows"
done
finish
