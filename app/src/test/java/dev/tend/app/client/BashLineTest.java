package dev.tend.app.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tend.app.Programs;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bash's quotes, read and written. */
class BashLineTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      quoteCharacter = '`',
      value = {
        "tend show Bo              # Bo             # tend|show|Bo        # ``      # NONE",
        "tend  show                # ``             # tend|show|          # ``      # NONE",
        "tend show Bob\\'s\\ l     # Bob\\'s\\ l    # tend|show|Bob's l   # ``      # NONE",
        "tend show \"Bob's l       # Bob's l        # tend|show|Bob's l   # ``      # DOUBLE",
        "tend show \"a\\\"b\\c     # a\\\"b\\c      # tend|show|a\"b\\c   # ``      # DOUBLE",
        "tend show 'a\\            # a\\            # tend|show|a\\       # ``      # SINGLE",
        "tend show Bo\"b l         # b l            # tend|show|Bob l     # Bo      # DOUBLE",
        "tend 'show' a:b           # b              # tend|show|a:b       # a:      # NONE",
        "tend show --x='a b        # a b            # tend|show|--x=a b   # --x=    # SINGLE",
        "tend show $'a\\tb         # a\\tb          # tend|show|a\tb      # ``      # ANSI",
        "tend show \"\" x          # x              # tend|show||x        # ``      # NONE",
        "tend show $(rm)`          # $(rm)`         # tend|show|$(rm)`    # ``      # NONE"
      })
  void isReadAsBashReadsIt(
      String line, String replaced, String words, String kept, BashQuote quote) {
    String end = line.endsWith("show") ? line + " " : line;
    assertThat(BashLine.of(end, replaced))
        .isEqualTo(new BashLine(List.of(words.split("\\|", -1)), kept, quote));
  }

  @Property
  void whatIsWrittenIsRead(@ForAll("texts") String text, @ForAll BashQuote quote) {
    String line = "tend " + whole(quote, text);
    assertThat(BashLine.of(line, "").words().getLast()).isEqualTo(text);
  }

  /** Bash itself reads them all, in one script. */
  @Test
  void bashReadsWhatIsWritten(@TempDir Path folder) throws Exception {
    assumeTrue(Programs.has("bash"), "no bash here");
    List<String> texts = texts().list().ofSize(300).sample();
    String script =
        texts.stream()
            .flatMap(text -> List.of(BashQuote.values()).stream().map(quote -> whole(quote, text)))
            .collect(Collectors.joining(" ", "printf '%s\\0' ", "\n"));
    Path file = Files.writeString(folder.resolve("script"), script);
    Process bash = new ProcessBuilder("bash", "-c", "LC_ALL=C.UTF-8; . '" + file + "'").start();
    String read = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(read.split("\0", -1))
        .startsWith(
            texts.stream()
                .flatMap(text -> List.of(text, text, text, text).stream())
                .toArray(String[]::new));
  }

  private static String opened(BashQuote quote) {
    return switch (quote) {
      case NONE -> "";
      case SINGLE -> "'";
      case DOUBLE -> "\"";
      case ANSI -> "$'";
    };
  }

  /** As it stands on the line when bash has done its own part. */
  private static String whole(BashQuote quote, String text) {
    String end = opened(quote).replace("$", "");
    String quoted = quote.quoted(text);
    return opened(quote) + (quoted.endsWith(end) ? quoted : quoted + end);
  }

  @Provide
  Arbitrary<String> texts() {
    Arbitrary<String> pieces =
        Arbitraries.of(
            " ",
            "'",
            "\"",
            "\\",
            "$(x)",
            "`x`",
            "!",
            "!!",
            "~",
            "#",
            "*",
            "\n",
            "\t",
            "\r",
            "\u001b",
            "\u0085",
            "\u202e",
            "é",
            "\ud83d\ude00",
            "a",
            "Bob",
            "7",
            ":",
            "=",
            "{a,b}",
            "\\n");
    return pieces.list().ofMinSize(1).ofMaxSize(8).map(list -> String.join("", list));
  }
}
