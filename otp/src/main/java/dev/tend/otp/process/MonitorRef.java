package dev.tend.otp.process;

/** One monitor: equal only to itself. */
public final class MonitorRef {
  final ProcessCore watcher;
  final Pid<?> target;

  MonitorRef(ProcessCore watcher, Pid<?> target) {
    this.watcher = watcher;
    this.target = target;
  }

  /** Who is watched. */
  public Pid<?> target() {
    return target;
  }
}
