package dev.tend.otp.supervisor;

import java.util.Locale;

/**
 * Whether a supervisor ends, with {@code shutdown}, because significant children have ended of
 * their own accord and are not restarted: transient ones after {@code normal}, {@code shutdown} or
 * {@code {shutdown, _}}, temporary ones after anything. A child that the supervisor stops itself,
 * when asked or for the sake of a sibling, never counts.
 */
public enum AutoShutdown {
  /** It stays; significant children are refused. */
  NEVER,
  /** It ends with the first of them. */
  ANY_SIGNIFICANT,
  /** It ends with the last of them that is not stopped. */
  ALL_SIGNIFICANT;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
