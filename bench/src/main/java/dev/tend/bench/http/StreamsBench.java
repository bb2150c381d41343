package dev.tend.bench.http;

import dev.tend.app.Folders;
import dev.tend.app.Version;
import dev.tend.bench.Progress;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.HdrHistogram.Histogram;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./tend bench streams}: one list that very many look at. */
@Command(
    name = "streams",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    header = "Change a list that thousands of event streams are about, and count what they hear.",
    description =
        "Every stream has to be told of every change, once and in order. It prints how long that"
            + " takes from the answer to the change until the last stream has heard of it, and what"
            + " CPU time the server uses for each event.",
    footerHeading = "%nExamples:%n",
    footer = {"  tend bench streams", "  tend bench streams --streams 5000 --changes 50"})
public final class StreamsBench implements Callable<Integer> {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Pattern INCARNATION = Pattern.compile("\"incarnation\":\"(\\w+)\"");

  @Option(
      names = "--streams",
      paramLabel = "<n>",
      defaultValue = "2000",
      description = "how many (default: ${DEFAULT-VALUE})")
  int streams;

  @Option(
      names = "--changes",
      paramLabel = "<n>",
      defaultValue = "200",
      description = "how many (default: ${DEFAULT-VALUE})")
  int changes;

  @Override
  public Integer call() throws Exception {
    if (streams < 1 || changes < 1) {
      System.err.println("tend: --streams and --changes are above zero");
      return CommandLine.ExitCode.USAGE;
    }
    Path folder = Files.createTempDirectory("tend-bench-streams-");
    try (Child tend = Child.start("tend", folder.resolve("data").toString(), "1");
        HttpClient client = HttpClient.newHttpClient()) {
      return measure(tend, client);
    } finally {
      Folders.remove(folder);
    }
  }

  private int measure(Child tend, HttpClient client) throws IOException, InterruptedException {
    String server = "http://127.0.0.1:" + tend.port();
    String list = tend.path().replaceFirst("/entries$", "");
    String read =
        client
            .send(
                HttpRequest.newBuilder(URI.create(server + list)).build(),
                HttpResponse.BodyHandlers.ofString())
            .body();
    Matcher incarnation = INCARNATION.matcher(read);
    if (!incarnation.find()) {
      throw new IOException("the list cannot be read: " + read);
    }
    String position = list.substring(list.lastIndexOf('/') + 1) + ":" + incarnation.group(1) + "-0";
    Progress.show("opening " + streams + " streams");
    try (Watchers watchers = new Watchers(tend.port(), position, streams)) {
      boolean whole = watchers.await(1, PATIENCE);
      Histogram microseconds = new Histogram(3);
      long cpu = tend.cpu();
      for (int change = 1; change <= changes && whole; change++) {
        Progress.show("change %d of %d".formatted(change, changes));
        add(client, server + tend.path());
        long answered = System.nanoTime();
        whole = watchers.await(change + 1L, PATIENCE);
        microseconds.recordValue((System.nanoTime() - answered) / 1_000);
      }
      Progress.clear();
      double each = (tend.cpu() - cpu) / 1e3 / ((double) streams * changes);
      System.out.printf(
          Locale.ROOT,
          "%,d streams, %,d changes: %s%n"
              + "until the last stream has heard: p50 %.1f ms, p99 %.1f ms%n"
              + "CPU of the server an event: %.1f µs%n",
          streams,
          changes,
          whole && watchers.outOfOrder() == 0
              ? "every stream heard of every change, once and in order"
              : "NOT every stream heard of every change once and in order",
          microseconds.getValueAtPercentile(50) / 1e3,
          microseconds.getValueAtPercentile(99) / 1e3,
          each);
      return whole && watchers.outOfOrder() == 0 ? 0 : 1;
    }
  }

  private static void add(HttpClient client, String entries)
      throws IOException, InterruptedException {
    HttpResponse<String> answer =
        client.send(
            HttpRequest.newBuilder(URI.create(entries))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"title\": \"Call about the order\"}"))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() != 201) {
      throw new IOException("a change was answered " + answer.statusCode());
    }
  }
}
