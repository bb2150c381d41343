package dev.tend.store.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tend.otp.process.Pid;
import dev.tend.otp.testkit.NoLeaks;
import dev.tend.todo.ListClient;
import dev.tend.todo.Outcome;
import dev.tend.todo.ProcessRegistry;
import dev.tend.todo.Published;
import dev.tend.todo.Reading;
import dev.tend.todo.TodoCache;
import dev.tend.todo.TodoServer;
import dev.tend.todo.journal.ListId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Thousands look up while lists are changed and killed. Each look-up of ours is right each time,
 * and the same effort finds a plain map wrong.
 */
class NoStaleAnswersTest {
  private static final int LISTS = Boolean.getBoolean("tend.long") ? 1_000 : 50;

  /** After a third crash within a minute a list would rest. */
  private static final int KILLS_OF_A_LIST = 2;

  @Order(1)
  @RegisterExtension
  final NoLeaks noLeaks = new NoLeaks();

  @Order(2)
  @RegisterExtension
  final TodoSystem system = TodoSystem.onDisk();

  private final Deaths deaths = new Deaths();
  private final AtomicLongArray acknowledged = new AtomicLongArray(LISTS);
  private List<Client> clients;
  private NaiveCache naive;

  /** What finds the server of a list. */
  enum Servers {
    CACHE,
    REGISTRY,
    NAIVE_MAP
  }

  /** What reads a list. */
  enum Reads {
    PUBLISHED,
    READ,
    NAIVE_MAP
  }

  @BeforeEach
  void makeLists() {
    naive = new NaiveCache();
    clients = IntStream.range(0, LISTS).mapToObj(n -> Client.of("list " + n)).toList();
  }

  @AfterEach
  void closeNaive() {
    naive.close();
  }

  @ParameterizedTest
  @EnumSource
  void noLookUpFindsAProcessThatWasDeadBeforeItBegan(Servers servers) throws Exception {
    Lookers lookers = new Lookers(LISTS, list -> isOfNoneDeadBefore(list, servers));
    changeAndKill(lookers);
    long wrong = lookers.end();
    assertThat(wrong > 0)
        .as("%s found a dead one %d times", servers, wrong)
        .isEqualTo(servers == Servers.NAIVE_MAP);
  }

  private boolean isOfNoneDeadBefore(int list, Servers servers) {
    long begin = deaths.now();
    Optional<? extends Pid<?>> found =
        switch (servers) {
          case CACHE -> Optional.of(TodoCache.serverProcess(name(list)));
          case REGISTRY -> ProcessRegistry.whereis(new ProcessRegistry.ListKey(id(list)));
          case NAIVE_MAP -> Optional.of(naive.serverProcess(name(list)));
        };
    return found.isEmpty() || !deaths.wasDead(found.get(), begin);
  }

  @ParameterizedTest
  @EnumSource
  void noReadIsOlderThanAChangeThatWasAcknowledgedBeforeItBegan(Reads reads) throws Exception {
    Lookers lookers = new Lookers(LISTS, list -> isOfTheLastChange(list, reads));
    changeAndKill(lookers);
    long wrong = lookers.end();
    assertThat(wrong > 0)
        .as("%s was stale %d times", reads, wrong)
        .isEqualTo(reads == Reads.NAIVE_MAP);
  }

  private boolean isOfTheLastChange(int list, Reads reads) {
    long begin = acknowledged.get(list);
    Optional<Published> found =
        switch (reads) {
          case PUBLISHED -> ListClient.published(id(list));
          case READ ->
              ListClient.read(id(list)) instanceof Reading.Found(Published published)
                  ? Optional.of(published)
                  : Optional.empty();
          case NAIVE_MAP -> naive.published(id(list));
        };
    return found.isEmpty() || found.get().list().revision() >= begin;
  }

  private void changeAndKill(Lookers lookers) {
    for (int kill = 0; kill < KILLS_OF_A_LIST; kill++) {
      for (int list = 0; list < LISTS; list++) {
        Pid<TodoServer> server = TodoCache.serverProcess(name(list));
        if (TodoServer.add(server, null, "more") instanceof Outcome.Changed changed) {
          acknowledged.set(list, changed.revision());
          naive.changed(id(list));
        }
        lookers.letLook();
        deaths.kill(server);
        lookers.letLook();
      }
    }
    assertThat(IntStream.range(0, LISTS).allMatch(list -> acknowledged.get(list) > 0)).isTrue();
  }

  private ListId id(int list) {
    return clients.get(list).id();
  }

  private static String name(int list) {
    return "list " + list;
  }
}
