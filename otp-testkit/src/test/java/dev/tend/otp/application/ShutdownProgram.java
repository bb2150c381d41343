package dev.tend.otp.application;

import dev.tend.otp.genserver.GenServer;
import dev.tend.otp.process.ExitReason;
import dev.tend.otp.process.Pid;
import dev.tend.otp.process.Processes;
import dev.tend.otp.process.ServerName;
import dev.tend.otp.process.StartOptions;
import dev.tend.otp.process.StartResult;
import dev.tend.otp.testkit.Probe;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/** A program of two applications, which says what happens to it. For {@link ShutdownTest}. */
final class ShutdownProgram {
  private ShutdownProgram() {}

  public static void main(String[] args) throws Exception {
    String mode = args[0];
    Application store = Application.of("store", self -> start("store"));
    Application shop =
        Application.of(
                "shop",
                self -> {
                  if (mode.equals("slow")) {
                    System.out.println("starting shop");
                    new CountDownLatch(1).await();
                  }
                  return start("shop");
                })
            .withStop(() -> stopped(mode))
            .dependsOn(store);
    Applications all = Applications.of(shop);
    all.stopAtShutdown(
        mode.equals("orderly") ? Duration.ofSeconds(60) : Duration.ofMillis(100),
        () -> System.out.println("last"));
    all.ensureAllStarted().orThrow();
    System.out.println("ready");
    if (mode.equals("dies")) {
      Pid<?> root = ServerName.local("store").whereis().orElseThrow();
      Processes.stop(root, ExitReason.SHUTDOWN, Duration.ofSeconds(60));
    }
    if (all.awaitEnd() instanceof End.Ended(String name, ExitReason reason)) {
      System.out.println("ended " + name + " " + reason);
      System.exit(70);
    }
  }

  private static StartResult<Probe> start(String name) {
    Probe probe =
        new Probe()
            .init(() -> {
              Processes.trapExit(true);
              System.out.println("start " + name);
              return Probe.ready();
            })
            .terminate(reason -> System.out.println("stop " + name + " " + reason));
    return GenServer.startLink(probe, StartOptions.named(ServerName.local(name)));
  }

  private static void stopped(String mode) {
    System.out.println("after shop");
    if (mode.equals("stuck")) {
      try {
        new CountDownLatch(1).await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
