package dev.tend.web;

import static java.util.Locale.ROOT;

import dev.tend.todo.Deadline;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.zip.GZIPInputStream;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.thread.Invocable;
import org.jspecify.annotations.Nullable;

/** Reads the body of a request, up to a size and a time. */
final class Body {
  /** RFC 9110 §8.4.1.3. */
  private static final Set<String> GZIP = Set.of("gzip", "x-gzip");

  private Body() {}

  /**
   * Unpacked, if it came packed: its size is bounded before and after.
   *
   * @throws Refusal if it is too large, comes too slowly, breaks off, is broken, or is of another
   *     encoding than gzip
   */
  static byte[] read(Request request, int limit, Duration time) {
    boolean packed = isPacked(request);
    byte[] body = received(request, limit, time);
    return packed ? unpacked(body, limit) : body;
  }

  private static boolean isPacked(Request request) {
    List<String> encodings = request.getHeaders().getCSV(HttpHeader.CONTENT_ENCODING, false);
    boolean packed = encodings.size() == 1 && GZIP.contains(encodings.getFirst().toLowerCase(ROOT));
    if (!packed && !encodings.isEmpty()) {
      throw new Refusal(Problem.MEDIA_TYPE, "The only Content-Encoding that is read here is gzip.")
          .about("Content-Encoding")
          .header("Accept-Encoding", "gzip");
    }
    return packed;
  }

  private static byte[] unpacked(byte[] packed, int limit) {
    try (InputStream body = new GZIPInputStream(new ByteArrayInputStream(packed))) {
      byte[] unpacked = body.readNBytes(limit + 1);
      if (unpacked.length > limit) {
        throw tooLarge(limit);
      }
      return unpacked;
    } catch (IOException e) {
      throw new Refusal(Problem.MALFORMED, "The body is not packed with gzip, or breaks off.");
    }
  }

  private static byte[] received(Request request, int limit, Duration time) {
    if (request.getLength() > limit) {
      throw tooLarge(limit);
    }
    Deadline deadline = Deadline.in(time);
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    while (true) {
      Content.@Nullable Chunk chunk = request.read();
      if (chunk == null) {
        awaitMore(request, deadline);
      } else if (Content.Chunk.isFailure(chunk)) {
        throw isStopping(request)
            ? stopping()
            : new Refusal(Problem.MALFORMED, "The body is broken or breaks off.");
      } else {
        append(chunk, body);
        if (body.size() > limit) {
          throw tooLarge(limit);
        }
        if (chunk.isLast()) {
          return body.toByteArray();
        }
      }
    }
  }

  private static void append(Content.Chunk chunk, ByteArrayOutputStream body) {
    byte[] bytes = new byte[chunk.remaining()];
    chunk.getByteBuffer().get(bytes);
    chunk.release();
    body.writeBytes(bytes);
  }

  /**
   * @throws Refusal if nothing more comes in time
   */
  static void awaitMore(Request request, Deadline deadline) {
    Semaphore more = new Semaphore(0);
    request.demand(Invocable.from(Invocable.InvocationType.NON_BLOCKING, more::release));
    try {
      if (!more.tryAcquire(deadline.left().toNanos(), TimeUnit.NANOSECONDS)) {
        request.fail(new TimeoutException("the body took too long"));
        throw new Refusal(Problem.TOO_SLOW, "The body took too long to come.");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw stopping();
    }
  }

  /** Then it is not the client that has broken off. */
  private static boolean isStopping(Request request) {
    return !request.getConnectionMetaData().getConnector().getServer().isRunning();
  }

  private static Refusal stopping() {
    return Refusal.unavailable(
        OwnHindrance.STOPPING, "the server is stopping", Duration.ofSeconds(1));
  }

  private static Refusal tooLarge(int limit) {
    return new Refusal(Problem.TOO_LARGE, "A body may have at most " + limit + " bytes.");
  }
}
