package dev.tend.otp.process;

/**
 * An address of a process that it can take back ({@code alias/1}): for answers that are welcome
 * only for a while. What is sent to an alias that is no longer active is dropped in silence. Equal
 * only to itself.
 */
public final class Alias {
  final ProcessCore owner;
  private final Mode mode;

  // Guarded by its owner's lock.
  private boolean active = true;

  /** When an alias ceases to be active; its owner's death ends it in any case. */
  public enum Mode {
    /** By {@link Processes#unalias} ({@code explicit_unalias}). */
    EXPLICIT,
    /** By that, or when the first message has come through it ({@code reply}). */
    REPLY
  }

  Alias(ProcessCore owner, Mode mode) {
    this.owner = owner;
    this.mode = mode;
  }

  /** An answer always fits a mailbox. */
  boolean isForReply() {
    return mode == Mode.REPLY;
  }

  /** Whether a message may come in. */
  boolean admit() {
    boolean admitted = active;
    active &= mode == Mode.EXPLICIT;
    return admitted;
  }

  boolean deactivate() {
    boolean before = active;
    active = false;
    return before;
  }
}
