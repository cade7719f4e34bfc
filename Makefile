# plaats: build, test, install. `make` builds; `make demo` shows it at work; `make test` tests it.
#
#   V=1          show whole commands        DEVELOPER=1  warnings are errors
#   PREFIX, DESTDIR, bindir, libdir, ...    where `make install` puts things
#   CPPFLAGS, CFLAGS, LDFLAGS, LDLIBS       are added after the flags below

# ---- What there is -------------------------------------------------------------------------

version_part = $(shell sed -n 's/^.define PLAATS_VERSION_$(1) *//p' include/plaats.h)
MAJOR       := $(call version_part,MAJOR)
VERSION     := $(MAJOR).$(call version_part,MINOR).$(call version_part,PATCH)

BUILD       ?= build
PREFIX      ?= /usr/local
bindir      ?= $(PREFIX)/bin
libdir      ?= $(PREFIX)/lib
includedir  ?= $(PREFIX)/include
INSTALL     ?= install
OBJCOPY     ?= objcopy
PKG_CONFIG  ?= pkg-config
JOBS        ?= $(shell nproc 2>/dev/null || echo 2)

# Every room of solver/ but cli makes the library; cli may use the public header only.
CLI_SOURCES    := $(wildcard solver/cli/*.c)
LIB_SOURCES    := $(filter-out $(CLI_SOURCES),$(wildcard solver/*/*.c solver/engine/*/*.c))
UNIT_SOURCES   := $(wildcard tests/unit/*/test_*.c)
ORACLE_TEST_SOURCES := $(wildcard tests/oracle/test_*.c)
ORACLE_SOURCES := $(filter-out $(ORACLE_TEST_SOURCES) %_main.c,$(wildcard tests/oracle/*.c))
ALL_SOURCES    := $(wildcard include/*.h solver/*/*.[ch] solver/engine/*/*.[ch] tests/*/*.[ch] \
                  tests/unit/*/*.[ch])

objects         = $(patsubst %.c,$(BUILD)/obj/%.o,$(1))
CLI_OBJECTS    := $(call objects,$(CLI_SOURCES))
LIB_OBJECTS    := $(call objects,$(LIB_SOURCES))
ORACLE_OBJECTS := $(call objects,$(ORACLE_SOURCES))
UNIT_TESTS     := $(patsubst tests/%.c,$(BUILD)/tests/%,$(UNIT_SOURCES))
ORACLE_TESTS   := $(patsubst tests/%.c,$(BUILD)/tests/%,$(ORACLE_TEST_SOURCES))
ORACLE         := $(patsubst tests/%_main.c,$(BUILD)/tests/%,$(wildcard tests/oracle/oracle_main.c))

PROGRAM := $(BUILD)/plaats
STATIC  := $(BUILD)/libplaats.a
SHARED  := $(BUILD)/libplaats.so.$(VERSION)
PC      := $(BUILD)/plaats.pc

# ---- Flags ---------------------------------------------------------------------------------

# pkg-config where it knows the library, a plain -l where it does not (Debian has no glpk.pc).
pc_cflags = $(shell $(PKG_CONFIG) --cflags $(1) 2>/dev/null)
pc_libs   = $(shell $(PKG_CONFIG) --libs $(1) 2>/dev/null || echo -l$(2))

# gcc's plain -Wshadow objects to a variable named like a type (site, unit), clang's does not.
SHADOW   := $(if $(findstring clang,$(shell $(CC) --version 2>/dev/null)),-Wshadow,-Wshadow=local)
WARNINGS := -Wall -Wextra -Wpedantic $(SHADOW) -Wconversion -Wno-sign-conversion \
            -Wstrict-prototypes -Wmissing-prototypes -Wpointer-arith -Wwrite-strings -Wvla
ifdef DEVELOPER
WARNINGS += -Werror
endif
# No contraction to fused multiply-add: the same digits on every machine.
OWN_CFLAGS := -std=gnu11 -O2 -g -ffp-contract=off -fvisibility=hidden -fPIC -pthread $(WARNINGS)
LIB_CFLAGS := $(call pc_cflags,libcjson) $(call pc_cflags,nettle) \
              $(call pc_cflags,icu-i18n)
LIB_LIBS   := -lglpk $(call pc_libs,libcjson,cjson) $(call pc_libs,nettle,nettle) \
              $(call pc_libs,icu-i18n,icui18n -licuuc) -lm
TEST_LIBS   = $(call pc_libs,cmocka,cmocka)

CLI_INCLUDES  := -Iinclude -Isolver/cli
LIB_INCLUDES  := -Isolver -Iinclude
TEST_INCLUDES := -Isolver -Iinclude -Itests

compile = $(CC) $(1) -MMD -MP $(OWN_CFLAGS) $(LIB_CFLAGS) $(CPPFLAGS) $(CFLAGS)
link    = $(CC) $(OWN_CFLAGS) $(CFLAGS) $(LDFLAGS)

# One short line for each command; the whole command with V=1.
say = $(if $(V),,@printf '  %-8s%s\n' '$(1)' '$@';)

# ---- Build ---------------------------------------------------------------------------------

.PHONY: all demo test asan lint bench install uninstall clean setup demo-run test-run test-programs \
        bench-run FORCE
.DELETE_ON_ERROR:
.SECONDARY:

all: $(PROGRAM) $(STATIC) $(SHARED) $(PC)

# Objects are made anew when the compiler or a flag changes.
FLAGS := $(CC) $(OWN_CFLAGS) $(LIB_CFLAGS) $(CPPFLAGS) $(CFLAGS) $(LDFLAGS)
$(BUILD)/flags: FORCE
	@mkdir -p $(BUILD)
	@printf '%s\n' '$(subst ','\'',$(FLAGS))' | cmp -s - $@ || \
	    { .ci/setup --check build && printf '%s\n' '$(subst ','\'',$(FLAGS))' >$@; }

export CC CPPFLAGS

$(BUILD)/obj/solver/cli/%.o: solver/cli/%.c $(BUILD)/flags
	@mkdir -p $(@D)
	$(call say,CC)$(call compile,$(CLI_INCLUDES)) -c $< -o $@

$(BUILD)/obj/solver/%.o: solver/%.c $(BUILD)/flags
	@mkdir -p $(@D)
	$(call say,CC)$(call compile,$(LIB_INCLUDES)) -c $< -o $@

$(BUILD)/obj/tests/%.o: tests/%.c $(BUILD)/flags
	@mkdir -p $(@D)
	$(call say,CC)$(call compile,$(TEST_INCLUDES)) -c $< -o $@

# The static library is one object in which everything but the public functions is local, so that
# our short internal names cannot clash with those of a program that links it.
$(STATIC): $(LIB_OBJECTS)
	$(call say,AR)$(CC) -r -nostdlib -o $(BUILD)/libplaats.o $(LIB_OBJECTS) && \
	    $(OBJCOPY) --wildcard --keep-global-symbol="plaats_*" $(BUILD)/libplaats.o && \
	    rm -f $@ && $(AR) rcs $@ $(BUILD)/libplaats.o

# What the libraries show is the public functions and nothing else.
$(BUILD)/exports: $(BUILD)/flags
	@echo '{ global: plaats_*; local: *; };' >$@

$(SHARED): $(LIB_OBJECTS) $(BUILD)/exports
	$(call say,LINK)$(link) -shared -Wl,-soname,libplaats.so.$(MAJOR) \
	    -Wl,--version-script,$(BUILD)/exports -o $@ $(LIB_OBJECTS) \
	    $(LIB_LIBS) $(LDLIBS)
	@ln -sf $(@F) $(BUILD)/libplaats.so.$(MAJOR) && ln -sf $(@F) $(BUILD)/libplaats.so

$(PROGRAM): $(CLI_OBJECTS) $(STATIC)
	$(call say,LINK)$(link) -o $@ $(CLI_OBJECTS) $(STATIC) $(LIB_LIBS) $(LDLIBS)

# Made anew each time: PREFIX may be given to `make install` alone.
$(PC): $(BUILD)/flags FORCE
	@printf '%s\n' 'prefix=$(PREFIX)' 'libdir=$(libdir)' 'includedir=$(includedir)' '' \
	    'Name: plaats' 'Description: placement in the reception of asylum seekers' \
	    'Version: $(VERSION)' 'Cflags: -I$${includedir}' 'Libs: -L$${libdir} -lplaats' \
	    'Libs.private: $(LIB_LIBS) -pthread' >$@.new && mv $@.new $@

# ---- Install -------------------------------------------------------------------------------

install: all
	$(INSTALL) -d $(DESTDIR)$(bindir) $(DESTDIR)$(libdir)/pkgconfig $(DESTDIR)$(includedir)
	$(INSTALL) -m 755 $(PROGRAM) $(DESTDIR)$(bindir)/plaats
	$(INSTALL) -m 644 $(STATIC) $(DESTDIR)$(libdir)/libplaats.a
	$(INSTALL) -m 755 $(SHARED) $(DESTDIR)$(libdir)/$(notdir $(SHARED))
	ln -sf $(notdir $(SHARED)) $(DESTDIR)$(libdir)/libplaats.so.$(MAJOR)
	ln -sf $(notdir $(SHARED)) $(DESTDIR)$(libdir)/libplaats.so
	$(INSTALL) -m 644 include/plaats.h $(DESTDIR)$(includedir)/plaats.h
	$(INSTALL) -m 644 $(PC) $(DESTDIR)$(libdir)/pkgconfig/plaats.pc

uninstall:
	rm -f $(DESTDIR)$(bindir)/plaats $(DESTDIR)$(libdir)/libplaats.a \
	    $(DESTDIR)$(libdir)/$(notdir $(SHARED)) $(DESTDIR)$(libdir)/libplaats.so.$(MAJOR) \
	    $(DESTDIR)$(libdir)/libplaats.so $(DESTDIR)$(includedir)/plaats.h \
	    $(DESTDIR)$(libdir)/pkgconfig/plaats.pc

clean:
	rm -rf $(BUILD)

# ---- Demo and tests ------------------------------------------------------------------------

# make runs once more after the set-up, since what pkg-config says may be different then.
again = +$(MAKE) --no-print-directory $(if $(filter -j%,$(MAKEFLAGS)),,-j$(JOBS))

demo:
	@.ci/setup build
	@$(again) demo-run
test:
	@.ci/setup build test
	@$(again) test-run

# Every test under the address and undefined-behaviour sanitizers, some five times as slow. Where
# ptrace is not allowed, leaks cannot be looked for: ASAN_OPTIONS=detect_leaks=0.
SANITIZE := -O1 -fsanitize=address,undefined -fno-sanitize-recover=undefined
asan:
	@.ci/setup build test
	$(again) test-run BUILD=$(BUILD)/asan CFLAGS='$(SANITIZE) $(CFLAGS)'

setup:
	@.ci/setup build test

DEMO := netherlands-2023-W06
demo-run: $(PROGRAM)
	$(PROGRAM) solve instances/$(DEMO).json --time-limit 20 -o $(BUILD)/$(DEMO).plan.json
	$(PROGRAM) check instances/$(DEMO).json $(BUILD)/$(DEMO).plan.json

$(BUILD)/tests/unit/%: $(BUILD)/obj/tests/unit/%.o $(LIB_OBJECTS)
	@mkdir -p $(@D)
	$(call say,LINK)$(link) -o $@ $^ $(TEST_LIBS) $(LIB_LIBS) $(LDLIBS)

# This one decides which of our allocations fail.
$(BUILD)/tests/unit/api/test_memory: private LDFLAGS += \
    -Wl,--wrap=malloc -Wl,--wrap=calloc -Wl,--wrap=realloc

# This one decides what time it is.
$(BUILD)/tests/unit/api/test_limits: private LDFLAGS += \
    -Wl,--wrap=clock_seconds -Wl,--wrap=run_spend

$(BUILD)/tests/oracle/test_%: $(BUILD)/obj/tests/oracle/test_%.o $(ORACLE_OBJECTS) $(LIB_OBJECTS)
	@mkdir -p $(@D)
	$(call say,LINK)$(link) -o $@ $^ $(TEST_LIBS) $(LIB_LIBS) $(LDLIBS)

$(BUILD)/tests/oracle/oracle: $(BUILD)/obj/tests/oracle/oracle_main.o $(ORACLE_OBJECTS)
	@mkdir -p $(@D)
	$(call say,LINK)$(link) -o $@ $^ $(LIB_LIBS) $(LDLIBS)

# `make test-programs` builds what `make test` runs; `tests/run.sh SUITE...` runs some of it.
test-programs: all $(UNIT_TESTS) $(ORACLE_TESTS) $(ORACLE)
test-run: test-programs
	@BUILD=$(BUILD) JOBS=$(JOBS) tests/run.sh $(UNIT_TESTS) $(ORACLE_TESTS) \
	    tests/lint/rooms.sh tests/cli/run.sh tests/cli/readme.sh tests/examples/run.sh

# `make bench BENCH="targets published"` measures these parts only; with LIMIT=10 each solve has 10
# seconds, with SEEDS=1 one seed of each instance is tried.
bench:
	@.ci/setup build bench
	@$(again) bench-run
bench-run: $(PROGRAM)
	@BUILD=$(BUILD) python3 -B tests/bench/run.py $(BENCH)

# objectIndex: cppcheck takes a pointer into an array for the address of one value.
lint:
	tests/lint/rooms.sh
	clang-format --dry-run -Werror $(ALL_SOURCES)
	printf '%s\n' $(LIB_SOURCES) $(CLI_SOURCES) | xargs -P $(JOBS) -n 4 sh -c \
	    'clang-tidy --quiet "$$@" -- -std=gnu11 $(LIB_INCLUDES) -Isolver/cli $(LIB_CFLAGS)' sh
	cppcheck --quiet --std=c11 --enable=warning,performance,portability --inline-suppr \
	    --suppress=objectIndex --error-exitcode=1 $(LIB_INCLUDES) -Isolver/cli solver

-include $(patsubst %.o,%.d,$(LIB_OBJECTS) $(CLI_OBJECTS) $(ORACLE_OBJECTS) \
    $(call objects,$(UNIT_SOURCES) $(ORACLE_TEST_SOURCES) tests/oracle/oracle_main.c))
