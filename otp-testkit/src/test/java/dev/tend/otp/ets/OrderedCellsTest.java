package dev.tend.otp.ets;

import static dev.tend.otp.ets.Edits.swap;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The tree is what a sorted map is, at every moment, also for a walk that is under way. */
class OrderedCellsTest {
  private static final Comparator<Object> ORDER = KeyOrder.<Integer>natural().comparator();

  /** So many that there are branches of branches. */
  private static final int MANY = 6_000;

  private final OrderedCells<Integer> tree = new OrderedCells<>(ORDER);
  private final NavigableMap<Integer, Object> model = new TreeMap<>();
  private int version;

  /** Which key comes after so many. */
  enum Coming {
    ASCENDING(number -> number),
    DESCENDING(number -> MANY - 1 - number),
    SCATTERED(number -> (int) (number * 2_654_437L % MANY));

    @SuppressWarnings("ImmutableEnumChecker") // the lambdas above have no state
    private final IntUnaryOperator key;

    Coming(IntUnaryOperator key) {
      this.key = key;
    }
  }

  private void put(int key) {
    Object cell = "v" + version++;
    assertThat(swap(tree, key, model.get(key), cell)).isTrue();
    model.put(key, cell);
  }

  private void remove(int key) {
    assertThat(swap(tree, key, model.remove(key), null)).isTrue();
  }

  private static int depth(Node node) {
    return node instanceof Branch branch ? 1 + depth(branch.node(0)) : 1;
  }

  private static Object before(int key) {
    return new KeyOrder.Place(List.of(key), false);
  }

  private static Object after(int key) {
    return new KeyOrder.Place(List.of(key), true);
  }

  private void assertSameAround(int key) {
    assertThat(tree.get(key)).isSameAs(model.get(key));
    assertThat(tree.higher(key)).isEqualTo(model.higherEntry(key));
    assertThat(tree.lower(key)).isEqualTo(model.lowerEntry(key));
    assertThat(tree.higher(before(key))).isEqualTo(model.ceilingEntry(key));
    assertThat(tree.lower(after(key))).isEqualTo(model.floorEntry(key));
    assertThat(tree.first()).isEqualTo(model.firstEntry());
    assertThat(tree.last()).isEqualTo(model.lastEntry());
    assertThat(tree.size()).isEqualTo(model.size());
  }

  private void assertSameBetween(int from, int to) {
    assertThat(tree.walk(from, to, false).entries())
        .isEqualTo(
            List.copyOf(from < to ? model.subMap(from, false, to, false).entrySet() : List.of()));
    if (from <= to) {
      NavigableMap<Integer, Object> part = model.subMap(from, true, to, true);
      assertThat(tree.walk(before(from), after(to), false).entries())
          .isEqualTo(List.copyOf(part.entrySet()));
      assertThat(tree.walk(before(from), after(to), true).entries())
          .isEqualTo(List.copyOf(part.descendingMap().entrySet()));
    }
  }

  private void assertSame() {
    List<Map.Entry<Integer, Object>> all = List.copyOf(model.entrySet());
    assertThat(tree.entries()).isEqualTo(all);
    assertThat(tree.walk(null, null, true).entries()).isEqualTo(all.reversed());
    assertThat(tree.size()).isEqualTo(all.size());
  }

  static Stream<List<Object>> fillings() {
    return Stream.of(Coming.values())
        .flatMap(in -> Stream.of(Coming.values()).map(out -> List.of(in, out)));
  }

  @ParameterizedTest
  @MethodSource("fillings")
  void it_is_filled_and_emptied_and_filled_again(List<Coming> inAndOut) {
    for (int round = 0; round < 2; round++) {
      for (int i = 0; i < MANY; i++) {
        put(inAndOut.getFirst().key.applyAsInt(i));
        if (i % 61 == 0) {
          assertSameAround(i);
          assertSameBetween(i - 70, i);
        }
      }
      assertThat(depth(tree.root())).isEqualTo(3);
      assertSame();
      for (int i = 0; i < MANY; i++) {
        remove(inAndOut.getLast().key.applyAsInt(i));
        if (i % 61 == 0) {
          assertSameAround(i);
          assertSameBetween(i - 70, i);
        }
      }
      assertThat(depth(tree.root())).isEqualTo(1);
      assertSame();
      assertSameAround(0);
    }
  }

