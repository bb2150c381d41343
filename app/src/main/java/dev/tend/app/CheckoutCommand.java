package dev.tend.app;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** A command that the launcher leads to the benchmarks; here only for the help. */
abstract class CheckoutCommand implements Callable<Integer> {

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Parameters(hidden = true)
  List<String> arguments = List.of();

  @Override
  public Integer call() {
    System.err.printf(
        "tend: %1$s belongs to a checkout: start it with ./tend %1$s there.%n", spec.name());
    return ExitCode.USAGE;
  }
}
