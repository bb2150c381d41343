package dev.tend.web.listener;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.Connector;

/**
 * Closes connections that go too long without a request in hand: those that say nothing, and those
 * that send the head of a request a byte at a time, which no idle timeout sees.
 */
public final class Silence implements Connection.Listener {
  private static final Duration AT_A_STOP = Duration.ofSeconds(1);

  private volatile Duration most;
  private final Connector connector;
  private final Map<Connection, Watch> watches = new ConcurrentHashMap<>();

  /** One connection: whether a request is in hand, or else since when none is. */
  private final class Watch implements Runnable {
    private final Connection connection;
    private boolean inHand;
    private long since = System.nanoTime();

    Watch(Connection connection) {
      this.connection = connection;
    }

    synchronized void inHand(boolean begun) {
      inHand = begun;
      since = System.nanoTime();
    }

    private synchronized Duration left() {
      return inHand ? most : most.minusNanos(System.nanoTime() - since);
    }

    @Override
    public void run() {
      Duration left = left();
      if (left.isPositive()) {
        after(left);
      } else {
        connection.getEndPoint().close();
      }
    }

    void after(Duration time) {
      if (watches.containsKey(connection) && !connector.isStopped()) {
        connector.getScheduler().schedule(this, time.toMillis() + 1, TimeUnit.MILLISECONDS);
      }
    }
  }

  Silence(Duration most, Connector connector) {
    this.most = most;
    this.connector = connector;
  }

  @Override
  public void onOpened(Connection connection) {
    Watch watch = new Watch(connection);
    watches.put(connection, watch);
    watch.after(most);
  }

  @Override
  public void onClosed(Connection connection) {
    watches.remove(connection);
  }

  /** No more requests are waited for, but for those of which something may be on its way. */
  void end() {
    most = most.compareTo(AT_A_STOP) < 0 ? most : AT_A_STOP;
    watches.values().forEach(Watch::run);
  }

  /** The whole head of a request has come. */
  public void broken(Connection connection) {
    mark(connection, true);
  }

  /** The request has been answered. */
  public void begins(Connection connection) {
    mark(connection, false);
  }

  private void mark(Connection connection, boolean inHand) {
    Watch watch = watches.get(connection);
    if (watch != null) {
      watch.inHand(inHand);
    }
  }
}
