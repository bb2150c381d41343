package dev.tend.otp.registry;

/**
 * Which partition an entry is in, and which one its process is linked to.
 *
 * <p>Where the two can differ ({@link #UNIQUE}), one partition's death must be all partitions'
 * death: the processes that lose their entries are not those that are linked to it.
 */
enum Layout {
  UNIQUE(true, true),
  BY_KEY(true, false),
  BY_PID(false, true);

  /** Entries by their key, else by their process. */
  final boolean keysByKey;

  /** Links by the process, else by the key. */
  final boolean pidsByPid;

  Layout(boolean keysByKey, boolean pidsByPid) {
    this.keysByKey = keysByKey;
    this.pidsByPid = pidsByPid;
  }
}
