package dev.tend.otp.genserver;

import dev.tend.otp.process.Cast;

/** The family of casts of a server that takes none: it has no members. */
public final class NoCasts implements Cast<NoCasts> {
  private NoCasts() {}
}
