/**
 * ETS: tables that belong to a process and that all processes read without asking it.
 *
 * <p>A server that everyone calls answers one after the other; a table that everyone reads answers
 * all at once. So what is asked for most is better a row that the asker looks up itself. The table
 * vanishes with its owner, before anyone hears of the owner's death, and so does its name: a
 * look-up never finds what a dead process has left.
 *
 * {@snippet lang=java :
 * import module dev.tend.otp;
 *
 * record Price(String item, int cents) {}
 *
 * static final SetName<String, Price> PRICES = new SetName<>("prices");
 *
 * void main() {
 *   Pid<?> owner =
 *       Processes.spawn(() -> {
 *         SetTable<String, Price> table = Table.newSet(PRICES, Access.PROTECTED, Price::item);
 *         table.insert(new Price("tea", 250));
 *         IO.println(table.insertNew(new Price("tea", 300)));
 *         Pid<?> reader =
 *             Processes.spawn(() -> IO.println(PRICES.lookup("tea").orElseThrow().cents()));
 *         Processes.awaitExit(reader);
 *       });
 *   Processes.awaitExit(owner);
 *   IO.println(PRICES.lookup("tea").isPresent());
 * }
 * }
 *
 * {@snippet lang=text :
 * false
 * 250
 * false
 * }
 *
 * <h2>Which type</h2>
 *
 * <table>
 *   <caption>The types and what a look-up by key costs</caption>
 *   <tr><th>type</th><th>rows of a key</th><th>order</th><th>a key costs</th></tr>
 *   <tr><td>{@link dev.tend.otp.ets.SetTable}</td><td>one</td><td>none</td><td>O(1)</td></tr>
 *   <tr><td>{@link dev.tend.otp.ets.OrderedSetTable}</td><td>one</td><td>of the keys</td>
 *       <td>O(log n)</td></tr>
 *   <tr><td>{@link dev.tend.otp.ets.BagTable}, a bag</td><td>any, no two equal</td>
 *       <td>of insertion, within a key</td><td>O(1), an insert O(rows of the key)</td></tr>
 *   <tr><td>{@link dev.tend.otp.ets.BagTable}, a duplicate bag</td><td>any</td>
 *       <td>of insertion, within a key</td><td>O(1)</td></tr>
 * </table>
 *
 * <p>A row is a record, and one function says what its key is. Rows and keys are immutable values,
 * shared and not copied: a row is replaced whole. A key that can be seen to be mutable is refused.
 * An operation that makes no sense for a type is not there to be called; what else is wrong throws
 * {@link dev.tend.otp.ets.BadTable}, which names the table and the rule, and changes nothing.
 *
 * <h2>Counting</h2>
 *
 * {@snippet lang=java :
 * import module dev.tend.otp;
 *
 * record Hits(String page, long count) {}
 *
 * static final Counter<Hits> COUNT =
 *     Counter.of(Hits::count, (row, count) -> new Hits(row.page(), count));
 *
 * void main() {
 *   Pid<?> owner =
 *       Processes.spawn(() -> {
 *         SetTable<String, Hits> hits = Table.newSet(Access.PUBLIC, Hits::page);
 *         IO.println(hits.updateCounter("/", COUNT.add(1), new Hits("/", 0)));
 *         IO.println(hits.updateCounter("/", COUNT.add(1)));
 *         IO.println(hits.updateCounter("/", COUNT.add(1).orElse(2, 0)));
 *       });
 *   Processes.awaitExit(owner);
 * }
 * }
 *
 * {@snippet lang=text :
 * 1
 * 2
 * 0
 * }
 *
 * <p>A counter is a constant, and its second function depends on the row and the count alone: a row
 * that has been counted is made of them whenever it is read.
 *
 * <h2>Finding rows</h2>
 *
 * <p>Columns are typed, and patterns are made of them. What a pattern binds decides the cost: the
 * whole key, one look-up; the first parts of an ordered key, the rows between two places; else the
 * whole table.
 *
 * {@snippet lang=java :
 * import module dev.tend.otp;
 *
 * record Day(String who, LocalDate date) {}
 *
 * record Task(Day day, String title) {}
 *
 * static final Column<Day, String> WHO = Column.of(Day::who);
 * static final Column<Day, LocalDate> DATE = Column.of(Day::date, Comparator.naturalOrder());
 *
 * void main() {
 *   Pid<?> owner =
 *       Processes.spawn(() -> {
 *         OrderedSetTable<Day, Task> tasks =
 *             Table.newOrderedSet(Access.PROTECTED, Task::day, KeyOrder.by(WHO).then(DATE));
 *         tasks.insertAll(
 *             List.of(
 *                 new Task(new Day("bob", LocalDate.of(2018, 12, 20)), "Shopping"),
 *                 new Task(new Day("bob", LocalDate.of(2018, 12, 19)), "Dentist"),
 *                 new Task(new Day("ann", LocalDate.of(2018, 12, 19)), "Movies")));
 *         tasks
 *             .select(match -> match.whereKey(WHO.is("bob")))
 *             .forEach(task -> IO.println(task.title()));
 *       });
 *   Processes.awaitExit(owner);
 * }
 * }
 *
 * {@snippet lang=text :
 * Dentist
 * Shopping
 * }
 *
 * <h2>What is one step, and what is not</h2>
 *
 * <p>One step are the operations on one key, {@code insertAll} and {@code insertAllNew} of any
 * number of rows, {@code deleteAllObjects}, and the change of the owner. Each takes effect wholly
 * before its caller's death, or not at all, and every later read of any process sees it. Readers
 * never wait and take no lock; writers of the same rows wait for each other.
 *
 * <p>Not one step: {@code rows}, {@code fold}, {@code select} and the others that go over many
 * rows, and two operations one after the other. A stream sees each row that was there all the time
 * exactly once, and some of what is written meanwhile. Where several rows have to fit together, put
 * them into one row, or ask the owner.
 *
 * <h2>Whose it is</h2>
 *
 * <p>{@code PROTECTED} is the usual access: the owner writes and all read; with {@code PUBLIC} all
 * write, with {@code PRIVATE} only the owner reads. {@link dev.tend.otp.ets.Table#giveAway} makes a
 * table another process's, {@link dev.tend.otp.ets.Table#setHeir} says whose it is to be when its
 * owner dies; that one gets an {@link dev.tend.otp.ets.EtsTransfer}, an heir before it hears of the
 * death. So a table can outlive a server that crashes: let a process that does nothing else be the
 * heir, and give the table to the server's replacement.
 *
 * <h2>Large tables</h2>
 *
 * <p>From some hundred thousand rows on it is memory that a write costs, and what the JVM makes of
 * it. With {@code -XX:+UseParallelGC -XX:+UseCondCardMark -XX:+UseTransparentHugePages} writes of a
 * table of a million rows were 1.8 to 2.5 times as quick as with the JDK's defaults, and look-ups
 * 1.5 times (two clients on two cores); its collections stop the whole program, though, for the
 * longer the more is alive. {@code -XX:+UseCompactObjectHeaders} makes rows smaller.
 *
 * <h2>What goes wrong</h2>
 *
 * <ul>
 *   <li>A row is looked up, changed and inserted: two who do so at once lose one change. Use {@code
 *       updateCounter}, {@code updateElement} or {@code replace}, or let the owner write.
 *   <li>Nobody deletes: a table grows until its owner ends. There is no garbage collection of rows.
 *   <li>A {@link dev.tend.otp.process.Pid} in a row may be that of a dead process: look with {@code
 *       isAlive}, or use a {@link dev.tend.otp.registry.Registry}, which does.
 * </ul>
 */
@NullMarked
package dev.tend.otp.ets;

import org.jspecify.annotations.NullMarked;
