package dev.tend.bench.http;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * Event streams of one list, all read on the calling thread. Each has to be told of every revision
 * once and in order.
 */
final class Watchers implements AutoCloseable {
  private static final byte[] ID = "\nid: ".getBytes(StandardCharsets.US_ASCII);

  private final Selector selector = Selector.open();
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(256 * 1024);
  private final int streams;

  /** How many streams have been told of the newest revision looked for. */
  private int told;

  private long wanted;
  private long outOfOrder;

  /** One stream: where in its text it is, and the last revision that it was told of. */
  private final class Watcher {
    private final SocketChannel channel;
    private int matched;
    private boolean inId;
    private long number;
    private long revision;

    Watcher(SocketChannel channel) {
      this.channel = channel;
    }

    void read() throws IOException {
      buffer.clear();
      if (channel.read(buffer) < 0) {
        throw new EOFException("the server has ended a stream");
      }
      buffer.flip();
      while (buffer.hasRemaining()) {
        take(buffer.get());
      }
    }

    /** The revision is the number at the end of a line that begins with {@code id: }. */
    private void take(byte next) {
      if (inId) {
        if (next == '\n') {
          inId = false;
          is(number);
        } else {
          number = next >= '0' && next <= '9' ? 10 * number + next - '0' : 0;
        }
      }
      matched = next == ID[matched] ? matched + 1 : next == ID[0] ? 1 : 0;
      if (matched == ID.length) {
        matched = 0;
        inId = true;
        number = 0;
      }
    }

    private void is(long next) {
      if (next != revision + 1) {
        outOfOrder++;
      }
      revision = next;
      if (revision == wanted) {
        told++;
      }
    }
  }

  /** Opens them, from a list's beginning on. */
  Watchers(int port, String position, int streams) throws IOException {
    this.streams = streams;
    byte[] request =
        "GET /api/v1/events?list=%s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n\r\n"
            .formatted(position, port)
            .getBytes(StandardCharsets.US_ASCII);
    for (int i = 0; i < streams; i++) {
      SocketChannel channel =
          SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      ByteBuffer all = ByteBuffer.wrap(request);
      while (all.hasRemaining()) {
        channel.write(all);
      }
      channel.configureBlocking(false);
      channel.register(selector, SelectionKey.OP_READ, new Watcher(channel));
    }
  }

  /**
   * Reads until every stream has been told of a revision.
   *
   * @return false if that took longer than the patience
   */
  boolean await(long revision, Duration patience) throws IOException {
    wanted = revision;
    told = 0;
    for (SelectionKey key : selector.keys()) {
      told += ((Watcher) key.attachment()).revision >= revision ? 1 : 0;
    }
    long end = System.nanoTime() + patience.toNanos();
    while (told < streams) {
      selector.select(
          key -> {
            try {
              ((Watcher) key.attachment()).read();
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          },
          100);
      if (System.nanoTime() - end > 0) {
        return false;
      }
    }
    return true;
  }

  /** How often a stream was told of another revision than the next one: missed, or told twice. */
  long outOfOrder() {
    return outOfOrder;
  }

  @Override
  public void close() throws IOException {
    for (SelectionKey key : selector.keys()) {
      key.channel().close();
    }
    selector.close();
  }
}
