package dev.tend.otp.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/** Stacks as lines of a report: the program's frames, without those of the runtime below them. */
public final class Stack {
  private static final int MOST_FRAMES = 30;
  private static final int MOST_CAUSES = 5;

  private Stack() {}

  /** The stack of what was thrown, and of its causes. */
  public static List<String> of(Throwable thrown) {
    List<String> lines = new ArrayList<>();
    Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    for (Throwable t = thrown; t != null && seen.add(t); t = t.getCause()) {
      if (seen.size() > MOST_CAUSES) {
        lines.add("caused by more");
        break;
      }
      if (t != thrown) {
        lines.add("caused by: " + Text.brief(t));
      }
      lines.addAll(of(t.getStackTrace()));
    }
    return lines;
  }

  /** Where a thread was. */
  public static List<String> of(StackTraceElement[] frames) {
    return lines(Arrays.asList(frames).subList(0, endOfProgram(frames)), MOST_FRAMES);
  }

  /** Where a thread that waits came from: so many frames, and not how the runtime waits. */
  public static List<String> ofWaiting(StackTraceElement[] frames, int most) {
    int begin = 0;
    int end = endOfProgram(frames);
    while (begin < end && isOfWaiting(frames[begin])) {
      begin++;
    }
    return lines(Arrays.asList(frames).subList(begin, end), most);
  }

  private static List<String> lines(List<StackTraceElement> frames, int most) {
    List<String> lines = new ArrayList<>();
    frames.stream().limit(most).map(frame -> Text.brief("at " + frame)).forEach(lines::add);
    if (frames.size() > most) {
      lines.add("… " + (frames.size() - most) + " more");
    }
    return lines;
  }

  /** Below this the runtime called the program; all frames, where it did not. */
  private static int endOfProgram(StackTraceElement[] frames) {
    int end = 0;
    while (end < frames.length && !isTurns(frames[end])) {
      end++;
    }
    while (end > 0 && isLoop(frames[end - 1])) {
      end--;
    }
    return end == 0 ? frames.length : end;
  }

  private static boolean isTurns(StackTraceElement frame) {
    return frame.getClassName().startsWith("dev.tend.otp.process.")
        && frame.getClassName().endsWith("Turns");
  }

  private static boolean isLoop(StackTraceElement frame) {
    return frame.getClassName().equals("dev.tend.otp.genserver.ServerLoop");
  }

  private static boolean isOfWaiting(StackTraceElement frame) {
    String name = frame.getClassName();
    return name.startsWith("java.")
        || name.startsWith("jdk.")
        || name.startsWith("dev.tend.otp.process.");
  }
}
