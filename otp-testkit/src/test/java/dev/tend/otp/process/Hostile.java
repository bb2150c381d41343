package dev.tend.otp.process;

/** A value of the program's that cannot be shown. */
public final class Hostile {
  @Override
  public String toString() {
    throw new IllegalStateException("no text");
  }
}
