package dev.tend.todo;

import java.util.Locale;

/**
 * Why something cannot be had now.
 *
 * @param sentence for a person, to follow a colon; without its full stop
 */
public record Hindrance(Kind kind, String sentence) {
  static final Hindrance LIST_BUSY = new Hindrance(Kind.BUSY, "this list is busy");
  static final Hindrance ANSWER_FULL =
      new Hindrance(
          Kind.BUSY, "the answer to this batch is full; what it did not begin goes in another");
  static final Hindrance DISK_BUSY = new Hindrance(Kind.BUSY, "too many changes wait for the disk");
  static final Hindrance TOO_LATE = new Hindrance(Kind.BUSY, "the request came too late");
  static final Hindrance LIST_LOADING = new Hindrance(Kind.LOADING, "this list is being loaded");
  static final Hindrance LIST_MISREAD =
      new Hindrance(Kind.LOADING, "this list was changed while it was read");
  static final Hindrance NO_ROOM =
      new Hindrance(Kind.LOADING, "this list is large and waits for room in memory");
  static final Hindrance TOO_LARGE =
      new Hindrance(
          Kind.OTHER,
          "this list is too large for the memory that Tend may have; it was not touched, and can be"
              + " read once Tend is started with more (TEND_JAVA_OPTS=-Xmx1g)");
  static final Hindrance LIST_RESTS =
      new Hindrance(Kind.QUARANTINED, "this list keeps failing and rests; what was saved is safe");
  static final Hindrance LIST_RESTARTING =
      new Hindrance(Kind.RESTARTING, "this list is restarting");
  static final Hindrance PART_RESTARTING =
      new Hindrance(Kind.RESTARTING, "this part of the system is restarting");
  static final Hindrance STORE_RESTARTING =
      new Hindrance(Kind.RESTARTING, "the part that stores it is restarting");
  static final Hindrance WRITER_FAILED =
      new Hindrance(Kind.RESTARTING, "the part that writes it has failed");
  static final Hindrance OPENING = new Hindrance(Kind.RESTARTING, "it is being opened");
  static final Hindrance REOPENING = new Hindrance(Kind.RESTARTING, "it is being opened again");
  static final Hindrance ENTRY_MOVING =
      new Hindrance(Kind.MOVING, "this entry is on its way to another list");

  /** The kinds: for those who count them, and for clients to act upon. */
  public enum Kind {
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
    OTHER;

    /** Its public name. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** A file's; the sentence is the store's own. */
  static Hindrance storage(String sentence) {
    return new Hindrance(Kind.STORAGE, sentence);
  }
}
