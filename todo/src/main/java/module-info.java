/** The to-do system: no HTTP and no SQL. */
module dev.tend.todo {
  requires static transitive org.jspecify;
  requires transitive dev.tend.otp;
  requires transitive org.pcollections;
  requires io.prometheus.metrics.core;
  requires io.prometheus.metrics.model;

  exports dev.tend.todo;
  exports dev.tend.todo.backup;
  exports dev.tend.todo.journal;
  exports dev.tend.todo.list;
}
