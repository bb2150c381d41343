package dev.tend.otp.process;

import static dev.tend.otp.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tend.otp.genserver.Handled;
import dev.tend.otp.testkit.OtpTest;
import dev.tend.otp.testkit.Probe;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server's step answers what another server was asked, as a worker does for its router. */
@OtpTest
class AnothersCallTest {
  private Pid<Probe> router;
  private Pid<Probe> worker;

  @BeforeEach
  void start() {
    router = Probe.started();
    worker = Probe.started();
  }

  /** Asks a server that keeps who asked, and answers nothing itself. */
  private static CompletableFuture<Object> ask(Pid<Probe> server, Consumer<ReplyTo<String>> asked) {
    CompletableFuture<Object> heard = new CompletableFuture<>();
    CompletableFuture<Boolean> begun = new CompletableFuture<>();
    Thread.startVirtualThread(() -> {
      try {
        heard.complete(
            server.call(
                new Probe.Handle<String>((from, state) -> {
                  asked.accept(from);
                  begun.complete(true);
                  return Probe.on(state);
                }),
                TimeSource.FOR_EVER));
      } catch (CallFailed failed) {
        heard.complete(failed.why());
      }
    });
    begun.join();
    return heard;
  }

  private void answers(Pid<Probe> server, List<ReplyTo<String>> those) {
    server.cast(
        new Probe.Do(() -> {
          Handled<Object> handled = Probe.on("new");
          for (ReplyTo<String> to : those) {
            handled = handled.andReply(to, "done");
          }
          return handled;
        }));
  }

  private static void nothing(ReplyTo<String> asked) {}

  /** One after the other, and several at once. */
  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void what_has_been_answered_is_not_kept_by_who_was_asked(int together) {
    for (int i = 0; i < 5; i++) {
      List<ReplyTo<String>> asked = new ArrayList<>();
      List<CompletableFuture<Object>> heard = new ArrayList<>();
      for (int j = 0; j < together; j++) {
        heard.add(ask(router, asked::add));
      }
      answers(worker, asked);
      heard.forEach(one -> assertThat(one.join()).isEqualTo("done"));
    }
    eventually(() -> assertThat(unanswered(router)).isEmpty());
    Processes.exit(router, ExitReason.KILL);
    Processes.exit(worker, ExitReason.KILL);
  }

  private static List<Signal> unanswered(Pid<?> server) {
    synchronized (server.core) {
      List<Signal> all = server.core.unanswered.takeAll();
      all.forEach(call -> server.core.unanswered.add((PendingCall) call));
      return all;
    }
  }

  @Test
  void each_caller_hears_of_its_own_servers_death_alone() {
    CompletableFuture<Object> toWorker = ask(worker, AnothersCallTest::nothing);
    CompletableFuture<Object> toWorkerToo = ask(worker, AnothersCallTest::nothing);
    CompletableFuture<Object> toRouter = ask(router, AnothersCallTest::nothing);
    List<ReplyTo<String>> forwarded = new ArrayList<>();
    CompletableFuture<Object> answered = ask(router, forwarded::add);
    CompletableFuture<Object> toRouterToo = ask(router, AnothersCallTest::nothing);

    answers(worker, forwarded);
    assertThat(answered.join()).isEqualTo("done");
    CompletableFuture<Object> toRouterThen = ask(router, AnothersCallTest::nothing);
    CompletableFuture<Object> toWorkerThen = ask(worker, AnothersCallTest::nothing);

    Object killed = new CallFailed.Exit(ExitReason.KILLED, true);
    Processes.exit(router, ExitReason.KILL);
    for (CompletableFuture<Object> one : List.of(toRouter, toRouterToo, toRouterThen)) {
      assertThat(one.join()).isEqualTo(killed);
    }
    for (CompletableFuture<Object> one : List.of(toWorker, toWorkerToo, toWorkerThen)) {
      assertThat(one).isNotDone();
    }
    Processes.exit(worker, ExitReason.KILL);
    for (CompletableFuture<Object> one : List.of(toWorker, toWorkerToo, toWorkerThen)) {
      assertThat(one.join()).isEqualTo(killed);
    }
  }
}
