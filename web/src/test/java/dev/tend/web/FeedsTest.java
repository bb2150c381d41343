package dev.tend.web;

import static dev.tend.otp.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;

/** How many event streams may be open. */
class FeedsTest {
  private static final int MOST = 10_000;

  private final Feeds feeds = new Feeds(Duration.ofSeconds(20));
  private final Semaphore goOn = new Semaphore(0);

  @Test
  void thereIsRoomForSoManyAndAgainWhenOneHasEnded() {
    for (int i = 0; i < MOST; i++) {
      open();
    }
    eventually(() -> assertThat(feeds.count()).isEqualTo(MOST));

    assertThatThrownBy(this::open)
        .isInstanceOfSatisfying(
            Refusal.class,
            refusal -> {
              assertThat(refusal.status()).isEqualTo(503);
              assertThat(refusal.hindrance()).isEqualTo(OwnHindrance.STREAMS.word());
              assertThat(refusal.answer().fields().get("Retry-After")).isEqualTo("10");
            });

    goOn.release();
    eventually(() -> assertThat(feeds.count()).isEqualTo(MOST - 1));
    open();
    eventually(() -> assertThat(feeds.count()).isEqualTo(MOST));

    goOn.release(MOST);
    eventually(() -> assertThat(feeds.count()).isZero());
  }

  private void open() {
    Feed feed = feeds.counted(out -> goOn.acquire());
    Thread.startVirtualThread(() -> {
      try {
        feed.write(null);
      } catch (IOException | InterruptedException e) {
        throw new AssertionError(e);
      }
    });
  }
}
