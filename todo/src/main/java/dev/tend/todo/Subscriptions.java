package dev.tend.todo;

import dev.tend.otp.process.CallFailed;
import dev.tend.otp.process.ExitReason;
import dev.tend.otp.process.Processes;
import dev.tend.otp.registry.DuplicateRegistry;
import dev.tend.otp.registry.Entry;
import dev.tend.otp.registry.Registry;
import dev.tend.otp.registry.UnknownRegistry;
import dev.tend.otp.supervisor.ChildSpec;
import dev.tend.todo.journal.CatalogEntry;
import dev.tend.todo.journal.ListId;

/**
 * Who wants to hear of which lists. Keyed by list and by owner, so that neither the idle stop nor
 * the crash of a list ends a subscription; a subscriber's own end does, and so does that of the
 * registry, to which subscribers are linked.
 *
 * <p>Telling never waits. What does not fit into a subscriber's mailbox is not told: whoever needs
 * every change compares revisions, and reads what is missing from {@link History}. Nothing tells of
 * a gap in what happens to the catalogue: a subscriber that has no room for that is ended.
 */
public final class Subscriptions {
  private static final DuplicateRegistry<Object, Topic> REGISTRY =
      Registry.duplicate("todo_subscriptions");

  private enum Topic {
    LIST,
    CATALOG
  }

  private record OwnersLists(String owner) {}

  private Subscriptions() {}

  static ChildSpec childSpec() {
    return REGISTRY.childSpec();
  }

  /**
   * Sends the calling process {@link ListEvent.Changed}, {@link ListEvent.Loaded} and {@link
   * ListEvent.Rests} of a list from now on.
   */
  public static void subscribe(ListId list) {
    REGISTRY.register(list, Topic.LIST);
  }

  /**
   * Sends the calling process {@link ListEvent.Catalogued} of all lists of an owner, and {@link
   * ListEvent.Reopened}.
   */
  public static void subscribeToCatalog(String owner) {
    REGISTRY.register(new OwnersLists(owner), Topic.CATALOG);
  }

  /** How many subscriptions there are. */
  public static long count() {
    try {
      return REGISTRY.count();
    } catch (UnknownRegistry restarting) {
      return 0;
    }
  }

  /** Sends an event to all who want it. */
  static void tell(ListEvent event) {
    Object key =
        switch (event) {
          case ListEvent.Changed(CatalogEntry list, var _) -> list.id();
          case ListEvent.Loaded(CatalogEntry list, var _) -> list.id();
          case ListEvent.Rests(ListId list) -> list;
          case ListEvent.Catalogued(CatalogEntry list) -> new OwnersLists(list.owner());
          case ListEvent.Reopened() -> new OwnersLists(Command.LOCAL);
        };
    try {
      for (Entry<Object, Topic> subscriber : REGISTRY.lookup(key)) {
        tell(subscriber, event);
      }
    } catch (UnknownRegistry restarting) {
      // Its subscribers ended with it.
    }
  }

  private static void tell(Entry<Object, Topic> subscriber, ListEvent event) {
    try {
      Processes.send(subscriber.pid(), event);
    } catch (CallFailed full) {
      if (subscriber.value() == Topic.CATALOG) {
        Processes.exit(subscriber.pid(), ExitReason.KILL);
      }
      // Of anything else it will see the gap.
    }
  }
}
