package dev.tend.otp.process;

import java.util.function.IntSupplier;

/**
 * A key, an id or a detail of the program's, whose own code compares it, and throws.
 *
 * @param hash its hash code, or throws as well
 */
public record Rude(IntSupplier hash) {
  @Override
  public boolean equals(Object other) {
    throw new IllegalStateException("is not compared");
  }

  @Override
  public int hashCode() {
    return hash.getAsInt();
  }
}
