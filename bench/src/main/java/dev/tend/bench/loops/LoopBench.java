package dev.tend.bench.loops;

import dev.tend.bench.measure.Machine;
import dev.tend.bench.runtime.PerformancePage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Unmatched;

/** {@code ./tend bench loops}: JMH, with the options that JMH has. */
@Command(
    name = "loops",
    header = "Measure the inner loops with JMH: tables, the cache, messages.",
    description = {
      "Nanoseconds an operation of otp's tables beside the JDK's maps, of the look-up of a list's"
          + " server, of a call and of a cast; each client is a process.",
      "",
      "All else on the command line goes to JMH. A word without a dash is a regular expression for"
          + " the names of loops; without one all run, which takes some seven minutes."
    },
    synopsisHeading = "Usage: ",
    customSynopsis =
        "tend bench loops [--help] [--write-docs] [<regular expression> ...] [<option of JMH> ...]",
    optionListHeading = "%n",
    footerHeading = "%nOf JMH's options these are needed most:%n",
    footer = {
      "  -l               name the loops and measure nothing",
      "  -p rows=1000     only with this many rows (1000 and 1000000 are measured)",
      "  -t 2             two clients at once (1)",
      "  -f 5             five JVMs for each loop, one after the other (2)",
      "  -wi 5 -i 5       iterations to warm up, and then to measure",
      "  -w 1s -r 1s      how long each of these takes",
      "  -prof gc         what is allocated as well",
      "  -rf csv -rff x   write the results to the file x",
      "  -h               all of them",
      "",
      "Examples:",
      "  tend bench loops",
      "  tend bench loops SetLoops.counter -t 2 -p rows=1000000",
      "  tend bench loops Cache -f 1 -wi 3 -i 3"
    })
public final class LoopBench implements Callable<Integer> {

  @Option(names = "--help", usageHelp = true, description = "show this help and exit")
  boolean help;

  @Option(names = "--write-docs", description = "put the results into docs/performance.md")
  boolean writeDocs;

  @Unmatched List<String> options = new ArrayList<>();

  @Override
  public Integer call() throws Exception {
    String[] arguments = options.toArray(String[]::new);
    if (writeDocs) {
      write(new CommandLineOptions(arguments));
    } else {
      org.openjdk.jmh.Main.main(arguments);
    }
    return 0;
  }

  private void write(CommandLineOptions wanted) throws Exception {
    Machine machine = new Machine();
    Collection<RunResult> results = new Runner(wanted).run();
    machine.noteLoad();
    Path root = Path.of(System.getProperty("tend.root", "."));
    new PerformancePage(root.resolve("docs/performance.md"), "tend bench loops")
        .write(new LoopReport(options, machine, results).text());
  }
}
