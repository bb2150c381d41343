package dev.tend.otp.ets;

import dev.tend.otp.process.DeadProcess;
import dev.tend.otp.process.Pid;
import dev.tend.otp.process.Processes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A table that belongs to a process and that others use without asking it: what all types have.
 *
 * <p>Each operation on one key is atomic, as are {@link #insertAll}, {@link #insertAllNew} and
 * {@link #deleteAllObjects}: others see all of it or nothing, and every later operation of any
 * thread sees it. What goes through many rows ({@code rows}, {@code fold}, {@code select…}) is not:
 * it meets every row that stays meanwhile once, and may meet those that come or go. Reads take no
 * lock and wait for nobody.
 *
 * <p>A write of a process takes effect wholly before the process's death, or throws {@link
 * DeadProcess}. All operations throw {@link BadTable} and change nothing once the table is gone,
 * where the caller has not the right, and for null as a key or row.
 *
 * @param <K> immutable, with {@code equals} and {@code hashCode}
 * @param <R> an immutable row, best a record
 */
public abstract sealed class Table<K, R> permits SetTable, BagTable {
  private final @Nullable TableName<K, R> name;
  private final TableType type;
  private final Function<R, K> keyOf;
  final Ownership ownership;

  /** Null once the table is gone: its rows are then nobody's, however many they are. */
  private volatile @Nullable Cells<K> cells;

  /** Mostly all keys are of one class; which one does not matter to correctness. */
  private @Nullable Class<?> lastKeyType;

  Table(TableType type, @Nullable TableName<K, R> name, Access access, Function<R, K> keyOf) {
    this.type = type;
    this.name = name;
    this.keyOf = Objects.requireNonNull(keyOf, "keyOf");
    this.ownership = new Ownership(this, Objects.requireNonNull(access, "access"));
  }

  /** No content: the table does not exist any more. */
  static final Object GONE = new Object();

  // ---- creation ----

  /**
   * Creates a named table of type {@code set} that the calling process owns ({@code ets:new/2}).
   *
   * @param keyOf the key of a row, always the same
   * @throws BadTable if the name is taken
   */
  public static <K, R> SetTable<K, R> newSet(
      SetName<K, R> name, Access access, Function<R, K> keyOf) {
    return begun(new SetTable<>(TableType.SET, given(name), access, keyOf));
  }

  /** Creates a table without a name; give the reference away. */
  public static <K, R> SetTable<K, R> newSet(Access access, Function<R, K> keyOf) {
    return begun(new SetTable<>(TableType.SET, null, access, keyOf));
  }

  /** The same of type {@code ordered_set}, in the natural order of the keys. */
  public static <K extends Comparable<? super K>, R> OrderedSetTable<K, R> newOrderedSet(
      OrderedSetName<K, R> name, Access access, Function<R, K> keyOf) {
    return newOrderedSet(name, access, keyOf, KeyOrder.natural());
  }

  /** The same with keys that are made up of parts. */
  public static <K, R> OrderedSetTable<K, R> newOrderedSet(
      OrderedSetName<K, R> name, Access access, Function<R, K> keyOf, KeyOrder<K> order) {
    return begun(new OrderedSetTable<>(given(name), access, keyOf, order));
  }

  public static <K extends Comparable<? super K>, R> OrderedSetTable<K, R> newOrderedSet(
      Access access, Function<R, K> keyOf) {
    return newOrderedSet(access, keyOf, KeyOrder.natural());
  }

  public static <K, R> OrderedSetTable<K, R> newOrderedSet(
      Access access, Function<R, K> keyOf, KeyOrder<K> order) {
    return begun(new OrderedSetTable<>(null, access, keyOf, order));
  }

  /** The same of type {@code bag}. */
  public static <K, R> BagTable<K, R> newBag(
      BagName<K, R> name, Access access, Function<R, K> keyOf) {
    return begun(new BagTable<>(TableType.BAG, given(name), access, keyOf));
  }

  public static <K, R> BagTable<K, R> newBag(Access access, Function<R, K> keyOf) {
    return begun(new BagTable<>(TableType.BAG, null, access, keyOf));
  }

  /** The same of type {@code duplicate_bag}. */
  public static <K, R> BagTable<K, R> newDuplicateBag(
      BagName<K, R> name, Access access, Function<R, K> keyOf) {
    return begun(new BagTable<>(TableType.DUPLICATE_BAG, given(name), access, keyOf));
  }

  public static <K, R> BagTable<K, R> newDuplicateBag(Access access, Function<R, K> keyOf) {
    return begun(new BagTable<>(TableType.DUPLICATE_BAG, null, access, keyOf));
  }

  private static <N> N given(N name) {
    return Objects.requireNonNull(name, "name");
  }

  private static <K, R, T extends Table<K, R>> T begun(T table) {
    Table<K, R> begun = table;
    begun.cells = begun.noCells();
    TableName<K, R> name = begun.name;
    if (!begun.ownership.begin(() -> name == null || NamedTables.take(name.name(), table))) {
      throw table.refused("the name is taken");
    }
    return table;
  }

  private Cells<K> noCells() {
    return new Cells<>(newMap(), type.content, ownership::requireThere);
  }

  abstract CellMap<K> newMap();

  // ---- rows ----

  /** Whether there is a row with this key ({@code ets:member/2}). */
  public final boolean member(K key) {
    return read(key) != null;
  }

  /**
   * Inserts a row ({@code ets:insert/2}): in a set in the place of one with the same key, in a bag
   * beside those; a {@code bag} that has an equal one stays as it is.
   */
  public void insert(R row) {
    K key = keyOf(row);
    writable().update(key, content -> type.content.plus(content, row));
  }

  /**
   * Inserts a row unless there is one with its key ({@code ets:insert_new/2}).
   *
   * @return whether it was inserted
   */
  public final boolean insertNew(R row) {
    K key = keyOf(row);
    return writable().update(key, old -> old == null ? type.content.plus(null, row) : old) == null;
  }

  /**
   * Inserts rows as one step, also if the caller is killed meanwhile: nobody sees some of them. Of
   * two with the same key the later one wins in a set. Other writers of the same keys wait until it
   * is done, readers never.
   */
  public final void insertAll(Collection<? extends R> rows) {
    insertAll(rows, false);
  }

  /**
   * Inserts rows as one step, unless there is a row with the key of any of them.
   *
   * @return whether they were inserted; if not, none was
   */
  public final boolean insertAllNew(Collection<? extends R> rows) {
    return insertAll(rows, true);
  }

  private boolean insertAll(Collection<? extends R> rows, boolean onlyNew) {
    Map<K, List<Object>> byKey = newGroups();
    for (R row : rows) {
      byKey.computeIfAbsent(keyOf(row), key -> new ArrayList<>(1)).add(row);
    }
    return writable().addAll(byKey, onlyNew);
  }

  abstract Map<K, List<Object>> newGroups();

  /** Removes the row or rows of a key, if there are any ({@code ets:delete/2}). */
  public final void delete(K key) {
    remove(key);
  }

  /** Removes all rows equal to this ({@code ets:delete_object/2}). */
  public final void deleteObject(R row) {
    K key = keyOf(row);
    writable().update(key, old -> old == null ? null : type.content.without(old, row::equals));
  }

  /**
   * Removes all rows as one step ({@code ets:delete_all_objects/1}), at the same cost however many
   * they are.
   */
  public final void deleteAllObjects() {
    writable();
    Processes.atomically(() -> {
      ownership.requireThere();
      cells = noCells();
      return true;
    });
  }

  /** How many rows there are; exact only while nobody writes. */
  public final long size() {
    ownership.requireReader();
    long size = cells().size();
    ownership.requireThere();
    return size;
  }

  /** All rows ({@code ets:tab2list/1}), read as the stream is. Not atomic. */
  public final Stream<R> rows() {
    return select(pattern -> pattern);
  }

  /** All keys, each once. Not atomic. */
  public final Stream<K> keys() {
    Cells<K> mine = cells();
    return entries()
        .mapMulti((entry, sink) -> {
          Object content = seen(mine, entry.getValue());
          if (content != null) {
            sink.accept(keyOf(entry.getKey(), content));
          }
        });
  }

  /** The key of what is kept under one that is the same. */
  K keyOf(K key, Object content) {
    return key;
  }

  /** Goes through all rows with a value ({@code ets:foldl/3}). Not atomic. */
  public final <A> A fold(A first, BiFunction<? super A, ? super R, ? extends A> step) {
    A value = first;
    for (R row : (Iterable<R>) rows()::iterator) {
      value = step.apply(value, row);
    }
    return value;
  }

  // ---- match and select ----

  /**
   * The rows that a pattern matches ({@code ets:select/2}, {@code ets:match_object/2}), read as the
   * stream is; what is made of them is {@link Stream#map} of it. Not atomic.
   */
  public final Stream<R> select(UnaryOperator<Pattern<K, R>> pattern) {
    return found(wanted(pattern));
  }

  Pattern<K, R> wanted(UnaryOperator<Pattern<K, R>> pattern) {
    return pattern.apply(Pattern.all());
  }

  Stream<R> found(Pattern<K, R> wanted) {
    return matching(wanted, cells(), scan(wanted));
  }

  /** The first so many of them, and how to have the rest ({@code ets:select/3}). Not atomic. */
  public final Page<R> select(UnaryOperator<Pattern<K, R>> pattern, int limit) {
    return select(pattern, row -> row, limit);
  }

  /** The same with what is made of each. */
  public final <V> Page<V> select(
      UnaryOperator<Pattern<K, R>> pattern, Function<? super R, ? extends V> result, int limit) {
    return page(select(pattern).map(result), limit);
  }

  final <V> Page<V> page(Stream<V> results, int limit) {
    if (limit < 1) {
      throw refused("a page has a limit of 1 at least, not " + limit);
    }
    Cells<K> mine = cells();
    return new Page<>(results.iterator(), limit, () -> goesOn(mine));
  }

  /** How many rows a pattern matches ({@code ets:select_count/2}). Not atomic. */
  public final long selectCount(UnaryOperator<Pattern<K, R>> pattern) {
    return select(pattern).count();
  }

  /**
   * Removes the rows that a pattern matches ({@code ets:select_delete/2}). Each key is one step,
   * the whole is not.
   *
   * @return how many were removed
   */
  public final long selectDelete(UnaryOperator<Pattern<K, R>> pattern) {
    Cells<K> mine = writable();
    Pattern<K, R> wanted = wanted(pattern);
    Removal removal = new Removal(type.content, wanted::testRow);
    scan(wanted)
        .filter(entry -> wanted.testKey(entry.getKey()))
        .forEach(entry -> {
          mine.update(entry.getKey(), removal);
          removal.total += removal.last;
        });
    return removal.total;
  }

  private static final class Removal implements Cells.Change {
    private final Content content;
    private final Predicate<Object> condition;
    private long last;
    private long total;

    Removal(Content content, Predicate<Object> condition) {
      this.content = content;
      this.condition = condition;
    }

    @Override
    public @Nullable Object of(@Nullable Object old) {
      Object left = old == null ? null : content.without(old, condition);
      last = (long) content.size(old) - content.size(left);
      return left;
    }
  }

  /** The cells that may have what a pattern matches. */
  Stream<Map.Entry<K, Object>> scan(Pattern<K, R> pattern) {
    if (!pattern.hasKey) {
      return entries();
    }
    K key = requireKey(pattern.key);
    Object content = read(key);
    return content == null ? Stream.empty() : Stream.of(Map.entry(key, content));
  }

  private Stream<Map.Entry<K, Object>> entries() {
    ownership.requireReader();
    Stream<Map.Entry<K, Object>> all = cells().map.entries();
    ownership.requireThere();
    return all;
  }

  @SuppressWarnings("unchecked") // all rows are R
  private Stream<R> matching(
      Pattern<K, R> pattern, Cells<K> mine, Stream<Map.Entry<K, Object>> found) {
    return found.mapMulti((entry, sink) -> {
      Object content = seen(mine, entry.getValue());
      if (content != null && pattern.testKey(entry.getKey())) {
        type.content.forEach(
            content,
            row -> {
              if (pattern.testRow(row)) {
                sink.accept((R) row);
              }
            });
      }
    });
  }

  // ---- the table itself ----

  /** Deletes the table itself, by its owner ({@code ets:delete/1}); its name is free at once. */
  public final void delete() {
    ownership.delete();
  }

  /**
   * Gives the table to a living process, by its owner ({@code ets:give_away/3}). That one gets an
   * {@link EtsTransfer}; there is no moment at which both own it, or nobody does. The heir stays.
   */
  public final void giveAway(Pid<?> to, Object data) {
    ownership.giveAway(to, Objects.requireNonNull(data, "data"));
  }

  /**
   * Lets a process have the table at the owner's death, by the owner ({@code {heir, Pid, Data}}).
   * It gets an {@link EtsTransfer}. If it is dead by then, the table goes with its owner; if it is
   * dead already, the table has no heir.
   */
  public final void setHeir(Pid<?> heir, Object data) {
    ownership.setHeir(new Heir(heir, Objects.requireNonNull(data, "data")));
  }

  /** The same for an heir that is told nothing ({@code {heir, Pid}}): it looks when it needs to. */
  public final void setHeir(Pid<?> heir) {
    ownership.setHeir(new Heir(heir, null));
  }

  /** Lets the table go with its owner again ({@code {heir, none}}). */
  public final void removeHeir() {
    ownership.setHeir(null);
  }

  public final Pid<?> owner() {
    return ownership.owner();
  }

  public final TableType type() {
    return type;
  }

  public final Optional<TableName<K, R>> name() {
    return Optional.ofNullable(name);
  }

  /** For everyone, whatever the table's access. */
  public final TableInfo info() {
    return new TableInfo(
        toString(),
        name().map(TableName::name),
        type,
        ownership.access(),
        cells().size(),
        owner(),
        ownership.heir());
  }

  final boolean isThere() {
    return ownership.isThere();
  }

  /** It is no more; the rows are dropped as a whole. */
  final void vanish() {
    cells = null;
    if (name != null) {
      NamedTables.free(name.name(), this);
    }
  }

  // ---- for the types of tables ----

  final Cells<K> cells() {
    Cells<K> here = cells;
    if (here == null) {
      ownership.requireThere();
      throw refused("it does not exist any more");
    }
    return here;
  }

  final Cells<K> writable() {
    ownership.requireWriter();
    return cells();
  }

  final @Nullable Object read(K key) {
    requireKey(key);
    ownership.requireReader();
    Object content = cells().get(key);
    ownership.requireThere();
    return content;
  }

  /** {@link #read}, or {@link #GONE}. */
  final @Nullable Object readIfThere(K key) {
    requireKey(key);
    if (!ownership.isReader()) {
      if (!ownership.isThere()) {
        return GONE;
      }
      ownership.requireReader();
    }
    Cells<K> here = cells;
    Object content = here == null ? GONE : here.get(key);
    return ownership.isThere() ? content : GONE;
  }

  /** Removes the content of a key, if it has any. */
  final @Nullable Object remove(K key) {
    requireKey(key);
    return writable().update(key, content -> null);
  }

  /** What a stream that began with these cells sees in one. */
  final @Nullable Object seen(Cells<K> mine, Object cell) {
    return goesOn(mine) ? Cells.seen(cell) : null;
  }

  /** Whether it goes on: its rows have not all been deleted meanwhile. */
  private boolean goesOn(Cells<K> mine) {
    boolean isCurrent = cells == mine;
    ownership.requireReader();
    ownership.requireThere();
    return isCurrent;
  }

  final K requireKey(@Nullable K key) {
    if (key == null) {
      throw refused("null is no key");
    }
    return key;
  }

  /** The key under which a row is to be kept. */
  final K keyOf(@Nullable R row) {
    if (row == null) {
      throw refused("null is no row");
    }
    K key = keyOf.apply(row);
    if (key == null) {
      throw refused("the key of " + row + " is null");
    }
    if (key.getClass() != lastKeyType) {
      if (KeyRule.isMutable(key.getClass())) {
        throw refused("a key does not change, and a " + key.getClass().getName() + " can");
      }
      lastKeyType = key.getClass();
    }
    return key;
  }

  /** The row's own key. */
  final K requireSameKey(K key, R row) {
    K own = keyOf(row);
    if (!isSameKey(key, own)) {
      throw refused("the row with key " + key + " cannot become one with key " + own);
    }
    return own;
  }

  boolean isSameKey(K key, K other) {
    return key.equals(other);
  }

  final BadTable refused(String rule) {
    return new BadTable(toString(), rule);
  }

  @Override
  public final String toString() {
    return name == null ? "#" + Integer.toHexString(hashCode()) : name.name();
  }
}
