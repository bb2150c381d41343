package dev.tend.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tend.otp.process.Pid;
import dev.tend.otp.process.ServerRef;
import dev.tend.otp.sys.Sys;
import dev.tend.otp.testkit.NoLeaks;
import dev.tend.todo.Catalog;
import dev.tend.todo.Database;
import dev.tend.todo.DatabaseWorker;
import dev.tend.todo.ListClient;
import dev.tend.todo.ProcessRegistry;
import dev.tend.todo.Reading;
import dev.tend.todo.ServerSupervisor;
import dev.tend.todo.TodoCache;
import dev.tend.todo.TodoServer;
import dev.tend.todo.journal.ListId;
import dev.tend.web.TestServer.Reply;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** No read goes through a process: every one that could be asked is suspended. */
@ExtendWith(NoLeaks.class)
class SuspendedTest {
  @RegisterExtension final TestServer server = new TestServer();

  private final List<ServerRef<?>> suspended = new ArrayList<>();
  private String path;
  private ListId id;
  private Pid<TodoServer> list;

  @BeforeEach
  void suspendAll() {
    path = server.list("Bob's list");
    server.entry(path, "Dentist");
    server.post(path + "/entries", "{\"title\": \"Movies\", \"date\": \"2026-12-19\"}");
    id = new ListId(path.substring(path.lastIndexOf('/') + 1));
    list = TodoCache.serverProcess("Bob's list");
    suspended.addAll(
        List.of(
            list,
            Web.NAME,
            TodoCache.NAME,
            ServerSupervisor.NAME,
            Catalog.NAME,
            DatabaseWorker.of(1),
            DatabaseWorker.of(2),
            Database.NAME,
            ProcessRegistry.NAME));
    suspended.forEach(Sys::suspend);
    assertThat(suspended).allMatch(process -> Sys.getStatus(process).suspended());
  }

  @AfterEach
  void resumeAll() {
    suspended.reversed().forEach(Sys::resume);
  }

  @Test
  void aRunningListIsFound() {
    assertThat(TodoCache.serverProcess("Bob's list")).isEqualTo(list);
  }

  @Test
  void namesAreLookedUp() {
    ProcessRegistry.ListKey key = new ProcessRegistry.ListKey(id);
    assertThat(ProcessRegistry.whereis(key)).contains(list);
    assertThat(ProcessRegistry.VIA.whereis(key)).contains(list);
    assertThat(ProcessRegistry.whereis(new ProcessRegistry.ListKey(ListId.random()))).isEmpty();
    assertThat(ProcessRegistry.registrations()).hasSize(3);
  }

  @Test
  void aListIsReadAsPublished() {
    assertThat(ListClient.read(id))
        .isInstanceOfSatisfying(
            Reading.Found.class, found -> assertThat(found.published().list().size()).isEqualTo(2));
  }

  @Test
  void theListAndItsEntriesAreReadOverHttp() {
    for (int time = 1; time <= 2; time++) {
      Reply whole = server.get(path + "/entries");
      assertThat(whole.status()).isEqualTo(200);
      assertThat(whole.json().get("entries")).hasSize(2);
      assertThat(server.get(path + "/entries", "If-None-Match", whole.header("ETag")).status())
          .isEqualTo(304);
    }
    assertThat(server.get(path).json().get("size").intValue()).isEqualTo(2);
    assertThat(server.get(path + "/entries/1").text("title")).isEqualTo("Dentist");
    assertThat(server.get(path + "/entries?date=2026-12-19").json().get("entries")).hasSize(1);
    assertThat(server.get(path + "/entries?limit=1").json().get("entries")).hasSize(1);
  }
}
