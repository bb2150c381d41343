package dev.tend.app.chaos;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;

/** All that the clients have asked for and were told. */
final class Ledger {
  private final Queue<Deed> deeds = new ConcurrentLinkedQueue<>();
  private final Queue<Finding> findings = new ConcurrentLinkedQueue<>();
  private final LongAdder acknowledged = new LongAdder();
  private final LongAdder refusals = new LongAdder();
  private final LongAdder unanswered = new LongAdder();
  private final LongAdder repeated = new LongAdder();
  private final Pauses all;
  private final Map<String, Pauses> byList = new ConcurrentHashMap<>();

  Ledger(List<Shelf> shelves) {
    long now = System.nanoTime();
    all = new Pauses(now);
    shelves.forEach(shelf -> byList.put(shelf.id(), new Pauses(now)));
  }

  /** The longest time without an acknowledgement. */
  private static final class Pauses {
    private long last;
    private long longest;
    private boolean over;

    Pauses(long begin) {
      this.last = begin;
    }

    synchronized void at(long now) {
      if (!over) {
        longest = Math.max(longest, now - last);
        last = Math.max(last, now);
      }
    }

    synchronized void over(long now) {
      at(now);
      over = true;
    }

    synchronized long longest() {
      return longest;
    }
  }

  void settled(Deed deed) {
    deeds.add(deed);
    if (deed.fate() instanceof Fate.Acknowledged told) {
      acknowledged.increment();
      all.at(told.told());
      Pauses list = byList.get(deed.list());
      if (list != null) {
        list.at(told.told());
      }
    }
  }

  /** The load is over: what nobody asked for from now on is no gap. */
  void over() {
    long now = System.nanoTime();
    all.over(now);
    byList.values().forEach(list -> list.over(now));
  }

  void refused() {
    refusals.increment();
  }

  void unanswered() {
    unanswered.increment();
  }

  /** A change that was acknowledged was sent again, and answered the same. */
  void repeated() {
    repeated.increment();
  }

  void found(Finding finding) {
    findings.add(finding);
  }

  long acknowledged() {
    return acknowledged.sum();
  }

  long refusals() {
    return refusals.sum();
  }

  long unansweredAttempts() {
    return unanswered.sum();
  }

  long repetitions() {
    return repeated.sum();
  }

  List<Deed> deeds() {
    return new ArrayList<>(deeds);
  }

  List<Finding> findings() {
    return new ArrayList<>(findings);
  }

  long longestGap() {
    return all.longest();
  }

  /** By the list's id. */
  long longestGap(String list) {
    Pauses pauses = byList.get(list);
    return pauses == null ? 0 : pauses.longest();
  }
}
