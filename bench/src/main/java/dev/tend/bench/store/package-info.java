/**
 * What durable changes cost, and whether cost stays flat as data grows: each figure beside another
 * that it is to be compared with, measured in turns on the same disk.
 */
@NullMarked
package dev.tend.bench.store;

import org.jspecify.annotations.NullMarked;
