package dev.tend.otp.process;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/** The newest of the numbered events: each has its place, where the next but so many follows it. */
final class Chapter {
  private final AtomicReferenceArray<Story.@Nullable Event> ring;

  Chapter(int kept) {
    ring = new AtomicReferenceArray<>(kept);
  }

  /** Keeps it, unless a newer one has its place: its teller may have been held up for long. */
  void keep(Story.Event told) {
    ring.accumulateAndGet(
        place(told.number()),
        told,
        (there, given) -> there != null && there.number() > told.number() ? there : given);
  }

  /** Those after this number and up to the last that are kept, the oldest first. */
  List<Story.Event> after(long number, long last) {
    List<Story.Event> found = new ArrayList<>();
    long n = Math.max(number, Math.max(0, last - ring.length()));
    while (n < last) {
      n++;
      Story.Event event = ring.get(place(n));
      if (event == null || event.number() < n) {
        break; // it is being told at this moment
      }
      if (event.number() == n) {
        found.add(event);
      }
    }
    return found;
  }

  private int place(long number) {
    return (int) (number % ring.length());
  }
}
