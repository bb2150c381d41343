package dev.tend.web;

import java.time.Duration;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/**
 * The problems that Jetty finds before a request gets to {@link Front}, in the same form. What
 * comes after such a request on its connection is not trusted.
 */
final class JettyProblems implements Request.Handler {

  private final Tally tally;
  private final Pace pace;

  JettyProblems(Tally tally, WebConfig config) {
    this.tally = tally;
    this.pace = new Pace(config);
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    int status = response.getStatus();
    String detail = null;
    if (request.getAttribute(ErrorHandler.ERROR_EXCEPTION) instanceof HttpException cause) {
      status = cause.getCode();
      detail = status < 500 ? cause.getReason() : null;
    }
    Refusal problem = Refusal.of(status, HttpStatus.getMessage(status), detail);
    if (status == HttpStatus.SERVICE_UNAVAILABLE_503) {
      problem.retryAfter(Duration.ofSeconds(1));
      tally.times().unavailable(OwnHindrance.STOPPING.word());
    }
    tally.begin(request.getMethod()).answered(status);
    problem.header("Connection", "close").answer().send(request, response, callback, pace);
    return true;
  }
}
