package dev.tend.otp.genserver;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tend.otp.process.CallFailed;
import dev.tend.otp.process.ExitReason;
import dev.tend.otp.process.Pid;
import dev.tend.otp.process.ProcessInfo;
import dev.tend.otp.process.Processes;
import dev.tend.otp.process.ServerName;
import dev.tend.otp.process.Via;
import dev.tend.otp.testkit.Probe;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** What the tests of this package share. */
final class Fixtures {
  static final ExitReason BOOM = new ExitReason.Term("boom");
  static final CallFailed.Why NO_PROCESS = new CallFailed.Refused(CallFailed.Refusal.NO_PROCESS);
  static final CallFailed.Why CALLING_SELF =
      new CallFailed.Refused(CallFailed.Refusal.CALLING_SELF);

  private Fixtures() {}

  /** A registry of one's own: OTP's {@code dummy_via}. */
  private static final class Names implements Via {
    private final Map<Object, Pid<?>> holders = new ConcurrentHashMap<>();

    @Override
    public boolean register(Object key, Pid<?> pid) {
      return holders.merge(key, pid, (held, by) -> held.isAlive() ? held : by) == pid;
    }

    @Override
    public void unregister(Object key) {
      holders.remove(key);
    }

    @Override
    public Optional<Pid<?>> whereis(Object key) {
      return Optional.<Pid<?>>ofNullable(holders.get(key)).filter(Pid::isAlive);
    }
  }

  /** One name of each kind, with no holder. */
  static List<ServerName<Probe>> names() {
    return List.of(
        ServerName.local("my_test_name"), ServerName.via(new Names(), List.of("my", "name")));
  }

  static CallFailed.Why failure(Runnable call) {
    return catchThrowableOfType(CallFailed.class, call::run).why();
  }

  static void kill(Pid<?>... pids) {
    for (Pid<?> pid : pids) {
      Processes.exit(pid, ExitReason.KILL);
    }
  }

  static ProcessInfo.Status status(Pid<?> pid) {
    return Processes.snapshot().processes().stream()
        .filter(info -> info.pid() == pid)
        .findFirst()
        .orElseThrow()
        .status();
  }
}
