package dev.tend.web;

import static dev.tend.otp.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tend.otp.process.CallFailed;
import dev.tend.otp.process.ExitReason;
import dev.tend.otp.process.Pid;
import dev.tend.otp.process.ProcessInfo;
import dev.tend.otp.process.Processes;
import dev.tend.otp.sys.Sys;
import dev.tend.otp.testkit.NoLeaks;
import dev.tend.todo.Catalog;
import dev.tend.todo.DatabaseWorker;
import dev.tend.todo.Deadline;
import dev.tend.todo.History;
import dev.tend.todo.ListEvent;
import dev.tend.todo.ProcessRegistry;
import dev.tend.todo.TodoCache;
import dev.tend.todo.journal.CatalogEntry;
import dev.tend.todo.journal.ListId;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(NoLeaks.class)
class EventsTest {
  @RegisterExtension final TestServer server = new TestServer();

  private static String id(String list) {
    return list.substring(list.lastIndexOf('/') + 1);
  }

  private static List<Long> upTo(long revision) {
    return LongStream.rangeClosed(1, revision).boxed().toList();
  }

  private EventReader open(String query, String... headers) {
    EventReader reader = new EventReader(server.port, "/api/v1/events?" + query, headers);
    eventually(() -> assertThat(reader.events("hello")).hasSize(1));
    return reader;
  }

  /** Where the listener dies over a connection its client tries again; it is never left waiting. */
  private EventReader openAgain(String query) {
    while (true) {
      EventReader reader = new EventReader(server.port, "/api/v1/events?" + query);
      eventually(
          () -> assertThat(reader.hasEnded() || reader.has("hello", hello -> true)).isTrue());
      if (!reader.hasEnded()) {
        return reader;
      }
      reader.close();
    }
  }

  private String start(String list) {
    return id(list) + ":" + server.get(list).text("incarnation") + "-0";
  }

  @Test
  void changesAreToldAsTheyHappen() {
    String list = server.list("x");
    String other = server.list("y");
    try (EventReader reader = open("list=" + start(list) + "&list=" + start(other))) {
      server.entry(list, "<b>milk</b>\n");
      server.patch(list + "/entries/1", "{\"done\": true}", "Idempotency-Key", "tick");
      server.entry(other, "bread");
      eventually(() -> assertThat(reader.events("change")).hasSize(3));
      EventReader.Event ticked =
          reader.events("change").stream()
              .filter(event -> event.data().get("command").stringValue().equals("tick"))
              .findFirst()
              .orElseThrow();
      assertThat(ticked.id())
          .isEqualTo(id(list) + ":" + server.get(list).text("incarnation") + "-2");
      assertThat(ticked.data().get("list").stringValue()).isEqualTo(id(list));
      assertThat(ticked.data().get("kind").stringValue()).isEqualTo("updated");
      assertThat(ticked.data().get("entry").get("title").stringValue()).isEqualTo("<b>milk</b>\n");
    }
  }

  @Test
  void withoutAPositionOnlyWhatComesIsTold() {
    String list = server.list("x");
    server.entry(list, "before");
    try (EventReader reader = open("list=" + id(list))) {
      eventually(() -> {
        server.entry(list, "after");
        assertThat(reader.revisions()).isNotEmpty().doesNotContain(1L);
      });
    }
  }

  @Test
  void whatHappensAfterTheGreetingIsToldAlsoWithoutAPosition() {
    String slow = server.list("x");
    String list = server.list("y");
    server.entry(list, "before");
    Sys.suspend(DatabaseWorker.of(1));
    try (EventReader reader = open("list=" + id(slow) + "&list=" + id(list))) {
      server.entry(list, "after");
      Sys.resume(DatabaseWorker.of(1));
      server.entry(list, "later");
      eventually(() -> assertThat(reader.revisions()).containsExactly(2L, 3L));
    }
  }

  @Test
  void whatHappenedMeanwhileIsReadFromTheJournal() {
    String list = server.list("x");
    for (int i = 0; i < 450; i++) {
      server.entry(list, "e" + i);
    }
    String inc = server.get(list).text("incarnation");
    try (EventReader reader = open("list=" + id(list) + ":" + inc + "-0")) {
      eventually(() -> assertThat(reader.revisions()).isEqualTo(upTo(450)));
    }
    try (EventReader reader =
        open(
            "list=" + id(list) + ":" + inc + "-0",
            "Last-Event-ID",
            id(list) + ":" + inc + "-447")) {
      eventually(() -> assertThat(reader.revisions()).containsExactly(448L, 449L, 450L));
    }
  }

