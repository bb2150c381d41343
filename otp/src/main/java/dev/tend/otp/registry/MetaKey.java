package dev.tend.otp.registry;

/**
 * The key of something that a registry as a whole knows. Keys of one name are one key, so give them
 * one type.
 *
 * @param <T> an immutable value
 */
@SuppressWarnings("UnusedTypeParameter") // it types what is put under the key
public record MetaKey<T>(String name) {}
