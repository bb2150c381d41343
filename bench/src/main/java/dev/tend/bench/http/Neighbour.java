package dev.tend.bench.http;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.SingleWriterRecorder;

/** Somebody who adds entries to a list of their own, one after the other, and takes the time. */
final class Neighbour implements AutoCloseable {
  private static final Pattern ID = Pattern.compile("\"id\":\"([0-9a-f]+)\"");
  private static final String POST =
      "POST /api/v1/%s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nContent-Type: application/json\r\n"
          + "Content-Length: %d\r\n\r\n%s";
  private static final int CREATED = 201;

  private final SingleWriterRecorder nanos = new SingleWriterRecorder(3);
  private final Socket socket;
  private final InputStream answers;
  private final byte[] add;
  private final Thread thread;
  private volatile boolean over;

  /** Makes a list and begins. */
  Neighbour(int port, String name) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setTcpNoDelay(true);
    answers = new BufferedInputStream(socket.getInputStream());
    WireAnswer made = post(request(port, "lists", "{\"name\":\"" + name + "\"}"));
    Matcher id = ID.matcher(StandardCharsets.UTF_8.decode(made.body()));
    if (!id.find()) {
      throw new IOException("the server has not said which list it has made");
    }
    add =
        request(
            port, "lists/" + id.group(1) + "/entries", "{\"title\":\"Call about the order\"}");
    thread = Thread.ofPlatform().start(this::addAll);
  }

  private static byte[] request(int port, String path, String body) {
    return POST.formatted(path, port, body.length(), body).getBytes(StandardCharsets.US_ASCII);
  }

  private WireAnswer post(byte[] request) throws IOException {
    socket.getOutputStream().write(request);
    WireAnswer answer = WireAnswer.read(answers);
    if (answer.status() != CREATED) {
      throw new IOException("a change was answered " + answer.status());
    }
    return answer;
  }

  private void addAll() {
    try {
      while (!over) {
        long before = System.nanoTime();
        post(add);
        nanos.recordValue(System.nanoTime() - before);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Adds the times since it was last asked. */
  void tell(Histogram to) throws IOException {
    if (!thread.isAlive()) {
      throw new IOException("a neighbour has stopped; what was written above says why");
    }
    to.add(nanos.getIntervalHistogram());
  }

  @Override
  public void close() throws IOException {
    over = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    socket.close();
  }
}
