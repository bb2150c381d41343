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
import dev.tend.todo.backup.BackupSchedule;
import dev.tend.todo.backup.Backups;
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

  /** Where backups are kept in a data folder, unless said otherwise. */
  static final String BACKUPS = "backups";

  private static final int SHARDS_OF_A_NEW_FOLDER = 4;
  private static final Duration TIME_TO_STOP = Duration.ofSeconds(30);
  private static final System.Logger LOG = System.getLogger("dev.tend.app");

  private final DataFolder folder;
  private final Pid<Supervisor> root;

  private Tend(DataFolder folder, Pid<Supervisor> root) {
    this.folder = folder;
    this.root = root;
  }

  /**
   * Starts the system; nothing is left of it if it cannot. Only one can run in a JVM.
   *
   * @param data the data folder, made if it is missing
   * @param port where HTTP is served, 0 for any free one; none: HTTP is not served
   */
  public static Tend start(Path data, OptionalInt port) throws CannotStart {
    return start(data, port.stream().mapToObj(WebConfig::onPort).findFirst());
  }

  /**
   * The same with all that can be said of HTTP.
   *
   * @param http empty: HTTP is not served
   */
  static Tend start(Path data, Optional<WebConfig> http) throws CannotStart {
    return start(data, http, Optional.empty(), Optional.empty());
  }

  /**
   * The same with all that can be said of backups.
   *
   * @param schedule empty: they are made only when they are asked for
   * @param backups the folder that they are kept in; empty: {@code backups} in the data folder
   */
  static Tend start(
      Path data,
      Optional<WebConfig> http,
      Optional<BackupSchedule> schedule,
      Optional<Path> backups)
      throws CannotStart {
    DataFolder folder;
    try {
      folder = DataFolder.open(data, SHARDS_OF_A_NEW_FOLDER);
    } catch (DataFolderException unusable) {
      throw new CannotStart(String.valueOf(unusable.getMessage()), unusable);
    }
    StartResult<Supervisor> started =
        Supervisor.start(
            FLAGS,
            children(
                folder,
                http,
                Backups.Plan.of(
                    folder.backups(
                        backups.orElseGet(() -> folder.path().resolve(BACKUPS)), Version.TEXT),
                    schedule)),
            StartOptions.named(NAME));
    if (started instanceof StartResult.Ok<Supervisor>(Pid<Supervisor> root, Object info)) {
      return new Tend(folder, root);
    }
    folder.close();
    throw cannot(started);
  }

  private static List<ChildSpec> children(
      DataFolder folder, Optional<WebConfig> http, Backups.Plan backups) {
    TodoConfig config = TodoConfig.of(folder.store());
    List<ChildSpec> children = new ArrayList<>();
    children.add(ChildSpec.supervisor("TodoSupervisor", () -> TodoSupervisor.startLink(config)));
    children.add(Backups.child(backups));
    http.map(Web::child).ifPresent(children::add);
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

  /** Stops the system in order, HTTP first, and then lets go of the data folder. */
  @Override
  public void close() {
    if (Processes.stop(root, ExitReason.SHUTDOWN, TIME_TO_STOP).isEmpty()) {
      LOG.log(System.Logger.Level.WARNING, "Tend did not stop within {0}", TIME_TO_STOP);
    }
    folder.close();
  }
}
