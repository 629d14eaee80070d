# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
#
# What a classic host needs beside the program: configuration, units, manuals, completion. Lists of
# keys are not written by hand: they follow from the program's own --help.

PACKAGING_EDIT = $(SED) -e 's,@bindir[@],$(bindir),g' -e 's,@sysconfdir[@],$(sysconfdir),g' \
	-e 's,@LIGHTTPD[@],$(LIGHTTPD),g' -e 's,@VERSION[@],$(VERSION),g'
HELP_AWK = $(srcdir)/packaging/help.awk

# For a cross build: the path of a todo-app that the building machine can run.
HELP_PROGRAM = ./todo-app$(EXEEXT)

packaging/help.txt: todo-app$(EXEEXT)
	$(AM_V_at)$(MKDIR_P) packaging
	$(AM_V_GEN)$(HELP_PROGRAM) --help >$@.new && mv $@.new $@

# --- Configuration -----------------------------------------------------------------------------

packaging/todo-app.yaml: packaging/help.txt $(HELP_AWK) $(srcdir)/packaging/todo-app.yaml.in
	$(AM_V_GEN){ cat $(srcdir)/packaging/todo-app.yaml.in && \
	  $(AWK) -f $(HELP_AWK) -v part=yaml packaging/help.txt; } >$@.new && mv $@.new $@

# The example, with this installation's folders; the access log goes to the journal.
packaging/proxy.conf: $(srcdir)/proxy/settings.conf.example Makefile
	$(AM_V_at)$(MKDIR_P) packaging
	$(AM_V_GEN){ echo '# Settings of lighttpd in front of todo-app. Each is explained in' && \
	  echo '# $(pkgdatadir)/proxy/lighttpd.conf.' && echo && \
	  $(SED) -n -e 's,/usr/share/todo-app,$(pkgdatadir),g' \
	    -e 's,^var.access_log = .*,var.access_log = "|exec systemd-cat -t todo-app-proxy",' \
	    -e '/^var\./,$$p' $(srcdir)/proxy/settings.conf.example; } >$@.new && mv $@.new $@

# --- Manuals -----------------------------------------------------------------------------------

# A part of the help takes the place of the line with its mark.
docs/man/todo-app.1: packaging/help.txt $(HELP_AWK) $(srcdir)/docs/man/todo-app.1.in
	$(AM_V_at)$(MKDIR_P) docs/man
	$(AM_V_at)$(AWK) -f $(HELP_AWK) -v part=commands packaging/help.txt >$@.commands
	$(AM_V_at)$(AWK) -f $(HELP_AWK) -v part=options packaging/help.txt >$@.options
	$(AM_V_GEN)$(PACKAGING_EDIT) -e '/^@COMMANDS[@]$$/{r $@.commands' -e 'd' -e '}' \
	  -e '/^@OPTIONS[@]$$/{r $@.options' -e 'd' -e '}' $(srcdir)/docs/man/todo-app.1.in >$@.new
	$(AM_V_at)rm -f $@.commands $@.options && mv $@.new $@

docs/man/todo-app.yaml.5: packaging/help.txt $(HELP_AWK) $(srcdir)/docs/man/todo-app.yaml.5.in
	$(AM_V_at)$(MKDIR_P) docs/man
	$(AM_V_at)$(AWK) -f $(HELP_AWK) -v part=keys packaging/help.txt >$@.keys
	$(AM_V_GEN)$(PACKAGING_EDIT) -e '/^@KEYS[@]$$/{r $@.keys' -e 'd' -e '}' \
	  $(srcdir)/docs/man/todo-app.yaml.5.in >$@.new
	$(AM_V_at)rm -f $@.keys && mv $@.new $@

man_MANS = docs/man/todo-app.1 docs/man/todo-app.yaml.5

# --- Units -------------------------------------------------------------------------------------

SYSTEMD_UNITS = packaging/systemd/todo-app.socket packaging/systemd/todo-app.service \
	packaging/systemd/todo-app-proxy.service packaging/systemd/todo-app-backup.service

$(SYSTEMD_UNITS): Makefile
	$(AM_V_at)$(MKDIR_P) packaging/systemd
	$(AM_V_GEN)$(PACKAGING_EDIT) $(srcdir)/$@.in >$@.new && mv $@.new $@
