package dev.tend.otp.genserver;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tend.otp.process.ExitReason;
import dev.tend.otp.process.Pid;
import dev.tend.otp.process.Processes;
import dev.tend.otp.testkit.OtpTest;
import dev.tend.otp.testkit.Probe;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;

/** The rest of OTP's {@code gen_server_SUITE}: its themes are in the classes beside this. */
@OtpTest
class GenServerSuiteTest {

  @Test
  void crash() {
    List<String> reports = new ArrayList<>();
    Handler handler =
        new Handler() {
          @Override
          public void publish(LogRecord log) {
            reports.add(log.getMessage());
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    OtpTest.Quiet.LOG.addHandler(handler);
    OtpTest.Quiet.LOG.setLevel(Level.ALL);
    OtpTest.Quiet.LOG.setUseParentHandlers(false);
    try {
      for (ExitReason clean :
          List.of(ExitReason.NORMAL, ExitReason.SHUTDOWN, new ExitReason.Shutdown("x"))) {
        Processes.stop(Probe.started(), clean, ofSeconds(10));
      }
      assertThat(reports).isEmpty();
      Pid<Probe> server = Probe.started();
      Processes.send(
          server,
          (Callable<Object>)
              () -> {
                throw new IllegalStateException("my fault");
              });
      Processes.awaitExit(server, ofSeconds(10));
      assertThat(reports).hasSize(1);
      assertThat(reports.getFirst()).contains("Probe " + server, "my fault", "last message");
    } finally {
      OtpTest.Quiet.LOG.removeHandler(handler);
      OtpTest.Quiet.LOG.setLevel(Level.OFF);
      OtpTest.Quiet.LOG.setUseParentHandlers(true);
    }
  }
}
