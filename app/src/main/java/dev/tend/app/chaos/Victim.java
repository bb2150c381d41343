package dev.tend.app.chaos;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The server that all this is done to, in a JVM of its own. Whenever and however it ends it is
 * started again, on its port and its folder, until it is closed.
 */
final class Victim implements AutoCloseable {
  static final int GAVE_UP = 70;
  private static final long TIME_TO_STOP = 40;
  private static final Pattern ADDRESS = Pattern.compile("Tend is at (http://\\S+)\\s.*");
  private static final Pattern TOKEN = Pattern.compile(".*#token=(\\S+)");

  private final Launch launch;
  private final Path data;
  private final Path log;
  private final Runnable afterwards;
  private final Thread end = new Thread(this::interrupted, "tend-chaos-end");
  private final List<Integer> statuses = new ArrayList<>();
  private volatile Life life;

  /** The newest JVM, also while it starts; null before the first. */
  private volatile @Nullable Process newest;

  private volatile boolean wanted;
  private volatile boolean closing;

  /**
   * One JVM of it.
   *
   * @param number how many there were before
   * @param token what allows to kill its processes
   */
  record Life(int number, Process process, URI address, String token) {}

  private Victim(Launch launch, Path data, Path log, Runnable afterwards) throws IOException {
    this.launch = launch;
    this.data = data;
    this.log = log;
    this.afterwards = afterwards;
    Runtime.getRuntime().addShutdownHook(end);
    this.life = start(0, 0);
  }

  /**
   * @param data its folder
   * @param log what it logs is appended to this file
   * @param afterwards what is to be done when the server is gone because this JVM is ended
   * @throws IOException if it does not start; the message says so
   */
  static Victim start(Launch launch, Path data, Path log, Runnable afterwards) throws IOException {
    Victim victim = new Victim(launch, data, log, afterwards);
    Thread.ofPlatform().daemon().name("tend-chaos-watch").start(victim::watch);
    return victim;
  }

  private Life start(int number, int port) throws IOException {
    launch.beforehand().run();
    Process process = launched(port);
    BufferedReader said = process.inputReader(StandardCharsets.UTF_8);
    @Nullable String address = null;
    for (String line; (line = said.readLine()) != null; ) {
      Matcher place = ADDRESS.matcher(line);
      Matcher token = TOKEN.matcher(line);
      if (place.matches()) {
        address = place.group(1);
      } else if (token.matches() && address != null) {
        Thread.ofPlatform().daemon().name("tend-chaos-out").start(() -> drain(said));
        return new Life(number, process, URI.create(address), token.group(1));
      }
    }
    process.destroyForcibly();
    throw new IOException("the server does not start; its log is " + log);
  }

  /** None any more when all is to end: nobody would end it. */
  private synchronized Process launched(int port) throws IOException {
    if (closing) {
      throw new IOException("it is not started again");
    }
    Process process = launch.serve(data, port, log).start();
    newest = process;
    return process;
  }

  private static void drain(BufferedReader said) {
    try (said) {
      said.lines().forEach(_ -> {});
    } catch (IOException | UncheckedIOException gone) {
      // It has ended.
    }
  }

  private void watch() {
    try {
      while (true) {
        int status = life.process().waitFor();
        if (closing) {
          return;
        }
        synchronized (this) {
          if (!wanted) {
            statuses.add(status);
          }
          wanted = false;
        }
        Life next = start(life.number() + 1, life.address().getPort());
        synchronized (this) {
          life = next;
          notifyAll();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException doesNotStart) {
      synchronized (this) {
        statuses.add(-1);
      }
    }
  }

  URI address() {
    return life.address();
  }

  Life life() {
    return life;
  }

  /** SIGKILL; answers when the next one is up. */
  void kill() throws InterruptedException {
    Life killed = ended(Process::destroyForcibly);
    awaitAfter(killed);
  }

  /** SIGTERM; answers when the next one is up. */
  void restart() throws InterruptedException {
    Life stopped = ended(Process::destroy);
    if (!stopped.process().waitFor(TIME_TO_STOP, TimeUnit.SECONDS)) {
      stopped.process().destroyForcibly();
    }
    awaitAfter(stopped);
  }

  private synchronized Life ended(Consumer<Process> how) {
    wanted = life.process().isAlive();
    how.accept(life.process());
    return life;
  }

  /** Waits for a server after this one, for a bounded time. */
  synchronized boolean awaitAfter(Life former) throws InterruptedException {
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(TIME_TO_STOP);
    while (life.number() <= former.number()) {
      long left = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime());
      if (left <= 0) {
        return false;
      }
      wait(left);
    }
    return true;
  }

  /** With what status it ended when nobody had asked it to; -1: it could not start again. */
  synchronized List<Integer> endings() {
    return List.copyOf(statuses);
  }

  private synchronized void killNow() {
    closing = true;
    Process process = newest;
    if (process != null) {
      process.destroyForcibly();
    }
  }

  /** Ctrl-C or SIGTERM: no finally is run any more. */
  private void interrupted() {
    killNow();
    Process process = newest;
    if (process != null) {
      process.onExit().join();
    }
    afterwards.run();
  }

  @Override
  public void close() {
    killNow();
    try {
      life.process().waitFor();
      Runtime.getRuntime().removeShutdownHook(end);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IllegalStateException endingAnyway) {
      // Then the hook has done it.
    }
  }
}
