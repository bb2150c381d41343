package dev.tend.otp.ets;

import dev.tend.otp.process.DeadProcess;
import dev.tend.otp.process.Holding;
import dev.tend.otp.process.Pid;
import dev.tend.otp.process.Processes;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A table of type {@code set}: one row a key.
 *
 * <p>Each operation on one row is atomic, and every later one of any thread sees it. Reads take no
 * lock and O(1). A write of a process takes effect wholly before the process's death, or throws
 * {@link DeadProcess}. All operations throw {@link BadTable} once the table is gone, and where the
 * caller has not the right.
 *
 * @param <K> immutable, with {@code equals} and {@code hashCode}
 * @param <R> an immutable row, best a record
 */
public final class Table<K, R> {
  private final @Nullable TableName<K, R> name;
  private final Access access;
  private final Function<R, K> keyOf;
  private final Pid<?> owner;
  private final Map<K, R> rows = new ConcurrentHashMap<>();
  private final Holding holding = this::vanish;
  private volatile boolean gone;

  private Table(@Nullable TableName<K, R> name, Access access, Function<R, K> keyOf, Pid<?> owner) {
    this.name = name;
    this.access = access;
    this.keyOf = keyOf;
    this.owner = owner;
  }

  /**
   * Creates a named table that the calling process owns ({@code ets:new/2}).
   *
   * @param keyOf the key of a row, always the same
   * @throws BadTable if the name is taken
   */
  public static <K, R> Table<K, R> newSet(
      TableName<K, R> name, Access access, Function<R, K> keyOf) {
    Table<K, R> table = new Table<>(name, access, keyOf, Processes.self());
    if (!Processes.hold(table.owner, table.holding, () -> name.take(table))) {
      throw table.refused("the name is taken");
    }
    return table;
  }

  /** Creates a table without a name; give the reference away. */
  public static <K, R> Table<K, R> newSet(Access access, Function<R, K> keyOf) {
    Table<K, R> table = new Table<>(null, access, keyOf, Processes.self());
    Processes.hold(table.owner, table.holding, () -> true);
    return table;
  }

  /** The row of a key ({@code ets:lookup/2}). */
  public Optional<R> lookup(K key) {
    requireReader();
    Optional<R> row = Optional.ofNullable(rows.get(key));
    requireThere();
    return row;
  }

  /** {@code ets:member/2}. */
  public boolean member(K key) {
    return lookup(key).isPresent();
  }

  /** Inserts a row, in place of one with the same key ({@code ets:insert/2}). */
  public void insert(R row) {
    K key = keyOf.apply(row);
    write(() -> Optional.ofNullable(rows.put(key, row)));
  }

  /**
   * Inserts a row unless there is one with its key ({@code ets:insert_new/2}).
   *
   * @return whether it was inserted
   */
  public boolean insertNew(R row) {
    K key = keyOf.apply(row);
    return write(() -> Optional.ofNullable(rows.putIfAbsent(key, row))).isEmpty();
  }

  /** Removes the row of a key, if there is one ({@code ets:delete/2}). */
  public void delete(K key) {
    take(key);
  }

  /** Removes exactly this row ({@code ets:delete_object/2}); nothing if it has been replaced. */
  public void deleteObject(R row) {
    K key = keyOf.apply(row);
    write(() -> rows.remove(key, row));
  }

  /**
   * Puts a row in the place of exactly this one, of the same key ({@code ets:select_replace/2}).
   *
   * @return false if the row there is another, or there is none
   */
  public boolean replace(R old, R row) {
    K key = keyOf.apply(old);
    if (!key.equals(keyOf.apply(row))) {
      throw refused("a replacement must keep the key");
    }
    return write(() -> rows.replace(key, old, row));
  }

  /** Removes and returns the row of a key ({@code ets:take/2}). */
  public Optional<R> take(K key) {
    return write(() -> Optional.ofNullable(rows.remove(key)));
  }

  /** How many rows there are; exact only while nobody writes. */
  public int size() {
    requireReader();
    return rows.size();
  }

  /**
   * All rows, in no order ({@code ets:tab2list/1}). Not atomic: sees some of the writes meanwhile.
   */
  public Stream<R> rows() {
    requireReader();
    return rows.values().stream();
  }

  /** Deletes the table itself, by its owner ({@code ets:delete/1}); its name is free at once. */
  public void delete() {
    if (!isOwner()) {
      throw refused("only its owner may delete it");
    }
    requireThere();
    Processes.letGo(owner, holding);
  }

  public Pid<?> owner() {
    return owner;
  }

  private void vanish() {
    gone = true;
    if (name != null) {
      name.free(this);
    }
  }

  private <V> V write(Supplier<V> operation) {
    if (access != Access.PUBLIC && !isOwner()) {
      throw refused("it is " + access + ", only its owner " + owner + " may write");
    }
    return Processes.atomically(() -> {
      requireThere();
      return operation.get();
    });
  }

  private void requireReader() {
    if (access == Access.PRIVATE && !isOwner()) {
      throw refused("it is PRIVATE, only its owner " + owner + " may read");
    }
    requireThere();
  }

  boolean isThere() {
    return !gone && owner.isAlive();
  }

  private void requireThere() {
    if (!isThere()) {
      throw refused("it does not exist any more");
    }
  }

  private boolean isOwner() {
    return Processes.current().filter(pid -> pid == owner).isPresent();
  }

  private BadTable refused(String rule) {
    return new BadTable(toString(), rule);
  }

  @Override
  public String toString() {
    return name == null ? "#" + Integer.toHexString(hashCode()) : name.name();
  }
}
