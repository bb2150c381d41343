package dev.tend.web.status;

import dev.tend.otp.process.Pid;
import dev.tend.otp.process.ProcessInfo;
import dev.tend.otp.process.Processes;
import dev.tend.otp.process.Story;
import dev.tend.otp.process.Zombie;
import dev.tend.todo.Database;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the status page shows. One for the life of the server, whichever of its processes restart.
 *
 * <p>A snapshot is made for those who ask, however many, at most five times a second and after each
 * event.
 */
public final class Status {
  private static final long FRESH = Duration.ofMillis(200).toNanos();

  /** Tells the events of this JVM from those of the next. */
  private final String boot = UUID.randomUUID().toString().substring(0, 8);

  /** What was told before is of another system in this JVM. */
  private final long begin = Story.last();

  private final Busiest busiest = new Busiest();
  private final Figures figures = new Figures();
  private final Instant up = Instant.now();
  private volatile @Nullable Pid<?> root;

  // Guarded by this.
  private @Nullable String snapshot;
  private long made;
  private long knows;

  public Figures figures() {
    return figures;
  }

  /** Where the tree begins. */
  public void rootIs(Pid<?> newRoot) {
    root = newRoot;
  }

  /** Where the tree begins, or null while that is not known. */
  public @Nullable Pid<?> root() {
    return root;
  }

  Node tree() {
    Pid<?> top = root;
    if (top == null) {
      throw new IllegalStateException("no root is known yet");
    }
    return Tree.of(top, begin, busiest);
  }

  /**
   * All that is seen at a glance, as JSON, no older than a fifth of a second.
   *
   * @param told the number of the event that it must know of
   */
  public synchronized String snapshot(long told) {
    String known = snapshot;
    if (known == null || knows < told || System.nanoTime() - made > FRESH) {
      knows = Story.last();
      known = make().toString();
      snapshot = known;
      made = System.nanoTime();
    }
    return known;
  }

  private ObjectNode make() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("boot", boot).put("now", Instant.now().toString()).put("up", up().toString());
    ArrayNode all = json.putArray("figures");
    figure(all, "requests", figures.requests.newest(), figures.requests);
    figure(all, "slowest", figures.slowest.newest(), figures.slowest);
    figure(all, "restarts", figures.restartsOfLate(), figures.restarts);
    int lists = Figures.lists();
    ObjectNode awake = figure(all, "awake", lists, figures.awake);
    figures.stored().stream().filter(stored -> stored >= lists).forEach(s -> awake.put("of", s));
    figure(all, "commits", figures.commits.newest(), figures.commits)
        .put("each", rounded(figures.changesEach()));
    json.put("resting", Lists.resting().size());
    json.set("tree", tree().json());
    ArrayNode closed = json.putArray("closed");
    for (Database.Closed file : Database.closed()) {
      closed.addObject().put("what", file.what()).put("reason", file.reason());
    }
    ArrayNode zombies = json.putArray("zombies");
    for (Zombie zombie : Processes.zombies()) {
      zombies.addObject().put("pid", Node.number(zombie.pid())).put("kind", zombie.kind());
    }
    return json;
  }

  private Instant up() {
    Pid<?> top = root;
    return top == null ? up : Processes.info(top).map(ProcessInfo::since).orElse(up);
  }

  private static ObjectNode figure(ArrayNode all, String key, double value, Series series) {
    ObjectNode figure = all.addObject().put("key", key).put("value", rounded(value));
    ArrayNode samples = figure.putArray("samples");
    series.all().forEach(sample -> samples.add(rounded(sample)));
    return figure;
  }

  private static double rounded(double value) {
    return Math.round(value * 100) / 100.0;
  }

  /**
   * What is found for these words: nodes as in the tree, at most twenty; and whether that is all.
   */
  public String search(String text) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ArrayNode nodes = json.putArray("found");
    Search.Found found = Search.of(tree(), text);
    found.nodes().forEach(node -> nodes.add(node.json()));
    return json.put("listsToo", found.listsToo()).toString();
  }

  /** One process, living or of late, by its number: {@code 0.17}. */
  public Optional<ObjectNode> process(String number) {
    return living(number)
        .flatMap(Processes::info)
        .map(info -> Detail.of(tree(), info))
        .or(() -> Detail.ofDead(number));
  }

  public Optional<Pid<?>> living(String number) {
    return Processes.find("<" + number + ">");
  }

  // ---- the story ----

  /** The number of the last event that someone has who knows this id, or null. */
  public long after(@Nullable String id) {
    String prefix = boot + "-";
    return id != null && id.startsWith(prefix) && id.substring(prefix.length()).matches("\\d{1,18}")
        ? Math.max(Long.parseLong(id.substring(prefix.length())), begin)
        : begin;
  }

  /** Events as sentences in JSON, each with its {@code id}. */
  public List<ObjectNode> told(List<Story.Event> events) {
    return Telling.of(boot, events);
  }
}
