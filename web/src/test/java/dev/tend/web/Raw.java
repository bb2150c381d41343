package dev.tend.web;

import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;

/** A connection on which a test says exactly what it wants. */
final class Raw implements AutoCloseable {
  private final Socket socket;

  Raw(int port) throws IOException {
    this(port, new Socket());
  }

  private Raw(int port, Socket socket) throws IOException {
    this.socket = socket;
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    socket.setSoTimeout(20_000);
  }

  /** One that takes half a megabyte and no more before it is read. */
  static Raw narrow(int port) throws IOException {
    Socket socket = new Socket();
    socket.setReceiveBufferSize(512 * 1024);
    return new Raw(port, socket);
  }

  /** How long it waits for each answer, in milliseconds. */
  Raw patience(int millis) throws IOException {
    socket.setSoTimeout(millis);
    return this;
  }

  Raw say(String text) throws IOException {
    return say(text.getBytes(StandardCharsets.UTF_8));
  }

  Raw say(byte[] bytes) throws IOException {
    OutputStream out = socket.getOutputStream();
    out.write(bytes);
    out.flush();
    return this;
  }

  /** Says it in pieces, until it is all said or the other side has hung up. */
  void drip(String text, long millis) throws InterruptedException {
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      try {
        say(new byte[] {b});
      } catch (IOException hungUp) {
        return;
      }
      Thread.sleep(millis);
    }
  }

  /** Reads as a slow client does, until the other side has hung up: how many bytes there were. */
  int sip(int bytes, long millis) throws IOException, InterruptedException {
    int all = 0;
    try {
      for (int n; (n = socket.getInputStream().readNBytes(bytes).length) > 0; all += n) {
        Thread.sleep(millis);
      }
    } catch (SocketException reset) {
      // It has hung up.
    }
    return all;
  }

  /**
   * The next line that is answered.
   *
   * @throws EOFException if the other side has hung up before its end
   */
  String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c; (c = socket.getInputStream().read()) != '\n'; ) {
      if (c < 0) {
        throw new EOFException("the other side has hung up after \"" + line + "\"");
      }
      line.append((char) c);
    }
    return line.toString().strip();
  }

  /** All that is answered, until the other side hangs up. */
  String rest() throws IOException {
    StringBuilder all = new StringBuilder();
    byte[] buffer = new byte[8_192];
    try {
      for (int n; (n = socket.getInputStream().read(buffer)) >= 0; ) {
        all.append(new String(buffer, 0, n, StandardCharsets.UTF_8));
      }
    } catch (SocketException reset) {
      all.append("\n<reset>");
    }
    return all.toString();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  /** One exchange on a connection of its own. */
  static String exchange(int port, String text) throws IOException {
    try (Raw raw = new Raw(port)) {
      return raw.say(text).rest();
    }
  }
}
