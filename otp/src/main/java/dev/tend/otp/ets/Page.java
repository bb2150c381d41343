package dev.tend.otp.ets;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Some results of a {@code select} with a limit, and where it goes on: a continuation.
 *
 * <p>The pages together are no snapshot: what is written meanwhile may be in a later page. No row
 * that stays is left out, and none comes twice.
 */
public final class Page<V> {
  private final List<V> results;
  private final int limit;
  private final Iterator<V> rest;
  private final BooleanSupplier goesOn;
  private boolean isFollowed;
  private @Nullable Page<V> next;

  Page(Iterator<V> rest, int limit, BooleanSupplier goesOn) {
    List<V> first = new ArrayList<>();
    while (first.size() < limit && rest.hasNext()) {
      first.add(rest.next());
    }
    this.results = List.copyOf(first);
    this.limit = limit;
    this.rest = rest;
    this.goesOn = goesOn;
  }

  /** At most as many as the limit; fewer only in the last page. */
  public List<V> results() {
    return results;
  }

  /**
   * The page after this, the same one each time; empty if there is nothing more ({@code
   * ets:select/1}).
   *
   * @throws BadTable if the table is gone, or is no longer to be read by the caller
   */
  public synchronized Optional<Page<V>> next() {
    if (!isFollowed) {
      next = goesOn.getAsBoolean() && rest.hasNext() ? new Page<>(rest, limit, goesOn) : null;
      isFollowed = true;
    }
    return Optional.ofNullable(next);
  }
}
