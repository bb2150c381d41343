package dev.tend.otp.ets;

import dev.tend.otp.process.Handover;
import dev.tend.otp.process.Pid;
import dev.tend.otp.process.Processes;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Who owns a table, and who may do what.
 *
 * <h2>Implementation note</h2>
 *
 * <p>The owner is that of the current {@link Tenure}, and a change is one compare-and-set: by the
 * owner, under its lock, when it gives the table away; by whoever settles its estate, when it has
 * died. That the next owner holds the table, and its message, are a signal to it, sent in the same
 * step; if it dies before that arrives the table goes on from there. Between an owner's death and
 * the settling of its estate the table is the heir's all the same, see {@link Tenure#holder}: it
 * never lacks an owner, and nobody has to wait or to lock two processes.
 */
final class Ownership {
  private static final VarHandle TENURE;

  static {
    try {
      TENURE = MethodHandles.lookup().findVarHandle(Ownership.class, "tenure", Tenure.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final Table<?, ?> table;
  private final Access access;

  /** Null once the table is no more. */
  private volatile @Nullable Tenure tenure;

  Ownership(Table<?, ?> table, Access access) {
    this.table = table;
    this.access = access;
    this.tenure = new Tenure(this, Processes.self(), null);
  }

  /** The creator begins to hold it, if it gets its name. */
  boolean begin(Supplier<Boolean> named) {
    Tenure first = now();
    return Processes.hold(first.owner, first, named);
  }

  private Tenure now() {
    Tenure now = tenure;
    if (now == null) {
      throw gone();
    }
    return now;
  }

  /** Whose it is, at the very death of its owner too; null if it is no more. */
  private @Nullable Pid<?> holder() {
    Tenure now = tenure;
    return now == null ? null : now.holder();
  }

  Access access() {
    return access;
  }

  boolean isThere() {
    return holder() != null;
  }

  Pid<?> owner() {
    Pid<?> holder = holder();
    if (holder == null) {
      throw gone();
    }
    return holder;
  }

  Optional<Pid<?>> heir() {
    return Optional.ofNullable(tenure).map(now -> now.heir).map(Heir::pid);
  }

  // ---- rights ----

  void requireThere() {
    if (!isThere()) {
      throw gone();
    }
  }

  boolean isReader() {
    return access != Access.PRIVATE || isOwner();
  }

  void requireReader() {
    if (!isReader()) {
      throw refused("read");
    }
  }

  void requireWriter() {
    if (access != Access.PUBLIC && !isOwner()) {
      throw refused("write");
    }
  }

  private void requireOwner(String act) {
    if (!isOwner()) {
      throw table.refused("only its owner " + owner() + " may " + act);
    }
    requireThere();
  }

  /** The dead are told that they are dead. */
  private boolean isOwner() {
    Pid<?> holder = holder();
    boolean is = holder != null && Processes.current().filter(pid -> pid == holder).isPresent();
    return is || Processes.atomically(() -> false);
  }

  private BadTable refused(String act) {
    return table.refused("it is " + access + ", only its owner " + owner() + " may " + act);
  }

  /** The dead are told that they are dead. */
  BadTable gone() {
    return Processes.atomically(() -> table.refused("it does not exist any more"));
  }

  // ---- change ----

  void delete() {
    requireOwner("delete it");
    Tenure mine = mine();
    // Ended by itself: that one has become its owner may not have arrived yet.
    Processes.atomically(() -> {
      end(mine);
      return true;
    });
    Processes.letGo(mine.owner, mine);
  }

  void setHeir(@Nullable Heir heir) {
    requireOwner("change its heir");
    Tenure mine = mine();
    Processes.atomically(() -> {
      mine.heir = heir != null && heir.pid().isAlive() ? heir : null;
      return true;
    });
  }

  void giveAway(Pid<?> to, Object data) {
    requireOwner("give it away");
    Tenure mine = mine();
    if (to == mine.owner) {
      throw table.refused("its owner " + to + " cannot give it to itself");
    }
    Processes.handOver(
        mine,
        () -> {
          if (!to.isAlive()) {
            throw table.refused("it cannot be given to " + to + ", which is dead");
          }
          return pass(mine, to, data);
        });
  }

  /** The calling process's tenure; begins it if that is an heir that has not been told yet. */
  private Tenure mine() {
    Tenure mine = now();
    if (mine.owner != Processes.self()) {
      Processes.handOver(mine, mine::bequeath);
    }
    return now();
  }

  /**
   * Ends one tenure and begins the next; empty if that one has ended already.
   *
   * @param data null for no message
   */
  Optional<Handover> pass(Tenure from, Pid<?> to, @Nullable Object data) {
    Tenure next = from.of(to);
    if (!TENURE.compareAndSet(this, from, next)) {
      return Optional.empty();
    }
    Supplier<Boolean> accept = () -> tenure == next;
    EtsTransfer message = data == null ? null : new EtsTransfer(table, from.owner, data);
    return Optional.of(new Handover(to, next, accept, message));
  }

  /** The table is no more, unless it has another owner by now. */
  void end(Tenure last) {
    if (TENURE.compareAndSet(this, last, null)) {
      table.vanish();
    }
  }
}
