/**
 * Lists as files: JSON, CSV, todo.txt, iCalendar. Pure: text in, entries out, and the other way
 * round; an entry is in memory at a time.
 */
@NullMarked
package dev.tend.app.exchange;

import org.jspecify.annotations.NullMarked;
