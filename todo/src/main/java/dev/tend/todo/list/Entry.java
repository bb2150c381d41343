package dev.tend.todo.list;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * One task of a list.
 *
 * @param id given by the list, 1, 2, 3 …; never used again in that list
 * @param date the day it is due, or null
 * @param title one to {@link Limits#TITLE} characters
 * @param notes at most {@link Limits#NOTES} characters, often empty
 * @param revision the list's revision that last changed this entry
 */
public record Entry(
    int id, @Nullable LocalDate date, String title, boolean done, String notes, long revision) {}
