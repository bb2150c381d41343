package dev.tend.otp.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tend.otp.testkit.OtpTest;
import dev.tend.otp.testkit.Probe;
import java.net.URL;
import java.net.URLClassLoader;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whose message wakes a process, or who has started it, is not seen by its thread. */
@OtpTest
class ThreadInheritanceTest {
  private static final InheritableThreadLocal<String> REQUEST = new InheritableThreadLocal<>();

  private final ClassLoader own = new URLClassLoader("own", new URL[0], null);
  private final BlockingQueue<Inherited> seen = new LinkedBlockingQueue<>();

  record Inherited(String request, ClassLoader loader) {
    static Inherited now() {
      return new Inherited(REQUEST.get(), Thread.currentThread().getContextClassLoader());
    }
  }

  private static final Inherited NOTHING = new Inherited(null, ClassLoader.getSystemClassLoader());

  private void inThreadOfRequest(Runnable code) throws InterruptedException {
    Thread thread =
        new Thread(() -> {
          REQUEST.set("of Alice");
          Thread.currentThread().setContextClassLoader(own);
          code.run();
        });
    thread.start();
    thread.join();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void a_server_inherits_nothing_from_who_starts_or_asks_it(boolean platform) throws Exception {
    StartOptions options =
        platform ? StartOptions.defaults().onPlatformThread() : StartOptions.defaults();
    inThreadOfRequest(() -> {
      Probe probe = new Probe();
      probe.init(() -> {
        seen.add(Inherited.now());
        return Probe.ready();
      });
      Pid<Probe> server = probe.start(options).orThrow();
      for (int i = 0; i < 50; i++) {
        seen.add(server.call(new Probe.Run<>(Inherited::now)));
      }
      Processes.stop(server, ExitReason.NORMAL, Duration.ofSeconds(50));
    });
    assertThat(seen).hasSize(51).containsOnly(NOTHING);
  }

  @Test
  void a_plain_process_inherits_nothing_from_who_spawns_it() throws Exception {
    inThreadOfRequest(() -> Processes.spawn(() -> seen.add(Inherited.now())));
    assertThat(seen.take()).isEqualTo(NOTHING);
  }
}
