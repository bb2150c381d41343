/**
 * ETS: tables that belong to a process and that all processes read without asking it.
 *
 * <p>A table vanishes with its owner, before anyone hears of the owner's death. Rows are immutable
 * values, shared and not copied.
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
 *             Processes.spawn(() ->
 *                 IO.println(PRICES.whereis().orElseThrow().lookup("tea").orElseThrow().cents()));
 *         Processes.awaitExit(reader, Duration.ofSeconds(5));
 *       });
 *   Processes.awaitExit(owner, Duration.ofSeconds(5));
 *   IO.println(PRICES.whereis().isPresent());
 * }
 * }
 *
 * {@snippet lang=text :
 * false
 * 250
 * false
 * }
 *
 * <p>Use one where many read what one process writes: what a server would be asked for most is
 * better a row that everyone looks up. The owner writes ({@code PROTECTED}), or everyone ({@code
 * PUBLIC}); a row is replaced whole, never changed. Where what is read has to fit together over
 * several rows, ask the owner instead: reading two rows is two moments.
 */
@NullMarked
package dev.tend.otp.ets;

import org.jspecify.annotations.NullMarked;
