package dev.tend.otp.genserver;

import static dev.tend.otp.testkit.Eventually.eventually;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tend.otp.conformance.Case;
import dev.tend.otp.process.Call;
import dev.tend.otp.process.CallFailed;
import dev.tend.otp.process.Caller;
import dev.tend.otp.process.Cast;
import dev.tend.otp.process.Event;
import dev.tend.otp.process.ExitReason;
import dev.tend.otp.process.Hostile;
import dev.tend.otp.process.Pid;
import dev.tend.otp.process.Processes;
import dev.tend.otp.process.ServerName;
import dev.tend.otp.process.StartOptions;
import dev.tend.otp.process.Status;
import dev.tend.otp.process.SystemEvent;
import dev.tend.otp.sys.Sys;
import dev.tend.otp.testkit.Logs;
import dev.tend.otp.testkit.OtpTest;
import dev.tend.otp.testkit.TestProcess;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code gen_server_SUITE} says of reports and of {@code format_status}. */
@OtpTest
class ReportSuiteTest {
  private static final ExitReason BOOM = new ExitReason.Term("boom");
  private static final String SINGLE_LINE = "dev.tend.otp.report.singleLine";

  private final Logs logs = new Logs();

  @AfterEach
  void close() {
    System.clearProperty(SINGLE_LINE);
    logs.close();
  }

  /** A server with a secret, which its formatStatus shows or not. */
  static final class Vault extends GenServer<Object, Vault.Request, NoCasts> {
    sealed interface Request extends Call<Vault, String> {}

    record Open(String key) implements Request {}

    record Break(String key) implements Request {}

    record Quit(ExitReason reason) implements Request {}

    record Label(String label) implements Request {}

    private final Object state;
    private final UnaryOperator<Status<?>> format;
    private boolean breaksInTerminate;
    private String kind = "Vault";

    Vault(Object state, UnaryOperator<Status<?>> format) {
      this.state = state;
      this.format = format;
    }

    Vault breakingInTerminate() {
      breaksInTerminate = true;
      return this;
    }

    Vault called(String name) {
      kind = name;
      return this;
    }

    Pid<Vault> start() {
      return GenServer.start(this, StartOptions.defaults()).orThrow();
    }

    @Override
    protected String kind() {
      return kind;
    }

    @Override
    protected Init<Object> init() {
      return Init.ok(state);
    }

    @Override
    protected Handled<Object> handleCall(Request request, Caller caller, Object state) {
      return switch (request) {
        case Open open -> reply(open, caller, "opened", state);
        case Break broken -> throw new IllegalStateException("broken");
        case Quit(ExitReason reason) -> stop(reason, state);
        case Label label -> {
          Processes.setLabel(label.label());
          yield reply(label, caller, "labelled", state);
        }
      };
    }

    @Override
    protected void terminate(ExitReason reason, Object state) {
      if (breaksInTerminate) {
        throw new IllegalStateException("in terminate");
      }
    }

    @Override
    protected Status<?> formatStatus(Status<Object> status) {
      return format.apply(status);
    }
  }

  private static Pid<Vault> vault(UnaryOperator<Status<?>> format) {
    return new Vault("secret", format).start();
  }

  private static void ask(Pid<Vault> server, Vault.Request request) {
    try {
      server.call(request);
    } catch (CallFailed e) {
      // What it is asked for.
    }
    if (!(request instanceof Vault.Label)) {
      Processes.awaitExit(server, ofSeconds(10));
    }
  }

  private String report(Pid<?> server) {
    return theOnly(logs.with(server));
  }

  private static <T> T theOnly(List<T> all) {
    assertThat(all).hasSize(1);
    return all.getFirst();
  }

  /** Whose name it is: a list's is whatever somebody has typed. */
  @Test
  void a_kind_cannot_pass_for_other_lines_of_the_log() {
    Pid<Vault> server =
        new Vault("secret", status -> status).called("Vault \u001b[31m\n  reason: none").start();
    ask(server, new Vault.Break("it"));
    assertThat(report(server))
        .startsWith("Vault \\u001b[31m\\n  reason: none " + server + " terminating\n")
        .doesNotContain("\u001b")
        .containsOnlyOnce("\n  reason: ");
  }

