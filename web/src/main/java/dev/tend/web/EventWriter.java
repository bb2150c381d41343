package dev.tend.web;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Writes server-sent events to one client, and gives up one who does not read them. */
final class EventWriter {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private static final Duration AT_THE_END = Duration.ofSeconds(1);
  private static final int SOONEST_AGAIN = 1_000;
  private static final int LATEST_AGAIN = 3_000;

  private final Response response;

  /** What was begun last: no more may be written before it is. */
  private volatile CompletableFuture<Void> last = CompletableFuture.completedFuture(null);

  private volatile long lastAt = System.nanoTime();

  private EventWriter(Response response) {
    this.response = response;
  }

  /** Writes a stream from its beginning to its end, which is told to the callback. */
  static void run(Feed feed, Request request, Response response, Callback callback) {
    try {
      feed.write(new EventWriter(response));
      response.write(true, ByteBuffer.allocate(0), callback);
    } catch (IOException gone) {
      request.getConnectionMetaData().getConnection().getEndPoint().close();
      callback.failed(gone);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      callback.failed(e);
    }
  }

  /** One event; data without line breaks. */
  void event(String name, String id, String data) throws IOException, InterruptedException {
    write((id.isEmpty() ? "" : "id: " + id + "\n") + "event: " + name + "\ndata: " + data + "\n\n");
  }

  /** For how long nothing has been written. */
  Duration silence() {
    return Duration.ofNanos(System.nanoTime() - lastAt);
  }

  /** Nothing but a sign of life, which a page can hear: comments it cannot. */
  void beat() throws IOException, InterruptedException {
    event("beat", "", "{}");
  }

  /** The last words to a client that is to come back: not all of them at the same moment. */
  void farewell() throws IOException, InterruptedException {
    await(last, AT_THE_END);
    int pause = ThreadLocalRandom.current().nextInt(SOONEST_AGAIN, LATEST_AGAIN);
    write("retry: " + pause + "\n: the server stops\n\n");
  }

  private void write(String text) throws IOException, InterruptedException {
    CompletableFuture<Void> written = new CompletableFuture<>();
    last = written;
    lastAt = System.nanoTime();
    response.write(
        false,
        ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)),
        Callback.from(() -> written.complete(null), written::completeExceptionally));
    await(written, PATIENCE);
  }

  private static void await(CompletableFuture<Void> written, Duration patience)
      throws IOException, InterruptedException {
    try {
      written.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new IOException("the client has gone", e.getCause());
    } catch (TimeoutException e) {
      throw new IOException("the client does not read", e);
    }
  }
}
