package dev.tend.otp.jfr;

import dev.tend.otp.report.Text;
import java.util.List;
import jdk.jfr.Category;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;
import org.jspecify.annotations.Nullable;

/** A behaviour handles one event for very long. Told once for each. */
@Name("dev.tend.otp.LongHandler")
@Label("Long Handler")
@Category("OTP")
@StackTrace(false)
public final class LongHandlerEvent extends Event {
  @Label("Process")
  @Nullable String process;

  @Label("Kind")
  @Nullable String kind;

  @Label("Running For")
  @Timespan(Timespan.NANOSECONDS)
  long runningFor;

  @Label("Thread State")
  @Nullable String threadState;

  @Label("Handler's Stack")
  @Nullable String handlersStack;

  public static void emit(
      Object process, String kind, long runningFor, Thread.State state, List<String> stack) {
    LongHandlerEvent event = new LongHandlerEvent();
    if (event.isEnabled()) {
      event.process = Text.brief(process);
      event.kind = kind;
      event.runningFor = runningFor;
      event.threadState = state.name();
      event.handlersStack = String.join("\n", stack);
      event.commit();
    }
  }
}
