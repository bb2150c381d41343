package dev.tend.web;

import java.io.IOException;
import java.net.BindException;
import java.time.Duration;
import java.util.concurrent.Executors;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * A bound port and the Jetty server behind it: acceptor and selectors on platform threads; {@link
 * Front} gives each request its own.
 */
final class Listener implements AutoCloseable {
  private static final int HEAD_LIMIT = 16 * 1024;

  private final Server server;
  private final ServerConnector connector;

  private Listener(Server server, ServerConnector connector) {
    this.server = server;
    this.connector = connector;
  }

  /**
   * Binds and begins to serve.
   *
   * @throws IOException if it cannot; the message says why, and nothing is left
   */
  static Listener open(WebConfig config, Routes routes) throws IOException {
    QueuedThreadPool threads = new QueuedThreadPool(32, 4);
    threads.setName("web");
    threads.setDaemon(true);
    threads.setStopTimeout(0);
    threads.setVirtualThreadsExecutor(Executors.newVirtualThreadPerTaskExecutor());
    Server server = new Server(threads);
    ServerConnector connector =
        new ServerConnector(server, 1, 2, new HttpConnectionFactory(http()));
    connector.setHost(config.host());
    connector.setPort(config.port());
    connector.setAcceptQueueSize(1_024);
    connector.setIdleTimeout(config.silence().toMillis());
    Silence silence = new Silence(config.silence(), connector);
    connector.addBean(silence);
    server.addConnector(connector);
    server.setErrorHandler(new JettyProblems());
    server.setHandler(new GracefulHandler(new Front(routes, silence, config)));
    Listener listener = new Listener(server, connector);
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

  int port() {
    return connector.getLocalPort();
  }

  /** Takes no more requests, and gives those that have come so much time to end. */
  void stop(Duration grace) {
    server.setStopTimeout(grace.toMillis());
    stopServer();
  }

  /** Frees the port at once and drops all connections. A second close does nothing. */
  @Override
  public void close() {
    connector.close();
    server.setStopTimeout(0);
    stopServer();
  }

  private void stopServer() {
    try {
      server.stop();
    } catch (Exception e) {
      System.getLogger(Listener.class.getName())
          .log(System.Logger.Level.WARNING, "The listener did not stop in order", e);
    }
  }
}
