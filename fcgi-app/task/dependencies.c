/* Copyright (c) 2026 The Todo App authors
 * SPDX-License-Identifier: MIT
 *
 * Dependencies: sets of ids, and the search for the cycle that a new set would close.
 */
#include "task/dependencies.h"

#include <stdlib.h>
#include <string.h>

#define NODES_FIRST 64 /* a power of two, as every capacity that follows */

/* A task that the search has reached. */
struct node {
    int64_t id;
    size_t from; /* the node through which it was reached first */
};

/* Nodes in the order of their discovery, which is the queue of the breadth-first search as well,
 * and a hash table of them (open addressing, at most half full). */
struct search {
    struct arena *arena;
    struct node *nodes;
    size_t count;
    size_t capacity;
    size_t *slots; /* index of a node plus 1; 0: free */
    bool found;
    size_t last; /* when found: the node that depends on the first one */
};

static size_t slot_of(const struct search *search, int64_t id)
{
    size_t mask = 2 * search->capacity - 1;
    size_t slot = (size_t)(((uint64_t)id * UINT64_C(0x9E3779B97F4A7C15)) >> 32) & mask;
    while (search->slots[slot] != 0 && search->nodes[search->slots[slot] - 1].id != id)
        slot = (slot + 1) & mask;
    return slot;
}

static bool search_resize(struct search *search, size_t capacity)
{
    struct node *nodes = arena_calloc(search->arena, capacity, sizeof(*nodes));
    size_t *slots = arena_calloc(search->arena, 2 * capacity, sizeof(*slots));
    if (nodes == NULL || slots == NULL)
        return false;
    if (search->count > 0)
        memcpy(nodes, search->nodes, search->count * sizeof(*nodes));
    search->nodes = nodes;
    search->slots = slots;
    search->capacity = capacity;
    for (size_t i = 0; i < search->count; i++)
        slots[slot_of(search, nodes[i].id)] = i + 1;
    return true;
}

static bool search_reach(struct search *search, int64_t id, size_t from)
{
    size_t slot = slot_of(search, id);
    if (search->slots[slot] != 0)
        return true;
    if (search->count == search->capacity) {
        if (!search_resize(search, 2 * search->capacity))
            return false;
        slot = slot_of(search, id);
    }
    search->nodes[search->count] = (struct node){id, from};
    search->slots[slot] = ++search->count;
    return true;
}

/* Reaches all that node `from` depends on; stops when that closes the cycle. */
static bool search_expand(struct search *search, size_t from, struct id_list ids)
{
    for (size_t i = 0; i < ids.count; i++) {
        if (ids.ids[i] == search->nodes[0].id) {
            search->found = true;
            search->last = from;
            return true;
        }
        if (!search_reach(search, ids.ids[i], from))
            return false;
    }
    return true;
}

static enum error_code search_run(struct search *search, struct id_list depends_on,
                                  dependency_lookup lookup, void *context)
{
    if (!search_expand(search, 0, depends_on))
        return ERROR_MEMORY;
    for (size_t i = 1; i < search->count && !search->found; i++) {
        struct id_list ids = {NULL, 0};
        enum error_code code = lookup(context, search->nodes[i].id, &ids);
        if (code != ERROR_NONE)
            return code;
        if (!search_expand(search, i, ids))
            return ERROR_MEMORY;
    }
    return ERROR_NONE;
}

/* The way from the first node to the last one and back to the first. */
static enum error_code search_path(const struct search *search, struct id_list *ret_cycle)
{
    size_t count = 2;
    for (size_t i = search->last; i != 0; i = search->nodes[i].from)
        count++;
    int64_t *ids = arena_calloc(search->arena, count, sizeof(*ids));
    if (ids == NULL)
        return ERROR_MEMORY;
    size_t at = count - 1;
    ids[at] = search->nodes[0].id;
    for (size_t i = search->last; i != 0; i = search->nodes[i].from)
        ids[--at] = search->nodes[i].id;
    ids[0] = search->nodes[0].id;
    *ret_cycle = (struct id_list){ids, count};
    return ERROR_NONE;
}

enum error_code dependency_cycle(int64_t id, struct id_list depends_on, dependency_lookup lookup,
                                 void *context, struct arena *arena, struct id_list *ret_cycle)
{
    struct search search = {.arena = arena};
    if (!search_resize(&search, NODES_FIRST))
        return ERROR_MEMORY;
    search.nodes[search.count++] = (struct node){.id = id};
    enum error_code code = search_run(&search, depends_on, lookup, context);
    if (code != ERROR_NONE)
        return code;
    if (search.found)
        return search_path(&search, ret_cycle);
    *ret_cycle = (struct id_list){NULL, 0};
    return ERROR_NONE;
}

static int compare_ids(const void *a, const void *b)
{
    int64_t left = *(const int64_t *)a, right = *(const int64_t *)b;
    return (left > right) - (left < right);
}

void id_list_normalize(struct id_list *ids)
{
    if (ids->count < 2)
        return;
    qsort(ids->ids, ids->count, sizeof(*ids->ids), compare_ids);
    size_t kept = 1;
    for (size_t i = 1; i < ids->count; i++)
        if (ids->ids[i] != ids->ids[kept - 1])
            ids->ids[kept++] = ids->ids[i];
    ids->count = kept;
}

bool id_list_contains(struct id_list ids, int64_t id)
{
    size_t place;
    return id_list_find(ids, id, &place);
}

bool id_list_find(struct id_list ids, int64_t id, size_t *ret_place)
{
    size_t low = 0, high = ids.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (ids.ids[middle] == id) {
            *ret_place = middle;
            return true;
        }
        if (ids.ids[middle] < id)
            low = middle + 1;
        else
            high = middle;
    }
    return false;
}
