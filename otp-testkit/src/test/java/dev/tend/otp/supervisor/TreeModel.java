package dev.tend.otp.supervisor;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * What a static supervisor has to do, in a few lines: the rules of the manual page of {@code
 * supervisor}, without processes. Tests compare the real one with it.
 */
final class TreeModel {
  /** One child: {@code life} counts its starts, and is negative while it is stopped. */
  static final class Entry {
    final String id;
    final Restart restart;
    final boolean significant;
    final boolean tellsOfStop;
    int starts;
    boolean runs;

    Entry(String id, Restart restart, boolean significant, boolean tellsOfStop) {
      this.id = id;
      this.restart = restart;
      this.significant = significant;
      this.tellsOfStop = tellsOfStop;
    }

    @Override
    public String toString() {
      return id + (runs ? "#" + starts : " stopped");
    }
  }

  final List<Entry> children = new ArrayList<>();
  final List<String> log = new ArrayList<>();
  boolean alive = true;
  private final Strategy strategy;
  private final AutoShutdown autoShutdown;
  private int restartsLeft;

  TreeModel(Strategy strategy, int maxRestarts, AutoShutdown autoShutdown) {
    this.strategy = strategy;
    this.restartsLeft = maxRestarts;
    this.autoShutdown = autoShutdown;
  }

  /** As {@link Entry#toString}, in the order of whichChildren. */
  List<String> tree() {
    return children.reversed().stream().map(Entry::toString).toList();
  }

  Counts counts() {
    int active = (int) children.stream().filter(child -> child.runs).count();
    return new Counts(children.size(), active, 0, children.size());
  }

  Entry find(String id) {
    return children.stream().filter(child -> child.id.equals(id)).findFirst().orElse(null);
  }

  String startChild(Entry entry) {
    Entry known = find(entry.id);
    if (known != null) {
      return known.runs ? "AlreadyStarted" : "AlreadyPresent";
    }
    children.add(entry);
    start(entry);
    return "Started";
  }

  String terminateChild(String id) {
    Entry child = find(id);
    if (child == null) {
      return "NotFound";
    }
    stop(child);
    return "Done";
  }

  String restartChild(String id) {
    Entry child = find(id);
    if (child == null || child.runs) {
      return child == null ? "NotFound" : "Running";
    }
    start(child);
    return "Started";
  }

  String deleteChild(String id) {
    Entry child = find(id);
    if (child == null || child.runs) {
      return child == null ? "NotFound" : "Running";
    }
    children.remove(child);
    return "Done";
  }

  /** A child ends by itself. */
  void dies(String id, Dying how) {
    Entry child = find(id);
    child.runs = false;
    if (how.ownCode()) {
      log.add("stop " + id);
    }
    boolean again =
        child.restart == Restart.PERMANENT
            || (child.restart == Restart.TRANSIENT && how.abnormal());
    if (again) {
      restart(child);
      return;
    }
    if (child.restart == Restart.TEMPORARY) {
      children.remove(child);
    }
    boolean last = children.stream().noneMatch(other -> other.significant && other.runs);
    if (child.significant
        && (autoShutdown == AutoShutdown.ANY_SIGNIFICANT
            || (autoShutdown == AutoShutdown.ALL_SIGNIFICANT && last))) {
      end();
    }
  }

  private void restart(Entry child) {
    if (restartsLeft-- == 0) {
      end();
      return;
    }
    int from =
        switch (strategy) {
          case ONE_FOR_ONE, REST_FOR_ONE -> children.indexOf(child);
          case ONE_FOR_ALL -> 0;
        };
    int to = strategy == Strategy.ONE_FOR_ONE ? from + 1 : children.size();
    List<Entry> group = List.copyOf(children.subList(from, to));
    group.reversed().forEach(this::stop);
    group.stream().filter(children::contains).forEach(this::start);
  }

  /** The supervisor ends, and its children before it. */
  void end() {
    List<Entry> all = new ArrayList<>(children);
    Collections.reverse(all);
    all.forEach(this::stop);
    alive = false;
  }

  private void start(Entry child) {
    child.starts++;
    child.runs = true;
    log.add("start " + child.id);
  }

  /** By the supervisor; a temporary child is forgotten with that. */
  private void stop(Entry child) {
    if (child.runs && child.tellsOfStop) {
      log.add("stop " + child.id);
    }
    child.runs = false;
    if (child.restart == Restart.TEMPORARY) {
      children.remove(child);
    }
  }
}
