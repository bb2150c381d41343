package dev.tend.app;

import dev.tend.otp.process.ExitReason;
import dev.tend.otp.process.Pid;
import dev.tend.otp.process.Processes;
import dev.tend.otp.process.ServerName;
import dev.tend.otp.process.StartOptions;
import dev.tend.otp.process.StartResult;
import dev.tend.otp.supervisor.ChildSpec;
import dev.tend.otp.supervisor.FailedToStartChild;
import dev.tend.otp.supervisor.Flags;
import dev.tend.otp.supervisor.Strategy;
import dev.tend.otp.supervisor.Supervisor;
import dev.tend.store.DataFolder;
import dev.tend.store.DataFolderException;
import dev.tend.todo.TodoConfig;
import dev.tend.todo.TodoSupervisor;
import dev.tend.todo.backup.Backups;
import dev.tend.web.About;
import dev.tend.web.CannotListen;
import dev.tend.web.Web;
import dev.tend.web.WebConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The running system: the root of the tree, and the data folder it stands on.
 *
 * <pre>
 * Tend                one_for_one, 3 restarts in 60 s
 * ├── TodoSupervisor
 * ├── Backups
 * └── Web                 where a port was given
 * </pre>
 */
public final class Tend implements AutoCloseable {
  public static final ServerName<Supervisor> NAME = ServerName.local("tend");

  /** How often its children may be restarted before it gives up. */
  static final Flags FLAGS = new Flags(Strategy.ONE_FOR_ONE, 3, Duration.ofSeconds(60));

  private static final System.Logger LOG = System.getLogger("dev.tend.app");

  private final DataFolder folder;
  private final Pid<Supervisor> root;
  private final Duration timeToStop;

  private Tend(DataFolder folder, Pid<Supervisor> root, Duration timeToStop) {
    this.folder = folder;
    this.root = root;
    this.timeToStop = timeToStop;
  }

  /**
   * Starts the system; nothing is left of it if it cannot. Only one can run in a JVM.
   *
   * @param data the data folder, made if it is missing
   * @param port where HTTP is served, 0 for any free one; none: HTTP is not served
   */
  public static Tend start(Path data, OptionalInt port) throws CannotStart {
    return start(TendConfig.of(data, port.stream().mapToObj(WebConfig::onPort).findFirst()));
  }

  /** The same with all that can be said. */
  static Tend start(TendConfig config) throws CannotStart {
    DataFolder folder;
    try {
      folder = DataFolder.open(config.data(), config.shards());
    } catch (DataFolderException unusable) {
      throw new CannotStart(String.valueOf(unusable.getMessage()), unusable);
    }
    StartResult<Supervisor> started =
        Supervisor.start(FLAGS, children(folder, config), StartOptions.named(NAME));
    if (started instanceof StartResult.Ok<Supervisor>(Pid<Supervisor> root, Object info)) {
      return new Tend(folder, root, config.stop());
    }
    folder.close();
    throw cannot(started);
  }

  private static List<ChildSpec> children(DataFolder folder, TendConfig config) {
    TodoConfig todo =
        new TodoConfig(
            folder.store(), config.idle(), TodoConfig.SHARE, config.history(), config.check());
    Path backups = config.backups().orElseGet(() -> folder.path().resolve(DataFolder.BACKUPS));
    Backups.Plan plan = Backups.Plan.of(folder.backups(backups, Version.TEXT), config.schedule());
    List<ChildSpec> children = new ArrayList<>();
    children.add(ChildSpec.supervisor("TodoSupervisor", () -> TodoSupervisor.startLink(todo)));
    children.add(Backups.child(plan));
    About about = new About(Version.TEXT, Optional.of(folder.path()));
    config.http().map(web -> Web.child(web, about)).ifPresent(children::add);
    return children;
  }

  private static CannotStart cannot(StartResult<Supervisor> started) {
    if (started instanceof StartResult.Failed<Supervisor>(ExitReason reason)) {
      return new CannotStart(sentence(reason));
    }
    return new CannotStart("Tend cannot start: " + started);
  }

  private static String sentence(ExitReason reason) {
    return switch (reason) {
      case ExitReason.Term(CannotListen(String sentence)) -> sentence;
      case ExitReason.Shutdown(FailedToStartChild(Object child, ExitReason why)) -> sentence(why);
      default -> "Tend cannot start: " + reason;
    };
  }

  /** The port that HTTP is served on, if it is. */
  public OptionalInt port() {
    return Web.NAME.whereis().isPresent()
        ? OptionalInt.of(Web.port(Web.NAME))
        : OptionalInt.empty();
  }

  /** The data folder. */
  public Path data() {
    return folder.path();
  }

  /** Waits until the root has ended, by {@link #close()} or because it has given up. */
  public ExitReason awaitEnd() {
    return Processes.awaitExit(root);
  }

  /**
   * Stops the system in order, within the time it was given: HTTP first, which answers what has
   * come; then lists, and the writers with what they have; then the data folder is let go.
   */
  @Override
  public void close() {
    long began = System.nanoTime();
    if (Processes.stop(root, ExitReason.SHUTDOWN, timeToStop).isEmpty()) {
      LOG.log(System.Logger.Level.WARNING, "Tend did not stop within {0}", timeToStop);
    }
    folder.close(timeToStop.minusNanos(System.nanoTime() - began));
  }
}
