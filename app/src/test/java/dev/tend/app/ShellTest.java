package dev.tend.app;

import static dev.tend.otp.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code tend shell}, typed on its standard input. */
class ShellTest {
  private static final String PID = "<0\\.\\d+>";
  private static final Pattern VALUE = Pattern.compile("(\\S+) ==> (.*)");
  private static final String BOB = "TodoCache.serverProcess(\"Bob's list\")";

  @TempDir private Path folder;

  @Test
  void theSeedsSession() throws Exception {
    try (TendCommand shell = TendCommand.start("shell")) {
      ready(shell);
      String bob = value(shell.ask("var bob = " + BOB));
      assertThat(bob).matches(PID);
      assertThat(shell.ask("TodoServer.add(bob, LocalDate.of(2018, 12, 19), \"Dentist\")"))
          .contains("Changed", "revision=1", "date=2018-12-19", "title=Dentist");

      shell.type("exit(bob, kill)");
      String second = value(shell.ask(BOB + "          // another pid"));
      assertThat(second).matches(PID).isNotEqualTo(bob);
      eventually(() ->
          assertThat(shell.ask("TodoServer.entries(" + BOB + ")   // same entries"))
              .contains("[Entry[id=1, date=2018-12-19, title=Dentist, done=false, "));

      shell.type("exit(whereis(\"todo_process_registry\"), kill)");
      // It may still be the second for a moment, which lives until its supervisor has stopped it.
      eventually(() -> assertThat(value(shell.ask(BOB))).matches(PID).isNotIn(bob, second));
      String third = value(shell.ask(BOB));
      eventually(() ->
          assertThat(value(shell.ask("TodoServer.entries(" + BOB + ").size()"))).isEqualTo("1"));

      String supervisor = value(shell.ask("whereis(\"todo_supervisor\")"));
      shell.type("exit(whereis(\"todo_supervisor\"), normal)       // ignored");
      assertThat(value(shell.ask("whereis(\"todo_supervisor\")"))).isEqualTo(supervisor);
      assertThat(value(shell.ask(BOB))).isEqualTo(third);

      assertThat(shell.end()).isZero();
    }
  }

  @Test
  void theTreeIsPrinted() throws Exception {
    try (TendCommand shell = TendCommand.start("shell")) {
      shell.type("tree()");
      shell.type("/exit");
      assertThat(shell.status()).isZero();
      assertThat(String.join("\n", shell.rest()))
          .containsSubsequence(
              "tend <0.",
              "├── todo_supervisor <0.",
              "│   ├── todo_process_registry <0.",
              "│   └── todo_system_supervisor <0.",
              "│       ├── todo_database <0.",
              "│       ├── todo_server_supervisor <0.",
              "│       └── todo_cache <0.",
              "└── backups <0.");
    }
  }

  @Test
  void aSnippetRunsInTheShellsProcessAndCrashesOfOthersAreMessages() throws Exception {
    try (TendCommand shell = TendCommand.start("shell")) {
      String self = value(shell.ask("self()"));
      assertThat(value(shell.ask("Processes.self()"))).isEqualTo(self);
      String child =
          value(shell.ask("Processes.spawnLink(() -> { throw new ArithmeticException(); })"));
      assertThat(value(shell.ask("Processes.receive(message -> message)")))
          .contains("Exit[from=" + child, "ArithmeticException");
      assertThat(value(shell.ask("self()"))).isEqualTo(self);

      assertThat(shell.ask("1 / 0")).isEqualTo("threw ArithmeticException: / by zero");
      assertThat(shell.ask("nobody")).isEqualTo("error: cannot find symbol: variable nobody");
      assertThat(shell.ask("exit(whereis(\"nobody\"), kill)")).contains("no process");
      assertThat(value(shell.ask("whereis(\"nobody\")"))).isEqualTo("null");
      assertThat(shell.end()).isZero();
    }
  }

