package dev.tend.app;

import static dev.tend.app.Ready.ready;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The server is killed with SIGKILL at random moments under load, again and again, on one folder.
 * Clients in this JVM write down what was acknowledged: all of it is there afterwards, once.
 */
class KillNineTest {
  private static final int ROUNDS = Boolean.getBoolean("tend.long") ? 300 : 12;
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int CLIENTS = 16;
  private static final int LISTS = 6;
  private static final Pattern ID = Pattern.compile("\"id\"\\s*:\\s*\"?([0-9a-f]+)\"?");
  private static final Pattern ENTRY =
      Pattern.compile("\"id\"\\s*:\\s*(\\d+)\\b[^{}]*?\"title\"\\s*:\\s*\"([^\"]+)\"");

  private final HttpClient http = HttpClient.newHttpClient();
  private final List<String> lists = new ArrayList<>();
  private final AtomicInteger names = new AtomicInteger();
  private final Queue<Acknowledged> acknowledged = new ConcurrentLinkedQueue<>();
  private final Queue<Attempt> unanswered = new ConcurrentLinkedQueue<>();
  private final Queue<Throwable> surprises = new ConcurrentLinkedQueue<>();
  @TempDir private Path folder;

  private record Attempt(String list, String title) {
    String key() {
      return "key-of-" + title.replace(' ', '-');
    }
  }

  private record Acknowledged(Attempt attempt, int id) {}

  @Test
  void whatWasAcknowledgedIsThereOnceAfterEachKill() throws Exception {
    long seed = Long.getLong("tend.seed", System.nanoTime());
    Random random = new Random(seed);
    try {
      for (int round = 0; round < ROUNDS; round++) {
        try (TendCommand tend =
            TendCommand.start("serve", "--port", "0", "--data", folder.toString())) {
          String address = tend.answer().replaceFirst("Tend is at (\\S+) .*", "$1");
          ready(address);
          createLists(address);
          audit(address);
          loadUntilKilled(tend, address, 1 + random.nextInt(300));
          assertThat(tend.status()).isEqualTo(137);
        }
        assertThat(unanswered).as("changes in flight in round %d", round).isNotEmpty();
      }
      try (TendCommand tend =
          TendCommand.start("serve", "--port", "0", "--data", folder.toString())) {
        String address = tend.answer().replaceFirst("Tend is at (\\S+) .*", "$1");
        ready(address);
        audit(address);
        tend.terminate();
        assertThat(tend.status()).isEqualTo(143);
      }
    } catch (AssertionError | Exception e) {
      throw new AssertionError("replay with -Dtend.seed=" + seed, e);
    }
  }

  private void createLists(String address) throws Exception {
    while (lists.size() < LISTS) {
      String name = "l" + lists.size();
      HttpResponse<String> made =
          soon()
              .until(
                  () ->
                      post(
                          address + "/api/v1/lists",
                          "key-of-" + name,
                          "{\"name\":\"" + name + "\"}"),
                  answer -> answer.statusCode() != 503 && answer.statusCode() != 504);
      assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
      Matcher id = ID.matcher(made.body());
      assertThat(id.find()).isTrue();
      lists.add(id.group(1));
    }
  }

  private void loadUntilKilled(TendCommand tend, String address, int after) throws Exception {
    Semaphore acks = new Semaphore(0);
    List<Thread> clients = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      String list = lists.get(i % LISTS);
      clients.add(
          Thread.ofVirtual()
              .uncaughtExceptionHandler((_, surprise) -> surprises.add(surprise))
              .start(() -> addUntilItFails(address, list, acks)));
    }
    assertThat(acks.tryAcquire(after, 60, TimeUnit.SECONDS)).as("acknowledged").isTrue();
    tend.close();
    for (Thread client : clients) {
      assertThat(client.join(PATIENCE)).isTrue();
    }
    assertThat(surprises).isEmpty();
  }

  private void addUntilItFails(String address, String list, Semaphore acks) {
    while (true) {
      Attempt attempt = new Attempt(list, "entry " + names.incrementAndGet());
      try {
        if (add(address, attempt)) {
          acks.release();
        }
      } catch (IOException killed) {
        unanswered.add(attempt);
        return;
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
  }

  /** Whether it was acknowledged; if nobody knows, it is written down as unanswered. */
  private boolean add(String address, Attempt attempt) throws IOException, InterruptedException {
    HttpResponse<String> answer =
        post(
            address + "/api/v1/lists/" + attempt.list() + "/entries",
            attempt.key(),
            "{\"title\":\"" + attempt.title() + "\"}");
    if (answer.statusCode() == 504) {
      unanswered.add(attempt);
    }
    if (answer.statusCode() != 201) {
      assertThat(answer.statusCode()).as(answer.body()).isIn(503, 504);
      return false;
    }
    Matcher id = ID.matcher(answer.body());
    assertThat(id.find()).as(answer.body()).isTrue();
    acknowledged.add(new Acknowledged(attempt, Integer.parseInt(id.group(1))));
    return true;
  }

  /** Looks at once, and then again and again. */
  private static ConditionFactory soon() {
    return await().atMost(PATIENCE).pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(10));
  }

  /** Repeats what had no answer, with its key; then compares everything. */
  private void audit(String address) throws Exception {
    for (Attempt attempt; (attempt = unanswered.poll()) != null; ) {
      Attempt retried = attempt;
      soon().until(() -> add(address, retried));
    }
    for (String list : lists) {
      Map<String, Integer> idOf = new HashMap<>();
      for (Matcher entry = ENTRY.matcher(entries(address, list)); entry.find(); ) {
        assertThat(idOf.put(entry.group(2), Integer.valueOf(entry.group(1))))
            .as("twice: %s", entry.group(2))
            .isNull();
      }
      Map<String, Integer> expected = new HashMap<>();
      for (Acknowledged one : acknowledged) {
        if (one.attempt().list().equals(list)) {
          expected.put(one.attempt().title(), one.id());
        }
      }
      assertThat(idOf).isEqualTo(expected);
    }
  }

  /** All pages; while the list is being loaded the answer is 503, never a part of it. */
  private String entries(String address, String list) throws Exception {
    StringBuilder all = new StringBuilder();
    String page = "";
    do {
      String uri = address + "/api/v1/lists/" + list + "/entries?limit=1000" + page;
      String body = soon().until(() -> get(uri), answer -> answer.statusCode() == 200).body();
      all.append(body);
      Matcher next = Pattern.compile("\"next\"\\s*:\\s*\"([^\"]+)\"").matcher(body);
      page = next.find() ? "&after=" + next.group(1) : "";
    } while (!page.isEmpty());
    return all.toString();
  }

  private HttpResponse<String> get(String uri) throws IOException, InterruptedException {
    return http.send(
        HttpRequest.newBuilder(URI.create(uri)).build(), HttpResponse.BodyHandlers.ofString());
  }

  private HttpResponse<String> post(String uri, String key, String json)
      throws IOException, InterruptedException {
    return http.send(
        HttpRequest.newBuilder(URI.create(uri))
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", key)
            .POST(HttpRequest.BodyPublishers.ofString(json))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }
}
