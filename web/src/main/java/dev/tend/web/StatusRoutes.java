package dev.tend.web;

import dev.tend.otp.process.ExitReason;
import dev.tend.otp.process.Pid;
import dev.tend.otp.process.Processes;
import dev.tend.otp.process.Story;
import dev.tend.web.status.Status;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** The system itself: its tree and figures, its processes, its story as it goes on. */
final class StatusRoutes {
  private static final Duration TICK = Duration.ofSeconds(2);

  /** Between two looks at the whole, however much happens. */
  private static final Duration PAUSE = Duration.ofMillis(200);

  private final Status status;
  private final Feeds feeds;
  private final WebConfig config;

  StatusRoutes(Status status, Feeds feeds, WebConfig config) {
    this.status = status;
    this.feeds = feeds;
    this.config = config;
  }

  Answer read(Exchange exchange) {
    Optional<String> find = exchange.query("find").text("find");
    return Answer.encoded(find.map(status::search).orElseGet(() -> status.snapshot(Story.last())));
  }

  Answer process(Exchange exchange) {
    exchange.query();
    return Answer.json(200, status.process(pid(exchange)).orElseThrow(StatusRoutes::noSuch));
  }

  private static String pid(Exchange exchange) {
    return exchange.variables().getOrDefault("pid", "");
  }

  private static Refusal noSuch() {
    return new Refusal(Problem.NO_SUCH_THING, "There is no process of this number.");
  }

  // ---- the story as it goes on ----

  /** First what has been, then what happens; and how all is, at least every two seconds. */
  Answer events(Exchange exchange) {
    exchange.query();
    @Nullable String last = exchange.request().getHeaders().get("Last-Event-ID");
    return Answer.events(feeds.counted(out -> tell(status.after(last), out)));
  }

  private void tell(long begin, EventWriter out) throws IOException, InterruptedException {
    Duration beat = feeds.beat(TICK);
    long told = begin;
    long due = System.nanoTime();
    long soonest = due;
    List<Story.Event> events = Story.after(told);
    while (!feeds.isClosed()) {
      for (ObjectNode event : status.told(events)) {
        out.event("story", event.path("id").asString(""), event.toString());
      }
      if (!events.isEmpty()) {
        told = events.getLast().number();
        due = Math.min(due, soonest);
      }
      long now = System.nanoTime();
      if (due <= now) {
        out.event("status", "", status.snapshot(told));
        due = now + TICK.toNanos();
        soonest = now + PAUSE.toNanos();
      } else if (events.isEmpty()) {
        out.beat();
      }
      events = Story.await(told, Duration.ofNanos(Math.min(beat.toNanos(), due - now)));
    }
  }

  // ---- for developers ----

  /** Kills a process when the answer is on its way: it may be the one that answers. */
  Answer kill(Exchange exchange) {
    String token = config.devToken();
    if (token == null) {
      throw new Refusal(Problem.NO_SUCH_THING, "There is nothing at this path.");
    }
    exchange.query();
    if (!isGiven(token, exchange.request())) {
      throw new Refusal(Problem.TOKEN, "The token that the server printed at its start is needed.")
          .header("WWW-Authenticate", "Bearer");
    }
    Pid<?> pid = status.living(pid(exchange)).orElseThrow(StatusRoutes::noSuch);
    Request.addCompletionListener(exchange.request(), _ -> Processes.exit(pid, ExitReason.KILL));
    return Answer.empty(202);
  }

  private static boolean isGiven(String token, Request request) {
    @Nullable String given = request.getHeaders().get(HttpHeader.AUTHORIZATION);
    return given != null
        && MessageDigest.isEqual(
            ("Bearer " + token).getBytes(StandardCharsets.UTF_8),
            given.getBytes(StandardCharsets.UTF_8));
  }
}
