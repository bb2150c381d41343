package dev.tend.app.client;

import java.util.ArrayList;
import java.util.List;

/**
 * What is typed of a command in bash: read, never evaluated.
 *
 * @param words without their quotes; the last is the one that is to be completed
 * @param kept what of the last stays, for bash replaces only what follows it
 * @param quote within which the replacement stands
 */
record BashLine(List<String> words, String kept, BashQuote quote) {

  /**
   * Reads a line.
   *
   * @param line up to the cursor
   * @param replaced with how much of its end bash begins again
   */
  static BashLine of(String line, String replaced) {
    return new Reading(line, line.endsWith(replaced) ? replaced.length() : 0).line();
  }

  /** How a completion of the last word is to be given to bash, which puts it there unseen. */
  String replacement(String word) {
    return quote.quoted(word.substring(kept.length()));
  }

  /** One pass over the line. */
  private static final class Reading {
    private final String line;
    private final int mark;
    private final List<String> words = new ArrayList<>();
    private final StringBuilder word = new StringBuilder();
    private BashQuote quote = BashQuote.NONE;
    private boolean begun;
    private int at;
    private String kept = "";
    private BashQuote around = BashQuote.NONE;

    Reading(String line, int replaced) {
      this.line = line;
      this.mark = line.length() - replaced;
    }

    BashLine line() {
      boolean marked = false;
      while (at < line.length()) {
        if (!marked && at >= mark) {
          mark();
          marked = true;
        }
        take();
      }
      if (!marked) {
        mark();
      }
      words.add(word.toString());
      return new BashLine(List.copyOf(words), kept, around);
    }

    private void mark() {
      kept = word.toString();
      around = quote;
    }

    private void take() {
      char c = line.charAt(at++);
      switch (quote) {
        case NONE -> plain(c);
        case SINGLE -> {
          if (c == '\'') {
            quote = BashQuote.NONE;
          } else {
            word.append(c);
          }
        }
        case DOUBLE -> {
          if (c == '"') {
            quote = BashQuote.NONE;
          } else if (c == '\\' && at < line.length() && "$`\"\\".indexOf(line.charAt(at)) >= 0) {
            word.append(line.charAt(at++));
          } else {
            word.append(c);
          }
        }
        case ANSI -> {
          if (c == '\'') {
            quote = BashQuote.NONE;
          } else if (c == '\\' && at < line.length()) {
            at = BashQuote.unescape(line, at, word);
          } else {
            word.append(c);
          }
        }
      }
    }

    private void plain(char c) {
      if (c == ' ' || c == '\t' || c == '\n') {
        if (begun) {
          words.add(word.toString());
          word.setLength(0);
          begun = false;
        }
        return;
      }
      begun = true;
      if (c == '\'') {
        quote = BashQuote.SINGLE;
      } else if (c == '"') {
        quote = BashQuote.DOUBLE;
      } else if (c == '$' && line.startsWith("'", at)) {
        at++;
        quote = BashQuote.ANSI;
      } else if (c != '\\') {
        word.append(c);
      } else if (at < line.length()) {
        word.append(line.charAt(at++));
      }
    }
  }
}
