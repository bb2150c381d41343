package dev.tend.otp.jfr;

import dev.tend.otp.report.Text;
import jdk.jfr.Category;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

/** A process begins. */
@Name("dev.tend.otp.Spawn")
@Label("Process Spawn")
@Category("OTP")
@StackTrace(false)
public final class SpawnEvent extends Event {
  @Label("Process")
  @Nullable String process;

  @Label("Kind")
  @Nullable String kind;

  @Label("Starter")
  @Nullable String starter;

  public static void emit(Object process, String kind, @Nullable Object starter) {
    SpawnEvent event = new SpawnEvent();
    if (event.isEnabled()) {
      event.process = Text.brief(process);
      event.kind = kind;
      event.starter = starter == null ? null : Text.brief(starter);
      event.commit();
    }
  }
}
