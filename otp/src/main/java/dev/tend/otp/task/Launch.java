package dev.tend.otp.task;

import static java.util.Objects.requireNonNull;

import dev.tend.otp.process.Pid;
import dev.tend.otp.process.Processes;
import dev.tend.otp.process.ServerRef;
import dev.tend.otp.supervisor.ChildResult;
import dev.tend.otp.supervisor.ChildSpec;
import dev.tend.otp.supervisor.DynamicSupervisor;
import dev.tend.otp.supervisor.Restart;
import dev.tend.otp.supervisor.Shutdown;

/** Where the process of a task comes from. */
sealed interface Launch {

  /** Starts a process that waits to be told to begin; the calling one is its owner. */
  Pid<?> start();

  /** Whether the owner is to die with it. */
  boolean linked();

  /** From the owner. */
  record Plain() implements Launch {
    @Override
    public Pid<?> start() {
      return Processes.spawnLink(TaskProcess.linkedTo(Processes.self()));
    }

    @Override
    public boolean linked() {
      return true;
    }
  }

  /** From a supervisor, which knows nothing of the work. */
  record Supervised(ServerRef<DynamicSupervisor> supervisor, Shutdown shutdown, boolean linked)
      implements Launch {
    public Supervised {
      requireNonNull(supervisor, "supervisor");
      requireNonNull(shutdown, "shutdown");
    }

    @Override
    public Pid<?> start() {
      Pid<?> owner = Processes.self();
      ChildSpec spec =
          ChildSpec.worker("task", () -> TaskProcess.startLink(TaskProcess.of(owner)))
              .withRestart(Restart.TEMPORARY)
              .withShutdown(shutdown);
      Pid<?> pid =
          switch (DynamicSupervisor.startChild(supervisor, spec)) {
            case ChildResult.Started started -> started.pid();
            case ChildResult.MaxChildren() -> throw new TooManyTasks(supervisor);
            case ChildResult other ->
                throw new IllegalArgumentException("no task was started: " + other);
          };
      if (linked) {
        Processes.link(pid);
      }
      return pid;
    }
  }
}
