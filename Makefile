# crm-tools: five filters on one library. GNU make, a C11 compiler, POSIX sh.
#
#   make            the programs, into bin/
#   make demo       sample data and the whole service loop on it
#   make check      the tests
#   make bench      the speed of it, against others where they are installed
#   make install    to PREFIX below DESTDIR; make uninstall
#   make ZLIB=0     without gzip input
#   make V=1        shows the commands
#   make fuzz       any bytes, FUZZ_SECONDS=30 for each target; needs clang
#   make asan, tsan, nozlib, check-chunks, lint, stat, dist

VERSION = 0.1.0
PREFIX = /usr/local
CC = cc
AR = ar
# Functions begin with a line of the cache: else the speed of a loop depends on what
# stands before it.
CFLAGS = -O2 -g -falign-functions=64
WARNINGS = -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wwrite-strings \
	-Wstrict-prototypes -Wmissing-prototypes -Wvla
CONFIG = default
V =
Q = $(if $(V),,@)
say = @$(if $(V),:,printf '  %s %s\n')
B = .build/$(CONFIG)
BIN = bin
LIB = lib/libcrm.a
ZLIB := $(shell printf '\043include <zlib.h>\nint main(void){return !zlibVersion();}\n' | \
	$(CC) -x c - -lz -o /dev/null 2>/dev/null && echo 1 || echo 0)

