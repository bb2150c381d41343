/**
 * Registry: processes by key, read without asking anyone. Elixir's {@code Registry}, typed.
 *
 * <p>A registry is a constant, and a child of a supervisor that stands before all who use it:
 *
 * {@snippet lang=java :
 * import module dev.tend.otp;
 *
 * static final UniqueRegistry<String, Integer> ROOMS = Registry.unique("rooms", 0);
 * }
 *
 * A process enters itself, and only itself, under a key and with a value. At its death its entries
 * are gone before any link, monitor or caller hears of it; nobody has to take them away.
 *
 * <h2>Names: {@link dev.tend.otp.registry.UniqueRegistry}</h2>
 *
 * One living process a key at most. A key is a name for a server wherever one is asked for:
 *
 * {@snippet lang=java :
 * void main() {
 *   Supervisor.start(
 *       Flags.of(Strategy.ONE_FOR_ONE), List.of(ROOMS.childSpec()), StartOptions.defaults());
 *   ServerName<Agent<List<String>>> lobby = ROOMS.via("lobby");
 *   Agent.start(() -> List.of("Ann"), StartOptions.named(lobby)).orThrow();
 *   IO.println(Agent.<List<String>, Integer>get(lobby, List::size));
 *   IO.println(Agent.start(() -> List.<String>of(), StartOptions.named(lobby)) instanceof StartResult.AlreadyStarted);
 * }
 * }
 *
 * {@snippet lang=text :
 * 1
 * true
 * }
 *
 * The value is what the holder lets others know without being asked: it alone changes it ({@link
 * dev.tend.otp.registry.UniqueRegistry#updateValue updateValue}), everyone reads it ({@link
 * dev.tend.otp.registry.UniqueRegistry#lookup lookup}), and it is gone with its holder. Do not look
 * a name up first to see whether a server must be started: start it, and take {@code
 * AlreadyStarted} for success. Between look-up and start there is time for another to do both.
 *
 * <h2>Topics: {@link dev.tend.otp.registry.DuplicateRegistry}</h2>
 *
 * Any number of entries a key, of one process too. Subscribers enter themselves, and whoever has
 * news dispatches it, in its own thread:
 *
 * {@snippet lang=java :
 * static final DuplicateRegistry<String, String> READERS = Registry.duplicate("readers");
 *
 * static void publish(String topic, String news) {
 *   READERS.dispatch(
 *       topic, entries -> entries.forEach(entry -> Processes.send(entry.pid(), entry.value() + news)));
 * }
 *
 * void main() {
 *   Supervisor.start(
 *       Flags.of(Strategy.ONE_FOR_ONE), List.of(READERS.childSpec()), StartOptions.defaults());
 *   Pid<?> reader =
 *       Processes.spawn(() -> {
 *         READERS.register("weather", "to me: ");
 *         publish("weather", "rain");
 *         IO.println(Processes.receive());
 *       });
 *   Processes.awaitExit(reader, Duration.ofSeconds(5));
 *   IO.println(READERS.count()); // its entry went with it
 * }
 * }
 *
 * {@snippet lang=text :
 * to me: rain
 * 0
 * }
 *
 * Who subscribes while a dispatch runs may miss that one; so subscribe first, then read the state
 * that the news are about. A dispatcher that throws keeps the news from those behind: send
 * messages, and do nothing in it that can fail. An entry's process can die at any moment after it
 * has been read; sending to the dead is silent.
 *
 * <h2>What goes wrong</h2>
 *
 * <ul>
 *   <li>A registry's death takes its registrants along: each is linked to a partition from its
 *       first to its last entry. Without that their names would vanish and they would go on in
 *       silence. One that <em>traps exits</em> (a supervisor, a server with a {@code terminate})
 *       gets the partition's {@link dev.tend.otp.process.Exit} as a message instead, and is in no
 *       registry any more: it should stop, or enter itself again.
 *   <li>So a registry comes before its users in a {@code rest_for_one} tree.
 *   <li>While it does not run everything throws {@link dev.tend.otp.registry.UnknownRegistry}; only
 *       a name ({@code via}) leads to nobody, as the name of a dead server does.
 *   <li>Values are read by other threads: they are immutable, or nothing holds.
 *   <li>A {@link dev.tend.otp.registry.Registry#lock lock} is its partition's: if that dies the
 *       holder goes on without it. What must not be done twice belongs into a process with a unique
 *       name.
 * </ul>
 *
 * <h2>Costs</h2>
 *
 * Reading a key is one look-up in a hash table, whatever the registry's own processes are doing or
 * suffering; {@code select} and {@code countSelect} read everything. To register or unregister
 * takes a lock of one key's row for a moment; the process's first entry in a partition adds a link
 * and its last one removes it, which takes that partition's lock. Where that is felt, more {@link
 * dev.tend.otp.registry.RegistryOptions#withPartitions partitions} share it. A duplicate registry
 * is partitioned {@linkplain dev.tend.otp.registry.PartitionBy by pid or by key}.
 */
@NullMarked
package dev.tend.otp.registry;

import org.jspecify.annotations.NullMarked;
