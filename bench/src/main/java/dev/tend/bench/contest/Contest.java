package dev.tend.bench.contest;

import java.util.List;
import java.util.Set;

/**
 * The main class of a contestant's own JVM: runs programs and prints a line for each result, {@code
 * result <program> <metric> <value>} separated by tabs; before them {@code about <text>}.
 */
public final class Contest {
  private Contest() {}

  /**
   * @param args the contestant; {@code full}, {@code quick} or, under a profiler, {@code long}; and
   *     the ids of programs
   */
  public static void main(String[] args) throws Exception {
    List<String> words = List.of(args);
    Contestant contestant = contestant(words.get(0));
    Effort effort = Effort.of(words.get(1));
    Set<String> wanted = Set.copyOf(words.subList(2, words.size()));
    print("about", contestant.about());
    for (Program program : Program.all()) {
      if (wanted.contains(program.id())) {
        run(program, contestant, effort);
      }
    }
    System.exit(0);
  }

  private static Contestant contestant(String name) {
    return switch (name) {
      case "otp" -> new Tend();
      case "plain" -> new PlainJava();
      case "pekko" -> new Pekko();
      default -> throw new IllegalArgumentException("no such contestant: " + name);
    };
  }

  private static void run(Program program, Contestant contestant, Effort effort) throws Exception {
    System.gc();
    try {
      program.run(
          contestant,
          effort,
          (metric, value) -> print("result", program.id(), metric.name(), Double.toString(value)));
    } catch (NoEquivalent nothing) {
      // No result says it.
    }
  }

  private static void print(String... words) {
    System.out.println(String.join("\t", words));
  }
}
