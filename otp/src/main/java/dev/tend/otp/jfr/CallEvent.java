package dev.tend.otp.jfr;

import dev.tend.otp.report.Text;
import jdk.jfr.Category;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Threshold;
import org.jspecify.annotations.Nullable;

/** A call, from the request to its end, with the caller's stack. By default the slow ones. */
@Name("dev.tend.otp.Call")
@Label("Call")
@Category("OTP")
@Threshold("20 ms")
public final class CallEvent extends Event {
  private static final CallEvent ANY = new CallEvent();

  @Label("Server")
  @Nullable String server;

  @Label("Request")
  @Nullable String request;

  @Label("Outcome")
  @Nullable String outcome;

  /** A call begins now; null, at no cost, unless someone wants to know. */
  public static @Nullable CallEvent begun() {
    if (!ANY.isEnabled()) {
      return null;
    }
    CallEvent event = new CallEvent();
    event.begin();
    return event;
  }

  /**
   * Tells how it ended.
   *
   * @param put the request; its class is told
   * @param how the outcome; its class is told
   */
  public void ended(Object of, Object put, Object how) {
    end();
    if (shouldCommit()) {
      server = Text.brief(of);
      request = put.getClass().getName();
      outcome = how.getClass().getSimpleName();
      commit();
    }
  }
}