  @Test
  @Case("gen_server_SUITE: crash")
  void crash() {
    for (ExitReason clean :
        List.of(ExitReason.NORMAL, ExitReason.SHUTDOWN, new ExitReason.Shutdown("x"))) {
      Pid<Vault> quits = vault(status -> status);
      ask(quits, new Vault.Quit(clean));
      assertThat(logs.with(quits)).isEmpty();
    }
    Pid<Vault> server = vault(status -> status);
    AtomicReference<Pid<?>> client = new AtomicReference<>();
    TestProcess.run(() -> {
      client.set(Processes.self());
      ask(server, new Vault.Break("key"));
    });
    LogRecord record = theOnly(logs.recordsWith(server));
    assertThat(record.getLevel()).isEqualTo(Level.SEVERE);
    assertThat(record.getThrown()).as("the stack is in the text").isNull();
    assertThat(record.getMessage())
        .startsWith("Vault " + server + " terminating\n")
        .contains(
            "  reason: java.lang.IllegalStateException: broken\n    at ",
            "Vault.handleCall(ReportSuiteTest.java:",
            "  last message: call Break[key=key]\n",
            "  client: " + client.get() + "\n    at ",
            "ReportSuiteTest.ask(",
            "  state: secret\n",
            "  ancestors: []")
        .doesNotContain("ServerLoop", "BehaviourTurns", "VirtualThread", "LockSupport");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  @Case("gen_server_SUITE: crash")
  void a_plain_process_that_ends_abnormally_is_reported(boolean abnormal) {
    AtomicReference<Pid<?>> parent = new AtomicReference<>();
    AtomicReference<Pid<?>> child = new AtomicReference<>();
    TestProcess.run(() -> {
      parent.set(Processes.self());
      child.set(
          Processes.spawn(() -> {
            Processes.setLabel("what it does");
            if (abnormal) {
              throw new IllegalStateException("plain", new RuntimeException("deeper"));
            }
            throw Processes.exit(ExitReason.SHUTDOWN);
          }));
      Processes.awaitExit(child.get(), ofSeconds(10));
    });
    if (!abnormal) {
      assertThat(logs.with(child.get())).isEmpty();
      return;
    }
    assertThat(report(child.get()))
        .startsWith("process " + child.get() + " terminating\n  label: what it does\n")
        .contains(
            "IllegalStateException: plain\n    at ",
            "caused by: java.lang.RuntimeException: deeper\n    at ",
            "ancestors: [" + parent.get() + "]")
        .doesNotContain("state:", "last message:", "PlainTurns", "ScopedValue");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  @Case("gen_server_SUITE: call_format_status")
  void call_format_status(boolean named) {
    Vault server = new Vault("secret", status -> status.withState("format_status_called"));
    StartOptions options = StartOptions.defaults();
    ServerName<Vault> name = ServerName.local("call_format_status");
    TestProcess.run(() -> {
      Pid<Vault> pid =
          GenServer.startLink(server, named ? options.withName(name) : options).orThrow();
      for (var ref : named ? List.of(name, pid) : List.of(pid)) {
        assertThat(Sys.getStatus(ref).status().state()).isEqualTo("format_status_called");
        assertThat(Sys.getStatus(ref, ofSeconds(5)).pid()).isEqualTo(pid);
      }
      assertThat(Sys.getStatus(pid).parent()).contains(Processes.self());
      assertThat(Sys.getStatus(pid).kind()).isEqualTo("Vault");
      assertThat(Sys.getStatus(pid).suspended()).isFalse();
    });
  }

  @Test
  @Case("gen_server_SUITE: error_format_status")
  void error_format_status() {
    Pid<Vault> server = vault(status -> status.withState("formatted"));
    ask(server, new Vault.Break("key"));
    assertThat(report(server))
        .contains("state: formatted", "IllegalStateException: broken", "Break[key=key]")
        .doesNotContain("secret");
  }

  @Test
  @Case("gen_server_SUITE: terminate_crash_format")
  void terminate_crash_format() {
    Pid<Vault> server =
        new Vault("secret", status -> status.withState("formatted")).breakingInTerminate().start();
    ask(server, new Vault.Quit(ExitReason.NORMAL));
    assertThat(report(server))
        .contains(
            "state: formatted",
            "IllegalStateException: in terminate",
            "ReportSuiteTest$Vault.terminate(",
            "last message: call Quit")
        .doesNotContain("secret");
  }

  /** Also a formatter that gives no status at all. */
  @ParameterizedTest
  @ValueSource(classes = {IllegalStateException.class, StackOverflowError.class, Void.class})
  @Case({
    "gen_server_SUITE: crash_in_format_status",
    "gen_server_SUITE: throw_in_format_status",
  })
  void crash_in_format_status(Class<?> thrown) {
    Pid<Vault> server = vault(status -> fail(thrown));
    assertThat(Sys.getStatus(server).status().state().toString())
        .contains("formatStatus of Vault threw")
        .doesNotContain("secret");
    ask(server, new Vault.Break("key"));
    assertThat(report(server))
        .contains("formatStatus of Vault threw", "IllegalStateException: broken", "Break")
        .doesNotContain("secret", "key");
    assertThat(server.exitReason().orElseThrow().toString()).contains("broken");
  }

  private static Status<?> fail(Class<?> thrown) {
    if (thrown == IllegalStateException.class) {
      throw new IllegalStateException("with the secret");
    }
    if (thrown == StackOverflowError.class) {
      throw new StackOverflowError();
    }
    return null;
  }

  @Test
  @Case("gen_server_SUITE: format_all_status")
  void format_all_status() {
    Pid<Vault> server =
        vault(status -> {
          Status<?> shown =
              status
                  .withState("state of " + status.state().toString().length())
                  .withLog(status.log().isEmpty() ? List.of() : status.log().subList(0, 1));
          if (status.message().isPresent()) {
            shown = shown.withMessage("a message");
          }
          if (status.reason().isPresent()) {
            shown = shown.withReason(new ExitReason.Term("a reason"));
          }
          return shown;
        });
    Sys.log(server, 10);
    Vault.Open open = new Vault.Open("sesame");
    server.call(open);
    Status<?> status = Sys.getStatus(server).status();
    assertThat(status.state()).isEqualTo("state of 6");
    assertThat(status.message()).isEmpty();
    assertThat(status.reason()).isEmpty();
    assertThat(theOnly(status.log()))
        .isInstanceOfSatisfying(
            SystemEvent.In.class, in -> assertThat(in.event()).isInstanceOf(Event.Called.class));
    ask(server, new Vault.Break("key"));
    assertThat(report(server))
        .contains("state of 6", "call a message", "reason: a reason\n", "last events:")
        .doesNotContain("secret", "key=key", "broken", "opened");
    assertThat(server.exitReason().orElseThrow().toString())
        .as("links and monitors hear the real one")
        .contains("broken");
  }

  @Test
  void the_last_events_name_those_who_called() {
    Pid<Vault> server = vault(status -> status);
    Sys.log(server, 10);
    AtomicReference<Pid<?>> client = new AtomicReference<>();
    TestProcess.run(() -> {
      client.set(Processes.self());
      server.call(new Vault.Open("sesame"));
    });
    server.call(new Vault.Open("again"));
    ask(server, new Vault.Break("key"));
    assertThat(report(server))
        .contains(
            "In[event=Called[request=Open[key=sesame], caller=" + client.get() + "]]",
            "In[event=Called[request=Open[key=again], caller=no process]]",
            "In[event=Called[request=Break[key=key], caller=a thread, no process: ");
  }

  /** One that overrides nothing that it need not. */
  static final class Plain extends GenServer<String, Vault.Open, NoCasts> {
    @Override
    protected Init<String> init() {
      return Init.ok("state");
    }

    @Override
    protected Handled<String> handleCall(Vault.Open request, Caller caller, String state) {
      return noReply(state);
    }
  }

  /** A server that hides what it is told, and leaves out callbacks that it needs. */
  private static final class Closed extends GenServer<String, Closed.Ask, Closed.Note> {
    record Ask(boolean continues, String secret) implements Call<Closed, String> {}

    record Note(String secret) implements Cast<Closed> {}

    @Override
    protected Init<String> init() {
      return Init.ok("nothing");
    }

    @Override
    protected Handled<String> handleCall(Ask ask, Caller caller, String state) {
      return ask.continues() ? noReply(state).continueWith(new Note(ask.secret())) : null;
    }

    @Override
    protected Status<?> formatStatus(Status<String> status) {
      return status.withMessage("hidden");
    }
  }

  @Test
  void the_reason_of_a_missing_callback_does_not_tell_what_format_status_hides() {
    List<Consumer<Pid<Closed>>> faults =
        List.of(
            server -> Processes.sendRequest(server, new Closed.Ask(false, "secret")),
            server -> Processes.sendRequest(server, new Closed.Ask(true, "secret")),
            server -> server.cast(new Closed.Note("secret")));
    for (Consumer<Pid<Closed>> fault : faults) {
      Pid<Closed> server = GenServer.start(new Closed(), StartOptions.defaults()).orThrow();
      TestProcess.run(() -> fault.accept(server));
      Processes.awaitExit(server, ofSeconds(10));
      assertThat(report(server)).contains("hidden", "Closed$").doesNotContain("secret");
    }
  }

  @Test
  @Case("gen_server_SUITE: undef_handle_info")
  void undef_handle_info() {
    Pid<Plain> server = GenServer.start(new Plain(), StartOptions.defaults()).orThrow();
    Processes.send(server, "hello\nthere");
    eventually(() -> assertThat(logs.with(server)).hasSize(1));
    assertThat(Sys.getState(server)).isEqualTo("state");
    assertThat(theOnly(logs.recordsWith(server)).getLevel()).isEqualTo(Level.WARNING);
    assertThat(report(server)).startsWith("Plain " + server).contains("message: hello\\nthere");
    Processes.exit(server, ExitReason.KILL);
  }

  /** Whatever the values are, a report has its few lines and each is bounded. */
  @Test
  @Case("gen_server_SUITE: format_log_1")
  void format_log_1() {
    List<Integer> long_ = IntStream.range(0, 1_000_000).boxed().toList();
    Pid<Vault> server = new Vault(long_, status -> status).start();
    ask(server, new Vault.Quit(new ExitReason.Term("line\nline\r\u001b[31m\u202e\u2028" + long_)));
    List<String> lines = report(server).lines().toList();
    assertThat(lines)
        .hasSizeLessThan(20)
        .allSatisfy(line -> assertThat(line.length()).isLessThan(1_100));
    assertThat(lines).filteredOn(line -> line.endsWith("…")).hasSizeGreaterThanOrEqualTo(3);
    assertThat(report(server)).contains("reason: line\\nline\\r\\u001b[31m\\u202e\\u2028[0, 1, 2");
  }

  @Test
  void a_value_that_cannot_be_shown_hides_nothing_else() {
    List<Object> itself = new java.util.ArrayList<>();
    itself.add(itself);
    for (Object state :
        List.of(new Hostile(), Collections.nCopies(3, new Hostile()), List.of(itself))) {
      Pid<Vault> server = new Vault(state, status -> status).start();
      ask(server, new Vault.Quit(BOOM));
      assertThat(report(server)).contains("reason: boom\n", "\n  ancestors: []");
    }
  }

  @Test
  @Case("gen_server_SUITE: format_log_2")
  void format_log_2() {
    System.setProperty(SINGLE_LINE, "true");
    Pid<Vault> server = vault(status -> status);
    ask(server, new Vault.Break("key\nkey"));
    assertThat(report(server))
        .startsWith(
            "Vault "
                + server
                + " terminating. reason: java.lang.IllegalStateException: broken [at ")
        .contains("]. last message: call Break[key=key\\nkey]. ", "state: secret. ancestors: [].")
        .hasLineCount(1);
    Pid<Plain> plain = GenServer.start(new Plain(), StartOptions.defaults()).orThrow();
    Processes.send(plain, "hello");
    eventually(
        () -> assertThat(theOnly(logs.with(plain))).endsWith("does not know. message: hello."));
    Processes.exit(plain, ExitReason.KILL);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  @Case("gen_server_SUITE: format_log_with_process_label")
  void format_log_with_process_label(boolean singleLine) {
    System.setProperty(SINGLE_LINE, String.valueOf(singleLine));
    Pid<Vault> server = vault(status -> status);
    ask(server, new Vault.Label("some_id\n" + "x".repeat(5_000)));
    ask(server, new Vault.Quit(BOOM));
    assertThat(report(server))
        .contains(singleLine ? ". label: some_id\\nxx" : "\n  label: some_id\\nxx")
        .hasSizeLessThan(2_500);
  }
}
