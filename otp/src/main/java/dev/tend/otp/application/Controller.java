package dev.tend.otp.application;

import static java.util.Objects.requireNonNull;

import dev.tend.otp.process.Behaviour;
import dev.tend.otp.process.Call;
import dev.tend.otp.process.Caller;
import dev.tend.otp.process.DeadProcess;
import dev.tend.otp.process.Down;
import dev.tend.otp.process.Event;
import dev.tend.otp.process.Exit;
import dev.tend.otp.process.ExitReason;
import dev.tend.otp.process.Initialised;
import dev.tend.otp.process.MonitorRef;
import dev.tend.otp.process.Pid;
import dev.tend.otp.process.Processes;
import dev.tend.otp.process.ReplyTo;
import dev.tend.otp.process.StartResult;
import dev.tend.otp.process.Step;
import dev.tend.otp.report.Log;
import dev.tend.otp.report.Text;
import dev.tend.otp.supervisor.Restart;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;

/**
 * The applications' own process: the parent of their roots, which it starts one by one. Between two
 * starts it handles its messages, so a stop does not wait for those that are still to be started.
 */
final class Controller implements Behaviour {
  private final List<Application> inOrder;
  private final Queue<Application> toStart = new ArrayDeque<>();
  private final LinkedHashMap<Pid<?>, Application> running = new LinkedHashMap<>();
  private final List<ReplyTo<AllStarted>> starters = new ArrayList<>();

  /** By the start that is under way. */
  private final List<Application> started = new ArrayList<>();

  sealed interface Request<R> extends Call<Controller, R> {}

  /** Answered when all run, or what it started has stopped because one did not start. */
  record StartAll() implements Request<AllStarted> {}

  record WhichApplications() implements Request<List<Application>> {}

  private record StartNext() {}

  /**
   * @param inOrder each after all that it depends on
   */
  Controller(List<Application> inOrder) {
    this.inOrder = List.copyOf(inOrder);
  }

  @Override
  public Initialised init() {
    Processes.trapExit(true);
    return new Initialised.Ready(Step.await(), null);
  }

  @Override
  public Step handle(Event event) {
    return switch (event) {
      case Event.Called(StartAll all, Caller caller) -> {
        starters.add(caller.to(all));
        yield startAll();
      }
      case Event.Called(WhichApplications which, Caller caller) ->
          Step.await().andReply(caller.to(which), List.copyOf(running.values()));
      case Event.Info(StartNext()) -> startNext();
      case Event.Info(Exit(Pid<?> from, ExitReason reason)) -> ended(from, reason);
      case Event.Stop(ExitReason reason) -> Step.stop(reason);
      default -> Step.await();
    };
  }

  // ---- start ----

  /** One that has ended since a start that is under way began is started by that again. */
  private Step startAll() {
    toStart.clear();
    inOrder.stream().filter(application -> rootOf(application).isEmpty()).forEach(toStart::add);
    return starters.size() == 1 ? startNext() : Step.await();
  }

  private Optional<Pid<?>> rootOf(Application application) {
    return running.entrySet().stream()
        .filter(entry -> entry.getValue() == application)
        .<Pid<?>>map(Map.Entry::getKey)
        .findFirst();
  }

  private Step startNext() {
    Application next = toStart.poll();
    if (next == null) {
      return answer(Step.await(), new AllStarted.Ok());
    }
    return switch (start(next)) {
      case StartResult.Ok<?>(Pid<?> root, Object info) -> {
        running.put(root, next);
        started.add(next);
        Processes.link(root);
        Processes.send(Processes.self(), new StartNext());
        yield Step.await();
      }
      case StartResult.Failed<?>(ExitReason reason) -> takeBack(next, reason);
      case StartResult<?> other -> takeBack(next, new ExitReason.Term(other));
    };
  }

  private static StartResult<?> start(Application application) {
    try {
      return requireNonNull(application.start().start(application), "start answered null");
    } catch (Throwable thrown) {
      return new StartResult.Failed<>(Processes.reasonOf(thrown));
    }
  }

  /** Those that ran before it run on; with nothing left it is over. */
  private Step takeBack(Application because, ExitReason reason) {
    for (Application application : started.reversed()) {
      rootOf(application)
          .ifPresent(root -> {
            running.remove(root);
            stop(root, application);
          });
    }
    return running.isEmpty()
        ? giveUp(because, reason)
        : answer(Step.await(), new AllStarted.Failed(because.name(), reason));
  }

  /** All stop, and who waits for the start hears of it when they have. */
  private Step giveUp(Application because, ExitReason reason) {
    End.Ended ended = new End.Ended(because.name(), reason);
    return answer(
        Step.stop(new ExitReason.Shutdown(ended)), new AllStarted.Failed(because.name(), reason));
  }

  private Step answer(Step step, AllStarted outcome) {
    Step answered = step;
    for (ReplyTo<AllStarted> starter : starters) {
      answered = answered.andReply(starter, outcome);
    }
    starters.clear();
    started.clear();
    return answered;
  }

  // ---- end ----

  private Step ended(Pid<?> root, ExitReason reason) {
    Application application = running.remove(root);
    if (application == null) {
      return Step.await();
    }
    Log.write(
        System.Logger.Level.INFO, "application " + application + " exited: " + Text.brief(reason));
    tidyUp(application);
    return endsAll(application.restart(), reason) ? giveUp(application, reason) : Step.await();
  }

  private static boolean endsAll(Restart restart, ExitReason reason) {
    return switch (restart) {
      case PERMANENT -> true;
      case TRANSIENT -> !(reason instanceof ExitReason.Normal);
      case TEMPORARY -> false;
    };
  }

  /** Stops those that run, each when those that need it are gone. */
  @Override
  public void terminate(ExitReason reason) {
    for (Application application : inOrder.reversed()) {
      rootOf(application).ifPresent(root -> stop(root, application));
    }
  }

  private static void stop(Pid<?> root, Application application) {
    MonitorRef ended = Processes.monitor(root);
    Processes.exit(root, ExitReason.SHUTDOWN);
    // One that was started without a link has no parent whose exit signal it would heed.
    Processes.stop(root, ExitReason.SHUTDOWN, Duration.ZERO);
    Processes.receive(message -> message instanceof Down down && down.ref() == ended ? down : null);
    tidyUp(application);
  }

  private static void tidyUp(Application application) {
    try {
      application.stop().run();
    } catch (Throwable thrown) {
      if (thrown instanceof DeadProcess gone && !Processes.self().isAlive()) {
        throw gone;
      }
      Log.write(System.Logger.Level.WARNING, "stopping application " + application, thrown);
    }
  }

  @Override
  public Class<?> requests() {
    return Request.class;
  }
}
