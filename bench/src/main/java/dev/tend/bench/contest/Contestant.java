package dev.tend.bench.contest;

/**
 * A library as the programs see it. Each method runs once through what a program repeats, and takes
 * the time of what counts: its servers are there before, and are gone again when it returns.
 */
public interface Contestant {

  /** Its name and version. */
  String about();

  /**
   * Each client asks its server, one request after the other, and notes how long each took.
   *
   * @param servers one for all clients, or one for each
   * @param nanos of each client; their lengths say how many requests it puts
   * @return nanoseconds for all of them
   */
  long call(int servers, long[][] nanos) throws Exception;

  /**
   * Each client sends its own server messages and then waits for the answer to a request behind
   * them.
   *
   * @return nanoseconds until all have their answer
   */
  long cast(int pairs, int messages) throws Exception;

  /** One process starts many that tell it that they are there, and end. */
  long spawn(int processes) throws Exception;

  /** One process starts many with a link and waits for their exit signals. */
  default long spawnLinked(int processes) throws Exception {
    throw new NoEquivalent();
  }

  /** One process starts many with a monitor and waits for their ends. */
  default long spawnMonitored(int processes) throws Exception {
    throw new NoEquivalent();
  }

  /** A process has a dynamic supervisor start servers, one after the other. */
  default long startChildren(int children) throws Exception {
    throw new NoEquivalent();
  }

  /** A process with unread messages puts requests to a server, one after the other. */
  default long callPast(int waiting, int calls) throws Exception {
    throw new NoEquivalent();
  }

  /**
   * Kills a supervised server so often.
   *
   * @param nanos of each time, until its replacement has answered a request
   */
  default void kill(int siblings, long[] nanos) throws Exception {
    throw new NoEquivalent();
  }

  /** Stops a dynamic supervisor that has so many children. */
  default long stopChildren(int children) throws Exception {
    throw new NoEquivalent();
  }

  /** The seed's hundred lists, and one way to their servers. */
  default LookUps lookUps(CacheProgram.Way way) throws Exception {
    throw new NoEquivalent();
  }

  /** A way to the lists' servers, which run until it is closed. */
  interface LookUps extends AutoCloseable {

    /**
     * Each client looks so often for the server of a list, by a name that it puts together.
     *
     * @return nanoseconds for all of them
     */
    long use(int clients, int operations) throws Exception;
  }

  /** A table of type set and an ordered one, filled with so many rows each. */
  default Tables tables(int rows) throws Exception {
    throw new NoEquivalent();
  }

  /** Only the one of type set. */
  default Tables set(int rows) throws Exception {
    throw new NoEquivalent();
  }

  /** Tables that exist until they are closed. */
  interface Tables extends AutoCloseable {

    /**
     * Each client uses them so often, at random keys that are there.
     *
     * @return nanoseconds for all of them
     */
    long use(TableProgram.Operation operation, int clients, int operations) throws Exception;

    @Override
    void close();
  }

  /**
   * Starts servers that wait.
   *
   * @return what keeps them alive
   */
  Object idle(int servers) throws Exception;
}
