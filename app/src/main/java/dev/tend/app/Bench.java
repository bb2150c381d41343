package dev.tend.app;

import picocli.CommandLine.Command;

/** {@code tend bench}. */
@Command(
    name = "bench",
    header = "Measure processes, calls and supervisors beside the BEAM, Pekko and plain Java.")
final class Bench extends CheckoutCommand {}
