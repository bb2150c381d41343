/**
 * The to-do system as processes: the seed's names, supervised.
 *
 * <pre>
 * TodoSupervisor       rest_for_one
 * ├── ProcessRegistry      names of list servers and database workers, and what lists publish
 * └── SystemSupervisor     one_for_one
 *     ├── Subscriptions        who wants to hear of which lists
 *     ├── Database             one_for_one: DatabaseCheck, Catalog, DatabaseWorker 1 … N, Pruner
 *     ├── ServerSupervisor     dynamic: one TodoServer a list, temporary
 *     └── TodoCache            finds or starts a list's server
 * </pre>
 *
 * <p>Clients use {@link dev.tend.todo.ListClient} (a list's requests and reads) and {@link
 * dev.tend.todo.Catalog} (which lists there are). Both answer with values; what cannot be read now
 * is {@code Unavailable}, never empty. {@link dev.tend.todo.TodoCache} finds a list's server for
 * them, or has it started.
 *
 * <p>It is one package because what these processes ask each other is nobody else's: only a list's
 * server can have its journal written.
 */
@NullMarked
package dev.tend.todo;

import org.jspecify.annotations.NullMarked;
