package dev.tend.todo.journal;

import dev.tend.todo.list.Change;
import java.time.Instant;

/**
 * One numbered line of a list's journal.
 *
 * @param revision 1, 2, 3 … without gaps within the list
 * @param at when it was accepted, to the millisecond; for people to read, nothing is ordered by it
 */
public record JournalRecord(long revision, Instant at, Origin origin, Change change) {}