  /** Some clients send it so where no event has had an id yet. */
  @Test
  void anEmptyLastEventIdIsNone() {
    String list = server.list("x");
    server.entry(list, "before");
    try (EventReader reader = open("list=" + start(list), "Last-Event-ID", "")) {
      eventually(() -> assertThat(reader.revisions()).containsExactly(1L));
    }
  }

  @Test
  void aForeignPositionMakesTheClientReadAnew() {
    String list = server.list("x");
    String inc = server.get(list).text("incarnation");
    for (String position :
        List.of(
            id(list) + ":other-0",
            id(list) + ":" + inc + "-5",
            "0".repeat(32) + ":" + inc + "-0")) {
      try (EventReader reader = open("list=" + position)) {
        eventually(() -> assertThat(reader.events("reset")).hasSize(1));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {":other-0", ":other-7", ":%s-7"})
  void whoReadsAListAnewHearsOfWhatFollows(String position) {
    String list = server.list("x");
    server.entry(list, "before");
    String inc = server.get(list).text("incarnation");
    try (EventReader reader = open("list=" + id(list) + position.formatted(inc))) {
      eventually(() -> assertThat(reader.events("reset")).hasSize(1));
      server.entry(list, "after");
      eventually(() -> assertThat(reader.revisions()).containsExactly(2L));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ":%s-1"})
  void whoListensToAListInTheTrashHearsOfWhatFollowsItsReturn(String position) {
    String list = server.list("x");
    String inc = server.get(list).text("incarnation");
    server.entry(list, "before");
    server.delete(list);
    try (EventReader reader = open("list=" + id(list) + position.formatted(inc))) {
      eventually(() -> assertThat(reader.events("reset")).hasSize(1));
      server.post(list + "/restore", "");
      eventually(() -> assertThat(reader.events("reset")).hasSize(2));
      server.entry(list, "after");
      eventually(() -> assertThat(reader.revisions()).containsExactly(2L));
    }
  }

  @Test
  void whoBeginsToListenWhileAListCannotBeReadMissesNoChangeUnawares() {
    String list = server.list("x");
    server.entry(list, "before");
    Sys.suspend(DatabaseWorker.of(1));
    try (EventReader reader = open("list=" + id(list))) {
      eventually(() ->
          assertThat(Processes.info(streams().getFirst()))
              .hasValueSatisfying(stream -> assertThat(stream.timers()).isEqualTo(1)));
      Sys.resume(DatabaseWorker.of(1));
      server.entry(list, "after");
      eventually(() -> assertThat(reader.events("reset")).hasSize(1));
      server.entry(list, "later");
      eventually(() -> assertThat(reader.revisions()).containsExactly(3L));
    }
  }

  @Test
  void whatHappensToListsIsTold() {
    try (EventReader reader = open("")) {
      String list = server.list("a");
      server.patch(list, "{\"name\": \"b\"}");
      server.delete(list);
      server.post(list + "/restore", "");
      eventually(() -> assertThat(reader.events("list")).hasSize(4));
      List<String> told = new ArrayList<>();
      reader
          .events("list")
          .forEach(event ->
              told.add(event.data().get("name").stringValue() + event.data().has("deleted")));
      assertThat(told).containsExactly("afalse", "bfalse", "btrue", "bfalse");
    }
  }

  /** It may have changed a list and not have lived to tell: whoever comes back reads the lists. */
  @Test
  void aStreamEndsWhenTheCatalogueIsOpenedAnew() {
    try (EventReader reader = open("")) {
      Processes.exit(Catalog.NAME.whereis().orElseThrow(), ExitReason.KILL);
      eventually(() -> assertThat(reader.hasEnded()).isTrue());
    }
  }

  private static final Map<String, Supplier<Optional<? extends Pid<?>>>> PARTS =
      Map.of(
          "list", () -> Optional.of(TodoCache.serverProcess("x")),
          "cache", () -> TodoCache.NAME.whereis(),
          "catalog", () -> Catalog.NAME.whereis(),
          "registry", () -> ProcessRegistry.NAME.whereis(),
          "listener", () -> Web.NAME.whereis());

  /** The client comes back with the position that it has, as browsers' pages do. */
  @ParameterizedTest
  @ValueSource(strings = {"list", "cache", "catalog", "registry", "listener"})
  void noChangeIsMissedOrDoubledWhateverDies(String part) {
    String list = server.list("x");
    String inc = server.get(list).text("incarnation");
    List<Long> seen = new ArrayList<>();
    int changes = 30;
    EventReader reader = open("list=" + id(list) + ":" + inc + "-0");
    for (int i = 1; i <= changes; i++) {
      String key = "k" + i;
      if (i % 10 == 0) {
        // What was killed ten changes ago may not be back: a list needs no catalogue to be changed.
        eventually(() -> assertThat(PARTS.get(part).get()).isPresent());
        PARTS.get(part).get().ifPresent(pid -> Processes.exit(pid, ExitReason.KILL));
      }
      eventually(() ->
          assertThat(
                  answered(() ->
                      server
                          .post(list + "/entries", "{\"title\": \"x\"}", "Idempotency-Key", key)
                          .status()))
              .isEqualTo(201));
    }
    while (seen.size() < changes) {
      EventReader current = reader;
      int soFar = seen.size();
      eventually(() ->
          assertThat(current.hasEnded() || soFar + current.revisions().size() >= changes).isTrue());
      seen.addAll(current.revisions());
      current.close();
      if (seen.size() < changes) {
        reader = openAgain("list=" + id(list) + ":" + inc + "-" + seen.size());
      }
    }
    assertThat(seen).isEqualTo(upTo(changes));
    reader.close();
  }

  private static int answered(Supplier<Integer> status) {
    try {
      return status.get();
    } catch (AssertionError noAnswer) {
      return 0;
    }
  }

  @Test
  void aListThatDiesIsToldAndComesBackByItself() {
    String list = server.list("x");
    server.entry(list, "milk");
    try (EventReader reader = open("list=" + start(list))) {
      eventually(() -> assertThat(reader.revisions()).hasSize(1));
      Processes.exit(TodoCache.serverProcess("x"), ExitReason.KILL);
      eventually(() -> assertThat(reader.events("down")).hasSize(1));
      eventually(() -> assertThat(reader.events("up")).hasSize(1));
      assertThat(reader.revisions()).hasSize(1);
    }
  }

  /** Who reads slowly is told of a past that is longer than what the connection holds. */
  @Test
  void aListThatDiesWhileItsPastIsToldIsToldAfterwards() throws Exception {
    String list = server.list("x");
    String note = "n".repeat(20_000);
    for (int batch = 0; batch < 10; batch++) {
      List<String> adds = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        adds.add(
            "{\"key\": \"%d-%d\", \"add\": {\"title\": \"x\", \"notes\": \"%s\"}}"
                .formatted(batch, i, note));
      }
      String commands = "{\"commands\": [" + String.join(",", adds) + "]}";
      assertThat(server.post(list + "/batch", commands).status()).isEqualTo(200);
    }
    String request =
        "GET /api/v1/events?list=%s HTTP/1.1\r\nHost: localhost\r\n\r\n".formatted(start(list));
    try (Socket slow = new Socket(InetAddress.getLoopbackAddress(), server.port)) {
      slow.setReceiveBufferSize(1 << 16);
      slow.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      BufferedReader lines =
          new BufferedReader(
              new InputStreamReader(slow.getInputStream(), StandardCharsets.US_ASCII));
      assertThat(lines.lines().anyMatch("event: change"::equals)).isTrue();
      Processes.exit(TodoCache.serverProcess("x"), ExitReason.KILL);
      assertThat(lines.lines().filter(line -> line.matches("event: (down|beat)")).findFirst())
          .contains("event: down");
    }
  }

  @Test
  void streamsEndWhenTheServerStops() {
    String list = server.list("x");
    try (EventReader reader = open("list=" + id(list))) {
      Processes.stop(Web.NAME.whereis().orElseThrow(), ExitReason.SHUTDOWN, Duration.ofSeconds(2));
      eventually(() -> assertThat(reader.hasEnded()).isTrue());
    }
  }

  @Test
  void eightWindowsSeeTheSame() {
    String list = server.list("x");
    String position = start(list);
    List<EventReader> windows = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      windows.add(open("list=" + position));
    }
    for (int i = 0; i < 50; i++) {
      server.entry(list, "e" + i);
    }
    for (EventReader window : windows) {
      eventually(() -> assertThat(window.revisions()).isEqualTo(upTo(50)));
      window.close();
    }
  }

