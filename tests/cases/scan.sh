. "$TESTS/lib.sh"
# Every way to look at many bytes at once that this processor has; the default
# runs with the other unit tests.
for kind in portable sse2 avx2 avx512 neon; do
	CRM_SCAN=$kind "$UNIT/scan" >.out 2>.err
	status=$?
	if [ $kind = portable ] || grep -q " $kind:" .out; then
		result $status "the scanner kind $kind"
		CRM_SCAN=$kind "$UNIT/text" >.out 2>.err
		result $? "text by $kind"
	fi
done
finish
