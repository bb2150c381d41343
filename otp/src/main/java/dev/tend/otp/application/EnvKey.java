package dev.tend.otp.application;

/**
 * The key of a value in an application's environment. Keys of one name are one key, so give them
 * one type.
 *
 * @param <T> an immutable value
 */
@SuppressWarnings("UnusedTypeParameter") // it types what is put under the key
public record EnvKey<T>(String name) {}
