package dev.tend.bench.http;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * Connections that send the same request again as soon as it is answered, all on the calling
 * thread.
 */
final class Load implements AutoCloseable {
  private static final int BUFFER = 256 * 1024;

  private final Selector selector;
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);
  private final ByteBuffer request;
  private final byte[] begins;
  private final int length;
  private long answered;
  private int inHand;
  private boolean over;

  /** One connection. */
  private final class Client {
    private final SocketChannel channel;
    private int left;

    Client(SocketChannel channel) {
      this.channel = channel;
    }

    void ask() throws IOException {
      left = length;
      inHand++;
      ByteBuffer all = request.duplicate();
      while (all.hasRemaining()) {
        channel.write(all);
      }
    }

    void take() throws IOException {
      buffer.clear();
      int read = channel.read(buffer);
      if (read < 0 || read > left) {
        throw new EOFException("an answer of another length than " + length + " bytes");
      }
      if (left == length && !buffer.slice(0, begins.length).equals(ByteBuffer.wrap(begins))) {
        throw new IOException("another answer than " + new String(begins, StandardCharsets.UTF_8));
      }
      left -= read;
      if (left == 0) {
        answered++;
        inHand--;
        if (!over) {
          ask();
        }
      }
    }
  }

  /**
   * Connects.
   *
   * @param expected how each answer begins, and how long it is
   */
  Load(int port, int connections, byte[] request, WireAnswer expected) throws IOException {
    this.selector = Selector.open();
    this.request = ByteBuffer.allocateDirect(request.length).put(request).flip();
    this.begins = expected.head().getFirst().getBytes(StandardCharsets.US_ASCII);
    this.length = expected.bytes().length;
    for (int i = 0; i < connections; i++) {
      SocketChannel channel =
          SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      channel.configureBlocking(false);
      channel.register(selector, SelectionKey.OP_READ, new Client(channel));
    }
  }

  /** Asks for so long, and waits for the last answers. How many there were. */
  long run(Duration time) throws IOException {
    answered = 0;
    over = false;
    for (SelectionKey key : selector.keys()) {
      ((Client) key.attachment()).ask();
    }
    long begin = System.nanoTime();
    while (inHand > 0) {
      selector.select(key -> {
        try {
          ((Client) key.attachment()).take();
        } catch (IOException e) {
          throw new java.io.UncheckedIOException(e);
        }
      });
      over = System.nanoTime() - begin > time.toNanos();
    }
    return answered;
  }

  @Override
  public void close() throws IOException {
    for (SelectionKey key : selector.keys()) {
      key.channel().close();
    }
    selector.close();
  }
}
