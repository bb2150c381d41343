package dev.tend.app.client;

import dev.tend.app.config.BadConfiguration;
import dev.tend.app.config.Configuration;
import dev.tend.app.config.Settings;
import dev.tend.store.Checkup;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
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
    footer = {"  tend doctor", "  tend doctor --data /var/lib/tend/data"})
public final class DoctorCommand extends LocalCommand {

  @Option(
      names = "--data",
      paramLabel = "<folder>",
      description = "the data folder (default: the setting data.folder, see tend config)")
  private @Nullable Path data;

  @Override
  int run() throws BadConfiguration {
    Path folder = data == null ? configured() : data;
    List<Checkup.Finding> findings;
    try (Bar bar = bar(out())) {
      findings = Checkup.of(folder, bar);
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
    out().println("%s is in order.".formatted(folder.toAbsolutePath().normalize()));
    return 0;
  }

  /** Where a server started here keeps its lists. */
  private static Path configured() throws BadConfiguration {
    return Configuration.read(Map.of(), Optional.empty(), System.getenv())
        .get(Settings.DATA_FOLDER);
  }
}