  static IntStream seeds() {
    return IntStream.range(0, 20);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void it_does_what_a_sorted_map_does(int seed) {
    Random random = new Random(seed);
    int keys = 1 + random.nextInt(MANY);
    for (int step = 0; step < 3 * MANY; step++) {
      int key = random.nextInt(keys);
      boolean isGrowing = step % (2 * MANY) < MANY;
      if (random.nextInt(4) < (isGrowing ? 3 : 1)) {
        put(key);
      } else {
        remove(key);
      }
      if (step % 7 == 0) {
        assertSameAround(random.nextInt(keys));
      }
      if (step % 97 == 0) {
        assertSameBetween(random.nextInt(keys), random.nextInt(keys));
      }
    }
    assertSame();
  }

  /**
   * Each step of a walk is one to what is next now: rows that came, went or are new are seen so.
   */
  @ParameterizedTest
  @MethodSource("seeds")
  void a_walk_goes_to_what_is_next_now(int seed) {
    Random random = new Random(seed);
    boolean reverse = seed % 2 == 1;
    IntStream.range(0, MANY).filter(key -> key % 3 != 0).forEach(this::put);
    int from = seed % 5 == 0 ? -1 : random.nextInt(MANY / 2);
    int to = seed % 5 == 0 ? MANY : MANY / 2 + random.nextInt(MANY / 2);
    Walk<Integer> walk =
        seed % 5 == 0 ? tree.walk(null, null, reverse) : tree.walk(from, to, reverse);
    int at = reverse ? to : from;
    int end = reverse ? from : to;
    while (true) {
      int changes = random.nextInt(3) == 0 ? random.nextInt(80) : 0;
      int ahead = 100 * random.nextInt(5) * (reverse ? -1 : 1);
      for (int i = 0; i < changes; i++) {
        int near = Math.floorMod(at + ahead + random.nextInt(150) - 75, MANY);
        if (random.nextBoolean()) {
          put(near);
        } else {
          remove(near);
        }
      }
      Map.Entry<Integer, Object> next = reverse ? model.lowerEntry(at) : model.higherEntry(at);
      if (next == null || (reverse ? next.getKey() <= end : next.getKey() >= end)) {
        break;
      }
      assertThat(walk.next()).isTrue();
      assertThat(Map.entry(walk.key(), walk.cell())).isEqualTo(next);
      at = next.getKey();
    }
    assertThat(walk.next()).isFalse();
    put(reverse ? at - 1 : at + 1);
    assertThat(walk.next()).as("after the end").isFalse();
  }

  @ParameterizedTest
  @EnumSource(names = {"ASCENDING", "DESCENDING"})
  void keys_that_come_in_order_leave_full_leaves(Coming coming) {
    IntStream.range(0, Leaf.MOST * Branch.MOST).map(coming.key).forEach(this::put);
    assertThat(depth(tree.root())).isEqualTo(2);
    put(-MANY);
    put(MANY);
    assertThat(depth(tree.root())).isEqualTo(3);
    assertSame();
  }

  @Test
  void a_cell_is_replaced_by_who_knows_it_or_may() {
    assertThat(swap(tree, 1, "other", "new")).isFalse();
    assertThat(swap(tree, 1, null, "old")).isTrue();
    assertThat(swap(tree, 1, null, "new")).isFalse();
    assertThat(swap(tree, 1, "other", "new")).isFalse();
    assertThat(swap(tree, 1, "other", null)).isFalse();
    assertThat(Edits.put(tree, 1, "new", cell -> cell == null)).isFalse();
    assertThat(tree.get(1)).isEqualTo("old");
    assertThat(Edits.put(tree, 1, "new", cell -> "old".equals(cell))).isTrue();
    assertThat(Edits.put(tree, 2, "two", cell -> cell != null)).isFalse();
    assertThat(swap(tree, 2, null, null)).isTrue();
    assertThat(swap(tree, 1, null, null)).isFalse();
    assertThat(tree.entries()).containsExactly(Map.entry(1, "new"));
  }

  /** Calls something at one of its comparisons. */
  private static final class Interrupted implements Comparator<Object> {
    private int until = -1;
    private Runnable act = () -> {};

    void at(int comparison, Runnable then) {
      until = comparison;
      act = then;
    }

    @Override
    public int compare(Object one, Object other) {
      if (until-- == 0) {
        act.run();
      }
      return ORDER.compare(one, other);
    }
  }

  static IntStream comparisons() {
    return IntStream.range(0, 30);
  }

  /** Between two leaves a key comes, and only then the next one goes. */
  @ParameterizedTest
  @MethodSource("comparisons")
  void what_is_beside_a_key_was_so_at_some_moment(int comparison) {
    Interrupted order = new Interrupted();
    for (boolean reverse : new boolean[] {false, true}) {
      OrderedCells<Integer> pair = new OrderedCells<>(order);
      int keys = 2 * Leaf.MOST;
      IntStream.range(0, keys).forEach(key -> swap(pair, 2 * key, null, "cell"));
      int below = 2 * (Leaf.MOST - 1);
      int above = below + 2;
      swap(pair, reverse ? above + 2 : below - 2, "cell", null); // so that there is room in it
      order.at(
          comparison,
          () -> {
            swap(pair, below + 1, null, "cell");
            swap(pair, reverse ? below : above, "cell", null);
          });
      Map.@Nullable Entry<Integer, Object> beside =
          reverse ? pair.lower(above) : pair.higher(below);
      order.at(-1, () -> {});
      assertThat(beside).isNotNull();
      assertThat(beside.getKey()).isIn(reverse ? below : above, below + 1);
    }
  }

  /** It is not put where nobody looks any more. */
  @ParameterizedTest
  @MethodSource("comparisons")
  void a_cell_is_replaced_whatever_becomes_of_its_leaf_meanwhile(int comparison) {
    Interrupted order = new Interrupted();
    OrderedCells<Integer> cells = new OrderedCells<>(order);
    IntStream.range(0, 100).forEach(key -> swap(cells, 2 * key, null, "cell"));
    order.at(comparison, () -> swap(cells, 99, null, "other"));
    assertThat(swap(cells, 98, "cell", "new")).isTrue();
    order.at(-1, () -> {});
    assertThat(cells.get(98)).isEqualTo("new");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void an_order_that_throws_changes_nothing(boolean adds) {
    Interrupted order = new Interrupted();
    OrderedCells<Integer> broken = new OrderedCells<>(order);
    IntStream.range(0, MANY).forEach(key -> swap(broken, 2 * key, null, "cell"));
    List<Map.Entry<Integer, Object>> all = broken.entries().toList();
    int thrown = 0;
    for (boolean isDone = false; !isDone; ) {
      order.at(
          thrown,
          () -> {
            throw new IllegalStateException("no order");
          });
      try {
        isDone = adds ? swap(broken, 4_001, null, "new") : swap(broken, 4_000, "cell", null);
      } catch (IllegalStateException e) {
        thrown++;
        assertThat(broken.entries()).isEqualTo(all);
        assertThat(broken.size()).isEqualTo(MANY);
      }
    }
    order.at(-1, () -> {});
    assertThat(thrown).isGreaterThan(10);
    assertThat(broken.size()).isEqualTo(adds ? MANY + 1 : MANY - 1);
    assertThat(broken.get(adds ? 4_001 : 4_000)).isEqualTo(adds ? "new" : null);
  }

  /** The leaf beside it is then the whole tree, and is also still in its old branch. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void a_walk_whose_leaf_goes_as_the_last_but_one_goes_on_once(boolean reverse) {
    int half = Leaf.MOST;
    IntStream.range(0, 2 * half).forEach(this::put);
    assertThat(depth(tree.root())).isEqualTo(2);
    Walk<Integer> walk = tree.walk(null, null, reverse);
    assertThat(walk.next()).isTrue();
    IntStream.range(0, half).forEach(key -> remove(reverse ? key + half : key));
    assertThat(depth(tree.root())).isEqualTo(1);
    List<Map.Entry<Integer, Object>> left = List.copyOf(model.entrySet());
    assertThat(walk.entries()).isEqualTo(reverse ? left.reversed() : left);
  }

  /** The same where leaves, and the branch above them, come and go all the time. */
  @ParameterizedTest
  @MethodSource("seeds")
  void a_walk_in_a_small_tree_goes_to_what_is_next_now(int seed) {
    Random random = new Random(seed);
    for (int round = 0; round < 300; round++) {
      int keys = 1 + random.nextInt(5 * Leaf.MOST);
      boolean reverse = random.nextBoolean();
      Walk<Integer> walk = tree.walk(null, null, reverse);
      int at = reverse ? Integer.MAX_VALUE : -1;
      while (true) {
        if (random.nextInt(20) == 0) {
          int from = random.nextInt(keys);
          boolean removes = random.nextBoolean();
          IntStream.range(from, Math.min(keys, from + random.nextInt(2 * Leaf.MOST)))
              .forEach(removes ? this::remove : this::put);
        }
        Map.Entry<Integer, Object> next = reverse ? model.lowerEntry(at) : model.higherEntry(at);
        assertThat(walk.next()).isEqualTo(next != null);
        if (next == null) {
          break;
        }
        assertThat(Map.entry(walk.key(), walk.cell())).isEqualTo(next);
        at = next.getKey();
      }
    }
  }
}
