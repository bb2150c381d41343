package dev.tend.bench.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.PreEncodedHttpField;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * The limit: the same Jetty with the same settings, and a handler that writes what it was given, on
 * the thread that has read the request.
 */
final class BareServer extends Handler.Abstract.NonBlocking {
  private final Ready whole;
  private final Ready unchanged;

  /** An answer with all about it made ready. */
  private record Ready(int status, HttpFields fields, ByteBuffer body) {
    static Ready of(WireAnswer answer) {
      HttpFields.Mutable fields = HttpFields.build();
      for (String line : answer.fields()) {
        String name = line.substring(0, line.indexOf(':'));
        fields.add(new PreEncodedHttpField(name, WireAnswer.value(line)));
      }
      return new Ready(answer.status(), fields.asImmutable(), answer.body());
    }
  }

  private BareServer(Ready whole, Ready unchanged) {
    this.whole = whole;
    this.unchanged = unchanged;
  }

  /**
   * @param answers a file with two, one after the other: the whole one, and the one to a condition
   */
  static BareServer of(Path answers) throws IOException {
    ByteArrayInputStream in = new ByteArrayInputStream(Files.readAllBytes(answers));
    return new BareServer(Ready.of(WireAnswer.read(in)), Ready.of(WireAnswer.read(in)));
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    Ready ready = request.getHeaders().contains(HttpHeader.IF_NONE_MATCH) ? unchanged : whole;
    response.setStatus(ready.status());
    response.getHeaders().add(ready.fields());
    response.write(true, ready.body().slice(), callback);
    return true;
  }
}
