/**
 * The to-do list as a value: pure, immutable, without processes, clocks or storage.
 *
 * <p>A {@link dev.tend.todo.list.TodoList} is what its numbered {@link dev.tend.todo.list.Change}s
 * make of it; applying the same changes in the same order always gives the same list.
 */
@NullMarked
package dev.tend.todo.list;

import org.jspecify.annotations.NullMarked;
