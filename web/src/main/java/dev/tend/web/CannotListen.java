package dev.tend.web;

/** Why a {@link Web} did not start: the value of its exit reason. One sentence, for a person. */
public record CannotListen(String sentence) {

  @Override
  public String toString() {
    return sentence;
  }
}
