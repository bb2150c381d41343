package dev.tend.app.client;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The names of lists or titles of entries that the last word of a command could become. */
final class Completion {
  private static final Duration LONGEST = Duration.ofSeconds(2);
  private static final int MOST = 200;

  private final CommandSpec command;
  private final List<String> places = new ArrayList<>();
  private @Nullable OptionSpec open;
  private boolean onlyPlaces;
  private String server = ClientCommand.defaultAddress();

  private Completion(CommandSpec command) {
    this.command = command;
  }

  /**
   * Asks the server.
   *
   * @param words of the command; the last is as far as it is typed
   * @return whole words that begin as the last does
   */
  static List<String> of(CommandSpec tend, List<String> words) throws CouldNot {
    if (words.size() < 3 || !tend.subcommands().containsKey(words.get(1))) {
      return List.of();
    }
    CommandSpec command = tend.subcommands().get(words.get(1)).getCommandSpec();
    Completion completion = new Completion(command);
    words.subList(2, words.size() - 1).forEach(completion::pass);
    return completion.complete(words.getLast());
  }

  private void pass(String word) {
    OptionSpec option = open;
    if (option != null) {
      value(option, word);
      open = null;
    } else if (onlyPlaces || !word.startsWith("-") || word.equals("-")) {
      places.add(word);
    } else if (word.equals("--")) {
      onlyPlaces = true;
    } else if (word.contains("=")) {
      value(command.findOption(before(word)), word.substring(word.indexOf('=') + 1));
    } else {
      OptionSpec found = command.findOption(word);
      open = found != null && found.arity().max() > 0 ? found : null;
    }
  }

  private void value(@Nullable OptionSpec option, String value) {
    if (option != null && option.longestName().equals("--server")) {
      server = value;
    }
  }

  private static String before(String word) {
    return word.substring(0, word.indexOf('='));
  }

  private List<String> complete(String word) throws CouldNot {
    OptionSpec option = open;
    if (option != null) {
      return fitting(names(option, word), word, any -> true);
    }
    if (!onlyPlaces && word.startsWith("--") && word.contains("=")) {
      String lead = before(word) + "=";
      String value = word.substring(lead.length());
      return fitting(names(command.findOption(before(word)), value), value, any -> true).stream()
          .map(lead::concat)
          .toList();
    }
    if (!onlyPlaces && word.startsWith("-")) {
      return List.of();
    }
    Optional<? extends ArgSpec> place =
        command.positionalParameters().stream()
            .filter(it -> it.index().contains(places.size()))
            .findFirst();
    return fitting(
        names(place.orElse(null), word), word, name -> onlyPlaces || !name.startsWith("-"));
  }

  private List<String> names(@Nullable ArgSpec argument, String word) throws CouldNot {
    return switch (argument == null ? "" : argument.paramLabel()) {
      case ClientCommand.LIST -> lists(word);
      case ClientCommand.ENTRY -> places.isEmpty() ? List.of() : titles(word);
      default -> List.of();
    };
  }

  private Server server() {
    return new Server(new Address().convert(server), Duration.ZERO, LONGEST);
  }

  private List<String> lists(String word) throws CouldNot {
    boolean deleted = command.name().equals("restore");
    Pages pages = Pages.lists(deleted ? Map.of("deleted", "true") : containing(word));
    try (Server asked = server()) {
      return taken(pages, asked, "name", word);
    }
  }

  private List<String> titles(String word) throws CouldNot {
    Map<String, String> query = new HashMap<>(containing(word));
    switch (command.name()) {
      case "done" -> query.put("done", "false");
      case "undone" -> query.put("done", "true");
      default -> {
        // Any entry can be meant.
      }
    }
    try (Server asked = server()) {
      ListRef list = new Wanted(asked).list(places.getFirst());
      return taken(Pages.entries(list, query), asked, "title", word);
    }
  }

  private static Map<String, String> containing(String word) {
    return word.isEmpty() ? Map.of() : Map.of("text", word);
  }

  private static List<String> taken(Pages pages, Server from, String member, String word)
      throws CouldNot {
    List<String> names = new ArrayList<>();
    long end = System.nanoTime() + LONGEST.toNanos();
    pages.each(
        from,
        thing -> {
          String name = thing.path(member).asString("");
          if (name.regionMatches(true, 0, word, 0, word.length())) {
            names.add(name);
          }
          return names.size() < MOST && System.nanoTime() - end < 0;
        });
    return names;
  }

  /**
   * Those that begin so; if none does, those that do in other letters' case, unless a shell would
   * then take away what is typed, for they have less in common.
   */
  private static List<String> fitting(List<String> names, String word, Predicate<String> typeable) {
    List<String> some =
        new ArrayList<>(
            new TreeSet<>(
                names.stream().filter(typeable).filter(name -> name.indexOf('\0') < 0).toList()));
    List<String> exact = some.stream().filter(name -> name.startsWith(word)).toList();
    if (!exact.isEmpty() || some.isEmpty()) {
      return exact;
    }
    String start = some.getFirst().substring(0, word.length());
    return some.stream().allMatch(name -> name.startsWith(start)) ? some : List.of();
  }
}