packaging/systemd/todo-app.socket: $(srcdir)/packaging/systemd/todo-app.socket.in
packaging/systemd/todo-app.service: $(srcdir)/packaging/systemd/todo-app.service.in
packaging/systemd/todo-app-proxy.service: $(srcdir)/packaging/systemd/todo-app-proxy.service.in
packaging/systemd/todo-app-backup.service: $(srcdir)/packaging/systemd/todo-app-backup.service.in

systemdsystemunit_DATA = $(SYSTEMD_UNITS)
dist_systemdsystemunit_DATA = packaging/systemd/todo-app-backup.timer
dist_fishcompletion_DATA = packaging/completion/todo-app.fish
dist_zshcompletion_DATA = packaging/completion/_todo-app

# --- Files whose installed name is another, and those that belong to the administrator -----------

INSTALLED_CONFIGURATION = $(DESTDIR)$(sysconfdir)/todo-app

# Never over a configuration that exists.
install-data-hook: packaging/todo-app.yaml packaging/proxy.conf
	$(MKDIR_P) "$(INSTALLED_CONFIGURATION)" "$(DESTDIR)$(sysusersdir)" \
	  "$(DESTDIR)$(tmpfilesdir)" "$(DESTDIR)$(bashcompletiondir)"
	for name in todo-app.yaml proxy.conf; do \
	  if [ -e "$(INSTALLED_CONFIGURATION)/$$name" ]; then \
	    echo "keeping $(INSTALLED_CONFIGURATION)/$$name"; \
	  else \
	    $(INSTALL_DATA) packaging/$$name "$(INSTALLED_CONFIGURATION)/$$name" || exit 1; \
	  fi; \
	done
	$(INSTALL_DATA) $(srcdir)/packaging/systemd/sysusers.conf \
	  "$(DESTDIR)$(sysusersdir)/todo-app.conf"
	$(INSTALL_DATA) $(srcdir)/packaging/systemd/tmpfiles.conf \
	  "$(DESTDIR)$(tmpfilesdir)/todo-app.conf"
	$(INSTALL_DATA) $(srcdir)/packaging/completion/todo-app.bash \
	  "$(DESTDIR)$(bashcompletiondir)/todo-app"

# Of the configuration, what was changed stays, since it is not ours. Of the folders, those go that are
# this package's alone.
uninstall-hook: packaging/todo-app.yaml packaging/proxy.conf
	for name in todo-app.yaml proxy.conf; do \
	  if cmp -s packaging/$$name "$(INSTALLED_CONFIGURATION)/$$name"; then \
	    rm -f "$(INSTALLED_CONFIGURATION)/$$name"; \
	  elif [ -e "$(INSTALLED_CONFIGURATION)/$$name" ]; then \
	    echo "keeping $(INSTALLED_CONFIGURATION)/$$name, which was changed"; \
	  fi; \
	done
	rm -f "$(DESTDIR)$(sysusersdir)/todo-app.conf" "$(DESTDIR)$(tmpfilesdir)/todo-app.conf" \
	  "$(DESTDIR)$(bashcompletiondir)/todo-app"
	for folder in "$(INSTALLED_CONFIGURATION)" "$(DESTDIR)$(pkgdatadir)"; do \
	  [ ! -d "$$folder" ] || find "$$folder" -depth -type d -empty -delete; \
	done

# --- Distribution --------------------------------------------------------------------------------

PACKAGING_GENERATED = packaging/help.txt packaging/todo-app.yaml packaging/proxy.conf \
	docs/man/todo-app.1 docs/man/todo-app.yaml.5 $(SYSTEMD_UNITS)
noinst_DATA = packaging/todo-app.yaml packaging/proxy.conf
CLEANFILES += $(PACKAGING_GENERATED)

.PHONY: deb
deb: dist
	$(srcdir)/scripts/build-deb.sh $(DEB_OPTIONS) $(PACKAGE)-$(VERSION).tar.xz deb

AM_DISTCHECK_CONFIGURE_FLAGS = --with-systemdsystemunitdir='$${prefix}/lib/systemd/system'

EXTRA_DIST += packaging/debian/changelog packaging/debian/control packaging/debian/copyright \
	packaging/debian/rules packaging/debian/source/format scripts/build-deb.sh \
	packaging/help.awk packaging/todo-app.yaml.in packaging/completion/todo-app.bash \
	packaging/systemd/sysusers.conf packaging/systemd/tmpfiles.conf \
	packaging/systemd/todo-app.socket.in packaging/systemd/todo-app.service.in \
	packaging/systemd/todo-app-proxy.service.in packaging/systemd/todo-app-backup.service.in \
	docs/man/todo-app.1.in docs/man/todo-app.yaml.5.in
