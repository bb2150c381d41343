package dev.tend.app.client;

import java.util.HashSet;
import java.util.Set;

/** What a list's history knows of an import that was begun before. */
final class Earlier {
  private Earlier() {}

  /**
   * Which entries of the file are there, counted from 1: also those imported longer ago than a list
   * remembers its commands.
   *
   * @param keys what the keys of that import begin with
   */
  static Set<Long> of(Server server, ListRef list, String keys) throws CouldNot {
    Set<Long> there = new HashSet<>();
    Pages.history(list.path())
        .each(
            server,
            record -> {
              String command = record.path("command").asString("");
              if (command.startsWith(keys)) {
                there.add(Long.parseLong(command.substring(keys.length())));
              }
              return true;
            });
    return there;
  }
}
