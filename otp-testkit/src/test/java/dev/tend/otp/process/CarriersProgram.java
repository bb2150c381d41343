package dev.tend.otp.process;

import static dev.tend.otp.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tend.otp.testkit.Probe;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import jdk.management.VirtualThreadSchedulerMXBean;

/** More handlers than there are carriers compute, all at once; says what comes of it. */
final class CarriersProgram {
  private CarriersProgram() {}

  /**
   * Prints a line for each thing that came about.
   *
   * @param args for how many seconds another server may take to answer
   */
  public static void main(String[] args) throws InterruptedException {
    VirtualThreadSchedulerMXBean scheduler =
        ManagementFactory.getPlatformMXBean(VirtualThreadSchedulerMXBean.class);
    int usual = scheduler.getParallelism();
    AtomicBoolean enough = new AtomicBoolean();
    CountDownLatch computing = new CountDownLatch(usual);
    Pid<Probe> idle = Probe.started();
    List<Pid<Probe>> busy = Stream.generate(Probe::started).limit(usual + 1).toList();
    for (Pid<Probe> server : busy) {
      server.cast(
          new Probe.Tell(() -> {
            computing.countDown();
            while (!enough.get()) {
              Thread.onSpinWait();
            }
          }));
    }
    computing.await();
    try {
      idle.call(new Probe.State(), Duration.ofSeconds(Long.parseLong(args[0])));
      System.out.println("answered");
    } catch (CallFailed failed) {
      System.out.println(failed.why());
    }
    enough.set(true);
    eventually(
        Duration.ofSeconds(60), () -> assertThat(scheduler.getParallelism()).isEqualTo(usual));
    System.out.println("as before");
  }
}
