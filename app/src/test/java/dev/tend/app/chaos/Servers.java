package dev.tend.app.chaos;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Servers of the code under test, in JVMs of their own. */
final class Servers {
  private Servers() {}

  /** The real one. */
  static Launch real(String... options) {
    return of("dev.tend.app.Main", Map.of(), options);
  }

  static Launch withEnvironment(Map<String, String> environment, String... options) {
    return of("dev.tend.app.Main", environment, options);
  }

  static Launch broken(BrokenServer.Fault fault) {
    Launch launch = of(BrokenServer.class.getName(), Map.of());
    List<String> command = new java.util.ArrayList<>(launch.command());
    command.add(fault.name());
    return new Launch(command, Map.of());
  }

  private static Launch of(String main, Map<String, String> environment, String... options) {
    List<String> command = new java.util.ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-XX:+UseCompactObjectHeaders",
            "-XX:+ExitOnOutOfMemoryError",
            "-XX:TieredStopAtLevel=1", // none lives long enough for the better compiler
            "--enable-native-access=ALL-UNNAMED",
            "-Dlogback.configurationFile=logback.xml")); // not a logback-test.xml
    command.addAll(List.of(options));
    command.add("--class-path");
    command.add(
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    command.add(main);
    return new Launch(command, environment);
  }
}
