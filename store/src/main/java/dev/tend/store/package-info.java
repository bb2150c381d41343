/**
 * The to-do system's journal and catalogue on SQLite: a {@link dev.tend.store.DataFolder} holds one
 * file a shard and one for the catalogue, and its {@code store()} is the {@code ListStore} over
 * them.
 */
@NullMarked
package dev.tend.store;

import org.jspecify.annotations.NullMarked;
