package dev.tend.web;

import java.util.Locale;

/** The kinds of reason for an answer 503 that are not the to-do system's. */
enum OwnHindrance {
  /** More streams are open than may be. */
  STREAMS,
  /** The server is being stopped. */
  STOPPING,
  /** A question after the server's readiness was answered no. */
  NOT_READY;

  /** Its public name. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
