package dev.tend.otp.jfr;

import dev.tend.otp.report.Text;
import jdk.jfr.Category;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

/** A supervisor restarts a child. */
@Name("dev.tend.otp.Restart")
@Label("Child Restart")
@Category("OTP")
@StackTrace(false)
public final class RestartEvent extends Event {
  @Label("Supervisor")
  @Nullable String supervisor;

  @Label("Child")
  @Nullable String child;

  @Label("Reason")
  @Nullable String reason;

  /**
   * A child is about to be started again.
   *
   * @param reason of the exit before; its class is told
   */
  public static void emit(Object supervisor, Object child, Object reason) {
    RestartEvent event = new RestartEvent();
    if (event.isEnabled()) {
      event.supervisor = Text.brief(supervisor);
      event.child = Text.brief(child);
      event.reason = reason.getClass().getSimpleName();
      event.commit();
    }
  }
}
