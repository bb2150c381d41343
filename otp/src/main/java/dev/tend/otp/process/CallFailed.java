package dev.tend.otp.process;

/**
 * A call ended without a reply, or a cast or message was refused by a full mailbox. Uncaught in a
 * process it is that process's crash, as in OTP, where a caller exits.
 */
public final class CallFailed extends RuntimeException {

  /** The three ways in which a call ends without a reply. */
  public sealed interface Why {
    /**
     * Whether the server's handler had begun the request. If not, nothing of it happened; if so,
     * the outcome is not known.
     */
    boolean begun();
  }

  /** The server ended before it replied. */
  public record Exit(ExitReason reason, boolean begun) implements Why {}

  /**
   * The time given ran out. A request not begun is withdrawn and never handled (OTP would handle
   * it); one that was may still be, and its reply is dropped.
   */
  public record Timeout(boolean begun) implements Why {}

  /** The request did not reach the server's mailbox. */
  public record Refused(Refusal refusal) implements Why {
    @Override
    public boolean begun() {
      return false;
    }
  }

  /** Why a request did not reach a mailbox. */
  public enum Refusal {
    /** OTP's {@code noproc}. */
    NO_PROCESS,
    /** It is bounded ({@link StartOptions#withMailboxLimit}) and has no place left. */
    MAILBOX_FULL,
    /** A process called itself and would have waited for ever. */
    CALLING_SELF
  }

  private final transient Why why;

  public CallFailed(ServerRef<?> server, Object request, Why why) {
    super(Text.brief(request) + " to " + server + ": " + why);
    this.why = why;
  }

  public Why why() {
    return why;
  }
}
