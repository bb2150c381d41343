/** HTTP API, event stream and pages. */
module dev.tend.web {
  requires static transitive org.jspecify;
  requires transitive dev.tend.todo;
  requires io.prometheus.metrics.core;
  requires io.prometheus.metrics.instrumentation.jvm;
  requires io.prometheus.metrics.model;
  requires io.prometheus.writer.text;
  requires jdk.management;
  requires org.eclipse.jetty.compression.gzip;
  requires org.eclipse.jetty.compression.server;
  requires org.eclipse.jetty.server;
  requires tools.jackson.databind;

  exports dev.tend.web;
}
