/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * The exporter's HTTP client over libcurl. Its multi interface alone can be woken from another
 * thread, which a stop needs.
 */
#include "config.h"

#include <curl/curl.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "observe/otlp_client.h"

#define NANOSECONDS_PER_MS UINT64_C(1000000)
#define CONNECT_TIMEOUT_MS 5000L
#define LINE_SIZE_MAX      8192

struct otlp_client {
    CURLM *multi;
    CURL *easy;
    struct curl_slist *headers;
    char problem[CURL_ERROR_SIZE];
};

bool otlp_client_available(void)
{
    return true;
}

/* --- Header fields ---------------------------------------------------------------------------- */

static bool append_header(struct curl_slist **headers, const char *line)
{
    struct curl_slist *longer = curl_slist_append(*headers, line);
    if (longer == NULL)
        return false;
    *headers = longer;
    return true;
}

/* `Name: value`; libcurl would take a line without a value for the wish to leave the field out. */
static bool is_header(const char *line)
{
    size_t name = strspn(line, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
                               "!#$%&'*+-.^_`|~");
    if (name == 0 || line[name] != ':')
        return false;
    const char *value = line + name + 1 + strspn(line + name + 1, " \t");
    for (const unsigned char *c = (const unsigned char *)value; *c != '\0'; c++)
        if ((*c < 0x20 && *c != '\t') || *c == 0x7f)
            return false;
    return *value != '\0';
}

/* The text of the line is never shown: it is a secret. */
static enum error_code bad_line(const char *path, unsigned number, struct error *ret_error)
{
    return error_set(ret_error, ERROR_INVALID, "trace_headers_file",
                     "%s:%u: expected one header field a line, Name: value, %d at most", path,
                     number, OTLP_HEADERS_MAX);
}

static void close_file(FILE **file)
{
    if (*file != NULL)
        fclose(*file);
}

static enum error_code read_headers(struct otlp_client *client, const char *path,
                                    struct error *ret_error)
{
    FILE *file CLEANUP(close_file) = fopen(path, "re");
    char line[LINE_SIZE_MAX];
    unsigned count = 0;
    if (file == NULL)
        return error_set(ret_error, ERROR_INVALID, "trace_headers_file", "%s cannot be read: %s",
                         path, strerror(errno));
    for (unsigned number = 1; fgets(line, sizeof(line), file) != NULL; number++) {
        size_t size = strcspn(line, "\r\n");
        bool whole = line[size] != '\0' || feof(file);
        line[size] = '\0';
        if (whole && (size == 0 || line[0] == '#'))
            continue;
        if (!whole || !is_header(line) || ++count > OTLP_HEADERS_MAX)
            return bad_line(path, number, ret_error);
        if (!append_header(&client->headers, line))
            return error_set(ret_error, ERROR_MEMORY, NULL, "out of memory");
    }
    return ferror(file) ? error_set(ret_error, ERROR_INVALID, "trace_headers_file",
                                    "%s cannot be read: %s", path, strerror(errno))
                        : ERROR_NONE;
}

/* --- Life ------------------------------------------------------------------------------------- */

static size_t take_body(char *data, size_t one, size_t size, void *context)
{
    struct otlp_reply *reply = context;
    if (one * size <= OTLP_REPLY_SIZE_MAX - reply->body.size)
        buf_append(&reply->body, data, one * size);
    return one * size;
}

static bool set_protocols(CURL *easy)
{
#if LIBCURL_VERSION_NUM >= 0x075500
    return curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https") == CURLE_OK;
#else
    return curl_easy_setopt(easy, CURLOPT_PROTOCOLS, CURLPROTO_HTTP | CURLPROTO_HTTPS) == CURLE_OK;
#endif
}

static bool set_options(struct otlp_client *client, const char *url)
{
    CURL *easy = client->easy;
    bool set =
        set_protocols(easy) && curl_easy_setopt(easy, CURLOPT_URL, url) == CURLE_OK &&
        curl_easy_setopt(easy, CURLOPT_HTTPHEADER, client->headers) == CURLE_OK &&
        curl_easy_setopt(easy, CURLOPT_USERAGENT, PACKAGE_NAME "/" PACKAGE_VERSION) == CURLE_OK &&
        curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, client->problem) == CURLE_OK &&
        curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, take_body) == CURLE_OK &&
        curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, CONNECT_TIMEOUT_MS) == CURLE_OK &&
        curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L) == CURLE_OK &&
        curl_easy_setopt(easy, CURLOPT_POST, 1L) == CURLE_OK;
#if LIBCURL_VERSION_NUM >= 0x075700
    /* A stop does not wait for a name server. */
    curl_easy_setopt(easy, CURLOPT_QUICK_EXIT, 1L);
#endif
    return set;
}

static enum error_code check_url(const char *url, struct error *ret_error)
{
    CURLU *parsed = curl_url();
    char *scheme = NULL;
    if (parsed == NULL)
        return error_set(ret_error, ERROR_MEMORY, NULL, "out of memory");
    bool good = curl_url_set(parsed, CURLUPART_URL, url, CURLU_NON_SUPPORT_SCHEME) == CURLUE_OK &&
                curl_url_get(parsed, CURLUPART_SCHEME, &scheme, 0) == CURLUE_OK &&
                (strcmp(scheme, "http") == 0 || strcmp(scheme, "https") == 0);
    curl_free(scheme);
    curl_url_cleanup(parsed);
    return good ? ERROR_NONE
                : error_set(ret_error, ERROR_INVALID, "trace_endpoint",
                            "trace_endpoint must be the address of an OTLP receiver, such as "
                            "http://localhost:4318/v1/traces");
}

