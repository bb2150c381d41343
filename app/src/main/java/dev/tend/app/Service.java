package dev.tend.app;

/**
 * A Tend that its JVM lives for. When the JVM is asked to end (SIGTERM, Ctrl-C, {@link
 * System#exit}) the system stops in order first; when the system gives up the JVM ends with {@link
 * #GAVE_UP}.
 */
final class Service {
  /** BSD's {@code EX_SOFTWARE}: whoever started Tend should start it anew. */
  static final int GAVE_UP = 70;

  private final Tend tend;
  private volatile boolean ending;

  private Service(Tend tend) {
    this.tend = tend;
  }

  /**
   * @param atLast runs when all has stopped
   */
  static Service start(TendConfig config, Runnable atLast) throws CannotStart {
    Service service = new Service(Tend.start(config));
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  service.ending = true;
                  service.tend.close();
                  atLast.run();
                },
                "tend-end"));
    return service;
  }

  Tend tend() {
    return tend;
  }

  /** Waits for the system to end; if nobody asked it to, this ends the JVM. */
  void guard() {
    tend.awaitEnd();
    if (!ending) {
      System.err.println(
          "tend: gave up: its parts failed more than %d times in %d s. The log above says why."
              .formatted(Tend.FLAGS.maxRestarts(), Tend.FLAGS.period().toSeconds()));
      System.exit(GAVE_UP);
    }
  }
}
