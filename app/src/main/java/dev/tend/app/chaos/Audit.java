package dev.tend.app.chaos;

import dev.tend.app.chaos.Finding.What;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Holds what is there against what the clients and the streams were told. */
final class Audit {
  private final Map<String, ListAudit> lists = new LinkedHashMap<>();
  private final List<Finding> findings = new ArrayList<>();
  private int happened;
  private int happenedNot;
  private int refused;
  private int denied;

  private Audit() {}

  /**
   * What it has come to.
   *
   * @param refused changes that were refused and given up: none of them happened, unless a finding
   *     says so
   * @param denied changes that could not be, for the entry was gone or another one
   * @param happened unknown changes that have happened
   * @param happenedNot unknown changes that have not
   */
  record Result(List<Finding> findings, int refused, int denied, int happened, int happenedNot) {}

  /**
   * @param named the ids of all lists, by their names
   */
  static Result of(
      List<Journal> journals,
      Map<String, List<String>> named,
      List<Deed> deeds,
      List<Follower> followers) {
    Audit audit = new Audit();
    for (Journal journal : journals) {
      ListAudit list = new ListAudit(journal, audit.findings::add);
      audit.lists.put(journal.shelf().id(), list);
      list.isWhole();
      list.isItsHistory();
      followers.forEach(
          follower -> list.isWhatWasSeen(follower.number(), follower.keys(journal.shelf())));
    }
    for (Deed deed : deeds) {
      if (deed.kind() == Kind.CREATE) {
        audit.created(deed, named.getOrDefault(deed.list(), List.of()));
      } else {
        audit.changed(deed);
      }
    }
    audit.orders(deeds);
    audit.keys(deeds);
    return new Result(
        List.copyOf(audit.findings),
        audit.refused,
        audit.denied,
        audit.happened,
        audit.happenedNot);
  }

  private ListAudit list(@Nullable String id) {
    ListAudit list = lists.get(String.valueOf(id));
    if (list == null) {
      throw new IllegalStateException("a change of a list that is not under load: " + id);
    }
    return list;
  }

  private void created(Deed deed, List<String> ids) {
    if (ids.size() > 1) {
      tell(What.DOUBLED, deed, "there are " + ids.size() + " lists of this name");
    }
    switch (deed.fate()) {
      case Fate.Acknowledged told -> {
        String id = told.entry() == null ? "" : told.entry().path("id").asString("");
        if (!ids.contains(id)) {
          tell(What.LOST, deed, "the list " + id + " was acknowledged, and is not there");
        }
      }
      case Fate.Refused _, Fate.Denied _ -> {
        count(deed.fate());
        if (!ids.isEmpty()) {
          tell(What.HAPPENED, deed, "the list was refused, and is there");
        }
      }
      case Fate.Unknown _ -> resolved(!ids.isEmpty());
    }
  }

  private void changed(Deed deed) {
    ListAudit from = list(deed.list());
    ListAudit where = deed.to() == null ? from : list(deed.to());
    switch (deed.fate()) {
      case Fate.Acknowledged told -> {
        where.acknowledged(deed, told);
        if (deed.to() != null) {
          from.left(deed);
        }
      }
      case Fate.Refused _, Fate.Denied _ -> {
        count(deed.fate());
        where.refused(deed);
        if (deed.to() != null) {
          from.refused(deed);
        }
      }
      case Fate.Unknown _ -> {
        boolean there = where.once(deed.key()).isPresent();
        if (deed.to() != null && (there || from.once(deed.key()).isPresent())) {
          from.left(deed);
        }
        resolved(there);
      }
    }
  }

  private void count(Fate refusal) {
    if (refusal instanceof Fate.Refused) {
      refused++;
    } else {
      denied++;
    }
  }

  private void resolved(boolean there) {
    if (there) {
      happened++;
    } else {
      happenedNot++;
    }
  }

  private void orders(List<Deed> deeds) {
    Map<String, List<Deed>> byList = new HashMap<>();
    for (Deed deed : deeds) {
      String where = deed.to() == null ? deed.list() : deed.to();
      byList.computeIfAbsent(where, _ -> new ArrayList<>()).add(deed);
    }
    lists.forEach((id, list) -> list.isInOrder(byList.getOrDefault(id, List.of())));
  }

  private void keys(List<Deed> deeds) {
    Set<String> keys = new HashSet<>();
    for (Deed deed : deeds) {
      keys.add(deed.key());
      if (deed.kind() == Kind.MOVE) {
        keys.add(deed.key() + " left");
        keys.add(deed.key() + " stays");
      }
    }
    lists.values().forEach(list -> list.hasOnly(keys));
  }

  private void tell(What what, Deed deed, String words) {
    findings.add(new Finding(what, deed.list(), 0, deed.key(), words));
  }
}
