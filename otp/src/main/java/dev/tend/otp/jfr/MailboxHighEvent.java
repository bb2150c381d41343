package dev.tend.otp.jfr;

import dev.tend.otp.report.Text;
import jdk.jfr.Category;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

/** A mailbox has grown beyond a mark; the next one is at twice that. */
@Name("dev.tend.otp.MailboxHigh")
@Label("Mailbox High")
@Category("OTP")
@StackTrace(false)
public final class MailboxHighEvent extends Event {
  @Label("Process")
  @Nullable String process;

  @Label("Kind")
  @Nullable String kind;

  @Label("Waiting")
  int waiting;

  public static void emit(Object process, String kind, int waiting) {
    MailboxHighEvent event = new MailboxHighEvent();
    if (event.isEnabled()) {
      event.process = Text.brief(process);
      event.kind = kind;
      event.waiting = waiting;
      event.commit();
    }
  }
}
