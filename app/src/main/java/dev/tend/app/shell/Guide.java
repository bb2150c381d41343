package dev.tend.app.shell;

/** What {@code help()} prints. */
final class Guide {
  static final String TEXT =
      """
      This is Java (a JShell) inside the running system. A semicolon at the end may be left out.

        var bob = TodoCache.serverProcess("Bob's list")    the process of a list; made at first use
        TodoServer.add(bob, LocalDate.of(2018, 12, 19), "Dentist")
        TodoServer.entries(bob)
        exit(bob, kill)                                    let it crash
        TodoCache.serverProcess("Bob's list")              another process, the same entries

        whereis("todo_cache")   the process of a name, or null: todo_supervisor, todo_process_registry,
                                todo_system_supervisor, todo_database, todo_catalog,
                                todo_server_supervisor, todo_cache
        exit(pid, reason)       sends an exit signal: kill, shutdown, normal, or any ExitReason
        tree()                  the supervision tree        processes()   every process, a line each
        i(pid)                  one process                 self()        the shell's own process
        send(pid, message)      sends a message             flush()       prints the shell's messages

      /help shows this, /exit or Ctrl-D leaves. Tab completes, names of lists and processes as well, the
      arrow keys bring back earlier lines, Ctrl-C stops what is running.
      """;

  private Guide() {}
}
