package dev.tend.app.chaos;

import dev.tend.app.Folders;
import dev.tend.app.Version;
import dev.tend.app.shell.Shell;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code tend chaos}. */
@Command(
    name = "chaos",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    header = "Kill parts of a server under load, and audit every acknowledged change.",
    description = {
      "Starts a server of its own on an empty folder and has clients add, edit, tick, delete, move,"
          + " batch and undo, each change under a key; what is refused or not answered they send"
          + " again. Meanwhile processes are killed at random: list servers, database workers, the"
          + " catalogue, the cache, supervisors, the registry, the listener. Your own lists are not"
          + " touched.",
      "Then the server is started again and everything compared: each acknowledged change is in the"
          + " history once, as it was acknowledged and after what was acknowledged before it; what"
          + " was refused is not there; what had no answer is there at most once; the history makes"
          + " the state; and each event stream has shown each change once, in order.",
      "By default the kills stay below what the supervisors bear, and the service never stops.",
      "The seed decides what is killed in which order and after which pauses, and what each client"
          + " draws. Which requests a kill meets is up to the machine."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  tend chaos                     a minute of it",
      "  tend chaos --minutes 10 --rate 5",
      "  tend chaos --hard              so many kills that the server gives up and is restarted",
      "  tend chaos --jvm               SIGKILL for the whole JVM, again and again",
      "  tend chaos --jvm --seed 7      the same kills as the last time with this seed",
      "",
      "Exit status: 0 nothing was lost or doubled; 1 something was, or the server cannot start;",
      "2 wrong arguments."
    })
public final class ChaosCommand implements Callable<Integer> {
  private static final double PROCESSES_A_SECOND = 3;
  private static final double JVMS_A_SECOND = 0.4;
  private static final int MOST_LISTS = 100;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Option(names = "--jvm", description = "kill the whole JVM instead, with SIGKILL")
  private boolean jvm;

  @Option(
      names = "--hard",
      description =
          "kill more than the supervisors bear: the server ends with 70, and is restarted")
  private boolean hard;

  @Option(names = "--seconds", paramLabel = "<n>", description = "how long (default: 60)")
  private @Nullable Integer seconds;

  @Option(names = "--minutes", paramLabel = "<n>", description = "how long, in minutes")
  private @Nullable Integer minutes;

  @Option(
      names = "--clients",
      paramLabel = "<n>",
      defaultValue = "32",
      description = "how many clients (default: ${DEFAULT-VALUE})")
  private int clients;

  @Option(
      names = "--lists",
      paramLabel = "<n>",
      defaultValue = "12",
      description = "how many lists, at most 100 (default: ${DEFAULT-VALUE})")
  private int lists;

  @Option(
      names = "--rate",
      paramLabel = "<n>",
      description = "kills a second, on average (default: 3; with --jvm 0.4)")
  private @Nullable Double rate;

  @Option(names = "--seed", paramLabel = "<n>", description = "replays a plan (default: a new one)")
  private @Nullable Long seed;

  @Option(
      names = "--data",
      paramLabel = "<folder>",
      description =
          "an empty folder for the server, kept (default: a temporary one, removed if all is good"
              + " or it is ended early)")
  private @Nullable Path data;

  @Option(names = "--json", description = "print the verdict as JSON, for programs")
  private boolean json;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Wish wish = wish();
    if (data != null) {
      requireEmpty(data);
    }
    Path work = Files.createTempDirectory("tend-chaos-");
    Path folder = data == null ? work.resolve("data") : data;
    Path log = work.resolve("server.log");
    PrintWriter err = spec.commandLine().getErr();
    Verdict verdict;
    try (Bar bar = new Bar(err, !json && Shell.isAtTerminal())) {
      verdict =
          Chaos.run(wish, Launch.asThis(), folder, log, bar::show, () -> Folders.remove(work));
    } catch (IOException cannot) {
      err.println("tend: " + cannot.getMessage());
      return 1;
    }
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(verdict.json());
    } else {
      new Table(out).print(verdict);
    }
    out.flush();
    if (verdict.isGood()) {
      Folders.remove(work);
      return 0;
    }
    err.println("The server's log is " + log + ", its data is in " + folder + ".");
    return 1;
  }

  private Wish wish() {
    if (jvm && hard) {
      throw misused("--jvm and --hard exclude each other");
    }
    if (seconds != null && minutes != null) {
      throw misused("--seconds and --minutes exclude each other");
    }
    Mode mode = jvm ? Mode.JVM : hard ? Mode.HARD : Mode.BELOW;
    Duration time =
        minutes != null
            ? Duration.ofMinutes(minutes)
            : Duration.ofSeconds(seconds == null ? 60 : seconds);
    double kills = rate != null ? rate : jvm ? JVMS_A_SECOND : PROCESSES_A_SECOND;
    if (!time.isPositive() || clients < 1 || lists < 1 || lists > MOST_LISTS || !(kills > 0)) {
      throw misused("a time, a number of clients, 1 to 100 lists and a rate above 0 are needed");
    }
    return new Wish(
        mode, seed == null ? new Random().nextInt(1_000_000) : seed, time, clients, lists, kills);
  }

  private void requireEmpty(Path folder) {
    try (Stream<Path> inside = Files.list(folder)) {
      if (inside.findAny().isPresent()) {
        throw misused(folder + " is not empty: chaos begins with nothing");
      }
    } catch (NoSuchFileException notYet) {
      // The server makes it.
    } catch (IOException e) {
      throw misused(folder + " is no folder that can be read");
    }
  }

  private ParameterException misused(String sentence) {
    return new ParameterException(spec.commandLine(), sentence);
  }
}
