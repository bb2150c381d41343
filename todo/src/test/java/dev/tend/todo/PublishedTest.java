package dev.tend.todo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tend.todo.journal.CatalogEntry;
import dev.tend.todo.journal.ListId;
import dev.tend.todo.list.TodoList;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PublishedTest {
  private final Published list =
      new Published(
          new CatalogEntry(ListId.random(), "local", "x", 1, "abc", 1, Instant.EPOCH, null),
          TodoList.empty());

  private record Form(int number) {}

  @Test
  void manyWhoAskForAFormAtOnceHaveItMadeOnce() throws Exception {
    AtomicInteger made = new AtomicInteger();
    Set<Form> seen = ConcurrentHashMap.newKeySet();
    CountDownLatch go = new CountDownLatch(1);
    List<Thread> readers = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      readers.add(
          Thread.startVirtualThread(() -> {
            try {
              go.await();
            } catch (InterruptedException e) {
              throw new AssertionError(e);
            }
            seen.add(
                list.form(
                    Form.class,
                    _ -> {
                      Thread.onSpinWait();
                      return new Form(made.incrementAndGet());
                    }));
          }));
    }
    go.countDown();
    for (Thread reader : readers) {
      reader.join();
    }
    assertThat(seen).containsExactly(new Form(1));
    assertThat(made).hasValue(1);
    assertThat(list.form(Form.class)).contains(new Form(1));
  }

  @Test
  void whatNobodyHasMadeIsNotThereAndOfAnotherTypeNeither() {
    assertThat(list.form(String.class)).isEmpty();
    list.form(String.class, Published::etag);
    assertThat(list.form(Integer.class)).isEmpty();
    assertThat(list.form(String.class)).contains(list.etag());
  }

  @Test
  void aFailedMakingLeavesNothing() {
    try {
      list.form(
          String.class,
          _ -> {
            throw new IllegalStateException();
          });
    } catch (IllegalStateException expected) {
      // as it should be
    }
    assertThat(list.form(String.class, _ -> "made")).isEqualTo("made");
  }
}
