package dev.tend.app.client;

import dev.tend.app.exchange.Format;
import dev.tend.app.exchange.Item;
import dev.tend.app.exchange.Manuscript;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;

/** What is in a file, before anything of it is sent: counted, not kept. */
final class Judgement {
  private static final int SHOWN = 20;

  private final List<String> first = new ArrayList<>();
  private long good;
  private long broken;
  private long cancelled;

  private Judgement() {}

  static Judgement of(Manuscript file, Format format) throws IOException {
    Judgement judgement = new Judgement();
    try (Reader text = file.open()) {
      format.read(text, judgement::judge);
    }
    return judgement;
  }

  private void judge(Item item) {
    switch (item) {
      case Item.Good _ -> good++;
      case Item.Cancelled _ -> cancelled++;
      case Item.Broken(long line, String why) -> blame(line, why);
      case Item.End(long line, String why) -> blame(line, why + " (nothing after it was read)");
    }
  }

  private void blame(long line, String why) {
    broken++;
    if (first.size() < SHOWN) {
      first.add("line " + line + ": " + Words.shown(why));
    }
  }

  long good() {
    return good;
  }

  long broken() {
    return broken;
  }

  /** What was called off, and is to be left out. */
  long cancelled() {
    return cancelled;
  }

  List<String> first() {
    return List.copyOf(first);
  }

  /** Names the broken lines: the first of them, and how many more there are. */
  void print(PrintWriter to) {
    first.forEach(to::println);
    if (broken > first.size()) {
      to.println("and " + Words.count(broken - first.size(), "more", "more"));
    }
  }
}
