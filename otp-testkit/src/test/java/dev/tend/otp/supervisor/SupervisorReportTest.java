package dev.tend.otp.supervisor;

import static dev.tend.otp.supervisor.Children.BOOM;
import static dev.tend.otp.supervisor.Children.end;
import static dev.tend.otp.supervisor.Children.ended;
import static dev.tend.otp.supervisor.Children.pid;
import static dev.tend.otp.supervisor.Children.started;
import static dev.tend.otp.supervisor.Children.states;
import static dev.tend.otp.supervisor.Children.stop;
import static dev.tend.otp.supervisor.Children.supervisor;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tend.otp.conformance.Case;
import dev.tend.otp.process.ExitReason;
import dev.tend.otp.process.Hostile;
import dev.tend.otp.process.Pid;
import dev.tend.otp.process.Processes;
import dev.tend.otp.process.ServerName;
import dev.tend.otp.process.StartOptions;
import dev.tend.otp.process.StartResult;
import dev.tend.otp.testkit.OtpTest;
import dev.tend.otp.testkit.TestProcess;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What supervisors put into the log, and what they do not. */
@OtpTest
class SupervisorReportTest {
  private final Children children = new Children();
  private final List<String> reports = new CopyOnWriteArrayList<>();
  private final Handler handler =
      new Handler() {
        @Override
        public void publish(LogRecord record) {
          if (record.getMessage().startsWith("SUPERVISOR REPORT")) {
            reports.add(record.getMessage());
          }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  @BeforeEach
  void listen() {
    OtpTest.Quiet.LOG.setUseParentHandlers(false);
    OtpTest.Quiet.LOG.addHandler(handler);
    OtpTest.Quiet.LOG.setLevel(Level.ALL);
  }

  @AfterEach
  void listenNoMore() {
    OtpTest.Quiet.LOG.setLevel(Level.OFF);
    OtpTest.Quiet.LOG.removeHandler(handler);
    OtpTest.Quiet.LOG.setUseParentHandlers(true);
  }

  /** The context of each report. */
  private List<String> contexts() {
    return reports.stream()
        .map(report -> report.lines().filter(line -> line.contains("errorContext")).findFirst())
        .map(line -> line.orElseThrow().strip().substring("errorContext: ".length()))
        .toList();
  }

  @Test
  @Case({"supervisor_SUITE: format_log_1", "supervisor_SUITE: format_log_2"})
  void a_report_has_otps_fields() {
    ServerName<Supervisor> name = ServerName.local("my_supervisor");
    Pid<Supervisor> sup =
        Supervisor.start(
                Flags.of(Strategy.ONE_FOR_ONE),
                List.of(
                    children
                        .worker("any_id")
                        .withRestart(Restart.TEMPORARY)
                        .withShutdown(new Shutdown.BrutalKill())),
                StartOptions.named(name))
            .orThrow();
    Pid<?> child = pid(sup, "any_id");
    end(child, BOOM);
    stop(sup);
    assertThat(reports)
        .containsExactly(
            """
            SUPERVISOR REPORT
              supervisor: my_supervisor %s
              errorContext: child_terminated
              reason: boom
              offender: [pid: %s, id: any_id, restart_type: temporary, significant: false, \
            shutdown: brutal_kill, child_type: worker]\
            """
                .formatted(sup, child));
  }

  @Test
  @Case({"supervisor_SUITE: format_log_1", "supervisor_SUITE: format_log_2"})
  void long_values_are_cut() {
    Pid<Supervisor> sup = supervisor(Strategy.ONE_FOR_ONE, 1, children.worker("i".repeat(1_000)));
    end(pid(sup, "i".repeat(1_000)), new ExitReason.Term("r".repeat(1_000)));
    stop(sup);
    assertThat(reports)
        .hasSize(1)
        .allSatisfy(report ->
            assertThat(report)
                .contains("i".repeat(300) + "…", "r".repeat(300) + "…")
                .hasSizeLessThan(1_000));
  }

  @Test
  @Case("supervisor_SUITE: format_log_2")
  void a_report_can_be_one_line_and_is_never_more_by_what_is_in_it() {
    System.setProperty("dev.tend.otp.report.singleLine", "true");
    Pid<Supervisor> sup = supervisor(Strategy.ONE_FOR_ONE, 1, children.worker("a\nb"));
    end(pid(sup, "a\nb"), new ExitReason.Term("c\nd"));
    stop(sup);
    System.clearProperty("dev.tend.otp.report.singleLine");
    assertThat(reports).hasSize(1);
    assertThat(reports.getFirst())
        .startsWith("SUPERVISOR REPORT. supervisor: " + sup + ". errorContext: child_terminated. ")
        .contains("reason: c\\nd. ", "id: a\\nb,")
        .hasLineCount(1);
  }

  @Test
  void a_supervisor_whose_name_cannot_be_shown_reports_and_lives_on() {
    ServerName<Supervisor> name = ServerName.via(new Names(), new Hostile());
    Pid<Supervisor> sup =
        Supervisor.start(
                Flags.of(Strategy.ONE_FOR_ONE),
                List.of(children.worker("a")),
                StartOptions.named(name))
            .orThrow();
    Processes.send(sup, "who are you?");
    end(pid(sup, "a"), BOOM);
    assertThat(states(sup)).hasSize(1).allMatch(ChildInfo.Running.class::isInstance);
    assertThat(contexts()).containsExactly("child_terminated");
    assertThat(reports.getFirst()).contains(sup.toString(), "reason: boom");
    stop(sup);
  }

  @Test
  void an_end_is_news_if_the_child_is_permanent_or_it_is_abnormal() {
    for (Restart restart : Restart.values()) {
      for (ExitReason reason : List.of(ExitReason.NORMAL, ExitReason.SHUTDOWN, BOOM)) {
        reports.clear();
        Pid<Supervisor> sup =
            supervisor(Strategy.ONE_FOR_ONE, 1, children.worker("a").withRestart(restart));
        end(pid(sup, "a"), reason);
        states(sup);
        boolean news = restart == Restart.PERMANENT || reason.equals(BOOM);
        assertThat(contexts())
            .as("%s %s", restart, reason)
            .isEqualTo(news ? List.of("child_terminated") : List.of());
        stop(sup);
      }
    }
  }

  @Test
  void a_restart_that_fails_until_the_supervisor_gives_up() {
    AtomicBoolean fails = new AtomicBoolean();
    Pid<Supervisor> sup = supervisor(Strategy.ONE_FOR_ONE, 2, children.failing("f", fails));
    fails.set(true);
    end(pid(sup, "f"), BOOM);
    ended(sup);
    assertThat(contexts())
        .containsExactly("child_terminated", "start_error", "start_error", "shutdown");
    assertThat(reports.get(1)).contains("pid: restarting", "reason: boom");
    assertThat(reports.getLast()).contains("reason: reached_max_restart_intensity");
  }

  /** The start's result tells it, to the one who can say what it means. */
  @Test
  void a_child_that_does_not_start_with_its_supervisor_is_no_report() {
    assertThat(
            Supervisor.start(
                Flags.of(Strategy.ONE_FOR_ONE),
                List.of(ChildSpec.worker("a", () -> new StartResult.Failed<>(BOOM))),
                StartOptions.defaults()))
        .isInstanceOf(StartResult.Failed.class);
    assertThat(contexts()).isEmpty();
  }

  /** Stopped as it was told, or in a way that is as good for a child that may end. */
  @Test
  void a_stop_that_was_asked_for_is_no_news() {
    for (Restart restart : Restart.values()) {
      reports.clear();
      Pid<Supervisor> sup =
          supervisor(
              Strategy.ONE_FOR_ONE,
              1,
              children.worker("told").withRestart(restart),
              children.worker("killed").withShutdown(new Shutdown.BrutalKill()),
              leaving("normal", ExitReason.NORMAL).withRestart(restart),
              leaving("boom", BOOM).withRestart(restart));
      stop(sup);
      assertThat(contexts())
          .isEqualTo(
              restart == Restart.PERMANENT
                  ? List.of("shutdown_error", "shutdown_error")
                  : List.of("shutdown_error"));
      assertThat(reports.getFirst()).contains("id: boom");
    }
  }

  private static ChildSpec leaving(String id, ExitReason reason) {
    return Children.trapping(
        id,
        () -> {
          throw Processes.exit(reason);
        });
  }

  /** One report, not one for each of them. */
  @Test
  void dynamic_children_that_end_in_the_same_wrong_way() {
    TestProcess.run(() -> {
      Processes.trapExit(true);
      Pid<DynamicSupervisor> sup =
          DynamicSupervisor.startLink(Limits.defaults(), StartOptions.defaults()).orThrow();
      for (int i = 0; i < 10; i++) {
        started(DynamicSupervisor.startChild(sup, leaving("boom", BOOM)));
      }
      started(DynamicSupervisor.startChild(sup, children.worker("good")));
      stop(sup);
    });
    assertThat(contexts()).containsExactly("shutdown_error");
    assertThat(reports.getFirst()).contains("nb_children: 10", "reason: boom");
  }
}
