/* Eight bytes in a word. */
#include "scan_kind.h"
#include "word.h"

#define EACH(byte) (UINT64_C(0x0101010101010101) * (unsigned char)(byte))

/* The high bit of every byte of word that equals the one repeated in each. */
static inline uint64_t
equal_bytes(uint64_t word, uint64_t each)
{
	const uint64_t low = EACH(0x7F);
	uint64_t t = word ^ each;

	return ~(((t & low) + low) | t | low);
}

/* The eight high bits, side by side: Hacker's Delight, gathering by product. */
static inline uint64_t
gather(uint64_t high_bits)
{
	return ((high_bits >> 7) * UINT64_C(0x0102040810204080)) >> 56;
}

static void
masks_portable(const char *p, size_t blocks, struct scan_masks *m)
{
	uint64_t nul = 0, backslash = 0;

	for (size_t b = 0; b < blocks; b++) {
		uint64_t separators = 0, lines = 0;

		for (unsigned i = 0; i < SCAN_BLOCK; i += 8, p += 8) {
			uint64_t word = word_load(p);
			uint64_t lf = equal_bytes(word, EACH('\n'));
			uint64_t tab = equal_bytes(word, EACH('\t'));

			separators |= gather(lf | tab) << i;
			lines |= gather(lf) << i;
			nul |= equal_bytes(word, 0);
			backslash |= equal_bytes(word, EACH('\\'));
		}
		m->separators[b] = separators;
		m->lines[b] = lines;
	}
	m->nul |= nul != 0;
	m->backslash |= backslash != 0;
}

/* The high bit of every byte of word that is below 32. */
static inline uint64_t
low_bytes(uint64_t word)
{
	return ~((((word & EACH(0x7F)) + EACH(0x60)) | word)) & EACH(0x80);
}

static void
marks_portable(const char *p, size_t blocks, const char *three,
	struct scan_masks *m)
{
	uint64_t nul = 0, slashes = 0;

	for (size_t k = 0; k < blocks; k++) {
		uint64_t marks = 0, lf = 0, cr = 0, low = 0, slash = 0;

		for (unsigned i = 0; i < SCAN_BLOCK; i += 8, p += 8) {
			uint64_t word = word_load(p);

			marks |= gather(equal_bytes(word, EACH(three[0])) |
				equal_bytes(word, EACH(three[1])) |
				equal_bytes(word, EACH(three[2]))) << i;
			lf |= gather(equal_bytes(word, EACH('\n'))) << i;
			cr |= gather(equal_bytes(word, EACH('\r'))) << i;
			low |= gather(low_bytes(word)) << i;
			nul |= equal_bytes(word, 0);
			slash |= gather(equal_bytes(word, EACH('\\'))) << i;
		}
		m->separators[k] = marks;
		m->lines[k] = 0;
		m->odd[k] = slash | (low & ~lf & ~cr) | scan_lone_cr(m, cr, lf);
		slashes |= slash;
	}
	m->nul |= nul != 0;
	m->backslash |= slashes != 0;
}

void
scan_flatten(struct scan *s, const struct scan_masks *m, size_t blocks,
	uint32_t base, size_t *count)
{
	scan_flatten_inline(s, m, blocks, base, count);
}

const struct scan_way scan_portable = {"portable", masks_portable,
	marks_portable, scan_flatten};
