package dev.tend.otp.ets;

import dev.tend.otp.process.Pid;
import java.util.Optional;

/**
 * What is known of a table ({@code ets:info/1}). How much memory it takes is not known: rows are
 * objects, which others may have too.
 *
 * @param id what it is called: its name, or a number after {@code #}
 * @param size exact only while nobody writes
 */
public record TableInfo(
    String id,
    Optional<String> name,
    TableType type,
    Access protection,
    long size,
    Pid<?> owner,
    Optional<Pid<?>> heir) {}
