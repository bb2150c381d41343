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

  /** Fewer than a list holds. */
  private static final int ENTRIES = 10_000;

  private final SingleWriterRecorder nanos = new SingleWriterRecorder(3);
  private final Socket socket;
  private final InputStream answers;
  private final int port;
  private final String name;
  private int lists;
  private final Thread thread;
  private volatile boolean over;

  /** Begins. */
  Neighbour(int port, String name) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setTcpNoDelay(true);
    answers = new BufferedInputStream(socket.getInputStream());
    this.port = port;
    this.name = name;
    thread = Thread.ofPlatform().start(this::addAll);
  }

  private byte[] request(String path, String body) {
    return POST.formatted(path, port, body.length(), body).getBytes(StandardCharsets.US_ASCII);
  }

  /** Makes a list; the request that adds to it. */
  private byte[] adding() throws IOException {
    String wish = "{\"name\":\"" + name + ", list " + lists++ + "\"}";
    Matcher id = ID.matcher(StandardCharsets.UTF_8.decode(post(request("lists", wish)).body()));
    if (!id.find()) {
      throw new IOException("the server has not said which list it has made");
    }
    return request("lists/" + id.group(1) + "/entries", "{\"title\":\"Call about the order\"}");
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
        byte[] add = adding();
        for (int i = 0; i < ENTRIES && !over; i++) {
          long before = System.nanoTime();
          post(add);
          nanos.recordValue(System.nanoTime() - before);
        }
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
