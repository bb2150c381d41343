package dev.tend.bench.loops;

import dev.tend.otp.genserver.GenServer;
import dev.tend.otp.genserver.Handled;
import dev.tend.otp.genserver.Init;
import dev.tend.otp.process.Call;
import dev.tend.otp.process.Caller;
import dev.tend.otp.process.Cast;
import dev.tend.otp.process.ExitReason;
import dev.tend.otp.process.Pid;
import dev.tend.otp.process.Processes;
import dev.tend.otp.process.StartOptions;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A message to a GenServer and back, and messages that go one way. */
public class MessageLoops extends Loops {
  private static final int CASTS = 1_000;

  /** It counts. */
  static final class Sum extends GenServer<Long, Sum.Get, Sum.Add> {

    record Get() implements Call<Sum, Long> {}

    record Add(long value) implements Cast<Sum> {}

    @Override
    protected Init<Long> init() {
      return Init.ok(0L);
    }

    @Override
    protected Handled<Long> handleCall(Get get, Caller caller, Long sum) {
      return reply(get, caller, sum, sum);
    }

    @Override
    protected Handled<Long> handleCast(Add add, Long sum) {
      return noReply(sum + add.value());
    }
  }

  /** A server of each client's own. */
  @State(Scope.Thread)
  public static class Server {
    private Pid<Sum> pid;

    @Setup(Level.Trial)
    public void start() {
      pid = GenServer.start(new Sum(), StartOptions.defaults()).orThrow();
    }

    @TearDown(Level.Trial)
    public void kill() {
      Processes.exit(pid, ExitReason.KILL);
    }
  }

  @Benchmark
  public long call(Server server) {
    return server.pid.call(new Sum.Get());
  }

  /** With a call behind them, so that all have been handled. */
  @Benchmark
  @OperationsPerInvocation(CASTS)
  public long cast(Server server) {
    for (int i = 0; i < CASTS; i++) {
      server.pid.cast(new Sum.Add(i));
    }
    return server.pid.call(new Sum.Get());
  }
}