  @Test
  void aClientThatDoesNotReadIsDisconnectedAndHoldsNobodyUp() throws Exception {
    String list = server.list("x");
    String request =
        "GET /api/v1/events?list=%s HTTP/1.1\r\nHost: localhost\r\n\r\n".formatted(start(list));
    try (Socket deaf = new Socket(InetAddress.getLoopbackAddress(), server.port)) {
      deaf.setReceiveBufferSize(4_096);
      deaf.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      String note = "{\"title\": \"x\", \"notes\": \"" + "n".repeat(20_000) + "\"}";
      try (EventReader reader = open("list=" + start(list))) {
        for (int i = 0; i < 400; i++) {
          assertThat(server.post(list + "/entries", note).status()).isEqualTo(201);
        }
        eventually(() -> assertThat(reader.revisions()).isEqualTo(upTo(400)));
        eventually(() -> assertThat(streams()).hasSize(1));
      }
    }
  }

  @Test
  void whoBeginsToListenToAListThatRestsIsTold() {
    String list = server.list("x");
    String start = start(list);
    for (int i = 0; i < 3; i++) {
      Crash.of(server, list);
    }
    try (EventReader reader = open("list=" + start)) {
      eventually(() -> assertThat(restsBy(reader)).isTrue());
    }
  }

