. "$TESTS/lib.sh"
# Every kind of the scanner that this processor has; the default runs with the
# other unit tests.
for kind in portable sse2 avx2 avx512 neon; do
	CRM_SCAN=$kind "$UNIT/scan" >.out 2>.err
	status=$?
	if [ $kind = portable ] || grep -q " $kind:" .out; then
		result $status "the scanner kind $kind"
	fi
done
finish
