/**
 * {@code tend chaos}: a real server under load while its parts are killed, and an audit of every
 * change that was acknowledged.
 */
@NullMarked
package dev.tend.app.chaos;

import org.jspecify.annotations.NullMarked;
