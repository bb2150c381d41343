package dev.tend.todo.journal;

import java.util.Optional;

/**
 * One step through a shard's old records.
 *
 * @param records how many were dropped
 * @param after the list after which to go on
 * @param isEnd whether all lists have been seen
 */
public record Pruned(int records, Optional<ListId> after, boolean isEnd) {}
