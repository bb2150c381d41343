package dev.tend.web;

import java.util.Map;

/** The kinds of reason for an answer 503: for those who count them, and for clients to act upon. */
enum Hindrance {
  /** A list has more to do than it may put off. */
  BUSY,
  /** A list is being read from its file. */
  LOADING,
  /** A list rests, for it kept failing. */
  QUARANTINED,
  /** A process is being started again. */
  RESTARTING,
  /** An entry is on its way to another list. */
  MOVING,
  /** A file cannot be read or written. */
  STORAGE,
  /** More streams are open than may be. */
  STREAMS,
  /** The server is being stopped. */
  STOPPING,
  /** A question after the server's readiness was answered no. */
  NOT_READY,
  OTHER;

  private static final Map<String, Hindrance> SENTENCES =
      Map.ofEntries(
          Map.entry("this list is busy", BUSY),
          Map.entry("too many changes wait for the disk", BUSY),
          Map.entry("the request came too late", BUSY),
          Map.entry("this list is being loaded", LOADING),
          Map.entry("this list keeps failing and rests; what was saved is safe", QUARANTINED),
          Map.entry("this list is restarting", RESTARTING),
          Map.entry("this part of the system is restarting", RESTARTING),
          Map.entry("a part of the system is restarting", RESTARTING),
          Map.entry("the part that stores it is restarting", RESTARTING),
          Map.entry("the part that writes it has failed", RESTARTING),
          Map.entry("it is being opened", RESTARTING),
          Map.entry("it is being opened again", RESTARTING),
          Map.entry("this entry is on its way to another list", MOVING));

  /** Of a reason that the to-do system gave in words; of a file's, by how those begin. */
  static Hindrance of(String reason) {
    Hindrance known = SENTENCES.get(reason);
    if (known != null) {
      return known;
    }
    return reason.startsWith("The ") ? STORAGE : OTHER;
  }

  /** As a label's value, and a member of a problem. */
  String word() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
