package dev.tend.otp.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** The newest events are kept, whoever of their tellers is held up. */
class ChapterTest {
  private final Chapter chapter = new Chapter(4);

  private void keep(long number) {
    chapter.keep(new Story.Event(number, Instant.now(), new Happening.Told("test", "once")));
  }

  private List<Long> after(long number, long last) {
    return chapter.after(number, last).stream().map(Story.Event::number).toList();
  }

  @Test
  void a_teller_that_was_held_up_does_not_cover_what_is_newer() {
    LongStream.of(1, 2, 4, 5, 6, 7).forEach(this::keep);
    keep(3);
    assertThat(after(0, 7)).containsExactly(4L, 5L, 6L, 7L);
  }

  @Test
  void nothing_is_read_past_one_that_is_being_told() {
    LongStream.of(1, 2, 3, 4, 5, 7).forEach(this::keep);
    assertThat(after(3, 7)).containsExactly(4L, 5L);
    keep(6);
    assertThat(after(5, 7)).containsExactly(6L, 7L);
  }

  @Test
  void the_oldest_are_missing_for_who_reads_slowly() {
    LongStream.rangeClosed(1, 9).forEach(this::keep);
    assertThat(after(2, 9)).containsExactly(6L, 7L, 8L, 9L);
    assertThat(after(2, 7)).containsExactly(6L, 7L);
  }

  @Test
  void a_number_that_no_event_ever_had_is_read_from_all_the_same() {
    LongStream.of(1, 2).forEach(this::keep);
    assertThat(after(-1, 2)).containsExactly(1L, 2L);
    assertThat(after(Long.MIN_VALUE, 2)).containsExactly(1L, 2L);
    assertThat(after(Long.MAX_VALUE, 2)).isEmpty();
  }
}
