package dev.tend.otp.jfr;

import dev.tend.otp.report.Text;
import jdk.jfr.Category;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;
import org.jspecify.annotations.Nullable;

/** A process has died. */
@Name("dev.tend.otp.Exit")
@Label("Process Exit")
@Category("OTP")
@StackTrace(false)
public final class ExitEvent extends Event {
  @Label("Process")
  @Nullable String process;

  @Label("Kind")
  @Nullable String kind;

  @Label("Reason")
  @Nullable String reason;

  @Label("Lifetime")
  @Timespan(Timespan.NANOSECONDS)
  long lifetime;

  /**
   * A process has died now.
   *
   * @param reason its class is told
   * @param began by {@link System#nanoTime}
   */
  public static void emit(Object process, String kind, Object reason, long began) {
    ExitEvent event = new ExitEvent();
    if (event.isEnabled()) {
      event.process = Text.brief(process);
      event.kind = kind;
      event.reason = reason.getClass().getSimpleName();
      event.lifetime = System.nanoTime() - began;
      event.commit();
    }
  }
}
