package dev.tend.app.config;

/**
 * A setting's value, and where it comes from.
 *
 * @param text as one would write it
 */
record InForce<T>(T value, String text, Origin origin) {}
