package dev.tend.otp.ets;

import dev.tend.otp.process.Handover;
import dev.tend.otp.process.Holding;
import dev.tend.otp.process.Pid;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The time for which one process owns a table; what that process holds. */
final class Tenure implements Holding {
  final Pid<?> owner;
  private final Ownership ownership;

  /** Written by the owner alone. */
  volatile @Nullable Heir heir;

  Tenure(Ownership ownership, Pid<?> owner, @Nullable Heir heir) {
    this.ownership = ownership;
    this.owner = owner;
    this.heir = heir;
  }

  Tenure of(Pid<?> next) {
    return new Tenure(ownership, next, heir);
  }

  /** Whose the table is: at the very death of its owner it is the heir's. */
  @Nullable Pid<?> holder() {
    if (owner.isAlive()) {
      return owner;
    }
    Heir next = livingHeir();
    return next == null ? null : next.pid();
  }

  /** An owner that is its own heir has none. */
  private @Nullable Heir livingHeir() {
    Heir next = heir;
    return next != null && next.pid() != owner && next.pid().isAlive() ? next : null;
  }

  @Override
  public void release() {
    ownership.end(this);
  }

  @Override
  public Optional<Handover> bequeath() {
    Heir next = livingHeir();
    if (next == null) {
      release();
      return Optional.empty();
    }
    return ownership.pass(this, next.pid(), next.data());
  }
}
