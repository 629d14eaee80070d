/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * The rules of the gate, and the answers of those that it refuses. A request holds the lock while
 * it is decided, which takes about a microsecond; nothing of the rules is used after that.
 */
#include "http/gate.h"

#include <string.h>
#include <strings.h>

#include "access/api_keys.h"
#include "base/clock.h"
#include "http/problem.h"
#include "http/router.h"
#include "observe/metrics.h"

#define BEARER "Bearer"
#define REALM  "Bearer realm=\"todo-app\""

/* What a reload replaces. */
struct rules {
    struct api_keys keys;
    bool keys_on;
    bool allow_anonymous;
    bool metrics_open;
    struct rate_policy rate;
    struct network *trusted;
    size_t trusted_count;
};

struct http_gate {
    pthread_rwlock_t lock;
    struct rules rules;
    struct rate_limit *limit;
};

enum verdict {
    VERDICT_ADMITTED,
    VERDICT_LIMITED,
    VERDICT_NO_KEY,
    VERDICT_WRONG_KEY,
    VERDICT_WRONG_SCOPE,
    VERDICT_NOT_LOCAL,
};

/* --- The life of the rules -------------------------------------------------------------------- */

static void rules_close(struct rules *rules)
{
    api_keys_close(&rules->keys);
    free(rules->trusted);
    *rules = (struct rules){.keys_on = false};
}

static enum error_code read_trusted(struct rules *rules, const struct http_gate_options *options,
                                    struct error *ret_error)
{
    rules->trusted = calloc(options->trusted_count + 1, sizeof(rules->trusted[0]));
    if (rules->trusted == NULL)
        return error_set(ret_error, ERROR_MEMORY, NULL, "not enough memory");
    for (size_t i = 0; i < options->trusted_count; i++)
        if (!network_parse(options->trusted[i], strlen(options->trusted[i]), &rules->trusted[i]))
            return error_set(ret_error, ERROR_INVALID, NULL, "%s: is no network",
                             options->trusted[i]);
    rules->trusted_count = options->trusted_count;
    return ERROR_NONE;
}

static enum error_code rules_read(const struct http_gate_options *options, struct rules *ret_rules,
                                  struct error *ret_error)
{
    struct rules rules CLEANUP(rules_close) = {
        .keys_on = options->keys_file[0] != '\0',
        .allow_anonymous = options->allow_anonymous,
        .metrics_open = options->metrics_open,
        .rate = options->rate,
    };
    enum error_code code = read_trusted(&rules, options, ret_error);
    if (code == ERROR_NONE && rules.keys_on)
        code = api_keys_read(options->keys_file, &rules.keys, ret_error);
    if (code != ERROR_NONE)
        return code;
    *ret_rules = rules;
    rules = (struct rules){.keys_on = false};
    return ERROR_NONE;
}

enum error_code http_gate_open(const struct http_gate_options *options, struct http_gate **ret_gate,
                               struct error *ret_error)
{
    struct rules rules;
    enum error_code code = rules_read(options, &rules, ret_error);
    if (code != ERROR_NONE)
        return code;
    struct http_gate *gate = calloc(1, sizeof(*gate));
    struct rate_limit *limit = rate_limit_new();
    if (gate == NULL || limit == NULL) {
        rules_close(&rules);
        rate_limit_free(limit);
        free(gate);
        return error_set(ret_error, ERROR_MEMORY, NULL, "not enough memory");
    }
    pthread_rwlock_init(&gate->lock, NULL);
    gate->rules = rules;
    gate->limit = limit;
    *ret_gate = gate;
    return ERROR_NONE;
}

enum error_code http_gate_reload(struct http_gate *gate, const struct http_gate_options *options,
                                 struct error *ret_error)
{
    struct rules fresh;
    enum error_code code = rules_read(options, &fresh, ret_error);
    if (code != ERROR_NONE)
        return code;
    pthread_rwlock_wrlock(&gate->lock);
    struct rules old = gate->rules;
    gate->rules = fresh;
    pthread_rwlock_unlock(&gate->lock);
    rules_close(&old);
    return ERROR_NONE;
}

void http_gate_close(struct http_gate *gate)
{
    if (gate == NULL)
        return;
    rules_close(&gate->rules);
    rate_limit_free(gate->limit);
    pthread_rwlock_destroy(&gate->lock);
    free(gate);
}

/* --- Deciding --------------------------------------------------------------------------------- */

/* The token of "Bearer <token>" (RFC 6750 section 2.1); the scheme in any case. NULL: there is no
 * such credential. */
static const char *bearer_token(const char *authorization)
{
    size_t size = sizeof(BEARER) - 1;
    if (authorization == NULL || strncasecmp(authorization, BEARER, size) != 0 ||
        authorization[size] != ' ')
        return NULL;
    return authorization + size + strspn(authorization + size, " ");
}

static enum api_scope needed_scope(const struct http_route *route)
{
    if ((route->flags & HTTP_SCOPE_ADMIN) != 0)
        return API_SCOPE_ADMIN;
    bool reads = route->method == HTTP_GET || (route->flags & HTTP_SCOPE_READ) != 0;
    return reads ? API_SCOPE_READ : API_SCOPE_WRITE;
}

const char *http_gate_scope(const struct http_route *route)
{
    return (route->flags & HTTP_OPEN) != 0 ? NULL : api_scope_name(needed_scope(route));
}

/* Whether the call came to a loopback address, or without any network: over a Unix socket. */
static bool came_locally(const char *server_address)
{
    struct address address;
    if (server_address == NULL || server_address[0] == '\0' || server_address[0] == '/')
        return true;
    return address_parse(server_address, strlen(server_address), &address) &&
           address_is_loopback(&address);
}

