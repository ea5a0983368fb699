#!/bin/sh
# Runs the fuzz targets that are named, $FUZZ_SECONDS each (30), and no more than
# $FUZZ_RUNS inputs (-1: any number). What was found worth keeping stays beside
# the program, and so does an input that fails, whose message is shown.
# $FUZZ_SEED (0: another one each time) repeats a run.
export LC_ALL=C TZ="${TEST_TZ:-America/New_York}"
export ASAN_OPTIONS=detect_leaks=0 UBSAN_OPTIONS=print_stacktrace=1
passed=0 failed=0
for target; do
	name=$(basename "$target")
	corpus=$target.corpus
	mkdir -p "$corpus"
	if "$target" -max_total_time="${FUZZ_SECONDS:-30}" -seed="${FUZZ_SEED:-0}" \
		-runs="${FUZZ_RUNS:--1}" \
		-max_len=4500 -timeout=10 -rss_limit_mb=2048 -use_value_profile=1 \
		-artifact_prefix="$target-" -print_final_stats=1 -verbosity=1 \
		"$corpus" >"$target.log" 2>&1; then
		passed=$((passed + 1))
		echo "ok $name: $(sed -n 's/^stat::number_of_executed_units: *//p' \
			"$target.log") inputs"
	else
		failed=$((failed + 1))
		echo "not ok $name: see $target.log"
		grep -v -e '^#[0-9]*	' -e '^INFO' -e NEW_FUNC -e '^stat::' \
			"$target.log" | tail -n 40 | sed 's/^/# /'
	fi
done
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
