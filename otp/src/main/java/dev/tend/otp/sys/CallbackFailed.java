package dev.tend.otp.sys;

/**
 * A function that was to run inside a server threw there; the server goes on as before ({@code
 * callback_failed}). The cause is what was thrown.
 */
public final class CallbackFailed extends RuntimeException {
  CallbackFailed(Throwable cause) {
    super("a function run inside a server threw " + cause.getClass().getName(), cause);
  }
}
