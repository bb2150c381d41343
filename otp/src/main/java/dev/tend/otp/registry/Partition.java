package dev.tend.otp.registry;

import dev.tend.otp.process.Pid;
import dev.tend.otp.process.Processes;
import dev.tend.otp.process.StartOptions;
import dev.tend.otp.process.StartResult;

/** One partition in one life: its process, and the tables that die with it. */
record Partition<K, V>(Pid<Keeper> keeper, KeyTable<K, V> keys, PidTable<K, V> pids) {

  /** Starts one as the child of the registry's supervisor. */
  static <K, V> StartResult<Keeper> startLink(java.util.function.Consumer<Partition<K, V>> then) {
    KeyTable<K, V> keys = new KeyTable<>();
    PidTable<K, V> pids = new PidTable<>();
    Keeper keeper =
        new Keeper(() -> {
          keys.vanish();
          pids.vanish();
        });
    StartResult<Keeper> result = Processes.startLink(keeper, StartOptions.defaults());
    if (result instanceof StartResult.Ok<Keeper>(Pid<Keeper> pid, Object info)) {
      then.accept(new Partition<>(pid, keys, pids));
    }
    return result;
  }
}
