package dev.tend.web.listener;

import java.io.IOException;
import java.net.BindException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * A bound port and the Jetty server behind it: acceptor and selectors on platform threads. What it
 * answers is the handler's business.
 */
public final class Listener implements AutoCloseable {
  private static final int HEAD_LIMIT = 16 * 1024;

  private final Server server;
  private final Door connector;
  private final Silence silence;

  /**
   * Where it listens, and how long a connection may go without a whole request's head.
   *
   * @param port 0 for a free one
   */
  public record Place(String host, int port, Duration silence) {}

  private Listener(Server server, Door connector, Silence silence) {
    this.server = server;
    this.connector = connector;
    this.silence = silence;
  }

  /**
   * Binds and begins to serve.
   *
   * @param handler makes the handler of all requests
   * @param problems answers the requests that Jetty finds fault with
   * @throws IOException if it cannot; the message says why, and nothing is left
   */
  public static Listener open(
      Place place, Function<Silence, Handler> handler, Request.Handler problems)
      throws IOException {
    QueuedThreadPool threads = new QueuedThreadPool(32, 4);
    threads.setName("web");
    threads.setDaemon(true);
    threads.setStopTimeout(0);
    threads.setVirtualThreadsExecutor(Executors.newVirtualThreadPerTaskExecutor());
    Server server = new Server(threads);
    Door connector = new Door(server, new HttpConnectionFactory(http()));
    connector.setHost(place.host());
    connector.setPort(place.port());
    connector.setAcceptQueueSize(1_024);
    connector.setIdleTimeout(place.silence().toMillis());
    // Not less at a stop, for a body may be on its way. Silence ends connections without a request.
    connector.setShutdownIdleTimeout(place.silence().toMillis());
    Silence silence = new Silence(place.silence(), connector);
    connector.addBean(silence);
    server.addConnector(connector);
    server.setErrorHandler(problems);
    server.setHandler(handler.apply(silence));
    Listener listener = new Listener(server, connector, silence);
    try {
      connector.open();
      server.start();
      return listener;
    } catch (Exception e) {
      listener.close();
      throw new IOException(reason(e), e);
    }
  }

  private static HttpConfiguration http() {
    HttpConfiguration http = new HttpConfiguration();
    http.setRequestHeaderSize(HEAD_LIMIT);
    http.setSendServerVersion(false);
    http.setSendDateHeader(true);
    http.setHttpCompliance(HttpCompliance.STRICT);
    // Front refuses what can be read in more than one way: it knows who looks with a browser.
    http.setUriCompliance(UriCompliance.UNSAFE);
    return http;
  }

  private static String reason(Throwable thrown) {
    for (Throwable e = thrown; e != null; e = e.getCause()) {
      if (e instanceof BindException) {
        return "Address already in use".equals(e.getMessage())
            ? "another program listens there"
            : String.valueOf(e.getMessage());
      }
    }
    return String.valueOf(thrown.getMessage());
  }

  /** The port it is bound to. */
  public int port() {
    return connector.getLocalPort();
  }

  /** Takes no more requests, and gives those that have come so much time to end. */
  public void stop(Duration grace) {
    silence.end();
    server.setStopTimeout(grace.toMillis());
    stopServer();
  }

  /** Frees the port at once and drops all connections. A second close does nothing. */
  @Override
  public void close() {
    connector.close();
    connector.settle();
    server.setStopTimeout(0);
    stopServer();
  }

  private void stopServer() {
    try {
      server.stop();
      connector.clear();
    } catch (Exception e) {
      System.getLogger(Listener.class.getName())
          .log(System.Logger.Level.WARNING, "The listener did not stop in order", e);
    }
  }
}
