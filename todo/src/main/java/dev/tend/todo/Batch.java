package dev.tend.todo;

import dev.tend.otp.process.Answer;
import dev.tend.otp.process.CallFailed;
import dev.tend.otp.process.Pid;
import dev.tend.otp.process.Processes;
import dev.tend.otp.process.RequestId;
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

  private Batch() {}

  /** One outcome for each request, in order. */
  static List<Outcome> put(
      Pid<TodoServer> server,
      List<? extends TodoServer.ChangeRequest> requests,
      Deadline deadline) {
    CompletableFuture<List<Outcome>> outcomes = new CompletableFuture<>();
    Processes.spawn(() -> {
      try {
        outcomes.complete(inOrder(server, requests, deadline));
      } catch (Throwable thrown) {
        outcomes.completeExceptionally(thrown);
        throw thrown;
      }
    });
    return outcomes.join();
  }

  private static List<Outcome> inOrder(
      Pid<TodoServer> server,
      List<? extends TodoServer.ChangeRequest> requests,
      Deadline deadline) {
    List<Outcome> outcomes = new ArrayList<>(requests.size());
    Queue<RequestId<Outcome>> underWay = new ArrayDeque<>();
    for (TodoServer.ChangeRequest request : requests) {
      if (underWay.size() == UNDER_WAY) {
        outcomes.add(outcome(underWay.remove(), deadline));
      }
      underWay.add(Processes.sendRequest(server, request));
    }
    underWay.forEach(request -> outcomes.add(outcome(request, deadline)));
    return outcomes;
  }

  private static Outcome outcome(RequestId<Outcome> request, Deadline deadline) {
    return switch (request.receive(deadline.left())) {
      case Answer.Replied<Outcome>(Outcome outcome) -> outcome;
      case Answer.Failed<Outcome>(CallFailed.Why why) -> ListClient.failed(why);
    };
  }
}
