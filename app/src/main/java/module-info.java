/** The {@code tend} command, the shell, and the root that wires everything. */
module dev.tend.app {
  requires transitive dev.tend.otp;
  requires dev.tend.store;
  requires dev.tend.todo;
  requires dev.tend.web;
  requires info.picocli;
  requires jdk.jshell;
  requires org.jline;

  exports dev.tend.app;
  exports dev.tend.app.shell;

  opens dev.tend.app to
      info.picocli;
}
