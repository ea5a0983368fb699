/* mask: what of a person may be shown. */
#include "mask.h"

#include "tests/unit/tap.h"

static const struct {
	const char *column, *text, *masked;
} cases[] = {
	{"name", "王小明", "王**"},
	{"name", "李", "*"},
	{"name", "", ""},
	{"phone", "+8613812345678", "+86138****5678"},
	{"phone2", "1234567", "*******"},
	{"phone", "+8653288939999;ext=801", "+86532****9999;ext=***"},
	{"email", "wang@163.com", "w***@163.com"},
	{"email", "王@a.cn", "王***@a.cn"},
	{"email", "@a.cn", "***@a.cn"},
	{"email", "none", "***"},
	{"email", "", ""},
	{"address", "青岛市中山路1号", "青岛市***"},
	{"address", "青岛市", "***"},
	{"address", "", ""},
};

int
main(void)
{
	struct buf b = {0};
	size_t i;

	for (i = 0; i < sizeof cases / sizeof *cases; i++) {
		buf_clear(&b);
		tap_ok(mask_column(&b, slice_of(cases[i].column),
			slice_of(cases[i].text)) &&
			slice_is(buf_slice(&b), cases[i].masked),
			"%s: \"%s\"", cases[i].column, cases[i].text);
	}
	buf_clear(&b);
	tap_ok(!mask_column(&b, slice_of("region"), slice_of("x")) &&
		b.n == 0, "others stay");
	tap_ok(mask_is_personal(slice_of("phone2")) &&
		!mask_is_personal(slice_of("names")), "what is personal");
	buf_free(&b);
	return tap_done();
}
