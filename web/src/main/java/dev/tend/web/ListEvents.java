package dev.tend.web;

import dev.tend.todo.journal.ListId;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** {@code GET /events}: what happens to lists, as it happens. */
final class ListEvents {
  /** So many lists may one stream be about. */
  static final int MOST = 100;

  private static final Pattern POSITION =
      Pattern.compile("([0-9a-f]{32})(?::([0-9a-zA-Z]{1,32})-(0|[1-9][0-9]{0,17}))?");

  private final Feeds feeds;

  ListEvents(Feeds feeds) {
    this.feeds = feeds;
  }

  /**
   * Up to where a client knows a list.
   *
   * @param incarnation null: it wants what comes from now on
   */
  record Position(ListId list, @Nullable String incarnation, long revision) {

    static Position read(String text, String field) {
      Matcher position = POSITION.matcher(text);
      if (!position.matches()) {
        throw new Refusal(
                Problem.MALFORMED,
                "A list's id is expected, or id:incarnation-revision as an event's id gives it.")
            .about(field);
      }
      @Nullable String revision = position.group(3);
      return new Position(
          new ListId(position.group(1)),
          position.group(2),
          revision == null ? 0 : Long.parseLong(revision));
    }
  }

  Answer stream(Exchange exchange) {
    List<Position> positions = new ArrayList<>();
    for (String list : Query.each(exchange.request(), "list")) {
      positions.add(Position.read(list, "list"));
    }
    if (positions.size() > MOST) {
      throw new Refusal(Problem.MALFORMED, "A stream is about " + MOST + " lists at most.")
          .about("list");
    }
    if (positions.stream().map(Position::list).distinct().count() < positions.size()) {
      throw new Refusal(Problem.MALFORMED, "A stream is about a list once.").about("list");
    }
    @Nullable String last = exchange.request().getHeaders().get("Last-Event-ID");
    if (last != null && !last.isEmpty()) {
      Position resumed = Position.read(last, "Last-Event-ID");
      positions.replaceAll(position -> position.list().equals(resumed.list()) ? resumed : position);
    }
    return Answer.events(feeds.counted(new ListFeed(List.copyOf(positions), feeds)));
  }
}
