package dev.tend.todo.journal;

import java.time.Instant;

/**
 * The wish to have a list.
 *
 * @param origin its command id is unique for its owner; the actor is the owner
 * @param existingIsFine true: a list of that name is the answer ({@code findOrCreate}); false: it
 *     is a {@link Created.NameTaken}
 */
public record NewList(
    String owner, String name, Instant at, Origin origin, boolean existingIsFine) {}
