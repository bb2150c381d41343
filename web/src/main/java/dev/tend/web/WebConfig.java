package dev.tend.web;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where the listener listens, and its patience.
 *
 * @param host an address of this machine; beyond loopback whoever reaches it may do everything
 * @param port 0 for a free one
 * @param bodyLimit the most bytes a request's body may have
 * @param silence how long a connection may go without a whole request's head, however many bytes of
 *     one have come
 * @param bodyTime how long a request's body may take
 * @param pace how many bytes of an answer a client has to read in a second, on the average, once
 *     {@code silence} is over
 * @param requestTime how long the system may take to answer a request that has come
 * @param grace how long requests that have come may take when it is to stop
 * @param hosts by which names it is reached besides the loopback ones, each with or without a port
 * @param devToken what allows to kill processes on the status page, or null: nobody may
 */
public record WebConfig(
    String host,
    int port,
    int bodyLimit,
    Duration silence,
    Duration bodyTime,
    int pace,
    Duration requestTime,
    Duration grace,
    List<String> hosts,
    @Nullable String devToken) {

  public WebConfig {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("a port is a number from 0 to 65535, not " + port);
    }
    hosts = List.copyOf(hosts);
  }

  /** Without {@code --dev}, and with time enough to answer what has come before a stop. */
  public WebConfig(
      String host,
      int port,
      int bodyLimit,
      Duration silence,
      Duration bodyTime,
      int pace,
      Duration requestTime) {
    this(
        host,
        port,
        bodyLimit,
        silence,
        bodyTime,
        pace,
        requestTime,
        bodyTime.plus(requestTime).plusSeconds(5),
        List.of(),
        null);
  }

  /** The usual limits, on 127.0.0.1. */
  public static WebConfig onPort(int port) {
    return new WebConfig(
        "127.0.0.1",
        port,
        1 << 20,
        Duration.ofSeconds(20),
        Duration.ofSeconds(10),
        16 * 1024,
        Duration.ofSeconds(10));
  }

  WebConfig withPort(int newPort) {
    return new WebConfig(
        host, newPort, bodyLimit, silence, bodyTime, pace, requestTime, grace, hosts, devToken);
  }

  /** For developers: whoever has the token may kill processes. */
  public WebConfig withDevToken(String token) {
    return new WebConfig(
        host, port, bodyLimit, silence, bodyTime, pace, requestTime, grace, hosts, token);
  }

  /** On another address, reached by these names too. */
  public WebConfig reachedAt(String address, List<String> names) {
    return new WebConfig(
        address, port, bodyLimit, silence, bodyTime, pace, requestTime, grace, names, devToken);
  }

  /**
   * With so much time to stop in. No request may take longer than that leaves it, so that none is
   * cut off by a stop unless its client is too slow to read.
   */
  public WebConfig withGrace(Duration time) {
    Duration most = time.multipliedBy(2).dividedBy(5);
    return new WebConfig(
        host,
        port,
        bodyLimit,
        silence,
        shorter(bodyTime, most),
        pace,
        shorter(requestTime, most),
        time,
        hosts,
        devToken);
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  /** Not with the token, which is a secret. */
  @Override
  public String toString() {
    return "WebConfig[" + host + ":" + port + "]";
  }
}
