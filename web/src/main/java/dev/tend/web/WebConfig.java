package dev.tend.web;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where the listener listens, and its patience.
 *
 * @param host an address of this machine that only it can reach
 * @param port 0 for a free one
 * @param bodyLimit the most bytes a request's body may have
 * @param silence how long a connection may go without a whole request's head, however many bytes of
 *     one have come
 * @param bodyTime how long a request's body may take
 * @param requestTime how long the system may take to answer a request that has come
 * @param devToken what allows to kill processes on the status page, or null: nobody may
 */
public record WebConfig(
    String host,
    int port,
    int bodyLimit,
    Duration silence,
    Duration bodyTime,
    Duration requestTime,
    @Nullable String devToken) {

  public WebConfig {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("a port is a number from 0 to 65535, not " + port);
    }
    if (!isLoopback(host)) {
      throw new IllegalArgumentException(host + " is not a loopback address");
    }
  }

  /** Without {@code --dev}. */
  public WebConfig(
      String host,
      int port,
      int bodyLimit,
      Duration silence,
      Duration bodyTime,
      Duration requestTime) {
    this(host, port, bodyLimit, silence, bodyTime, requestTime, null);
  }

  /** The usual limits, on 127.0.0.1. */
  public static WebConfig onPort(int port) {
    return new WebConfig(
        "127.0.0.1",
        port,
        1 << 20,
        Duration.ofSeconds(20),
        Duration.ofSeconds(10),
        Duration.ofSeconds(10));
  }

  WebConfig withPort(int newPort) {
    return new WebConfig(host, newPort, bodyLimit, silence, bodyTime, requestTime, devToken);
  }

  /** For developers: whoever has the token may kill processes. */
  public WebConfig withDevToken(String token) {
    return new WebConfig(host, port, bodyLimit, silence, bodyTime, requestTime, token);
  }

  /** Not with the token, which is a secret. */
  @Override
  public String toString() {
    return "WebConfig[" + host + ":" + port + "]";
  }

  private static boolean isLoopback(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }
}
