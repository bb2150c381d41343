package dev.tend.app.chaos;

import org.jspecify.annotations.Nullable;

/**
 * One change that a client has asked for, and what came of it as far as it knows.
 *
 * @param list its id; of a new list the id that it was given, or its name if there was none
 * @param to the list that an entry was to go to, in a move
 * @param asked when the first attempt began, in nanoseconds of this JVM
 */
record Deed(
    int client, Kind kind, String list, @Nullable String to, String key, long asked, Fate fate) {}
