package dev.tend.bench.store;

import java.io.IOException;

/** The beginnings with many lists and with few; what one has given is asked for bit by bit. */
final class Beginnings {
  private final Begin many;
  private final Begin few;
  private Begin.Figures ofMany = new Begin.Figures(0, 0, 0, 0);
  private Begin.Figures ofFew = new Begin.Figures(0, 0, 0, 0);

  Beginnings(Begin many, Begin few) {
    this.many = many;
    this.few = few;
  }

  double manyBegin() throws IOException, InterruptedException {
    ofMany = many.once();
    return ofMany.milliseconds();
  }

  double fewBegin() throws IOException, InterruptedException {
    ofFew = few.once();
    return ofFew.milliseconds();
  }

  double megabytesOfMany() {
    return ofMany.megabytes();
  }

  double megabytesOfFew() {
    return ofFew.megabytes();
  }

  double firstOfMany() {
    return ofMany.firstRequest();
  }

  double firstOfFew() {
    return ofFew.firstRequest();
  }

  double searchOfMany() {
    return ofMany.search();
  }

  double searchOfFew() {
    return ofFew.search();
  }
}