  @Test
  void aLineOfManyAndManyOnALine() throws Exception {
    try (TendCommand shell = TendCommand.start("shell")) {
      shell.type("// a comment");
      shell.type("int twice(int x) {");
      shell.type("  return 2 * x;");
      assertThat(shell.ask("}")).isEqualTo("created method twice(int)");
      assertThat(shell.ask("int x = 4; twice(x)")).isEqualTo("x ==> 4");
      assertThat(value(shell.answer())).isEqualTo("8");
      assertThat(value(shell.ask("\"Grüße\""))).isEqualTo("\"Grüße\"");
      assertThat(shell.end()).isZero();
    }
  }

  @Test
  void theShellOutlivesItsProcess() throws Exception {
    try (TendCommand shell = TendCommand.start("shell")) {
      String self = value(shell.ask("var me = self()"));
      shell.type("exit(self(), kill)");
      assertThat(shell.answer()).contains(self, "takes its place");
      assertThat(value(shell.ask("me"))).isEqualTo(self);
      assertThat(value(shell.ask("self()"))).isNotEqualTo(self);
      assertThat(shell.end()).isZero();
    }
  }

  @Test
  void aShellThatCannotStartLeavesNothing() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        TendCommand shell =
            TendCommand.start(
                TendCommand.temporaryIn(folder),
                "shell",
                "--port",
                String.valueOf(taken.getLocalPort()))) {
      assertThat(shell.status()).isEqualTo(1);
      assertThat(shell.errors()).last().asString().contains("another program listens there");
    }
    assertThat(folder).isDirectoryNotContaining("glob:**/tend-shell-*");
  }

  @Test
  void aFolderGivenIsKept() throws Exception {
    for (int session = 1; session <= 2; session++) {
      try (TendCommand shell = TendCommand.start("shell", "--data", folder.toString())) {
        ready(shell);
        assertThat(shell.ask("TodoServer.add(" + BOB + ", null, \"Milk\")"))
            .contains("revision=" + session);
        assertThat(shell.end()).isZero();
      }
    }
  }

  @Test
  void intensityExceededIsPassedUpwardLevelByLevelToExit70() throws Exception {
    try (TendCommand shell = TendCommand.start("shell")) {
      shell.type(
          """
          while (true) {
            for (ProcessInfo info : Processes.snapshot().processes()) {
              boolean started = info.status() != ProcessInfo.Status.STARTING;
              if (started && TodoCache.NAME.equals(info.name())) exit(info.pid(), kill);
            }
          }
          """);
      assertThat(shell.status()).isEqualTo(Service.GAVE_UP);
      List<String> errors = shell.errors();
      assertThat(errors).anyMatch(line -> line.startsWith("tend: gave up"));
      assertThat(givenUp(errors, "TodoCache")).hasSize(16);
      assertThat(givenUp(errors, "SystemSupervisor")).hasSize(4);
      assertThat(givenUp(errors, "TodoSupervisor")).hasSize(1);
    }
  }

  /** The supervisors that gave up because this child of theirs failed too often. */
  private static Set<String> givenUp(List<String> log, String child) {
    Pattern report =
        Pattern.compile(
            "supervisor: [^\\n]*("
                + PID
                + ")\\n *errorContext: shutdown\\n[^\\n]*\\n *offender: \\[pid: undefined, id: "
                + child
                + ",");
    Set<String> supervisors = new HashSet<>();
    Matcher matcher = report.matcher(String.join("\n", log));
    while (matcher.find()) {
      supervisors.add(matcher.group(1));
    }
    return supervisors;
  }

  private static void ready(TendCommand shell) {
    eventually(
        () -> assertThat(value(shell.ask("Database.unavailable().isEmpty()"))).isEqualTo("true"));
  }

  private static String value(String answer) {
    Matcher matcher = VALUE.matcher(answer);
    assertThat(matcher.matches()).as(answer).isTrue();
    return matcher.group(2);
  }
}
