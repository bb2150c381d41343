package dev.tend.web;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/**
 * How slowly a client may read an answer. One that takes some bytes now and then is never idle: it
 * would hold its connection, and the answer in memory, for hours. Event streams are slow by nature;
 * {@link EventWriter} gives up a client by itself.
 *
 * @param grace the time for any answer
 * @param rate of how many bytes each gives it another second
 */
record Pace(Duration grace, int rate) {

  Pace(WebConfig config) {
    this(config.silence(), config.pace());
  }

  /** Writes a whole body, or closes the connection when its time is over. */
  void write(ByteBuffer body, Request request, Response response, Callback callback) {
    Duration time = grace.plusMillis(body.remaining() * 1_000L / rate);
    Write write = new Write(callback, request);
    response.write(true, body, write);
    write.endIn(time);
  }

  /** One that may take its time; most are over when they have begun. */
  private static final class Write extends Callback.Nested {
    private final Request request;
    private volatile boolean over;
    private volatile Scheduler.@Nullable Task end;

    Write(Callback callback, Request request) {
      super(callback);
      this.request = request;
    }

    void endIn(Duration time) {
      if (over) {
        return;
      }
      EndPoint client = request.getConnectionMetaData().getConnection().getEndPoint();
      Scheduler.Task task =
          request
              .getComponents()
              .getScheduler()
              .schedule(client::close, time.toMillis(), TimeUnit.MILLISECONDS);
      end = task;
      if (over) {
        task.cancel();
      }
    }

    private void isOver() {
      over = true;
      Scheduler.Task task = end;
      if (task != null) {
        task.cancel();
      }
    }

    @Override
    public void succeeded() {
      isOver();
      super.succeeded();
    }

    @Override
    public void failed(Throwable failure) {
      isOver();
      super.failed(failure);
    }
  }
}