tools = crm-import crm-segment crm-followup crm-report crm-score
library = $(patsubst %.c,$(B)/%.o,$(wildcard lib/*.c))
units = $(patsubst tests/unit/%.c,$(B)/unit/%,$(wildcard tests/unit/*.c))
tables = $(wildcard src/*/*.tsv lib/*.tsv)
programs = $(tools:%=$(BIN)/%)
flags = -std=c11 -D_POSIX_C_SOURCE=200809L -D_DEFAULT_SOURCE -DVERSION='"$(VERSION)"' \
	-DZLIB=$(ZLIB) $(WARNINGS) -Ilib -I. -I$(B) -pthread
libs = -lm $(if $(filter 1,$(ZLIB)),-lz)

all: $(programs)

# Objects depend on how they were asked for, so that another ZLIB, compiler or
# option builds them anew.
stamp := $(B)/flags
$(shell mkdir -p $(B); echo '$(CC) $(CFLAGS) $(LDFLAGS) $(subst ','"'"',$(flags)) $(libs)' | \
	cmp -s - $(stamp) || echo '$(CC) $(CFLAGS) $(LDFLAGS) $(subst ','"'"',$(flags)) $(libs)' >$(stamp))

$(B)/%.o: %.c $(stamp)
	@mkdir -p $(@D)
	$(say) CC $<
	$(Q)$(CC) $(flags) $(CFLAGS) -MMD -MP -c -o $@ $<

# A built-in table NAME.tsv becomes "NAME.tsv.h" (path below $(B)): an array and
# its size, named after the file.
$(B)/%.tsv.h: %.tsv
	@mkdir -p $(@D)
	@{ echo "static const unsigned char $(subst -,_,$(basename $(notdir $<)))_tsv[] = {"; \
	od -An -v -tx1 $< | sed 's/ *\([0-9a-f][0-9a-f]\)/0x\1,/g'; \
	echo "};"; } >$@

$(LIB): $(library)
	$(say) AR $@
	@rm -f $@
	$(Q)$(AR) rc $@ $(library)

define program
$(1)_objects := $$(patsubst %.c,$$(B)/%.o,$$(wildcard src/$(1)/*.c))
$$($(1)_objects): | $$(tables:%=$$(B)/%.h)
$$(BIN)/$(1): $$($(1)_objects) $$(LIB)
	@mkdir -p $$(@D)
	$$(say) LD $$@
	$$(Q)$$(CC) $$(CFLAGS) $$(LDFLAGS) -pthread -o $$@ $$($(1)_objects) $$(LIB) $$(libs)
endef
$(foreach tool,$(tools),$(eval $(call program,$(tool))))
$(library): | $(tables:%=$(B)/%.h)

$(B)/unit/%: $(B)/tests/unit/%.o $(LIB)
	@mkdir -p $(@D)
	$(say) LD $@
	$(Q)$(CC) $(CFLAGS) $(LDFLAGS) -pthread -o $@ $< $(LIB) $(libs)

# The models of crm-score are tested apart from the tool.
models = $(filter-out %/main.o,$(crm-score_objects))

$(B)/unit/clv_%: $(B)/tests/unit/clv_%.o $(models) $(LIB)
	@mkdir -p $(@D)
	$(say) LD $@
	$(Q)$(CC) $(CFLAGS) $(LDFLAGS) -pthread -o $@ $< $(models) $(LIB) $(libs)

check: all $(units) $(B)/generate
	@BIN=$(BIN) UNIT=$(B)/unit GENERATE=$(B)/generate tests/run

# The same suite on other builds, each in a folder of its own.
build = CONFIG=$(1) BIN=.build/$(1)/bin LIB=.build/$(1)/libcrm.a
guard = -O1 -g -fno-omit-frame-pointer -fno-sanitize-recover=all -fsanitize=

asan:
	@ASAN_OPTIONS=exitcode=99:detect_leaks=0 UBSAN_OPTIONS=print_stacktrace=1 \
		$(MAKE) $(call build,asan) CFLAGS='$(guard)address,undefined' check

# A program that ends on a bad input joins no thread: that is no leak. Its memory
# map does not fit where the system scatters addresses widely.
tsan:
	@TSAN_OPTIONS=exitcode=99:report_thread_leaks=0 \
		$$(setarch -R true 2>/dev/null && echo setarch -R) \
		$(MAKE) $(call build,tsan) CFLAGS='$(guard)thread' check

nozlib:
	@$(MAKE) $(call build,nozlib) ZLIB=0 check

check-chunks: all $(units)
	@for size in 1 7 64; do echo "CRM_CHUNK=$$size:"; \
		CRM_CHUNK=$$size BIN=$(BIN) UNIT=$(B)/unit tests/run || exit; done

# Inputs by libFuzzer, for which clang is needed: one program for each target.
# A slice of nothing may be null, and null + 0 is null with every compiler.
null = -fno-sanitize=pointer-overflow
fuzzed = $(patsubst tests/fuzz/%.c,$(B)/fuzz/%,$(filter-out %/fuzz.c,$(wildcard tests/fuzz/*.c)))
importer = $(filter-out %/main.o,$(crm-import_objects))

fuzz:
	@if echo 'int LLVMFuzzerTestOneInput(void) { return 0; }' | \
		clang -x c - -fsanitize=fuzzer -o /dev/null 2>/dev/null; then \
		$(MAKE) $(call build,fuzz) CC=clang \
			CFLAGS='$(guard)fuzzer-no-link,address,undefined $(null)' fuzz-targets && \
		tests/fuzz/run.sh $(fuzzed:$(B)/%=.build/fuzz/%); \
	else echo 'no clang with libFuzzer here: left out'; \
		echo '0 passed, 0 failed, $(words $(fuzzed)) skipped'; fi

fuzz-targets: $(fuzzed)

$(B)/fuzz/%: $(B)/tests/fuzz/%.o $(B)/tests/fuzz/fuzz.o $(importer) $(LIB)
	@mkdir -p $(@D)
	$(say) LD $@
	$(Q)$(CC) $(CFLAGS) -fsanitize=fuzzer -pthread -o $@ $^ $(libs)

generator = $(patsubst %.c,$(B)/%.o,$(wildcard tests/data/*.c))

$(B)/generate: $(generator)
	$(say) LD $@
	$(Q)$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $(generator)

demo: all $(B)/generate
	@BIN=$(BIN) GENERATE=$(B)/generate tests/demo.sh

$(B)/measure: $(B)/tests/bench/measure.o
	$(say) LD $@
	$(Q)$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $<

bench: all $(B)/generate $(B)/measure
	@BIN=$(BIN) GENERATE=$(B)/generate tests/bench/run.sh

lint:
	@tests/lint.sh

stat:
	@tests/stat.sh

pages = $(wildcard man/*.[157] man/zh_CN/*.[157])

# man/crm.7 goes to man7/crm.7, man/zh_CN/crm.7 to zh_CN/man7/crm.7.
placed = $(foreach page,$(pages),$(patsubst ./%,%,$(dir $(page:man/%=%)))man$(subst .,,$(suffix $(page)))/$(notdir $(page)))

install: all
	mkdir -p '$(DESTDIR)$(PREFIX)/bin'
	for tool in $(tools); do \
		install -m 755 $(BIN)/$$tool '$(DESTDIR)$(PREFIX)/bin/' || exit; done
	set -- $(placed); for page in $(pages); do \
		install -D -m 644 $$page '$(DESTDIR)$(PREFIX)/share/man/'$$1 || exit; \
		shift; done

uninstall:
	for tool in $(tools); do rm -f '$(DESTDIR)$(PREFIX)/bin/'$$tool; done
	for page in $(placed); do rm -f '$(DESTDIR)$(PREFIX)/share/man/'$$page; done

# What git holds, as it was committed last.
dist:
	@mkdir -p .build
	git archive --prefix=crm-tools-$(VERSION)/ -o .build/crm-tools-$(VERSION).tar.gz HEAD

clean:
	rm -rf .build bin/crm-* lib/libcrm.a

.PHONY: all check clean asan tsan nozlib check-chunks demo bench lint stat \
	fuzz fuzz-targets install uninstall dist
.SECONDARY:

-include $(shell find $(B) -name '*.d' 2>/dev/null)
