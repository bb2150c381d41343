package dev.tend.web.listener;

import java.io.IOException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/**
 * A connector that knows all connections it has let in. One that is let in while the server stops
 * gets to no selector any more, so nobody else would close it, and its client would wait for ever.
 */
final class Door extends ServerConnector {
  private static final int ACCEPTORS = 1;
  private static final int SELECTORS = 2;

  private final Set<SocketChannel> inside = ConcurrentHashMap.newKeySet();
  private final ReentrantLock accepting = new ReentrantLock();
  private volatile boolean shut;

  Door(Server server, HttpConnectionFactory http) {
    super(server, ACCEPTORS, SELECTORS, http);
  }

  @Override
  public void accept(int acceptor) throws IOException {
    accepting.lock();
    try {
      if (getTransport() instanceof ServerSocketChannel door && door.isOpen()) {
        letIn(door.accept());
      }
    } finally {
      accepting.unlock();
    }
  }

  /**
   * Waits until who came last is inside, once the door is closed. A stop interrupts the acceptor,
   * and the JDK loses a connection that was accepted in that moment, without closing it.
   */
  void settle() {
    try {
      if (accepting.tryLock(1, TimeUnit.SECONDS)) {
        accepting.unlock();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void letIn(SocketChannel channel) throws IOException {
    boolean taken = false;
    inside.add(channel);
    try {
      channel.configureBlocking(false);
      channel.socket().setTcpNoDelay(true);
      getSelectorManager().accept(channel);
      taken = !shut;
    } finally {
      if (!taken) {
        inside.remove(channel);
        channel.close();
      }
    }
  }

  @Override
  protected void onEndPointClosed(EndPoint endPoint) {
    super.onEndPointClosed(endPoint);
    if (endPoint.getTransport() instanceof SocketChannel channel) {
      inside.remove(channel);
    }
  }

  /** Drops every connection. */
  void clear() throws IOException {
    shut = true;
    for (SocketChannel channel : inside) {
      channel.close();
    }
    inside.clear();
  }
}
