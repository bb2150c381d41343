package dev.tend.app.chaos;

import java.util.List;

/**
 * Rounds in which all lists are read, one after the other, while moves that had begun still go on.
 * Of a move a round may see the source after its end and the target before it. So only a round
 * counts before which another has seen that all had ended.
 */
final class Rounds {
  private boolean hadEnded;

  /** Takes the next round; whether it shows all lists as of one moment. */
  boolean isOfOneMoment(List<Journal> round) {
    boolean before = hadEnded;
    hadEnded = round.stream().noneMatch(Journal::hasOpenMoves);
    return before && hadEnded;
  }
}