static enum error_code fill_client(struct otlp_client *client, const char *url,
                                   const char *headers_file, struct error *ret_error)
{
    enum error_code code = check_url(url, ret_error);
    if (code == ERROR_NONE && headers_file != NULL && headers_file[0] != '\0')
        code = read_headers(client, headers_file, ret_error);
    if (code != ERROR_NONE)
        return code;
    client->multi = curl_multi_init();
    client->easy = curl_easy_init();
    /* No Expect: a receiver that does not know it would cost a second a batch. */
    if (client->multi != NULL && client->easy != NULL &&
        append_header(&client->headers, "Content-Type: application/json") &&
        append_header(&client->headers, "Expect:") && set_options(client, url))
        return ERROR_NONE;
    return error_set(ret_error, ERROR_MEMORY, NULL, "out of memory");
}

enum error_code otlp_client_new(const char *url, const char *headers_file,
                                struct otlp_client **ret_client, struct error *ret_error)
{
    if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK)
        return error_set(ret_error, ERROR_MEMORY, NULL, "libcurl could not be initialised");
    struct otlp_client *client = calloc(1, sizeof(*client));
    if (client == NULL) {
        curl_global_cleanup();
        return error_set(ret_error, ERROR_MEMORY, NULL, "out of memory");
    }
    enum error_code code = fill_client(client, url, headers_file, ret_error);
    if (code == ERROR_NONE)
        *ret_client = client;
    else
        otlp_client_free(client);
    return code;
}

void otlp_client_free(struct otlp_client *client)
{
    if (client == NULL)
        return;
    curl_easy_cleanup(client->easy);
    curl_multi_cleanup(client->multi);
    curl_slist_free_all(client->headers);
    free(client);
    curl_global_cleanup();
}

/* --- One request ------------------------------------------------------------------------------ */

/* Milliseconds until the earlier of both; 0: it is over. */
static int time_left(uint64_t deadline, const _Atomic uint64_t *give_up_at)
{
    uint64_t earlier = atomic_load(give_up_at);
    uint64_t now = clock_monotonic();
    if (earlier < deadline)
        deadline = earlier;
    return deadline <= now ? 0 : (int)((deadline - now) / NANOSECONDS_PER_MS) + 1;
}

/* CURLE_OPERATION_TIMEDOUT when the time is over. */
static CURLcode transfer(struct otlp_client *client, const _Atomic uint64_t *give_up_at)
{
    uint64_t deadline = clock_monotonic() + OTLP_TIMEOUT_MS * NANOSECONDS_PER_MS;
    int running = 1;
    int messages;
    for (;;) {
        if (curl_multi_perform(client->multi, &running) != CURLM_OK)
            return CURLE_FAILED_INIT;
        if (running == 0)
            break;
        int left = time_left(deadline, give_up_at);
        if (left == 0)
            return CURLE_OPERATION_TIMEDOUT;
        curl_multi_poll(client->multi, NULL, 0, left, NULL);
    }
    const CURLMsg *message = curl_multi_info_read(client->multi, &messages);
    return message != NULL ? message->data.result : CURLE_FAILED_INIT;
}

static void read_reply(struct otlp_client *client, CURLcode result, struct otlp_reply *reply)
{
    long status = 0;
    curl_off_t retry_after = 0;
    if (result != CURLE_OK) {
        const char *why = client->problem[0] != '\0' ? client->problem : curl_easy_strerror(result);
        snprintf(reply->detail, sizeof(reply->detail), "%s", why);
        return;
    }
    curl_easy_getinfo(client->easy, CURLINFO_RESPONSE_CODE, &status);
    curl_easy_getinfo(client->easy, CURLINFO_RETRY_AFTER, &retry_after);
    reply->status = (int)status;
    reply->retry_after_s = retry_after > UINT16_MAX ? UINT16_MAX : (unsigned)retry_after;
}

void otlp_client_post(struct otlp_client *client, const struct buf *body,
                      const _Atomic uint64_t *give_up_at, struct otlp_reply *ret_reply)
{
    CURL *easy = client->easy;
    *ret_reply = (struct otlp_reply){.status = 0};
    client->problem[0] = '\0';
    curl_easy_setopt(easy, CURLOPT_WRITEDATA, ret_reply);
    curl_easy_setopt(easy, CURLOPT_POSTFIELDS, body->data);
    curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)body->size);
    CURLcode result = CURLE_OUT_OF_MEMORY;
    if (curl_multi_add_handle(client->multi, easy) == CURLM_OK) {
        result = transfer(client, give_up_at);
        curl_multi_remove_handle(client->multi, easy);
    }
    read_reply(client, result, ret_reply);
}

void otlp_client_wake(struct otlp_client *client)
{
    curl_multi_wakeup(client->multi);
}
