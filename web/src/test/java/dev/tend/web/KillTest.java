package dev.tend.web;

import static dev.tend.otp.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tend.otp.process.Pid;
import dev.tend.otp.process.ServerName;
import dev.tend.otp.testkit.NoLeaks;
import dev.tend.todo.Catalog;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** With {@code --dev}. */
@ExtendWith(NoLeaks.class)
class KillTest {
  private static final String TOKEN = "a-token-for-tests";

  @RegisterExtension
  final TestServer server = new TestServer(TestServer.CONFIG.withDevToken(TOKEN));

  private static String kill(Pid<?> pid) {
    return StatusTest.STATUS + "/processes/" + pid.toString().replaceAll("[<>]", "") + "/kill";
  }

  @Test
  void whoHasTheTokenKills() {
    for (ServerName<?> name : List.of(Catalog.NAME, Web.NAME)) {
      Pid<?> victim = name.whereis().orElseThrow();
      assertThat(server.post(kill(victim), null, "Authorization", "Bearer " + TOKEN).status())
          .as("answered, even by the one that dies of it")
          .isEqualTo(202);
      eventually(() -> {
        Optional<? extends Pid<?>> now = name.whereis();
        assertThat(now).isPresent();
        assertThat(now.get()).isNotEqualTo(victim);
      });
      assertThat(victim.exitReason().orElseThrow()).hasToString("killed");
      eventually(() ->
          assertThat(server.post(kill(victim), null, "Authorization", "Bearer " + TOKEN).status())
              .as("it is dead, and whoever took its place says so")
              .isEqualTo(404));
    }
  }

  @Test
  void whoHasNotDoesNot() {
    Pid<?> catalog = Catalog.NAME.whereis().orElseThrow();
    assertThat(server.post(kill(catalog), null).status()).isEqualTo(401);
    for (String wrong : List.of("Bearer", "Bearer x", "Basic " + TOKEN, TOKEN)) {
      TestServer.Reply reply = server.post(kill(catalog), null, "Authorization", wrong);
      assertThat(reply.status()).as(wrong).isEqualTo(401);
      assertThat(reply.header("WWW-Authenticate")).isEqualTo("Bearer");
      assertThat(reply.text("type")).isEqualTo("urn:tend:problem:token");
    }
    assertThat(server.get(kill(catalog)).status()).isEqualTo(405);
    assertThat(catalog.isAlive()).isTrue();
  }
}
