package dev.tend.bench.http;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * An answer as it came over the wire.
 *
 * @param head its lines, the first of them the status
 */
record WireAnswer(List<String> head, ByteBuffer body) {

  /** Sends a request over a connection of its own, and reads the answer. */
  static WireAnswer of(int port, byte[] request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.getOutputStream().write(request);
      return read(socket.getInputStream());
    }
  }

  /** Reads one, with a body as long as its head says. */
  static WireAnswer read(InputStream in) throws IOException {
    List<String> head = new ArrayList<>();
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      head.add(line);
    }
    int length =
        head.stream()
            .skip(1)
            .filter(line -> name(line).equals("content-length"))
            .mapToInt(line -> Integer.parseInt(value(line)))
            .findFirst()
            .orElse(0);
    byte[] body = new byte[length];
    new DataInputStream(in).readFully(body);
    return new WireAnswer(List.copyOf(head), ByteBuffer.wrap(body).asReadOnlyBuffer());
  }

  private static String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        throw new EOFException("the answer breaks off");
      }
      line.write(b);
    }
    return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
  }

  int status() {
    return Integer.parseInt(head.getFirst().split(" ", 3)[1]);
  }

  /** What the server was told to send: without the date and the length, which it adds itself. */
  List<String> fields() {
    return head.stream()
        .skip(1)
        .filter(line -> !List.of("date", "content-length").contains(name(line)))
        .toList();
  }

  String field(String name) {
    return fields().stream()
        .filter(line -> name(line).equals(name.toLowerCase(Locale.ROOT)))
        .map(WireAnswer::value)
        .findFirst()
        .orElseThrow();
  }

  static String name(String line) {
    return line.substring(0, line.indexOf(':')).toLowerCase(Locale.ROOT);
  }

  static String value(String line) {
    return line.substring(line.indexOf(':') + 1).strip();
  }

  byte[] bytes() {
    byte[] text = (String.join("\r\n", head) + "\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1);
    byte[] bytes = new byte[text.length + body.remaining()];
    ByteBuffer.wrap(bytes).put(text).put(body.slice());
    return bytes;
  }

  /** Whether it says the same as another; a date may differ, and the order of the fields. */
  boolean saysTheSame(WireAnswer other) {
    return head.getFirst().equals(other.head.getFirst())
        && fields().stream().sorted().toList().equals(other.fields().stream().sorted().toList())
        && body.equals(other.body);
  }
}
