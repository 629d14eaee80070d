/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Cycles among the dependencies of a whole set, in time linear in tasks and links: tasks all of
 * whose dependencies are free of cycles are taken away, again and again (Kahn, 1962); what stays
 * leads into a cycle, which is found by walking.
 */
#include "task/import_cycles.h"

#include <inttypes.h>
#include <stdio.h>

#define CYCLE_SHOWN 10 /* ids that a message names */

/* Links as places instead of ids, and those backwards: the dependents of place p are
 * dependents[starts[p]] to dependents[starts[p + 1] - 1]. */
struct graph {
    struct import_set *set;
    size_t *open;   /* dependencies not taken away yet */
    size_t *starts; /* count + 1 */
    size_t *dependents;
    size_t *walked; /* number of the walk that came through, or 0 */
};

static size_t place_of(const struct graph *graph, size_t place, size_t index)
{
    const struct task *task = &graph->set->records[place].task;
    int64_t id = task->depends_on.ids[index];
    return id == task->id ? IMPORT_NOWHERE : import_place(graph->set, id);
}

/* Counts the links in both directions; starts[p] becomes the end of p's dependents. */
static size_t count_links(struct graph *graph)
{
    size_t links = 0;
    for (size_t place = 0; place < graph->set->count; place++) {
        size_t count = graph->set->records[place].task.depends_on.count;
        for (size_t i = 0; i < count; i++) {
            size_t target = place_of(graph, place, i);
            if (target == IMPORT_NOWHERE)
                continue;
            graph->open[place]++;
            graph->starts[target]++;
            links++;
        }
    }
    for (size_t place = 1; place <= graph->set->count; place++)
        graph->starts[place] += graph->starts[place - 1];
    return links;
}

static void fill_dependents(struct graph *graph)
{
    for (size_t place = 0; place < graph->set->count; place++) {
        size_t count = graph->set->records[place].task.depends_on.count;
        for (size_t i = 0; i < count; i++) {
            size_t target = place_of(graph, place, i);
            if (target != IMPORT_NOWHERE)
                graph->dependents[--graph->starts[target]] = place;
        }
    }
}

static bool build(struct arena *arena, struct graph *graph)
{
    size_t count = graph->set->count;
    graph->open = arena_calloc(arena, count, sizeof(*graph->open));
    graph->starts = arena_calloc(arena, count + 1, sizeof(*graph->starts));
    graph->walked = arena_calloc(arena, count, sizeof(*graph->walked));
    if (graph->open == NULL || graph->starts == NULL || graph->walked == NULL)
        return false;
    size_t links = count_links(graph);
    graph->dependents = arena_calloc(arena, links, sizeof(*graph->dependents));
    if (graph->dependents == NULL)
        return false;
    fill_dependents(graph);
    return true;
}

/* Leaves open > 0 only where a cycle is, or leads to. ready holds places: each gets in once. */
static void take_away(struct graph *graph, size_t *ready)
{
    size_t count = 0;
    for (size_t place = 0; place < graph->set->count; place++) {
        if (graph->open[place] == 0)
            ready[count++] = place;
    }
    for (size_t i = 0; i < count; i++) {
        size_t place = ready[i];
        for (size_t j = graph->starts[place]; j < graph->starts[place + 1]; j++) {
            if (--graph->open[graph->dependents[j]] == 0)
                ready[count++] = graph->dependents[j];
        }
    }
}

/* A dependency that leads on. There is one: open says so. */
static size_t step(const struct graph *graph, size_t place)
{
    size_t i = 0, target = place_of(graph, place, i);
    while (target == IMPORT_NOWHERE || graph->open[target] == 0)
        target = place_of(graph, place, ++i);
    return target;
}

/* The walk has come back to place. The cycle is told from its record that is first. */
static void tell_cycle(struct faults *faults, const struct graph *graph, size_t place)
{
    char text[CYCLE_SHOWN * 22 + 8];
    size_t first = place, size = 0, shown = 0;
    for (size_t at = step(graph, place); at != place; at = step(graph, at))
        first = at < first ? at : first;
    size_t at = first;
    do {
        size += (size_t)snprintf(text + size, sizeof(text) - size, "%" PRId64 ", ",
                                 graph->set->records[at].source_id);
        at = step(graph, at);
    } while (at != first && ++shown < CYCLE_SHOWN);
    if (at == first)
        snprintf(text + size, sizeof(text) - size, "%" PRId64, graph->set->records[at].source_id);
    else
        snprintf(text + size, sizeof(text) - size, "...");
    import_refuse(faults, graph->set, first, "depends_on", "closes the cycle %s", text);
}

enum error_code import_check_cycles(struct faults *faults, struct import_set *set)
{
    struct graph graph = {.set = set};
    size_t *ready = arena_calloc(faults->arena, set->count, sizeof(*ready));
    if (ready == NULL || !build(faults->arena, &graph))
        return ERROR_MEMORY;
    take_away(&graph, ready);
    for (size_t place = 0; place < set->count; place++) {
        size_t at = place, walk = place + 1;
        while (graph.open[at] > 0 && graph.walked[at] == 0) {
            graph.walked[at] = walk;
            at = step(&graph, at);
        }
        if (graph.open[at] > 0 && graph.walked[at] == walk)
            tell_cycle(faults, &graph, at);
    }
    return ERROR_NONE;
}
