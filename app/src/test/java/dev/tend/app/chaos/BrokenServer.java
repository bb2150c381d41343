package dev.tend.app.chaos;

import dev.tend.otp.process.Processes;
import dev.tend.otp.process.StartOptions;
import dev.tend.otp.supervisor.ChildSpec;
import dev.tend.otp.supervisor.Flags;
import dev.tend.otp.supervisor.Strategy;
import dev.tend.otp.supervisor.Supervisor;
import dev.tend.store.DataFolder;
import dev.tend.todo.TodoConfig;
import dev.tend.todo.TodoSupervisor;
import dev.tend.todo.journal.Append;
import dev.tend.todo.journal.Appended;
import dev.tend.todo.journal.ListStore;
import dev.tend.todo.journal.Shard;
import dev.tend.todo.journal.StoreException;
import dev.tend.web.Web;
import dev.tend.web.WebConfig;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** {@code tend serve} with a store that breaks its word: what the audit has to find. */
final class BrokenServer {
  private static final int NOW_AND_THEN = 30;
  private static final int TOO_EARLY = 6;
  private static final AtomicInteger COMMITS = new AtomicInteger();
  private static final AtomicInteger OPENINGS = new AtomicInteger();

  /** What is wrong with it. */
  enum Fault {
    /** Now and then a commit is confirmed that has not been made. */
    LOSES,
    /** A list that is loaded knows nothing of the commands before. */
    FORGETS,
    /** Now and then a commit that has been made is answered as refused. */
    DENIES,
    /** Commits of lists are not synced. */
    UNSYNCED,
    /** For some seconds after its start it cannot open the catalogue. */
    LATE
  }

  private BrokenServer() {}

  /** The fault, and then what {@code tend serve} would be given. */
  public static void main(String[] arguments) throws Exception {
    List<String> words = List.of(arguments);
    Path data = Path.of(words.get(words.indexOf("--data") + 1));
    int port = Integer.parseInt(words.get(words.indexOf("--port") + 1));
    DataFolder folder = DataFolder.open(data, 4);
    TodoConfig config = TodoConfig.of(broken(folder.store(), Fault.valueOf(words.getFirst())));
    var root =
        Supervisor.start(
                new Flags(Strategy.ONE_FOR_ONE, 3, Duration.ofSeconds(60)),
                List.of(
                    ChildSpec.supervisor("TodoSupervisor", () -> TodoSupervisor.startLink(config)),
                    Web.child(WebConfig.onPort(port).withDevToken("token"))),
                StartOptions.defaults())
            .orThrow();
    String address = "http://127.0.0.1:" + Web.port(Web.NAME);
    System.out.println("Tend is at " + address + "  data: " + data);
    System.out.println("Processes can be killed at " + address + "/status#token=token");
    Processes.awaitExit(root);
    System.exit(Victim.GAVE_UP);
  }

  private static ListStore broken(ListStore store, Fault fault) {
    return around(
        ListStore.class,
        store,
        (_, method, arguments) -> {
          if (fault == Fault.LATE
              && method.getName().equals("openCatalog")
              && OPENINGS.incrementAndGet() <= TOO_EARLY) {
            throw new StoreException.Unavailable("not yet", null);
          }
          return method.getName().equals("openShard")
              ? broken(opened((Shard) call(method, store, arguments), fault), fault)
              : call(method, store, arguments);
        });
  }

  /** Through the back door: the product has no such setting. */
  private static Shard opened(Shard shard, Fault fault) throws Exception {
    if (fault == Fault.UNSYNCED) {
      Connection connection = (Connection) field(field(shard, "file"), "connection");
      try (Statement sql = connection.createStatement()) {
        sql.executeUpdate("PRAGMA synchronous = OFF");
      }
    }
    return shard;
  }

  private static Object field(Object owner, String name) throws Exception {
    Field field = owner.getClass().getDeclaredField(name);
    field.setAccessible(true);
    return field.get(owner);
  }

  private static Shard broken(Shard shard, Fault fault) {
    return around(
        Shard.class,
        shard,
        (_, method, arguments) -> {
          String what = fault + " " + method.getName();
          if (what.equals("FORGETS commands")) {
            return List.of();
          }
          if (what.equals("LOSES commit") && isTime()) {
            return confirmed(arguments[0]);
          }
          Object answer = call(method, shard, arguments);
          if (what.equals("DENIES commit") && isTime()) {
            throw new StoreException.Unavailable("so it says", null);
          }
          return answer;
        });
  }

  private static boolean isTime() {
    return COMMITS.incrementAndGet() % NOW_AND_THEN == 0;
  }

  private static List<Appended> confirmed(Object batch) {
    return ((List<?>) batch)
        .stream()
            .map(Append.class::cast)
            .<Appended>map(
                append -> new Appended.Committed(append.follows() + append.records().size()))
            .toList();
  }

  private static <T> T around(Class<T> type, T real, InvocationHandler handler) {
    return type.cast(
        Proxy.newProxyInstance(real.getClass().getClassLoader(), new Class<?>[] {type}, handler));
  }

  private static Object call(Method method, Object real, Object[] arguments) throws Throwable {
    try {
      return method.invoke(real, arguments);
    } catch (InvocationTargetException thrown) {
      throw thrown.getCause();
    }
  }
}
