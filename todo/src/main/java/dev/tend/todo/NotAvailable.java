package dev.tend.todo;

/** A list cannot be had at this moment; thrown to people at a shell, never to clients. */
public final class NotAvailable extends RuntimeException {
  NotAvailable(String message) {
    super(message);
  }
}
