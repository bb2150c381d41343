package dev.tend.bench.loops;

import dev.tend.bench.measure.Machine;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;

/**
 * What JMH has measured, as a page shows it.
 *
 * @param options that it was given
 */
record LoopReport(List<String> options, Machine machine, Collection<RunResult> results) {

  String text() {
    return String.format(
            Locale.ROOT,
            "Measured on %s by `./tend bench loops%s`.%nMachine: %s.%nJVM: Java %s, `%s`.%n%n"
                + "| loop | rows | ns an operation |%n|---|---|---|%n",
            LocalDate.now(),
            options.stream().map(option -> " " + option).collect(Collectors.joining()),
            machine.description(),
            Runtime.version(),
            results.stream()
                .flatMap(loop -> loop.getParams().getJvmArgs().stream())
                .filter(option -> !option.startsWith("-Dtend.root="))
                .distinct()
                .collect(Collectors.joining(" ")))
        + results.stream().map(LoopReport::row).collect(Collectors.joining());
  }

  private static String row(RunResult measured) {
    BenchmarkParams loop = measured.getParams();
    Result<?> time = measured.getPrimaryResult();
    String[] name = loop.getBenchmark().split("\\.");
    return String.format(
        Locale.ROOT,
        "| %s.%s | %s | %.1f ± %.1f |%n",
        name[name.length - 2],
        name[name.length - 1],
        loop.getParamsKeys().contains("rows")
            ? String.format(Locale.ROOT, "%,d", Integer.parseInt(loop.getParam("rows")))
            : "",
        time.getScore(),
        time.getScoreError());
  }
}
