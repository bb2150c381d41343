package dev.tend.otp.race;

import dev.tend.otp.process.Answer;
import dev.tend.otp.process.Answered;
import dev.tend.otp.process.CallFailed;
import dev.tend.otp.process.DeadProcess;
import dev.tend.otp.process.Down;
import dev.tend.otp.process.Exit;
import dev.tend.otp.process.ExitReason;
import dev.tend.otp.process.Pid;
import dev.tend.otp.process.Processes;
import dev.tend.otp.process.Puppet;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** What a race has led to, in the words of its outcomes. */
final class Seen {
  private static final long PATIENCE = 20_000_000_000L;
  private static final int SPINS = 1_000;

  private Seen() {}

  static void kill(Pid<?> pid) {
    Processes.exit(pid, ExitReason.KILL);
  }

  /** What a process has in its mailbox, or that it is dead. */
  static String by(Puppet puppet) {
    try {
      List<Object> messages = puppet.messages();
      return messages.isEmpty()
          ? "nothing"
          : messages.stream().map(Seen::text).collect(Collectors.joining(" + "));
    } catch (DeadProcess gone) {
      return "dead of " + puppet.pid().exitReason().orElseThrow();
    }
  }

  private static String text(Object message) {
    return switch (message) {
      case Exit exit -> "EXIT " + exit.reason();
      case Down down -> "DOWN " + down.reason();
      case Answered answered -> text(answered.answer());
      default -> message.toString();
    };
  }

  static String text(Answer<?> answer) {
    return switch (answer) {
      case Answer.Replied<?>(Object value) -> "reply " + value;
      case Answer.Failed<?>(CallFailed.Why why) -> text(why);
    };
  }

  private static String text(CallFailed.Why why) {
    String begun = why.begun() ? " begun" : " not begun";
    return switch (why) {
      case CallFailed.Exit exit -> exit.reason() + begun;
      case CallFailed.Timeout timeout -> "timeout" + begun;
      case CallFailed.Refused refused -> refused.refusal().toString();
    };
  }

  /** What a call gives, or why it gives nothing. */
  static String call(Supplier<?> call) {
    try {
      return "reply " + call.get();
    } catch (CallFailed failed) {
      return text(failed.why());
    }
  }

  /** Whether this is so, now or within a time that no machine needs. */
  @SuppressWarnings("ThreadPriorityCheck")
  static boolean inTheEnd(BooleanSupplier condition) {
    for (int i = 0; i < SPINS && !condition.getAsBoolean(); i++) {
      Thread.onSpinWait();
    }
    long end = System.nanoTime() + PATIENCE;
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - end > 0) {
        return false;
      }
      Thread.yield();
    }
    return true;
  }
}
