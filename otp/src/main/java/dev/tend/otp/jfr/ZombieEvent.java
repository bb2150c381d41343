package dev.tend.otp.jfr;

import dev.tend.otp.report.Text;
import java.util.List;
import jdk.jfr.Category;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

/** A thread still runs the code of a process that has died. Told once for each. */
@Name("dev.tend.otp.Zombie")
@Label("Zombie")
@Category("OTP")
@StackTrace(false)
public final class ZombieEvent extends Event {
  @Label("Process")
  @Nullable String process;

  @Label("Kind")
  @Nullable String kind;

  @Label("Thread State")
  @Nullable String threadState;

  @Label("Zombie's Stack")
  @Nullable String zombiesStack;

  public static void emit(Object process, String kind, Thread.State state, List<String> stack) {
    ZombieEvent event = new ZombieEvent();
    if (event.isEnabled()) {
      event.process = Text.brief(process);
      event.kind = kind;
      event.threadState = state.name();
      event.zombiesStack = String.join("\n", stack);
      event.commit();
    }
  }
}
