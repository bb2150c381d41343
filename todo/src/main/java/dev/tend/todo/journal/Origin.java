package dev.tend.todo.journal;

/**
 * Who asked for a change, through which door, and under which key.
 *
 * @param actor the account that acts
 * @param channel where the request came in: {@code api}, {@code shell}, …
 * @param commandId chosen by the client; the same id again is the same request, not a second one
 * @param bodyHash SHA-256 of the request in hexadecimal: the same id with another hash is refused
 */
public record Origin(String actor, String channel, String commandId, String bodyHash) {}
