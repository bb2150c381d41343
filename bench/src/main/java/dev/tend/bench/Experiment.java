package dev.tend.bench;

/**
 * Something whose speed is measured under a name. {@link #run()} is called by many processes at
 * once, again and again; what it computes it should use, or the compiler may leave it out.
 */
public interface Experiment extends Profiler.Function {

  /** Short and without blanks, as it is asked for. */
  String name();

  /** One line that says what is measured. */
  String about();

  /** Called once before everything, also before the warm-up. */
  default void setUp() throws Exception {}

  /** Called once after everything, if {@link #setUp()} had succeeded. */
  default void tearDown() throws Exception {}

  /** A function that needs nothing else. */
  static Experiment of(String name, String about, Profiler.Function function) {
    return new Experiment() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public String about() {
        return about;
      }

      @Override
      public void run() throws Exception {
        function.run();
      }
    };
  }
}
