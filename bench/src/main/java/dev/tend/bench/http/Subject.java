package dev.tend.bench.http;

import com.sun.management.OperatingSystemMXBean;
import dev.tend.app.Tend;
import dev.tend.otp.process.Pid;
import dev.tend.todo.Catalog;
import dev.tend.todo.Command;
import dev.tend.todo.Stored;
import dev.tend.todo.TodoCache;
import dev.tend.todo.TodoServer;
import dev.tend.todo.journal.CatalogEntry;
import dev.tend.todo.journal.CatalogPlace;
import dev.tend.web.listener.Listener;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.OptionalInt;
import org.eclipse.jetty.server.handler.ErrorHandler;

/**
 * The main class of a server's own JVM. Prints {@code ready <port> <path>}, then for every line
 * that it is given the CPU time it has used, in nanoseconds; ends with its input.
 */
public final class Subject {
  private Subject() {}

  /**
   * @param args {@code tend <folder> <entries>} or {@code bare <answers> <path>}
   */
  public static void main(String[] args) throws Exception {
    if (args[0].equals("bare")) {
      BareServer bare = BareServer.of(Path.of(args[1]));
      Listener listener =
          Listener.open(
              new Listener.Place("127.0.0.1", 0, Duration.ofSeconds(20)),
              silence -> bare,
              new ErrorHandler());
      System.out.println("ready " + listener.port() + " " + args[2]);
      tell();
    } else {
      try (Tend tend = Tend.start(Path.of(args[1]), OptionalInt.of(0))) {
        String path = "/api/v1/lists/" + list(Integer.parseInt(args[2])) + "/entries";
        System.out.println("ready " + tend.port().orElseThrow() + " " + path);
        tell();
      }
    }
    System.exit(0);
  }

  /** A list with entries as people write them. */
  private static String list(int entries) {
    Pid<TodoServer> list = TodoCache.serverProcess("Things to do");
    LocalDate day = LocalDate.of(2026, 12, 1);
    for (int i = 0; i < entries; i++) {
      TodoServer.add(list, day.plusDays(i), "Call about the order, number " + (1_000 + i));
    }
    if (Catalog.page(Command.LOCAL, false, CatalogPlace.BEGIN, 1)
        instanceof Stored.Done<List<CatalogEntry>>(long _, List<CatalogEntry> lists)) {
      return lists.getFirst().id().value();
    }
    throw new IllegalStateException("the catalogue cannot be read");
  }

  private static void tell() throws IOException {
    OperatingSystemMXBean system =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
    while (in.readLine() != null) {
      System.out.println(system.getProcessCpuTime());
    }
  }
}
