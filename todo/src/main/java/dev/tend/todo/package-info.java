/**
 * The to-do system as processes: the seed's names, supervised.
 *
 * <pre>
 * TodoSupervisor       rest_for_one
 * ├── ProcessRegistry      names of list servers and database workers, and what lists publish
 * └── SystemSupervisor     one_for_one
 *     ├── Database             one_for_one: Catalog, DatabaseWorker 1 … N
 *     ├── ServerSupervisor     dynamic: one TodoServer a list, temporary
 *     └── TodoCache            finds or starts a list's server
 * </pre>
 *
 * <p>Clients use {@link dev.tend.todo.TodoCache} (a list's requests and reads) and {@link
 * dev.tend.todo.Catalog} (which lists there are). Both answer with values; what cannot be read now
 * is {@code Unavailable}, never empty.
 */
@NullMarked
package dev.tend.todo;

import org.jspecify.annotations.NullMarked;
