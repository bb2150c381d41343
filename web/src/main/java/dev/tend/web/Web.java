package dev.tend.web;

import dev.tend.otp.genserver.GenServer;
import dev.tend.otp.genserver.Handled;
import dev.tend.otp.genserver.Init;
import dev.tend.otp.genserver.NoCasts;
import dev.tend.otp.process.Call;
import dev.tend.otp.process.Caller;
import dev.tend.otp.process.ExitReason;
import dev.tend.otp.process.Pid;
import dev.tend.otp.process.Processes;
import dev.tend.otp.process.ServerName;
import dev.tend.otp.process.ServerRef;
import dev.tend.otp.process.StartOptions;
import dev.tend.otp.process.StartResult;
import dev.tend.otp.supervisor.ChildSpec;
import dev.tend.otp.supervisor.Shutdown;
import dev.tend.web.listener.Listener;
import dev.tend.web.metrics.Metrics;
import dev.tend.web.status.Sampler;
import dev.tend.web.status.Status;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.http.HttpHeader;

/**
 * The process that owns the listener: it binds when it starts and lets go of the port when it ends,
 * however it ends. Requests do not go through it; each has a thread of its own.
 */
public final class Web extends GenServer<Web.Open, Web.Request<?>, NoCasts> {
  public static final ServerName<Web> NAME = ServerName.local("web");

  private final WebConfig config;
  private final Status status;
  private final Metrics metrics;

  /** What it is asked. */
  public sealed interface Request<R> extends Call<Web, R> {}

  /** What it owns. */
  record Open(Listener listener, Feeds feeds) {}

  record Port() implements Request<Integer> {}

  private Web(WebConfig config, Status status, Metrics metrics) {
    this.config = config;
    this.status = status;
    this.metrics = metrics;
  }

  /**
   * Starts it as the calling process's child, on a platform thread. If it cannot listen the start
   * fails with {@code Term(CannotListen)}.
   */
  public static StartResult<Web> startLink(WebConfig config, StartOptions options) {
    Status status = new Status();
    return startLink(config, status, metrics(About.nothing(), status), options);
  }

  private static Metrics metrics(About about, Status status) {
    return new Metrics(about.version(), about.data(), status);
  }

  private static StartResult<Web> startLink(
      WebConfig config, Status status, Metrics metrics, StartOptions options) {
    return GenServer.startLink(new Web(config, status, metrics), options.onPlatformThread());
  }

  /**
   * A permanent child under {@link #NAME}. If any free port will do, the first one found is used
   * again after a restart: clients know it. What its status page has counted goes on too.
   */
  public static ChildSpec child(WebConfig config) {
    return child(config, About.nothing());
  }

  /** The same, with what its metrics tell of the server. */
  public static ChildSpec child(WebConfig config, About about) {
    Status status = new Status();
    Metrics metrics = metrics(about, status);
    AtomicInteger chosen = new AtomicInteger(config.port());
    return ChildSpec.worker(
            "Web",
            () -> {
              StartResult<Web> started =
                  startLink(
                      config.withPort(chosen.get()), status, metrics, StartOptions.named(NAME));
              if (started instanceof StartResult.Ok<Web>(var _, Integer port)) {
                chosen.set(port);
              }
              return started;
            })
        .withShutdown(new Shutdown.Within(config.grace().plusSeconds(1)));
  }

  /** The port it listens on. */
  public static int port(ServerRef<Web> web) {
    return web.call(new Port());
  }

  @Override
  protected Init<Open> init() {
    Processes.trapExit(true);
    List<Pid<?>> ancestors = Processes.ancestors();
    status.rootIs(ancestors.isEmpty() ? Processes.self() : ancestors.getLast());
    Processes.own(Sampler.of(status.figures()));
    metrics.samplers().forEach(Processes::own);
    Feeds feeds = Processes.own(new Feeds(config.silence()));
    metrics.streamsAre(feeds::count);
    Routes routes =
        Api.routes(new ListEvents(feeds), new StatusRoutes(status, feeds, config))
            .on("GET", "/metrics", exchange -> told(exchange, metrics));
    try {
      Listener listener =
          Processes.own(
              Api.listen(
                  config, routes, new Tally(status.figures().traffic(), metrics.requests())));
      return Init.ok(new Open(listener, feeds), listener.port());
    } catch (IOException e) {
      String sentence =
          "Cannot listen on %s, port %d: %s."
              .formatted(config.host(), config.port(), e.getMessage());
      return Init.stop(new ExitReason.Term(new CannotListen(sentence)));
    }
  }

  private static Answer told(Exchange exchange, Metrics metrics) {
    exchange.query();
    Metrics.Text text =
        metrics.text(exchange.request().getHeaders().getQualityCSV(HttpHeader.ACCEPT));
    return Answer.bytes(200, text.type(), ByteBuffer.wrap(text.bytes()).asReadOnlyBuffer())
        .with("Vary", "Accept, Accept-Encoding");
  }

  @Override
  protected Handled<Open> handleCall(Request<?> request, Caller caller, Open open) {
    return switch (request) {
      case Port port -> reply(port, caller, open.listener().port(), open);
    };
  }

  /** Takes no more requests, lets those that have come be answered, and ends event streams. */
  @Override
  protected void terminate(ExitReason reason, Open open) {
    open.feeds().close();
    open.listener().stop(config.grace());
  }
}
