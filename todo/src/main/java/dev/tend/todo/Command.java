package dev.tend.todo;

import dev.tend.todo.journal.Origin;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;

/**
 * What every change carries besides its content.
 *
 * @param origin who, through what, and under which key: the same key again is the same change
 * @param ifMatch validators of which the changed thing must have one ({@code If-Match}); {@code *}
 *     is any; empty is no condition
 */
public record Command(Origin origin, Set<String> ifMatch, Deadline deadline) {
  /** The only account there is, until there are accounts. */
  public static final String LOCAL = "local";

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  public Command {
    ifMatch = Set.copyOf(ifMatch);
  }

  /** A change without conditions, under a key of its own, with five seconds' time. */
  public static Command fresh(String channel) {
    return new Command(
        new Origin(LOCAL, channel, UUID.randomUUID().toString(), ""),
        Set.of(),
        Deadline.in(PATIENCE));
  }
}
