/** The to-do system's journal and catalogue on SQLite. */
module dev.tend.store {
  requires transitive dev.tend.todo;
  requires io.prometheus.metrics.core;
  requires io.prometheus.metrics.model;
  requires java.sql;
  requires org.xerial.sqlitejdbc;
  requires tools.jackson.databind;

  exports dev.tend.store;
}
