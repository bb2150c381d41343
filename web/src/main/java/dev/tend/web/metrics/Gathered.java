package dev.tend.web.metrics;

import dev.tend.otp.process.Pid;
import dev.tend.otp.process.Processes;
import dev.tend.otp.process.Story;
import dev.tend.todo.Database;
import dev.tend.todo.Subscriptions;
import dev.tend.todo.TodoCache;
import dev.tend.web.status.Figures;
import dev.tend.web.status.Status;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.lang.management.ManagementFactory;
import java.util.Optional;
import java.util.function.IntSupplier;
import jdk.management.VirtualThreadSchedulerMXBean;
import org.jspecify.annotations.Nullable;

/**
 * What is read when someone asks. Counters, tables and the processes' records are read; no process
 * is asked and none is waited for, so it is there while any part of the tree restarts.
 */
final class Gathered implements MultiCollector {
  private final VirtualThreadSchedulerMXBean scheduler =
      ManagementFactory.getPlatformMXBean(VirtualThreadSchedulerMXBean.class);
  private final Mailboxes mailboxes = new Mailboxes();
  private final String version;
  private final Status status;
  private final Optional<Disk> disk;
  private volatile IntSupplier streams = () -> 0;

  Gathered(String version, Status status, Optional<Disk> disk) {
    this.version = version;
    this.status = status;
    this.disk = disk;
  }

  void streamsAre(IntSupplier open) {
    streams = open;
  }

  @Override
  public MetricSnapshots collect() {
    Gauges gauges = new Gauges();
    gauges.info(
        "tend_build",
        "Which Tend this is, and the JVM that it runs on.",
        Labels.of("version", version, "java", Runtime.version().toString()));
    addProcesses(gauges);
    addCarriers(gauges);
    addMailboxes(gauges);
    addLists(gauges);
    disk.ifPresent(found -> found.addTo(gauges));
    return gauges.all();
  }

  private static void addProcesses(Gauges gauges) {
    gauges
        .gauge("tend_processes", "How many processes are alive.", Processes.count())
        .gauge(
            "tend_zombies",
            "How many threads still run the code of a process that has died.",
            Processes.zombieCount())
        .counter(
            "tend_restarts",
            "How often a supervisor has started a child again, since the JVM started.",
            Story.restarts())
        .counter(
            "tend_crashes", "How many processes have failed of their own making.", Story.crashes())
        .counter(
            "tend_losses",
            "How many children, most of them lists, have failed and start only when needed.",
            Story.losses())
        .counter(
            "tend_surrenders",
            "How many supervisors gave up, for their children had failed too often.",
            Story.surrenders())
        .counter(
            "tend_overdue",
            "How often a handler, or a dead process's thread, was found to run too long.",
            Story.overdue());
  }

  private void addCarriers(Gauges gauges) {
    gauges
        .gauge(
            "tend_carriers",
            "How many threads may carry virtual threads at once.",
            scheduler.getParallelism())
        .gauge(
            "tend_carriers_busy",
            "How many threads carry a virtual thread.",
            scheduler.getMountedVirtualThreadCount())
        .gauge(
            "tend_carriers_queue",
            "How many virtual threads wait for one that carries them.",
            scheduler.getQueuedVirtualThreadCount())
        .gauge(
            "jvm_threads_current",
            "How many platform threads there are.",
            ManagementFactory.getThreadMXBean().getThreadCount());
  }

  private void addMailboxes(Gauges gauges) {
    @Nullable Pid<?> root = status.root();
    if (root != null) {
      gauges.gauge(
          "tend_mailbox_messages",
          "How many messages wait for a process that has a place in the tree.",
          "process",
          mailboxes.ofTree(root));
    }
    gauges.gauge(
        "tend_list_mailbox_messages_max",
        "How many messages wait for that list for which most wait.",
        mailboxes.longestOfLists());
  }

  private void addLists(Gauges gauges) {
    gauges
        .gauge("tend_lists_active", "How many lists have a process.", Figures.lists())
        .gauge(
            "tend_lists_quarantined",
            "How many lists rest, for they kept failing.",
            TodoCache.allResting().size())
        .gauge(
            "tend_stores_closed",
            "How many files are closed, for they are damaged or could not be opened.",
            Database.closed().size())
        .gauge("tend_event_streams", "How many event streams are open.", streams.getAsInt())
        .gauge(
            "tend_subscriptions",
            "How many subscriptions to changes there are.",
            Subscriptions.count());
    status
        .figures()
        .stored()
        .ifPresent(stored ->
            gauges.gauge(
                "tend_lists_stored",
                "How many lists there were, asleep ones too, within the last minute.",
                stored));
  }
}
