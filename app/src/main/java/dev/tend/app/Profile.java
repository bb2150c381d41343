package dev.tend.app;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Parameters;

/** {@code tend profile}, which the launcher leads to the benchmarks; here only for the help. */
@Command(
    name = "profile",
    header = "Measure how quickly lists are found, through a process and through ETS.")
final class Profile implements Callable<Integer> {

  @Parameters(hidden = true)
  List<String> arguments = List.of();

  @Override
  public Integer call() {
    System.err.println("tend: profile belongs to a checkout: start it with ./tend profile there.");
    return ExitCode.USAGE;
  }
}