static bool take_token(struct http_gate *gate, struct http_exchange *exchange,
                       const struct api_key *key)
{
    const struct rules *rules = &gate->rules;
    const struct http_request *request = &exchange->request;
    if (rules->rate.per_s == 0)
        return true;
    struct address client;
    if (key != NULL) {
        memcpy(client.bytes, key->hash, sizeof(client.bytes));
    } else {
        client = http_client_address(request->remote_address, request->forwarded_for,
                                     rules->trusted, rules->trusted_count);
        client = address_subscriber(&client);
    }
    exchange->caller.rate =
        rate_limit_take(gate->limit, &rules->rate, client.bytes, clock_monotonic());
    return !exchange->caller.rate.refused;
}

static enum verdict decide(struct http_gate *gate, struct http_exchange *exchange,
                           const struct http_route *route)
{
    const struct rules *rules = &gate->rules;
    const char *token = rules->keys_on ? bearer_token(exchange->request.authorization) : NULL;
    const struct api_key *key =
        token != NULL ? api_keys_find(&rules->keys, token, strlen(token)) : NULL;
    bool metrics = route != NULL && (route->flags & HTTP_OPEN_BY_OPTION) != 0;
    if (metrics && rules->metrics_open)
        return VERDICT_ADMITTED;
    if (key != NULL)
        memcpy(exchange->caller.actor, key->name, sizeof(key->name));
    if (!metrics && !take_token(gate, exchange, key))
        return VERDICT_LIMITED;
    if (route == NULL)
        return VERDICT_ADMITTED;
    if (!rules->keys_on) {
        bool allowed = rules->allow_anonymous || came_locally(exchange->request.server_address);
        return allowed ? VERDICT_ADMITTED : VERDICT_NOT_LOCAL;
    }
    if (key == NULL)
        return token == NULL ? VERDICT_NO_KEY : VERDICT_WRONG_KEY;
    return (key->scopes & needed_scope(route)) != 0 ? VERDICT_ADMITTED : VERDICT_WRONG_SCOPE;
}

/* --- Answering -------------------------------------------------------------------------------- */

static void answer_limited(struct http_exchange *exchange)
{
    unsigned seconds = exchange->caller.rate.retry_after_s;
    metric_add(METRIC_RATE_LIMITED, 1);
    problem_answer(exchange, PROBLEM_RATE_LIMITED,
                   "More requests than are allowed; the next one may come in %u s.", seconds);
}

static void answer_unauthorized(struct http_exchange *exchange, bool wrong)
{
    metric_add(METRIC_UNAUTHORIZED, 1);
    problem_answer(exchange, PROBLEM_UNAUTHORIZED,
                   wrong ? "The API key is not known, or was revoked."
                         : "This needs an API key, as Authorization: Bearer KEY.");
    http_response_header(&exchange->response, "WWW-Authenticate",
                         wrong ? REALM ", error=\"invalid_token\"" : REALM);
}

static void answer_wrong_scope(struct http_exchange *exchange, const struct http_route *route)
{
    const char *scope = api_scope_name(needed_scope(route));
    const char *detail = arena_printf(&exchange->arena, "The API key lacks the scope %s.", scope);
    const char *json = arena_printf(&exchange->arena, "\"%s\"", scope);
    metric_add(METRIC_UNAUTHORIZED, 1);
    if (json == NULL) {
        problem_answer_error(exchange, ERROR_MEMORY);
        return;
    }
    problem_answer_member(exchange, PROBLEM_FORBIDDEN, 0, detail, "missing_scope", json,
                          strlen(json));
    http_response_headerf(&exchange->response, "WWW-Authenticate",
                          REALM ", error=\"insufficient_scope\", scope=\"%s\"", scope);
}

static void answer_not_local(struct http_exchange *exchange)
{
    metric_add(METRIC_UNAUTHORIZED, 1);
    problem_answer(exchange, PROBLEM_FORBIDDEN,
                   "Without API keys this service answers calls to a loopback address only; "
                   "configure api_keys_file, or allow_anonymous.");
}

static void answer(struct http_exchange *exchange, const struct http_route *route,
                   enum verdict verdict)
{
    switch (verdict) {
    case VERDICT_ADMITTED:
        break;
    case VERDICT_LIMITED:
        answer_limited(exchange);
        break;
    case VERDICT_NO_KEY:
    case VERDICT_WRONG_KEY:
        answer_unauthorized(exchange, verdict == VERDICT_WRONG_KEY);
        break;
    case VERDICT_WRONG_SCOPE:
        answer_wrong_scope(exchange, route);
        break;
    case VERDICT_NOT_LOCAL:
        answer_not_local(exchange);
        break;
    }
}

bool http_gate_admit(struct http_gate *gate, struct http_exchange *exchange,
                     const struct http_route *route)
{
    if (gate == NULL || (route != NULL && (route->flags & HTTP_OPEN) != 0))
        return true;
    pthread_rwlock_rdlock(&gate->lock);
    enum verdict verdict = decide(gate, exchange, route);
    pthread_rwlock_unlock(&gate->lock);
    answer(exchange, route, verdict);
    return verdict == VERDICT_ADMITTED;
}

void http_gate_headers(struct http_exchange *exchange)
{
    const struct rate_state *rate = &exchange->caller.rate;
    if (rate->quota == 0)
        return;
    http_response_headerf(&exchange->response, "RateLimit-Policy", "\"default\";q=%u;w=%u",
                          rate->quota, rate->window_s);
    http_response_headerf(&exchange->response, "RateLimit", "\"default\";r=%u;t=%u",
                          rate->remaining, rate->reset_s);
}
