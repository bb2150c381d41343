/** The {@code tend} command, the shell, and the root that wires everything. */
module dev.tend.app {
  requires transitive dev.tend.otp;
  requires dev.tend.store;
  requires dev.tend.todo;
  requires dev.tend.web;
  requires ch.qos.logback.classic;
  requires ch.qos.logback.core;
  requires de.siegmar.fastcsv;
  requires ical4j.core;
  requires info.picocli;
  requires java.net.http;
  requires jdk.jshell;
  requires org.jline;
  requires org.slf4j;
  requires tools.jackson.core;
  requires tools.jackson.databind;
  requires tools.jackson.dataformat.toml;

  exports dev.tend.app;
  exports dev.tend.app.shell;

  opens dev.tend.app to
      info.picocli;
  opens dev.tend.app.chaos to
      info.picocli;
  opens dev.tend.app.client to
      info.picocli;
}
