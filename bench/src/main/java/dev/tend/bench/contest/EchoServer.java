package dev.tend.bench.contest;

import dev.tend.otp.genserver.GenServer;
import dev.tend.otp.genserver.Handled;
import dev.tend.otp.genserver.Init;
import dev.tend.otp.process.Call;
import dev.tend.otp.process.Caller;
import dev.tend.otp.process.Cast;
import dev.tend.otp.process.Pid;
import dev.tend.otp.process.Processes;
import dev.tend.otp.process.ServerName;
import dev.tend.otp.process.StartOptions;
import dev.tend.otp.process.StartResult;
import org.jspecify.annotations.Nullable;

/** The server of our own programs: a sum. */
final class EchoServer extends GenServer<Integer, EchoServer.Ask, EchoServer.Add> {

  record Ask(int value) implements Call<EchoServer, Integer> {}

  record Add(int value) implements Cast<EchoServer> {}

  /** The message that says that a server is up. */
  record Up() {}

  private final @Nullable Pid<?> observer;

  private EchoServer(@Nullable Pid<?> observer) {
    this.observer = observer;
  }

  static Pid<EchoServer> start() {
    return GenServer.start(new EchoServer(null), StartOptions.defaults()).orThrow();
  }

  static StartResult<EchoServer> startLink() {
    return GenServer.startLink(new EchoServer(null), StartOptions.defaults());
  }

  /** Under a name, and the observer is told with {@link Up}. */
  static StartResult<EchoServer> startLink(ServerName<EchoServer> name, Pid<?> observer) {
    return GenServer.startLink(new EchoServer(observer), StartOptions.named(name));
  }

  @Override
  protected Init<Integer> init() {
    if (observer != null) {
      Processes.send(observer, new Up());
    }
    return Init.ok(0);
  }

  @Override
  protected Handled<Integer> handleCall(Ask ask, Caller caller, Integer sum) {
    return reply(ask, caller, sum + ask.value(), sum);
  }

  @Override
  protected Handled<Integer> handleCast(Add add, Integer sum) {
    return noReply(sum + add.value());
  }
}
