package dev.tend.app.client;

import dev.tend.app.client.CouldNot.Because;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ObjectNode;

/** Finds what a person has named: a list by name or id, an entry by number or title. */
record Wanted(Server server) {
  private static final Pattern ID = Pattern.compile("[0-9a-f]{32}");
  private static final Pattern NUMBER = Pattern.compile("#?([1-9][0-9]{0,8})");

  /** The list of exactly that name, else of that id, else the only one whose name begins so. */
  ListRef list(String text) throws CouldNot {
    Optional<ListRef> exact = listOfName(text);
    return (exact.isPresent() ? exact : beginning(text))
        .orElseThrow(() ->
            missing(
                "there is no list '%s'; tend lists shows all, tend create makes one"
                    .formatted(Words.shown(text))));
  }

  private Optional<ListRef> beginning(String text) throws CouldNot {
    Candidates named = new Candidates(text, "name");
    Pages.lists(Map.of("text", text)).each(server, named::consider);
    return named.only(Wanted::id).map(ListRef::of);
  }

  /** The list of exactly that name, else of that id. */
  Optional<ListRef> listOfName(String text) throws CouldNot {
    Candidates named = new Candidates(text, "name");
    Pages.lists(Map.of("text", text)).each(server, named::consider);
    return named.hasExact() ? named.only(Wanted::id).map(ListRef::of) : listOfId(text);
  }

  private Optional<ListRef> listOfId(String text) throws CouldNot {
    if (!ID.matcher(text).matches()) {
      return Optional.empty();
    }
    Reply found = server.get("/lists/" + text);
    return found.isGood() ? Optional.of(ListRef.of(found.body())) : Optional.empty();
  }

  /** As {@link #list}, among the deleted ones. */
  ListRef deletedList(String text) throws CouldNot {
    Candidates named = new Candidates(text, "name");
    Candidates known = new Candidates(text, "id");
    Pages.lists(Map.of("deleted", "true"))
        .each(server, list -> named.consider(list) && known.consider(list));
    return (known.hasExact() && !named.hasExact() ? known : named)
        .only(Wanted::id)
        .map(ListRef::of)
        .orElseThrow(() ->
            missing(
                "there is no deleted list '%s'; tend lists --deleted shows them"
                    .formatted(Words.shown(text))));
  }

  private static String id(ObjectNode list) {
    return list.path("id").asString("");
  }

  /**
   * The entry of that number, else of that title, else the only one whose title begins so. A number
   * is no beginning: when its entry is gone, the same words must not mean another one.
   */
  ObjectNode entry(ListRef list, String text) throws CouldNot {
    OptionalInt number = number(text);
    if (number.isEmpty()) {
      return entryTitled(list, text);
    }
    Reply found = server.get(list.path(number.getAsInt()));
    return found.isGood()
        ? found.body()
        : titled(list, text).onlyCalled(Wanted::number).orElseThrow(() -> noEntry(list, text));
  }

  /** The entry of that title, else the only one whose title begins so. */
  ObjectNode entryTitled(ListRef list, String text) throws CouldNot {
    return titled(list, text).only(Wanted::number).orElseThrow(() -> noEntry(list, text));
  }

  private Candidates titled(ListRef list, String text) throws CouldNot {
    Candidates titled = new Candidates(text, "title");
    Pages.entries(list, Map.of("text", text)).each(server, titled::consider);
    return titled;
  }

  private static String number(ObjectNode entry) {
    return "#" + entry.path("id").asInt();
  }

  private static CouldNot noEntry(ListRef list, String text) {
    return missing(
        "'%s' has no entry '%s'; tend show lists them with their numbers"
            .formatted(Words.shown(list.name()), Words.shown(text)));
  }

  /** The number that a text may be. */
  static OptionalInt number(String text) {
    Matcher number = NUMBER.matcher(text.strip());
    return number.matches()
        ? OptionalInt.of(Integer.parseInt(number.group(1)))
        : OptionalInt.empty();
  }

  private static CouldNot missing(String sentence) {
    return new CouldNot(Because.MISSING, sentence);
  }
}
