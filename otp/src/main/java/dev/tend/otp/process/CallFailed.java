package dev.tend.otp.process;

import dev.tend.otp.report.Text;
import java.time.Duration;

/**
 * A call ended without a reply, or a cast or message was refused by a full mailbox. Uncaught in a
 * process it is that process's crash, as in OTP, where a caller exits; like Elixir's exit reason it
 * carries the call itself.
 *
 * <p>A crash it is whatever the server's reason was. In OTP who calls a server that ends with
 * {@code shutdown} exits with {@code {shutdown, {gen_server, call, _}}}, which counts as a clean
 * end: it is not reported, and a transient child is not started again.
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
    /** A system request to a plain process, which does not answer any. */
    NOT_A_BEHAVIOUR,
    /** A process called itself and would have waited for ever. */
    CALLING_SELF
  }

  private static final int LONGEST = 1_000;

  private final transient ServerRef<?> server;
  private final transient Object request;
  private final transient Duration timeout;
  private final transient Why why;

  /** Of something that is not waited for. */
  public CallFailed(ServerRef<?> server, Object request, Why why) {
    this(server, request, Duration.ZERO, why);
  }

  public CallFailed(ServerRef<?> server, Object request, Duration timeout, Why why) {
    super(Text.brief(request) + " to " + Text.brief(server) + ": " + Text.within(LONGEST, why));
    this.server = server;
    this.request = request;
    this.timeout = timeout;
    this.why = why;
  }

  /** Who was called, as the caller named it. */
  public ServerRef<?> server() {
    return server;
  }

  public Object request() {
    return request;
  }

  /** How long the caller would have waited; zero for what is not waited for. */
  public Duration timeout() {
    return timeout;
  }

  public Why why() {
    return why;
  }
}
