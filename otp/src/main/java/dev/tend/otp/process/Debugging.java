package dev.tend.otp.process;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What {@code sys} has asked of one behaviour: to note, count or tell what it does ({@code
 * sys:debug_options()}). Used in its process only.
 */
final class Debugging {
  private final List<Tracer> tracers = new ArrayList<>();
  private final Deque<SystemEvent> log = new ArrayDeque<>();
  private int keep;
  private @Nullable Instant countingSince;
  private long in;
  private long out;

  /** Whether nothing is asked any more. */
  boolean isIdle() {
    return tracers.isEmpty() && keep == 0 && countingSince == null;
  }

  List<SystemEvent> log() {
    return List.copyOf(log);
  }

  Optional<Statistics> statistics() {
    return Optional.ofNullable(countingSince).map(since -> new Statistics(since, in, out));
  }

  // ---- asked ----

  void install(Tracer tracer) {
    tracers.add(tracer);
  }

  void keep(int last) {
    keep = Math.max(0, last);
    trim();
  }

  void count(boolean on) {
    countingSince = on ? Instant.now() : null;
    in = 0;
    out = 0;
  }

  // ---- done ----

  void begins(Event event) {
    if (!(event instanceof Event.Continued)) {
      in++;
    }
    note(new SystemEvent.In(event));
  }

  void did(Step step) {
    List<Step.Reply> replies = step.replies();
    out += replies.size();
    for (Step.Reply reply : replies) {
      note(reply.to().answeredWith(reply.value()));
    }
    if (replies.isEmpty()) {
      note(new SystemEvent.NoReply());
    }
  }

  private void note(SystemEvent event) {
    if (keep > 0) {
      log.add(event);
      trim();
    }
    tracers.removeIf(tracer -> !offer(tracer, event));
  }

  private static boolean offer(Tracer tracer, SystemEvent event) {
    try {
      return tracer.offer(event);
    } catch (DeadProcess gone) {
      throw gone;
    } catch (RuntimeException | Error e) {
      return false;
    }
  }

  private void trim() {
    while (log.size() > keep) {
      log.removeFirst();
    }
  }
}
