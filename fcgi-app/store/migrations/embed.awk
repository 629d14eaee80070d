# Copyright (c) 2026 The Todo App authors
# SPDX-License-Identifier: MIT
#
# Turns the migration files named as arguments, in order, into the table of store/sqlite/migrate.h.

function fail(message) {
    print "embed.awk: " message >"/dev/stderr"
    failed = 1
    exit 1
}

BEGIN {
    print "/* Generated from the files of store/migrations; do not edit. */"
    print "#include \"store/sqlite/migrate.h\"\n"
    print "const struct migration store_migrations[] = {"
    for (i = 1; i < ARGC; i++) {
        file = ARGV[i]
        name = file
        sub(/^.*\//, "", name)
        sub(/\.sql$/, "", name)
        if (substr(name, 1, 5) != sprintf("%04d-", i))
            fail(file ": expected the number " sprintf("%04d", i))
        printf "    {.name = \"%s\",\n     .sql =", name
        while ((status = (getline line <file)) > 0) {
            gsub(/["\\]/, "\\\\&", line)
            printf "\n         \"%s\\n\"", line
        }
        if (status < 0)
            fail(file ": cannot be read")
        close(file)
        print "},"
    }
    print "    {.name = NULL, .sql = NULL},\n};"
    exit failed
}
