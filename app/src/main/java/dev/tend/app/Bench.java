package dev.tend.app;

import picocli.CommandLine.Command;

/** {@code tend bench}. */
@Command(
    name = "bench",
    header = "Measure processes, calls and supervisors beside the BEAM, Pekko and plain Java.",
    description = "It belongs to a checkout: ./tend bench --help there says what it can do.")
final class Bench extends CheckoutCommand {}
