/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Content lines of iCalendar.
 */
#include "base/icalendar.h"

#include <string.h>

/* A line on its way. */
struct line {
    struct buf *out;
    size_t column; /* octets since the last line break */
};

/* Appends bytes that must stay together. */
static void put(struct line *line, const char *bytes, size_t size)
{
    if (line->column + size > ICALENDAR_LINE_MAX) {
        buf_append(line->out, "\r\n ", 3);
        line->column = 1;
    }
    buf_append(line->out, bytes, size);
    line->column += size;
}

static void put_ascii(struct line *line, const char *text)
{
    for (; *text != '\0'; text++)
        put(line, text, 1);
}

static void end(struct line *line)
{
    buf_append(line->out, "\r\n", 2);
}

void icalendar_line(struct buf *out, const char *text)
{
    struct line line = {.out = out};
    put_ascii(&line, text);
    end(&line);
}

static size_t character_size(const char *data, size_t size)
{
    size_t length = 1;
    while (length < size && ((unsigned char)data[length] & 0xC0) == 0x80)
        length++;
    return length;
}

/* What stands for an ASCII character in a text; NULL: itself. */
static const char *escape(const char *data, size_t left)
{
    unsigned char c = (unsigned char)data[0];
    switch (c) {
    case '\\':
        return "\\\\";
    case ';':
        return "\\;";
    case ',':
        return "\\,";
    case '\n':
        return "\\n";
    case '\r':
        return left > 1 && data[1] == '\n' ? "" : "\\n";
    default:
        return (c < 0x20 && c != '\t') || c == 0x7f ? "" : NULL;
    }
}

void icalendar_text(struct buf *out, const char *name, const char *data, size_t size)
{
    struct line line = {.out = out};
    put_ascii(&line, name);
    put(&line, ":", 1);
    for (size_t at = 0; at < size;) {
        size_t length = character_size(data + at, size - at);
        const char *escaped = escape(data + at, size - at);
        if (escaped == NULL)
            put(&line, data + at, length);
        else if (*escaped != '\0')
            put(&line, escaped, strlen(escaped));
        at += length;
    }
    end(&line);
}

/* "2026-01-05" and "2026-01-02T10:11:12.123Z" without what iCalendar's basic format leaves out. */
static void append_basic(struct buf *out, const char *name, const char *text)
{
    char line[ICALENDAR_LINE_MAX + 1];
    size_t size = strlen(name);
    if (size + INSTANT_TEXT_SIZE + 1 > sizeof(line))
        return;
    memcpy(line, name, size);
    line[size++] = ':';
    for (; *text != '\0' && *text != '.'; text++)
        if (*text != '-' && *text != ':')
            line[size++] = *text;
    if (*text == '.')
        line[size++] = 'Z';
    line[size] = '\0';
    icalendar_line(out, line);
}

void icalendar_date(struct buf *out, const char *name, date_t date)
{
    char text[DATE_TEXT_SIZE];
    date_format(date, text);
    append_basic(out, name, text);
}

void icalendar_instant(struct buf *out, const char *name, int64_t milliseconds)
{
    char text[INSTANT_TEXT_SIZE];
    instant_format(milliseconds, text);
    append_basic(out, name, text);
}
