/**
 * What is to be seen of the running system: its tree, its figures, its story. Nothing here asks a
 * process that it shows, so it answers while they restart.
 */
@NullMarked
package dev.tend.web.status;

import org.jspecify.annotations.NullMarked;