  /** It may be dead again by then, and have made a change durable that it did not tell. */
  @Test
  void whoHearsTooLateOfAStartStartsTheListAgain() {
    String list = server.list("x");
    String start = start(list);
    Processes.stop(TodoCache.serverProcess("x"), ExitReason.SHUTDOWN, Duration.ofSeconds(5));
    try (EventReader _ = open("list=" + start)) {
      ListEvent late = new ListEvent.Loaded(entry(list), 0);
      streams().forEach(stream -> Processes.send(stream, late));
      eventually(() ->
          assertThat(ProcessRegistry.whereis(new ProcessRegistry.ListKey(new ListId(id(list)))))
              .isPresent());
    }
  }

  @Test
  void aStreamThatCannotTakeInWhichListsThereAreEnds() {
    String list = server.list("1");
    server.list("2");
    String next = server.list("3");
    Sys.suspend(DatabaseWorker.of(1));
    try (EventReader reader = open("list=" + id(list) + "&list=" + id(next))) {
      fillMailbox(streams().getFirst());
      server.list("not heard of");
      Sys.resume(DatabaseWorker.of(1));
      eventually(() -> assertThat(reader.hasEnded()).isTrue());
    }
  }

  @Test
  void aChangeForWhichThereWasNoRoomIsToldAlsoIfNoneFollows() {
    String blocked = server.list("1");
    String list = server.list("2");
    Sys.suspend(DatabaseWorker.of(1));
    try (EventReader reader = open("list=" + start(list) + "&list=" + id(blocked))) {
      Pid<?> worker = ProcessRegistry.whereis(new ProcessRegistry.WorkerKey(1)).orElseThrow();
      eventually(() -> assertThat(Processes.info(worker).orElseThrow().mailbox()).isPositive());
      fillMailbox(streams().getFirst());
      server.entry(list, "no room for it");
      Sys.resume(DatabaseWorker.of(1));
      eventually(() -> assertThat(reader.revisions()).isEqualTo(upTo(1)));
    }
  }

  private static void fillMailbox(Pid<?> stream) {
    assertThatThrownBy(
            () -> {
              while (true) {
                Processes.send(stream, "a message that waits");
              }
            })
        .isInstanceOf(CallFailed.class);
  }

  private static boolean restsBy(EventReader reader) {
    return reader.has("down", data -> "quarantined".equals(data.path("hindrance").asString("")));
  }

  private static CatalogEntry entry(String list) {
    var answer = History.head(new ListId(id(list)), Deadline.in(Duration.ofSeconds(5)));
    return ((History.Answer.Found<Long>) answer).list();
  }

  static List<Pid<?>> streams() {
    List<Pid<?>> streams = new ArrayList<>();
    for (ProcessInfo process : Processes.snapshot().processes()) {
      if (String.valueOf(process.label()).startsWith("event stream")) {
        streams.add(process.pid());
      }
    }
    return streams;
  }

  @Test
  void aListThatIsNamedTwiceIsRefused() {
    String list = server.list("x");
    server.entry(list, "milk");
    try (EventReader reader =
        new EventReader(
            server.port, "/api/v1/events?list=" + start(list) + "&list=" + start(list))) {
      eventually(() -> assertThat(reader.hasEnded()).isTrue());
      assertThat(reader.revisions()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"list=x", "list=", "list=" + "0", "lists=1", "list=%ff"})
  void whatIsNoPositionIsRefused(String query) {
    assertThat(server.get("/api/v1/events?" + query).status()).isEqualTo(400);
  }
}
