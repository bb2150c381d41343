package dev.tend.app.client;

import dev.tend.app.Version;
import dev.tend.app.client.CouldNot.Because;
import dev.tend.app.shell.Shell;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;
import tools.jackson.databind.JsonNode;

/** What all commands that ask a server have in common. */
@Command(mixinStandardHelpOptions = true, versionProvider = Version.class, sortOptions = false)
abstract class ClientCommand implements Callable<Integer> {
  /**
   * What the arguments are called that name a list or an entry; {@link Completion} looks for it.
   */
  static final String LIST = "<list>";

  static final String ENTRY = "<entry>";
  private static final String HERE = "http://127.0.0.1:8363";

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Option(
      names = "--server",
      paramLabel = "<address>",
      converter = Address.class,
      order = 90,
      description = "the server (default: $TEND_SERVER, else " + HERE + ")")
  private @Nullable URI address;

  @Option(
      names = "--wait",
      paramLabel = "<seconds>",
      defaultValue = "10",
      order = 91,
      description = "how long a busy server is asked again (default: ${DEFAULT-VALUE})")
  private int wait;

  @Option(names = "--json", order = 92, description = "print JSON, for programs")
  private boolean json;

  @Option(
      names = "--color",
      paramLabel = "<when>",
      defaultValue = "auto",
      order = 93,
      description =
          "auto, always or never (default: auto: at a terminal, and without NO_COLOR in the"
              + " environment)")
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private Ink.When color;

  private @Nullable Server server;

  /** The server that is asked where no other is named. */
  static String defaultAddress() {
    String given = System.getenv().getOrDefault("TEND_SERVER", "");
    return given.isEmpty() ? HERE : given;
  }

  private URI usualAddress() {
    try {
      return new Address().convert(defaultAddress());
    } catch (TypeConversionException wrong) {
      throw misused("TEND_SERVER: " + wrong.getMessage());
    }
  }

  /** Does it. */
  abstract void run() throws CouldNot, IOException;

  @Override
  public final Integer call() throws CouldNot, IOException {
    try {
      run();
    } finally {
      leave();
    }
    return 0;
  }

  private void leave() {
    Server known = server;
    if (known != null) {
      known.close();
    }
  }

  final Server server() {
    Server known = server;
    if (known == null) {
      known = new Server(address == null ? usualAddress() : address, patience());
      server = known;
    }
    return known;
  }

  final Duration patience() {
    return Duration.ofSeconds(Math.max(0, wait));
  }

  /** Wrong arguments, in a way that picocli cannot know. */
  final ParameterException misused(String sentence) {
    return new ParameterException(spec.commandLine(), sentence);
  }

  final boolean isJson() {
    return json;
  }

  final PrintWriter out() {
    return spec.commandLine().getOut();
  }

  final PrintWriter err() {
    return spec.commandLine().getErr();
  }

  final Ink ink() {
    return Ink.of(color, Shell.isAtTerminal(), System.getenv());
  }

  final LocalDate today() {
    return LocalDate.now(ZoneId.systemDefault());
  }

  /** Prints the one or the other, as asked for. */
  final void say(JsonNode forPrograms, String forPeople) {
    out().println(json ? forPrograms.toString() : forPeople);
  }

  /** The reply, if the server has done it. */
  static Reply done(Reply reply) throws CouldNot {
    if (reply.isGood()) {
      return reply;
    }
    throw new CouldNot(
        reply.status() == 404 ? Because.MISSING : Because.REFUSED, reply.complaint());
  }
}
