/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * bench-seed DATABASE N: fills a new database with N varied tasks, always the same for the same N
 * and day: words of Zipf's frequencies, due dates around today, subtasks, dependencies, recurring
 * and archived tasks, notes. Through the store's own functions, so that indexes, tallies, counters,
 * search index and journal are what the service would have made.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "store/rows.h"
#include "store/sqlite/text_index.h"

#define BATCH       20000
#define WORDS       5000
#define POOL        65536 /* words drawn once; texts are runs of it */
#define MERGE_PAGES 20000
#define MS_PER_TASK 30000

struct seed {
    uint64_t chance;
    char words[WORDS][16];
    const char *pool[POOL];
    int64_t first; /* of the batch */
    int64_t last;
    int64_t count;
    int64_t last_root;
    int64_t now;
    date_t today;
};

static uint32_t below(struct seed *seed, uint32_t limit)
{
    seed->chance = seed->chance * 6364136223846793005ULL + 1442695040888963407ULL;
    return (uint32_t)((seed->chance >> 33) % limit);
}

static bool percent(struct seed *seed, uint32_t percent)
{
    return below(seed, 100) < percent;
}

/* --- Words -------------------------------------------------------------------------------------
 */

static void make_word(struct seed *seed, char *word)
{
    static const char *const syllables[] = {"ba",  "con", "de",  "fi",  "gra", "hol", "in", "jo",
                                            "ka",  "li",  "mor", "ne",  "ol",  "par", "qu", "re",
                                            "sto", "ta",  "un",  "ver", "wi",  "xe",  "yo", "zu"};
    uint32_t count = 2 + below(seed, 3);
    word[0] = '\0';
    for (uint32_t i = 0; i < count; i++)
        strcat(word, syllables[below(seed, ARRAY_SIZE(syllables))]);
}

/* The word of rank r is drawn in proportion to 1 / r. */
static void make_pool(struct seed *seed)
{
    double sums[WORDS], sum = 0;
    for (int i = 0; i < WORDS; i++) {
        make_word(seed, seed->words[i]);
        sums[i] = sum += 1.0 / (i + 1);
    }
    for (int i = 0; i < POOL; i++) {
        double drawn = sum * below(seed, 1U << 30) / (1U << 30);
        int low = 0, high = WORDS - 1;
        while (low < high) {
            int middle = (low + high) / 2;
            if (sums[middle] < drawn)
                low = middle + 1;
            else
                high = middle;
        }
        seed->pool[i] = seed->words[low];
    }
}

static struct text make_text(struct seed *seed, char *out, size_t size, uint32_t count)
{
    uint32_t start = below(seed, POOL - count);
    size_t used = 0;
    for (uint32_t i = 0; i < count; i++)
        used += (size_t)snprintf(out + used, size - used, "%s%s", i > 0 ? " " : "",
                                 seed->pool[start + i]);
    if (out[0] >= 'a' && out[0] <= 'z')
        out[0] = (char)(out[0] - 'a' + 'A');
    return (struct text){out, used};
}

/* --- Tasks -------------------------------------------------------------------------------------
 */

static date_t make_due_date(struct seed *seed)
{
    if (percent(seed, 40))
        return DATE_NONE;
    /* The sum of three is bell-shaped: most dates are near today. */
    return seed->today - 150 + (date_t)(below(seed, 101) + below(seed, 101) + below(seed, 101));
}

static void make_state(struct seed *seed, struct task *task)
{
    task->completed = percent(seed, 45);
    task->archived = task->completed && percent(seed, 25);
    task->completed_at = task->completed ? task->updated_at : INSTANT_NONE;
}

static void make_relations(struct seed *seed, int64_t id, struct task *task, int64_t *depends_on)
{
    if (id > 10 && percent(seed, 15))
        task->parent_id = seed->last_root;
    else
        seed->last_root = percent(seed, 50) ? id : seed->last_root;
    if (id > 10 && percent(seed, 5)) {
        depends_on[0] = 1 + below(seed, (uint32_t)(id - 1));
        task->depends_on = (struct id_list){depends_on, 1};
    }
    if (task->due_date != DATE_NONE && percent(seed, 5))
        task->recurring = (struct recurrence){(enum recurrence_type)(1 + below(seed, 3)),
                                              1 + (int)below(seed, 3), task->due_date, 0};
}

static enum error_code insert(struct seed *seed, struct store_tx *tx, int64_t id)
{
    char description[256], notes[1024];
    int64_t depends_on[1];
    struct task task;
    task_init(&task);
    task.description = make_text(seed, description, sizeof(description), 2 + below(seed, 5));
    task.notes = (struct text){"", 0};
    if (percent(seed, 30))
        task.notes = make_text(seed, notes, sizeof(notes), 5 + below(seed, 30));
    task.priority = (enum task_priority)(percent(seed, 50) ? 2 : percent(seed, 40) ? 1 : 3);
    task.category = (enum task_category)(1 + below(seed, 4));
    task.due_date = make_due_date(seed);
    task.created_at = seed->now - (seed->count - id) * MS_PER_TASK;
    task.updated_at = task.created_at + below(seed, 1000000000);
    make_state(seed, &task);
    make_relations(seed, id, &task, depends_on);
    struct change change = {.at = seed->now, .action = CHANGE_CREATE, .summary = "Seeded"};
    enum error_code code = store_change_begin(tx, &change);
    if (code == ERROR_NONE)
        code = store_task_insert(tx, &task);
    return code == ERROR_NONE ? store_change_end(tx) : code;
}

