package dev.tend.otp.registry;

import dev.tend.otp.process.Pid;

/** One registration, as it was at one moment: who holds the key, and with which value. */
public record Entry<K, V>(K key, Pid<?> pid, V value) {}
