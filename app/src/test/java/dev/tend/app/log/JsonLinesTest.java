package dev.tend.app.log;

import static dev.tend.otp.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import dev.tend.otp.genserver.GenServer;
import dev.tend.otp.genserver.Handled;
import dev.tend.otp.genserver.Init;
import dev.tend.otp.genserver.NoCasts;
import dev.tend.otp.process.Call;
import dev.tend.otp.process.CallFailed;
import dev.tend.otp.process.Caller;
import dev.tend.otp.process.Pid;
import dev.tend.otp.process.Processes;
import dev.tend.otp.process.StartOptions;
import dev.tend.otp.testkit.NoLeaks;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a program reads in the log. */
@ExtendWith(NoLeaks.class)
class JsonLinesTest {
  private final Logger logger = (Logger) LoggerFactory.getLogger("dev.tend.otp");
  private final JsonLines json = new JsonLines();
  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final AppenderBase<ILoggingEvent> appender =
      new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
          lines.add(new String(json.encode(event), StandardCharsets.UTF_8));
        }
      };

  /** Fails at every question; its state has braces, with which loggers have their own way. */
  private static final class Fragile extends GenServer<String, Fragile.Fail, NoCasts> {
    record Fail(String what) implements Call<Fragile, Void> {}

    @Override
    protected Init<String> init() {
      return Init.ok("{} {0} 'state'");
    }

    @Override
    protected Handled<String> handleCall(Fail request, Caller caller, String state) {
      throw new IllegalStateException(
          "first\n  state: forged\n    at forged", new RuntimeException("the cause"));
    }
  }

  @BeforeEach
  void listen() {
    appender.setContext(logger.getLoggerContext());
    appender.start();
    logger.addAppender(appender);
    logger.setAdditive(false);
  }

  @AfterEach
  void listenNoMore() {
    logger.detachAppender(appender);
    logger.setAdditive(true);
    logger.setLevel(null);
  }

  @Test
  void aCrashReportKeepsAllItsFields() {
    Pid<Fragile> fragile = GenServer.start(new Fragile(), StartOptions.defaults()).orThrow();
    Assertions.assertThatThrownBy(() -> fragile.call(new Fragile.Fail("a: b")))
        .isInstanceOf(CallFailed.class);
    eventually(() -> assertThat(with(fragile)).hasSize(1));
    JsonNode line = only(fragile);
    assertThat(line.path("level").asString()).isEqualTo("ERROR");
    assertThat(line.path("logger").asString()).isEqualTo("dev.tend.otp");
    assertThat(line.path("message").asString()).contains(fragile.toString(), "terminating");
    assertThat(line.path("process").asString()).isEqualTo(fragile.toString());
    assertThat(line.path("thread").isString()).isTrue();
    assertThat(Instant.parse(line.path("time").asString())).isNotNull();
    JsonNode report = line.path("report");
    assertThat(report.path("reason").asString()).contains("IllegalStateException", "first\\n");
    assertThat(report.path("state").asString()).isEqualTo("{} {0} 'state'");
    assertThat(report.path("last_message").asString()).isEqualTo("call Fail[what=a: b]");
    assertThat(report.path("client").asString()).contains("thread");
    assertThat(report.path("client_stack").isArray()).isTrue();
    assertThat(report.has("ancestors")).isTrue();
    assertThat(line.path("stack").valueStream().map(JsonNode::asString))
        .anyMatch(frame -> frame.startsWith("at ") && frame.contains("Fragile.handleCall"))
        .anyMatch(frame -> frame.startsWith("caused by: ") && frame.contains("the cause"))
        .doesNotContain("at forged");
  }

  @Test
  void whatWasThrownIsAStack() {
    logger.warn("{} failed", "it\n2nd line", new IllegalArgumentException("why"));
    JsonNode line = only("2nd line");
    assertThat(line.path("message").asString()).isEqualTo("it\n2nd line failed");
    assertThat(line.path("stack").path(0).asString()).endsWith("IllegalArgumentException: why");
    assertThat(line.path("stack").path(1).asString()).startsWith("at ");
    assertThat(line.has("process")).isFalse();
    assertThat(line.has("report")).isFalse();
  }

  @Test
  void aProcessIsNamed() throws Exception {
    Pid<?> process = Processes.spawn(() -> logger.warn("from a process"));
    Processes.awaitExit(process);
    assertThat(only(process).path("process").asString()).isEqualTo(process.toString());
  }

  @Test
  void librariesAreNoLouderThanTheLevel() {
    Logger library = (Logger) LoggerFactory.getLogger("org.example.library");
    Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    Level before = root.getLevel();
    try {
      library.setLevel(Level.WARN);
      Logging.set(LogLevel.DEBUG, LogFormat.TEXT);
      assertThat(logger.getEffectiveLevel()).isEqualTo(Level.DEBUG);
      assertThat(library.getEffectiveLevel()).isEqualTo(Level.WARN);
      Logging.set(LogLevel.ERROR, LogFormat.TEXT);
      assertThat(logger.getEffectiveLevel()).isEqualTo(Level.ERROR);
      assertThat(library.getEffectiveLevel()).isEqualTo(Level.ERROR);
    } finally {
      library.setLevel(null);
      root.setLevel(before);
    }
  }

  /** Other tests' processes may write a line too. */
  private List<String> with(Object part) {
    return lines.stream().filter(line -> line.contains(part.toString())).toList();
  }

  private JsonNode only(Object part) {
    assertThat(with(part)).hasSize(1);
    String line = with(part).getFirst();
    assertThat(line).endsWith("}\n");
    assertThat(line.indexOf('\n')).as("one line").isEqualTo(line.length() - 1);
    return JsonMapper.shared().readTree(line);
  }
}
