package dev.tend.app.client;

import dev.tend.app.DataDirectory;
import dev.tend.store.Checkup;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code tend doctor}. */
@Command(
    name = "doctor",
    header = "Look over a data folder and say what is wrong and what to do.",
    description =
        "Also beside a running server. Nothing is changed. The exit status is 1 if something is"
            + " wrong.",
    footerHeading = "%nExamples:%n",
    footer = {"  tend doctor", "  tend doctor --data /var/lib/tend"})
public final class DoctorCommand extends LocalCommand {

  @Option(
      names = "--data",
      paramLabel = "<folder>",
      description = "the data folder (default: ${DEFAULT-VALUE})")
  private Path data = DataDirectory.ofUser();

  @Override
  int run() {
    List<Checkup.Finding> findings;
    try (Bar bar = bar(out())) {
      findings = Checkup.of(data, bar);
    }
    for (Checkup.Finding finding : findings) {
      out().println((finding.isWrong() ? "WRONG  " : "note   ") + finding.what());
      if (!finding.remedy().isEmpty()) {
        out().println("       " + finding.remedy());
      }
    }
    if (findings.stream().anyMatch(Checkup.Finding::isWrong)) {
      return 1;
    }
    out().println("%s is in order.".formatted(data.toAbsolutePath().normalize()));
    return 0;
  }
}
