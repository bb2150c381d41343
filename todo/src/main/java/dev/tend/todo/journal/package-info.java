/**
 * What is durable: the numbered journal of each list, the catalogue of lists, and the {@link
 * dev.tend.todo.journal.ListStore} through which workers write both. No SQL here; the module {@code
 * store} implements it.
 */
@NullMarked
package dev.tend.todo.journal;

import org.jspecify.annotations.NullMarked;
