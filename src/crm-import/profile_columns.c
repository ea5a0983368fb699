#include "profile.h"

#include <string.h>

/* Columns that crm(5) does not know and that say who or where somebody is; the
 * names that files have them under, as crm-import makes them. */
static const char *const numbers[] = {
	"id_number", "id_no", "id_card", "id_card_no", "identity_number",
	"national_id", "ssn", "soc_sec_id", "social_security_number",
	"passport", "passport_no", "tax_id", "tax_number", "tax_no",
	"vat_number", "vat_id", "credit_code",
	"\xe8\xba\xab\xe4\xbb\xbd\xe8\xaf\x81",
	"\xe8\xba\xab\xe4\xbb\xbd\xe8\xaf\x81\xe5\x8f\xb7",
	"\xe8\xba\xab\xe4\xbb\xbd\xe8\xaf\x81\xe5\x8f\xb7\xe7\xa0\x81",
	"\xe8\xaf\x81\xe4\xbb\xb6\xe5\x8f\xb7",
	"\xe8\xaf\x81\xe4\xbb\xb6\xe5\x8f\xb7\xe7\xa0\x81",
	"\xe6\x8a\xa4\xe7\x85\xa7\xe5\x8f\xb7",
	"\xe6\x8a\xa4\xe7\x85\xa7\xe5\x8f\xb7\xe7\xa0\x81",
	"\xe7\xbb\x9f\xe4\xb8\x80\xe7\xa4\xbe\xe4\xbc\x9a\xe4\xbf\xa1\xe7\x94\xa8\xe4\xbb\xa3\xe7\xa0\x81",
	"\xe7\xa4\xbe\xe4\xbc\x9a\xe4\xbf\xa1\xe7\x94\xa8\xe4\xbb\xa3\xe7\xa0\x81",
	"\xe4\xbf\xa1\xe7\x94\xa8\xe4\xbb\xa3\xe7\xa0\x81",
	"\xe7\xa8\x8e\xe5\x8f\xb7",
	"\xe7\xba\xb3\xe7\xa8\x8e\xe4\xba\xba\xe8\xaf\x86\xe5\x88\xab\xe5\x8f\xb7",
};

static const char *const addresses[] = {
	"address", "address_1", "address_2", "address1", "address2",
	"street", "street_number", "house_number",
};

static const char *const regions[] = {
	"region", "province", "state", "city", "suburb", "postcode",
	"postal_code", "zip", "zip_code", "\xe7\x9c\x81\xe4\xbb\xbd",
	"\xe7\x9c\x81", "\xe5\x9f\x8e\xe5\xb8\x82", "\xe5\xb8\x82",
	"\xe5\x8c\xba\xe5\x8e\xbf", "\xe5\x8c\xba",
	"\xe9\x82\xae\xe7\xbc\x96",
	"\xe9\x82\xae\xe6\x94\xbf\xe7\xbc\x96\xe7\xa0\x81",
};

static size_t
find(const struct slice *names, size_t n, const char *name)
{
	for (size_t i = 0; i < n; i++)
		if (slice_is(names[i], name))
			return i;
	return SIZE_MAX;
}

/* Those of the list that are there, SIZE_MAX behind them. */
static void
find_all(const struct slice *names, size_t n, const char *const *list,
	size_t count, size_t *found)
{
	size_t k = 0;

	for (size_t i = 0; i < PROFILE_PARTS; i++)
		found[i] = SIZE_MAX;
	for (size_t i = 0; i < count && k < PROFILE_PARTS; i++) {
		size_t at = find(names, n, list[i]);

		if (at != SIZE_MAX)
			found[k++] = at;
	}
}

void
profile_columns_find(struct profile_columns *c, const struct slice *names,
	size_t n)
{
	c->name = find(names, n, "name");
	c->phone = find(names, n, "phone");
	c->phone2 = find(names, n, "phone2");
	c->email = find(names, n, "email");
	c->birthday = find(names, n, "birthday");
	find_all(names, n, numbers, sizeof numbers / sizeof *numbers,
		c->numbers);
	find_all(names, n, addresses, sizeof addresses / sizeof *addresses,
		c->addresses);
	find_all(names, n, regions, sizeof regions / sizeof *regions,
		c->regions);
}

static int
compare_texts(struct similar_text a, struct similar_text b)
{
	for (size_t i = 0; i < a.n && i < b.n; i++)
		if (a.p[i] != b.p[i])
			return a.p[i] < b.p[i] ? -1 : 1;
	return (a.n > b.n) - (a.n < b.n);
}

static int
compare_codes(uint64_t a, uint64_t b)
{
	return (a > b) - (a < b);
}

int
profile_order(const struct profile *a, const struct profile *b)
{
	int d = compare_texts(a->chinese, b->chinese);

	if (d == 0)
		d = compare_texts(a->name, b->name);
	for (size_t i = 0; d == 0 && i < a->word_count && i < b->word_count; i++)
		d = compare_codes(a->words[i].code, b->words[i].code);
	if (d == 0)
		d = compare_codes(a->word_count, b->word_count);
	for (int i = 0; d == 0 && i < PROFILE_FIELDS; i++)
		d = compare_codes(a->codes[i], b->codes[i]);
	return d ? d : slice_compare(a->id, b->id);
}
