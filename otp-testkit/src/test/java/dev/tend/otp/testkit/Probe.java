package dev.tend.otp.testkit;

import dev.tend.otp.genserver.GenServer;
import dev.tend.otp.genserver.Handled;
import dev.tend.otp.genserver.Init;
import dev.tend.otp.process.Call;
import dev.tend.otp.process.Caller;
import dev.tend.otp.process.Cast;
import dev.tend.otp.process.ExitReason;
import dev.tend.otp.process.Pid;
import dev.tend.otp.process.ReplyTo;
import dev.tend.otp.process.RequestId;
import dev.tend.otp.process.ServerRef;
import dev.tend.otp.process.StartOptions;
import dev.tend.otp.process.StartResult;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** A server that does what its requests tell it to. Its state is any value, at first "new". */
public class Probe extends GenServer<Object, Probe.Request<?>, Probe.Message> {
  public sealed interface Request<R> extends Call<Probe, R> {}

  public sealed interface Message extends Cast<Probe> {}

  /** Runs this and replies with what it returns. */
  public record Run<R>(Callable<R> code) implements Request<R> {}

  /** Is the callback. */
  public record Handle<R>(Callback<R> callback) implements Request<R> {}

  public record State() implements Request<Object> {}

  /** Runs this, as a cast. */
  public record Tell(Code code) implements Message {}

  /** Is the callback, of a cast. */
  public record Do(Callable<Handled<Object>> callback) implements Message {}

  @FunctionalInterface
  public interface Code {
    void run() throws Exception;
  }

  @FunctionalInterface
  public interface Callback<R> {
    Handled<Object> handle(ReplyTo<R> from, Object state) throws Exception;
  }

  /** All that reached handleInfo, handleContinue, handleTimeout and terminate, in order. */
  public final List<Object> seen = new CopyOnWriteArrayList<>();

  private Callable<Init<Object>> init = () -> Init.ok("new");
  private Consumer<ExitReason> terminate = reason -> {};

  public Probe init(Callable<Init<Object>> newInit) {
    init = newInit;
    return this;
  }

  public Probe terminate(Consumer<ExitReason> newTerminate) {
    terminate = newTerminate;
    return this;
  }

  public static Pid<Probe> started() {
    return new Probe().start();
  }

  public Pid<Probe> start() {
    return GenServer.start(this, StartOptions.defaults()).orThrow();
  }

  public Pid<Probe> startLink() {
    return GenServer.startLink(this, StartOptions.defaults()).orThrow();
  }

  public StartResult<Probe> start(StartOptions options) {
    return GenServer.start(this, options);
  }

  public static Init<Object> ready() {
    return Init.ok("new");
  }

  public static Handled<Object> on(Object state) {
    return noReply(state);
  }

  public static Handled<Object> end(ExitReason reason, Object state) {
    return stop(reason, state);
  }

  public <R> RequestId<R> ask(ServerRef<Probe> server, Request<R> request) {
    return sendRequest(server, request);
  }

  @Override
  protected Init<Object> init() throws Exception {
    return init.call();
  }

  @Override
  protected Handled<Object> handleCall(Request<?> request, Caller caller, Object state)
      throws Exception {
    return switch (request) {
      case Run<?> run -> run(run, caller, state);
      case Handle<?> handle -> handle(handle, caller, state);
      case State get -> reply(get, caller, state, state);
    };
  }

  private static <R> Handled<Object> run(Run<R> run, Caller caller, Object state) throws Exception {
    return reply(run, caller, run.code.call(), state);
  }

  private static <R> Handled<Object> handle(Handle<R> handle, Caller caller, Object state)
      throws Exception {
    return handle.callback.handle(caller.to(handle), state);
  }

  @Override
  protected Handled<Object> handleCast(Message message, Object state) throws Exception {
    return switch (message) {
      case Tell tell -> {
        tell.code.run();
        yield noReply(state);
      }
      case Do told -> told.callback.call();
    };
  }

  @Override
  protected Handled<Object> handleInfo(Object message, Object state) throws Exception {
    seen.add(message);
    return message instanceof Callable<?> callback ? handled(callback) : noReply(state);
  }

  @SuppressWarnings("unchecked")
  private static Handled<Object> handled(Callable<?> callback) throws Exception {
    return (Handled<Object>) callback.call();
  }

  @Override
  protected Handled<Object> handleContinue(Object step, Object state) throws Exception {
    seen.add("continue " + (step instanceof Callable<?> ? "callback" : step));
    return step instanceof Callable<?> callback ? handled(callback) : noReply(state);
  }

  @Override
  protected Handled<Object> handleTimeout(Object state) {
    seen.add("timeout");
    return noReply(state);
  }

  @Override
  protected void terminate(ExitReason reason, Object state) {
    seen.add("terminate " + reason + " " + state);
    terminate.accept(reason);
  }
}
