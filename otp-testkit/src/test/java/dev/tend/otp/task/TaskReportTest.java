package dev.tend.otp.task;

import static dev.tend.otp.task.Tasks.GO;
import static dev.tend.otp.task.Tasks.awaitMessage;
import static dev.tend.otp.task.Tasks.pid;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tend.otp.conformance.Case;
import dev.tend.otp.process.ExitReason;
import dev.tend.otp.process.Processes;
import dev.tend.otp.testkit.OtpTest;
import dev.tend.otp.testkit.TestProcess;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the log has of a task that crashed. */
@OtpTest
class TaskReportTest {
  private static final Logger LOG = OtpTest.Quiet.LOG;

  private final List<String> reports = new CopyOnWriteArrayList<>();
  private final Handler handler =
      new Handler() {
        @Override
        public void publish(LogRecord entry) {
          if (entry.getLevel() == Level.SEVERE) {
            reports.add(entry.getMessage());
          }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  @BeforeEach
  void listen() {
    LOG.addHandler(handler);
    LOG.setUseParentHandlers(false);
    LOG.setLevel(Level.SEVERE);
  }

  @AfterEach
  void leave() {
    LOG.setLevel(Level.OFF);
    LOG.setUseParentHandlers(true);
    LOG.removeHandler(handler);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "any term"})
  @Case({
    "Task: default :logger reporter: logs a terminated task",
    "Task: default :logger reporter: logs a terminated task with a process label"
  })
  void logs_a_terminated_task(String label) {
    TestProcess.run(() -> {
      Processes.trapExit(true);
      Task<String> task =
          Task.async(() -> {
            if (!label.isEmpty()) {
              Processes.setLabel(label);
            }
            awaitMessage(GO);
            throw new IllegalStateException("oops");
          });
      Processes.send(pid(task), GO);
      assertThat(Processes.awaitExit(pid(task), ofSeconds(30)))
          .containsInstanceOf(ExitReason.Crash.class);
      assertThat(reports).hasSize(1);
      assertThat(reports.getFirst())
          .contains(pid(task) + " terminat")
          .contains(label.isEmpty() ? "Task of " + task.owner() : label)
          .contains("java.lang.IllegalStateException: oops");
    });
  }
}
