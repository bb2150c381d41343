package dev.tend.web;

import java.io.IOException;

/** What writes an event stream. */
@FunctionalInterface
interface Feed {

  /**
   * Runs on the request's own thread for as long as the stream goes on.
   *
   * @throws IOException as the writer throws it: the client has gone, or does not read
   */
  void write(EventWriter out) throws IOException, InterruptedException;
}
