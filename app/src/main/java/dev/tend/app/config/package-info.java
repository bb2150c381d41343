/**
 * The configuration: {@link dev.tend.app.config.Settings} is the table of all settings, {@link
 * dev.tend.app.config.Configuration} what is in force and where each value comes from. A new
 * setting is a new row of the table; help, example, documentation and checks follow from it.
 */
@NullMarked
package dev.tend.app.config;

import org.jspecify.annotations.NullMarked;
