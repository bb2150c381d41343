package dev.tend.todo;

import dev.tend.otp.process.Answer;
import dev.tend.otp.process.CallFailed;
import dev.tend.otp.process.Pid;
import dev.tend.otp.process.Processes;
import dev.tend.otp.process.RequestId;
import dev.tend.todo.list.Weight;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;

/**
 * Many requests to one list, in order, of which some are under way at a time: so they share
 * commits, and leave room for others. Put by a process of its own, for answers come as messages.
 */
final class Batch {
  /** Half of what may wait for the disk. */
  private static final int UNDER_WAY = TodoServer.MOST_PENDING / 2;

  /** Updates show what was there before: so few are under way until one has told how much. */
  private static final int UPDATES_AT_FIRST = 8;

  private static final Outcome NOT_BEGUN =
      new Outcome.Unavailable(Hindrance.ANSWER_FULL, Duration.ofSeconds(1));

  private final Pid<TodoServer> server;
  private final Deadline deadline;
  private final long most;
  private final List<Outcome> outcomes = new ArrayList<>();
  private final Queue<UnderWay> underWay = new ArrayDeque<>();

  /** What the outcomes weigh that have come, and those that are to come, as far as can be told. */
  private long weight;

  private long expected;

  /** What an update shows at most, by those that have been answered. */
  private long update = Weight.MOST / UPDATES_AT_FIRST;

  private boolean updated;

  private record UnderWay(TodoServer.ChangeRequest request, RequestId<Outcome> id, long expected) {}

  private Batch(Pid<TodoServer> server, long most, Deadline deadline) {
    this.server = server;
    this.most = most;
    this.deadline = deadline;
  }

  /**
   * One outcome for each request, in order.
   *
   * @param most how much the entries may weigh that they show: what comes after that is not begun
   */
  static List<Outcome> put(
      Pid<TodoServer> server,
      List<? extends TodoServer.ChangeRequest> requests,
      long most,
      Deadline deadline) {
    CompletableFuture<List<Outcome>> outcomes = new CompletableFuture<>();
    Processes.spawn(() -> {
      try {
        outcomes.complete(new Batch(server, most, deadline).inOrder(requests));
      } catch (Throwable thrown) {
        outcomes.completeExceptionally(thrown);
        throw thrown;
      }
    });
    return outcomes.join();
  }

  private List<Outcome> inOrder(List<? extends TodoServer.ChangeRequest> requests) {
    for (TodoServer.ChangeRequest request : requests) {
      while (!underWay.isEmpty() && !hasRoom(request)) {
        receive();
      }
      if (weight >= most) {
        break;
      }
      underWay.add(
          new UnderWay(request, Processes.sendRequest(server, request), expected(request)));
      expected += expected(request);
    }
    while (!underWay.isEmpty()) {
      receive();
    }
    while (outcomes.size() < requests.size()) {
      outcomes.add(NOT_BEGUN);
    }
    return outcomes;
  }

  private boolean hasRoom(TodoServer.ChangeRequest request) {
    return underWay.size() < UNDER_WAY && weight + expected + expected(request) <= most;
  }

  private long expected(TodoServer.ChangeRequest request) {
    return switch (request) {
      case TodoServer.Add add -> Weight.of(add.draft());
      case TodoServer.Update _ -> update;
      default -> 0;
    };
  }

  private void receive() {
    UnderWay oldest = underWay.remove();
    Outcome outcome = outcome(oldest.id());
    int shown = shown(outcome);
    outcomes.add(outcome);
    weight += shown;
    expected -= oldest.expected();
    if (oldest.request() instanceof TodoServer.Update) {
      update = updated ? Math.max(update, shown) : shown;
      updated = true;
    }
  }

  private static int shown(Outcome outcome) {
    return outcome instanceof Outcome.Changed changed && changed.entry() != null
        ? Weight.of(changed.entry())
        : 0;
  }

  private Outcome outcome(RequestId<Outcome> request) {
    return switch (request.receive(deadline.left())) {
      case Answer.Replied<Outcome>(Outcome outcome) -> outcome;
      case Answer.Failed<Outcome>(CallFailed.Why why) -> ListClient.failed(why);
    };
  }
}
