package dev.tend.app.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The time of day jumps back and forth: nothing is lost, ordered by it, or done twice for it. */
class JumpingClockTest {
  private static final boolean LONG = Boolean.getBoolean("tend.long");

  @TempDir private Path folder;
  private Path jump;
  private Launch launch;

  @BeforeEach
  void build() throws Exception {
    jump = folder.resolve("jump");
    jump(Duration.ZERO);
    launch =
        new Launch(
            Servers.real().command(),
            Map.of(
                "LD_PRELOAD", Shim.compiled("jumping_clock", folder),
                "CLOCK_JUMP", jump.toString()));
  }

  /** The running server maps the file: it is written in place. */
  private void jump(Duration by) throws Exception {
    ByteBuffer seconds = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    seconds.putLong(0, by.toSeconds());
    try (FileChannel file =
        FileChannel.open(jump, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      file.write(seconds, 0);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {2, -4_000})
  void aRetryAfterAJumpActsOnce(long days) throws Exception {
    Path data = folder.resolve("data");
    try (Victim victim = Victim.start(launch, data, folder.resolve("server.log"), () -> {})) {
      Wire wire = new Wire(victim::address);
      String id =
          wire.insist("POST", "/lists", body("name", "Bob's list"), "list")
              .body()
              .path("id")
              .asString("");
      String entries = "/lists/" + id + "/entries";
      Reply first = wire.insist("POST", entries, body("title", "Dentist"), "key");
      assertThat(first.revision()).isEqualTo(1);

      jump(Duration.ofDays(days));
      assertThat(wire.insist("POST", entries, body("title", "Movies"), "other").revision())
          .isEqualTo(2);
      assertThat(skew(wire, id)).as("the server's clock has jumped").isEqualTo(days);
      assertThat(wire.insist("POST", entries, body("title", "Dentist"), "key").revision())
          .isEqualTo(1);
      assertThat(wire.insist("POST", "/lists", body("name", "Bob's list"), "list").status())
          .isEqualTo(201);

      victim.kill();
      jump(Duration.ofDays(2 * days));
      assertThat(Journal.get(wire, entries).path("entries").size()) // and it is loaded again
          .isEqualTo(2);
      assertThat(wire.insist("POST", entries, body("title", "Dentist"), "key").revision())
          .isEqualTo(1);
      jump(Duration.ZERO);
      assertThat(wire.insist("POST", entries, body("title", "Dentist"), "key").revision())
          .isEqualTo(1);
      assertThat(wire.insist("POST", entries, body("title", "Tea"), "third").revision())
          .isEqualTo(3);
    }
  }

  private static long skew(Wire wire, String id) throws Exception {
    JsonNode newest = Journal.get(wire, "/lists/" + id + "/history?limit=1").path("records").get(0);
    Duration off = Duration.between(Instant.now(), Instant.parse(newest.path("at").asString("")));
    return off.plusHours(off.isNegative() ? -1 : 1).toDays();
  }

  @Test
  void underLoadAndKillsNothingIsLostOrDoubledWhileItJumps() throws Exception {
    Random random = new Random(7);
    Wish wish = new Wish(Mode.BELOW, 7, Duration.ofSeconds(LONG ? 120 : 8), 12, 4, 4);
    Verdict verdict =
        Chaos.run(
            wish,
            launch,
            folder.resolve("data"),
            folder.resolve("server.log"),
            _ -> {
              try {
                jump(Duration.ofHours(random.nextLong(-20_000, 20_000)));
              } catch (Exception e) {
                throw new AssertionError(e);
              }
            },
            () -> {});
    assertThat(verdict.findings()).isEmpty();
    assertThat(verdict.acknowledged()).isPositive();
  }

  private static ObjectNode body(String member, String value) {
    return Wire.JSON.createObjectNode().put(member, value);
  }
}
