package dev.tend.app.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How values are written. */
class KindTest {
  private static final Kind<Duration> TIME = Kind.time(Duration.ZERO, Duration.ofDays(999));

  @ParameterizedTest
  @CsvSource({"250ms, PT0.25S", "90s, PT1M30S", "10m, PT10M", "2h, PT2H", "30d, P30D", "0s, PT0S"})
  void times(String text, Duration time) {
    assertThat(TIME.reader().apply(text)).contains(time);
    assertThat(TIME.reader().apply(Times.shown(time))).contains(time);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "10", "m", "1.5h", "-1s", "1w", "1 m", "١m", "99999999999999d"})
  void noTimes(String text) {
    assertThat(TIME.reader().apply(text)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "NAS",
        "tend.example.org",
        "tend.example.org:443",
        "4ever.example:65535",
        "10.0.0.5:1",
        "[2001:db8::1]",
        "[::1]:8363"
      })
  void hostsAsBrowsersNameThem(String host) {
    assertThat(Kind.hosts().reader().apply(host)).contains(List.of(host));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nas:0",
        "nas:65536",
        "nas:",
        "127.1",
        "0x7f.0.0.1",
        "nas.0x7f",
        "2130706433",
        "127.0.0.01",
        "256.0.0.1",
        "1.2.3.4.5",
        "nas..example",
        "nas.-example",
        "[:::]",
        "[127.0.0.1]"
      })
  void hostsThatNoBrowserNames(String host) {
    assertThat(Kind.hosts().reader().apply(host)).isEmpty();
  }

  @Test
  void aWordMayStandForNone() {
    Kind<Optional<Duration>> kind = TIME.or("forever");
    assertThat(kind.reader().apply("forever")).contains(Optional.empty());
    assertThat(kind.reader().apply("30d")).contains(Optional.of(Duration.ofDays(30)));
    assertThat(kind.reader().apply("never")).isEmpty();
    assertThat(kind.expected()).endsWith(", or forever");
  }

  @Test
  void addressesAreNotLookedUp() {
    assertThat(Kind.address().reader().apply("127.0.0.1")).contains("127.0.0.1");
    assertThat(Kind.address().reader().apply("0.0.0.0")).contains("0.0.0.0");
    assertThat(Kind.address().reader().apply("::1")).isPresent();
    assertThat(Kind.address().reader().apply("[::1]")).as("as in a URL").isEmpty();
    assertThat(Kind.address().reader().apply("localhost")).isEmpty();
    assertThat(Kind.address().reader().apply("256.0.0.1")).isEmpty();
    assertThat(Kind.address().reader().apply("")).isEmpty();
  }

  @Test
  void hosts() {
    assertThat(Kind.hosts().reader().apply("")).contains(List.of());
    assertThat(Kind.hosts().reader().apply("tend.example.org, localhost:9000,[::1]:80"))
        .contains(List.of("tend.example.org", "localhost:9000", "[::1]:80"));
    assertThat(Kind.hosts().reader().apply("http://tend.example.org")).isEmpty();
    assertThat(Kind.hosts().reader().apply("a b")).isEmpty();
    assertThat(Kind.hosts().reader().apply("*")).isEmpty();
    assertThat(Kind.hosts().reader().apply("a:65535")).isPresent();
    assertThat(Kind.hosts().reader().apply("a:65536")).isEmpty();
    assertThat(Kind.hosts().reader().apply("a:80,[::1]:99999")).isEmpty();
  }
}
