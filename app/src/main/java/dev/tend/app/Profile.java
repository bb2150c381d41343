package dev.tend.app;

import picocli.CommandLine.Command;

/** {@code tend profile}. */
@Command(
    name = "profile",
    header = "Measure how quickly lists are found, through a process and through ETS.",
    description = "It belongs to a checkout: ./tend profile --help there says what it can do.")
final class Profile extends CheckoutCommand {}
