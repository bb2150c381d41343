package dev.tend.web;

import dev.tend.otp.process.CallFailed;
import dev.tend.todo.Hindrance;
import dev.tend.todo.list.InvalidField;
import dev.tend.web.listener.Silence;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.eclipse.jetty.http.ComplianceViolation;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Where every well-formed request comes in, and where every one of them gets its answer: {@link
 * AtOnce}, or on a virtual thread of its own; but questions after the server's health and figures
 * on a platform thread, so that they are answered when all carriers are held.
 */
final class Front extends Handler.Abstract.NonBlocking {
  private static final System.Logger LOG = System.getLogger(Front.class.getName());

  private static final Hindrance PART_RESTARTING =
      new Hindrance(Hindrance.Kind.RESTARTING, "a part of the system is restarting");

  private final Routes routes;
  private final Silence silence;
  private final WebConfig config;
  private final Tally tally;
  private final OwnHost own;
  private final Pace pace;

  Front(Routes routes, Silence silence, WebConfig config, Tally tally) {
    this.tally = tally;
    this.routes = routes;
    this.silence = silence;
    this.config = config;
    this.own = new OwnHost(config);
    this.pace = new Pace(config);
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    Connection connection = request.getConnectionMetaData().getConnection();
    silence.broken(connection);
    Request.addCompletionListener(request, _ -> silence.begins(connection));
    Tally.Begun begun = tally.begin(request.getMethod());
    Optional<Answer> ready = AtOnce.answer(request, own);
    if (ready.isPresent()) {
      begun.found(AtOnce.TEMPLATE);
      ready.get().send(request, response, callback, pace);
      begun.answered(ready.get().status());
      return true;
    }
    Runnable work =
        () -> {
          try {
            Answer answer = answer(request, begun);
            begun.answered(answer.status());
            answer.send(request, response, callback, pace);
          } catch (Throwable thrown) {
            callback.failed(thrown);
          }
        };
    if (isOfTheServer(Request.getPathInContext(request))) {
      Thread.ofPlatform().daemon().name("health").start(work);
    } else {
      Thread.startVirtualThread(work);
    }
    return true;
  }

  private static boolean isOfTheServer(String path) {
    return path.startsWith("/health/") || path.equals("/metrics");
  }

  private Answer answer(Request request, Tally.Begun begun) {
    try {
      own.require(request);
      requireChunksAtMost(request);
      IdempotencyKey key = IdempotencyKey.of(request);
      Answer answer = routed(request, key, begun);
      return key.isOfAChange() ? answer.with(IdempotencyKey.HEADER, key.value()) : answer;
    } catch (Refusal refusal) {
      return refused(refusal, begun);
    }
  }

  /** Jetty undoes the chunks alone, whatever else is named (RFC 9112 §6.1). */
  private static void requireChunksAtMost(Request request) {
    List<String> codings = request.getHeaders().getCSV(HttpHeader.TRANSFER_ENCODING, false);
    if (!codings.stream().allMatch(HttpHeaderValue.CHUNKED::is)) {
      throw new Refusal(Problem.CODING, "The only Transfer-Encoding that is read here is chunked.")
          .about("Transfer-Encoding")
          .header("Connection", "close");
    }
  }

  private static Answer refused(Refusal refusal, Tally.Begun begun) {
    if (refusal.status() == Problem.UNAVAILABLE.status()) {
      begun.unavailable(refusal.hindrance());
    }
    return refusal.answer();
  }

  private Answer routed(Request request, IdempotencyKey key, Tally.Begun begun) {
    try {
      Routes.Found found = find(request);
      begun.found(found.template());
      return found.action().answer(new Exchange(request, found.variables(), key.value(), config));
    } catch (Refusal refusal) {
      return refused(refusal, begun);
    } catch (InvalidField invalid) {
      return Refusal.of(invalid).answer();
    } catch (CallFailed failed) {
      return key.isOfAChange() && failed.why().begun()
          ? Refusal.unknown("A part of the system has failed.").answer()
          : refused(Refusal.unavailable(PART_RESTARTING, Duration.ofSeconds(1)), begun);
    } catch (RuntimeException | Error fault) {
      return fault(request, fault);
    }
  }

  /** Nothing is at an address that can be read in more than one way. */
  private Routes.Found find(Request request) {
    HttpURI uri = request.getHttpURI();
    if (!uri.hasViolations()) {
      return routes.find(request.getMethod(), Request.getPathInContext(request));
    }
    if (Pages.isLookedAt(request)) {
      return routes.nowhere();
    }
    String why =
        uri.getViolations().stream()
            .map(ComplianceViolation::getDescription)
            .collect(Collectors.joining(", "));
    throw new Refusal(Problem.MALFORMED, why + ".").header("Connection", "close");
  }

  private static Answer fault(Request request, Throwable fault) {
    String instance = "urn:uuid:" + UUID.randomUUID();
    LOG.log(
        System.Logger.Level.ERROR,
        request.getMethod() + " " + request.getHttpURI().getPath() + " failed, " + instance,
        fault);
    return new Refusal(Problem.FAULT, "This is a fault of the server; its log has the details.")
        .with("instance", instance)
        .answer();
  }
}
