package dev.tend.app.client;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;

/** A server in trouble: it answers, one after the other, what it was told to; the last for ever. */
final class Stub implements AutoCloseable {
  private final HttpServer http;
  private final Queue<Answer> answers = new ArrayDeque<>();
  final List<String> keys = new CopyOnWriteArrayList<>();
  final List<String> asked = new CopyOnWriteArrayList<>();

  /**
   * Status 0 drops the connection, -1 never answers.
   *
   * @param body in which {@code %key} stands for the key of the first request
   */
  record Answer(int status, String body) {}

  Stub(Answer... answers) throws IOException {
    this.answers.addAll(List.of(answers));
    http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    http.createContext("/", this::answer);
    http.start();
  }

  String address() {
    return "http://127.0.0.1:" + http.getAddress().getPort();
  }

  private void answer(HttpExchange exchange) throws IOException {
    exchange.getRequestBody().readAllBytes();
    asked.add(exchange.getRequestURI().toString());
    keys.add(String.valueOf(exchange.getRequestHeaders().getFirst("Idempotency-Key")));
    Answer answer = answers.size() > 1 ? answers.remove() : answers.element();
    if (answer.status() < 0) {
      return;
    }
    if (answer.status() == 0) {
      exchange.close();
      return;
    }
    byte[] body = answer.body().replace("%key", keys.getFirst()).getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  /** Is gone, with all that it was asked. */
  void die() {
    http.stop(0);
  }

  @Override
  public void close() {
    http.stop(0);
  }
}
