package dev.tend.app.chaos;

/**
 * Something that must not be.
 *
 * @param list its name, or "" where it is about none
 * @param revision of that list, 0 where it is about none
 * @param key of the change, or ""
 */
record Finding(What what, String list, long revision, String key, String words) {

  enum What {
    /** Acknowledged, and not there. */
    LOST,
    /** There more than once. */
    DOUBLED,
    /** Refused, and there. */
    HAPPENED,
    /** Before what was acknowledged before it was asked for. */
    ORDER,
    /** Not what was acknowledged. */
    DIFFERENT,
    /** A list is not what its history makes of it. */
    STATE,
    /** A stream has left out a change, or shown one twice or another one. */
    STREAM,
    /** An answer that no client should get. */
    ANSWER,
    /** The service ended, and should not have. */
    STOPPED
  }

  @Override
  public String toString() {
    StringBuilder line = new StringBuilder(what.name().toLowerCase(java.util.Locale.ROOT));
    if (!list.isEmpty()) {
      line.append("  list ").append(list);
    }
    if (revision > 0) {
      line.append("  revision ").append(revision);
    }
    if (!key.isEmpty()) {
      line.append("  key ").append(key);
    }
    return line.append(": ").append(words).toString();
  }
}
