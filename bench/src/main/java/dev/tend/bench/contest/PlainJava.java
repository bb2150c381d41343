package dev.tend.bench.contest;

import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedTransferQueue;
import java.util.stream.IntStream;

/** The JDK alone: a server is a virtual thread that takes what comes out of a queue. */
final class PlainJava implements Contestant {

  private sealed interface Message {
    record Ask(int value, CompletableFuture<Integer> answer) implements Message {}

    record Add(int value) implements Message {}
  }

  private static final class Server {
    private final BlockingQueue<Message> queue = new LinkedTransferQueue<>();
    private final Thread thread = Thread.startVirtualThread(this::run);

    private void run() {
      int sum = 0;
      try {
        while (true) {
          switch (queue.take()) {
            case Message.Ask(int value, CompletableFuture<Integer> answer) ->
                answer.complete(sum + value);
            case Message.Add(int value) -> sum += value;
          }
        }
      } catch (InterruptedException stopped) {
        // The end that is asked for.
      }
    }

    int ask(int value) {
      CompletableFuture<Integer> answer = new CompletableFuture<>();
      queue.add(new Message.Ask(value, answer));
      return answer.join();
    }

    void add(int value) {
      queue.add(new Message.Add(value));
    }

    void stop() {
      thread.interrupt();
    }
  }

  @Override
  public String about() {
    return "Java " + Runtime.version();
  }

  @Override
  public long call(int servers, long[][] nanos) throws Exception {
    List<Server> all = servers(servers);
    Finish finish = new Finish(nanos.length);
    long time =
        finish.time(() -> {
          for (int i = 0; i < nanos.length; i++) {
            Server server = all.get(i % servers);
            long[] mine = nanos[i];
            Thread.startVirtualThread(() -> {
              Stopwatch.each(mine, server::ask);
              finish.cross();
            });
          }
        });
    all.forEach(Server::stop);
    return time;
  }

  @Override
  public long cast(int pairs, int messages) throws Exception {
    List<Server> all = servers(pairs);
    Finish finish = new Finish(pairs);
    long time =
        finish.time(() -> {
          for (Server server : all) {
            Thread.startVirtualThread(() -> {
              for (int i = 0; i < messages; i++) {
                server.add(i);
              }
              server.ask(0);
              finish.cross();
            });
          }
        });
    all.forEach(Server::stop);
    return time;
  }

  @Override
  public long spawn(int processes) throws Exception {
    Finish finish = new Finish(processes);
    return finish.time(() ->
        Thread.startVirtualThread(() -> {
          for (int i = 0; i < processes; i++) {
            Thread.startVirtualThread(finish::cross);
          }
        }));
  }

  /** Two maps, from names to ids and from ids to servers: the limit. */
  @Override
  public LookUps lookUps(CacheProgram.Way way) throws Exception {
    if (way != CacheProgram.Way.ETS) {
      throw new NoEquivalent();
    }
    return new SeedLookUps("maps");
  }

  @Override
  public Tables tables(int rows) {
    return new PlainTables(rows, true);
  }

  @Override
  public Tables set(int rows) {
    return new PlainTables(rows, false);
  }

  @Override
  public Object idle(int servers) throws Exception {
    List<Server> all = servers(servers);
    Finish asked = new Finish(1);
    asked.time(() ->
        Thread.startVirtualThread(() -> {
          all.forEach(server -> server.ask(0));
          asked.cross();
        }));
    return all;
  }

  private static List<Server> servers(int count) {
    return IntStream.range(0, count).mapToObj(i -> new Server()).toList();
  }
}
