package dev.tend.web;

import dev.tend.todo.Deadline;
import java.time.Duration;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * The end of a connection whose client is still sending what nobody wants (RFC 9112 §9.6): the
 * answer goes out, and what comes is thrown away for a while. A connection that is closed with
 * something unread in it is reset, and its client would not get to read the answer.
 */
final class Lingering {
  private static final Duration TIME = Duration.ofSeconds(2);
  private static final int BYTES = 16 * 1024 * 1024;
  private static final int CHUNKS_AT_ONCE = 16;

  private Lingering() {}

  /** Whether some of the body is still to come; what has come is thrown away. */
  static boolean isNeeded(Request request) {
    for (int i = 0; i < CHUNKS_AT_ONCE; i++) {
      Content.@Nullable Chunk chunk = request.read();
      if (chunk == null || Content.Chunk.isFailure(chunk)) {
        return true;
      }
      chunk.release();
      if (chunk.isLast()) {
        return false;
      }
    }
    return true;
  }

  /** For the end of an answer: lingers when it has been written, and then is done. */
  static Callback before(Callback done, Request request) {
    return Callback.from(
        () ->
            Thread.startVirtualThread(() -> {
              try {
                linger(request);
              } finally {
                done.succeeded();
              }
            }),
        done::failed);
  }

  private static void linger(Request request) {
    request.getConnectionMetaData().getConnection().getEndPoint().shutdownOutput();
    Deadline deadline = Deadline.in(TIME);
    int thrownAway = 0;
    try {
      while (thrownAway < BYTES) {
        Content.@Nullable Chunk chunk = request.read();
        if (chunk == null) {
          Body.awaitMore(request, deadline);
          continue;
        }
        thrownAway += chunk.remaining();
        chunk.release();
        if (chunk.isLast() || Content.Chunk.isFailure(chunk)) {
          return;
        }
      }
    } catch (Refusal late) {
      // It has had its time.
    }
  }
}