static bool run_batch(struct store_tx *tx, void *arg)
{
    struct seed *seed = arg;
    for (int64_t id = seed->first; id <= seed->last; id++) {
        enum error_code code = insert(seed, tx, id);
        if (code != ERROR_NONE) {
            fprintf(stderr, "bench-seed: task %lld: %s\n", (long long)id, error_name(code));
            return false;
        }
    }
    return true;
}

/* --- In bulk ------------------------------------------------------------------------------------
 */

#define INDEXES_MAX 16

/* The indexes of task are dropped, and made again when all rows are there: that is much faster, and
 * the result is the same. */
struct indexes {
    char *sql[INDEXES_MAX];
    size_t count;
};

static bool execute(struct store_tx *tx, const char *sql)
{
    sqlite3 *db = store_tx_view(tx)->connection->db;
    bool is_done = sqlite3_exec(db, sql, NULL, NULL, NULL) == SQLITE_OK;
    if (!is_done)
        fprintf(stderr, "bench-seed: %s: %s\n", sql, sqlite3_errmsg(db));
    return is_done;
}

static int note_index(void *context, int count, char **values, char **names)
{
    (void)count;
    (void)names;
    struct indexes *indexes = context;
    if (indexes->count == INDEXES_MAX)
        return 1;
    indexes->sql[indexes->count] = sqlite3_mprintf("%s; DROP INDEX %s", values[0], values[1]);
    return indexes->sql[indexes->count++] == NULL;
}

static bool run_prepare(struct store_tx *tx, void *arg)
{
    struct indexes *indexes = arg;
    bool is_done = sqlite3_exec(store_tx_view(tx)->connection->db,
                                "SELECT sql, name FROM sqlite_schema"
                                " WHERE type = 'index' AND tbl_name = 'task'",
                                note_index, indexes, NULL) == SQLITE_OK;
    for (size_t i = 0; i < indexes->count && is_done; i++) {
        char *drop = strstr(indexes->sql[i], "; DROP");
        is_done = execute(tx, drop + 2);
        *drop = '\0';
    }
    /* The service's small caches would be swamped by a batch of this size. */
    return is_done && execute(tx, "PRAGMA cache_size = -262144;"
                                  "INSERT INTO task_text (task_text, rank)"
                                  " VALUES ('hashsize', 134217728)");
}

static bool run_finish(struct store_tx *tx, void *arg)
{
    struct indexes *indexes = arg;
    bool is_done = true;
    for (size_t i = 0; i < indexes->count; i++) {
        is_done = is_done && execute(tx, indexes->sql[i]);
        sqlite3_free(indexes->sql[i]);
    }
    return is_done && execute(tx, "INSERT INTO task_text (task_text, rank)"
                                  " VALUES ('hashsize', 1048576)");
}

/* As the idle service would. */
static bool run_merge(struct store_tx *tx, void *arg)
{
    return text_index_merge(store_tx_view(tx), MERGE_PAGES, arg) == ERROR_NONE;
}

/* --- The whole ---------------------------------------------------------------------------------
 */

static bool finish(struct store *store, struct indexes *indexes)
{
    if (store_write(store, run_finish, indexes) != ERROR_NONE)
        return false;
    for (bool more = true; more;) {
        if (store_write(store, run_merge, &more) != ERROR_NONE)
            return false;
    }
    return true;
}

static bool fill(struct store *store, struct seed *seed)
{
    struct indexes indexes = {.count = 0};
    uint64_t start = clock_monotonic();
    if (store_write(store, run_prepare, &indexes) != ERROR_NONE)
        return false;
    for (seed->first = 1; seed->first <= seed->count; seed->first = seed->last + 1) {
        seed->last = seed->first + BATCH - 1 < seed->count ? seed->first + BATCH - 1 : seed->count;
        enum error_code code = store_write(store, run_batch, seed);
        if (code != ERROR_NONE) {
            fprintf(stderr, "bench-seed: %s\n", error_name(code));
            return false;
        }
    }
    if (!finish(store, &indexes))
        return false;
    double seconds = (double)(clock_monotonic() - start) / 1e9;
    printf("%lld tasks in %.1f s, %.0f per second\n", (long long)seed->count, seconds,
           (double)seed->count / seconds);
    return true;
}

static int run(const char *path, struct seed *seed)
{
    struct store_options options = {
        .path = path,
        .queue_limit = 10,
        .batch_limit = 1,
        .batch_time_ms = 1000,
        .busy_timeout_ms = 5000,
        .wal_limit_bytes = 256 << 20,
        .idempotency_ttl_ms = 86400000,
    };
    struct error error;
    struct store *store = NULL;
    enum error_code code = store_open(&options, &store, &error);
    if (code == ERROR_NONE)
        code = store_start(store, &error);
    if (code != ERROR_NONE) {
        fprintf(stderr, "bench-seed: %s\n", error.message);
        store_close(store);
        return EXIT_FAILURE;
    }
    bool filled = fill(store, seed);
    store_stop(store);
    store_close(store);
    return filled ? EXIT_SUCCESS : EXIT_FAILURE;
}

int main(int argc, char **argv)
{
    char *end = NULL;
    int64_t count = argc == 3 ? strtoll(argv[2], &end, 10) : 0;
    if (argc != 3 || count < 1 || *end != '\0') {
        fprintf(stderr, "usage: bench-seed DATABASE N\n");
        return 2;
    }
    struct seed *seed = calloc(1, sizeof(*seed));
    if (seed == NULL)
        return EXIT_FAILURE;
    seed->chance = 1;
    seed->count = count;
    seed->today = clock_today();
    seed->now = (int64_t)seed->today * 86400000;
    make_pool(seed);
    int status = run(argv[1], seed);
    free(seed);
    return status;
}
