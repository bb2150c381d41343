package dev.tend.web;

import dev.tend.otp.process.CallFailed;
import dev.tend.otp.process.ExitReason;
import dev.tend.otp.process.Pid;
import dev.tend.otp.process.Processes;
import dev.tend.otp.process.StartOptions;
import dev.tend.web.ListEvents.Position;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The changes of some lists and of the catalogue, as one stream; written by a process of its own.
 */
final class ListFeed implements Feed {
  private static final int MAILBOX = 1_000;
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private final List<Position> positions;
  private final Feeds feeds;

  ListFeed(List<Position> positions, Feeds feeds) {
    this.positions = positions;
    this.feeds = feeds;
  }

  @Override
  public void write(EventWriter out) throws IOException, InterruptedException {
    CompletableFuture<Void> end = new CompletableFuture<>();
    Pid<?> writer =
        Processes.spawn(
            StartOptions.defaults().withMailboxLimit(MAILBOX),
            () -> {
              Processes.setLabel("event stream of " + positions.size() + " lists");
              try {
                new ListFollower(positions, feeds, out).run();
              } catch (IOException | InterruptedException gone) {
                end.completeExceptionally(gone);
              } finally {
                end.complete(null);
              }
            });
    try {
      end.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException gone) {
        throw gone;
      }
      throw new CompletionException(e.getCause());
    } catch (InterruptedException ending) {
      end(writer, end);
      throw ending;
    } finally {
      Processes.exit(writer, ExitReason.KILL);
    }
  }

  /** Lets it write what it has begun. */
  private static void end(Pid<?> writer, CompletableFuture<Void> end) throws InterruptedException {
    try {
      Processes.send(writer, ListFollower.END);
      end.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (CallFailed | ExecutionException | TimeoutException clientDoesNotRead) {
      // It is killed.
    }
  }
}
