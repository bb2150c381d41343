/** Backups of a running system: when they are made, how far one is, and how many are kept. */
@NullMarked
package dev.tend.todo.backup;

import org.jspecify.annotations.NullMarked;
