package dev.tend.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tend.otp.process.ExitReason;
import dev.tend.otp.process.Processes;
import dev.tend.otp.testkit.Eventually;
import dev.tend.otp.testkit.NoLeaks;
import dev.tend.todo.Catalog;
import dev.tend.todo.TodoCache;
import dev.tend.todo.journal.ListId;
import dev.tend.web.TestServer.Reply;
import java.util.HashSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Lists are renamed, deleted and restored. */
@ExtendWith(NoLeaks.class)
class TrashTest {
  @RegisterExtension final TestServer server = new TestServer();

  @Test
  void aRenamedListIsTheSameList() {
    String list = server.list("Groceries");
    String entry = server.entry(list, "milk");
    String etag = server.get(list).header("ETag");

    Reply renamed = server.patch(list, "{\"name\": \"Food\"}");
    assertThat(renamed.status()).isEqualTo(200);
    assertThat(renamed.text("name")).isEqualTo("Food");
    Reply read = server.get(list);
    assertThat(read.text("name")).isEqualTo("Food");
    assertThat(read.header("ETag")).isNotEqualTo(etag);
    assertThat(server.get(list, "If-None-Match", etag).status()).isEqualTo(200);
    assertThat(server.get(entry).text("title")).isEqualTo("milk");
    assertThat(server.post("/api/v1/lists", "{\"name\": \"Food\"}").status()).isEqualTo(409);
    assertThat(server.post("/api/v1/lists", "{\"name\": \"Groceries\"}").status()).isEqualTo(201);
    assertThat(server.patch(list, "{\"name\": \"Groceries\"}").status()).isEqualTo(409);
    assertThat(server.patch(list, "{\"name\": \" \"}").status()).isEqualTo(422);
    assertThat(server.patch(list, "{\"size\": 3}").status()).isEqualTo(422);
  }

  @Test
  void theNameIsThatOfTheCatalogueAlsoWhenPartsRestart() {
    String list = server.list("a");
    server.entry(list, "milk");
    server.patch(list, "{\"name\": \"b\"}");
    Processes.exit(Catalog.NAME.whereis().orElseThrow(), ExitReason.KILL);
    Eventually.eventually(() -> assertThat(server.get(list).text("name")).isEqualTo("b"));
    Processes.exit(TodoCache.serverProcess("b"), ExitReason.KILL);
    assertThat(server.get(list).text("name")).isEqualTo("b");
  }

  @Test
  void aRenameGoesByTheVersionThatWasSeen() {
    String list = server.list("a");
    String etag = server.get(list).header("ETag");
    assertThat(server.patch(list, "{\"name\": \"b\"}", "If-Match", "\"other\"").status())
        .isEqualTo(412);
    assertThat(server.patch(list, "{\"name\": \"b\"}", "If-Match", etag).status()).isEqualTo(200);
    Reply stale = server.patch(list, "{\"name\": \"c\"}", "If-Match", etag);
    assertThat(stale.status()).isEqualTo(412);
    assertThat(stale.header("ETag")).isEqualTo(server.get(list).header("ETag"));
    assertThat(server.delete(list, "If-Match", etag).status()).isEqualTo(412);
    assertThat(server.get(list).text("name")).isEqualTo("b");
  }

  @Test
  void aDeletedListIsGoneAndComesBackWhole() {
    String list = server.list("Groceries");
    String entry = server.entry(list, "milk");
    String etag = server.get(entry).header("ETag");

    assertThat(server.delete(list).status()).isEqualTo(204);
    for (String path : new String[] {list, entry, list + "/entries", list + "/history"}) {
      assertThat(server.get(path).status()).as(path).isEqualTo(404);
    }
    assertThat(server.post(list + "/entries", "{\"title\": \"bread\"}").status()).isEqualTo(404);
    assertThat(server.delete(list).status()).isEqualTo(404);
    assertThat(server.patch(list, "{\"name\": \"x\"}").status()).isEqualTo(404);
    assertThat(server.get("/api/v1/lists").json().get("lists")).isEmpty();
    Reply trash = server.get("/api/v1/lists?deleted=true");
    assertThat(trash.json().get("lists")).hasSize(1);
    assertThat(trash.json().get("lists").get(0).get("deleted").stringValue()).endsWith("Z");

    Reply restored = server.post(list + "/restore", "");
    assertThat(restored.status()).isEqualTo(200);
    assertThat(restored.json().has("deleted")).isFalse();
    assertThat(server.get(entry).header("ETag")).isEqualTo(etag);
    assertThat(server.post(list + "/restore", "").status()).isEqualTo(404);
  }

  @Test
  void aListCannotComeBackToANameThatIsTakenByThen() {
    String first = server.list("Groceries");
    server.delete(first);
    String second = server.list("Groceries");
    Reply taken = server.post(first + "/restore", "");
    assertThat(taken.status()).isEqualTo(409);
    assertThat(taken.text("existing")).isEqualTo(second);
    server.patch(second, "{\"name\": \"other\"}");
    assertThat(server.post(first + "/restore", "").status()).isEqualTo(200);
  }

  @Test
  void aRepeatedChangeOfTheCatalogueActsOnce() {
    String list = server.list("a");
    Reply first = server.patch(list, "{\"name\": \"b\"}", "Idempotency-Key", "r");
    server.patch(list, "{\"name\": \"c\"}");
    Reply second = server.patch(list, "{\"name\": \"b\"}", "Idempotency-Key", "r");
    assertThat(second.status()).isEqualTo(200);
    assertThat(second.response().body()).isEqualTo(first.response().body());
    assertThat(server.get(list).text("name")).isEqualTo("c");
    assertThat(server.patch(list, "{\"name\": \"d\"}", "Idempotency-Key", "r").status())
        .isEqualTo(422);
    assertThat(server.delete(list, "Idempotency-Key", "d").status()).isEqualTo(204);
    assertThat(server.delete(list, "Idempotency-Key", "d").status()).isEqualTo(204);
  }

  @Test
  void aRepeatedChangeThatGoesByAVersionIsAnsweredAsTheFirstTime() {
    String list = server.list("a");
    String[] rename = {"If-Match", server.get(list).header("ETag"), "Idempotency-Key", "r"};
    Reply renamed = server.patch(list, "{\"name\": \"b\"}", rename);
    assertThat(renamed.status()).isEqualTo(200);
    Reply again = server.patch(list, "{\"name\": \"b\"}", rename);
    assertThat(again.status()).isEqualTo(200);
    assertThat(again.response().body()).isEqualTo(renamed.response().body());

    String[] delete = {"If-Match", server.get(list).header("ETag"), "Idempotency-Key", "d"};
    assertThat(server.delete(list, delete).status()).isEqualTo(204);
    assertThat(server.delete(list, delete).status()).isEqualTo(204);
  }

  @Test
  void namesakesInTheTrashArePagedOneByOne() {
    for (int i = 0; i < 5; i++) {
      server.delete(server.list("same"));
    }
    var seen = new HashSet<ListId>();
    String after = "";
    do {
      Reply page = server.get("/api/v1/lists?deleted=true&limit=2" + after);
      page.json().get("lists").forEach(list -> seen.add(new ListId(list.get("id").stringValue())));
      after = page.json().has("next") ? "&after=" + page.text("next") : "";
    } while (!after.isEmpty());
    assertThat(seen).hasSize(5);
  }

  @Test
  void listsAreFoundByAPartOfTheirName() {
    for (String name : new String[] {"Ünïque", "Weekly shop", "shopping", "home"}) {
      server.list(name);
    }
    assertThat(server.get("/api/v1/lists?text=SHOP").json().get("lists")).hasSize(2);
    assertThat(server.get("/api/v1/lists?text=%C3%BCn").json().get("lists")).hasSize(1);
    assertThat(server.get("/api/v1/lists?text=unique").json().get("lists")).hasSize(1);
    assertThat(server.get("/api/v1/lists?text=unique&deleted=true").json().get("lists")).isEmpty();
    Reply first = server.get("/api/v1/lists?text=o&limit=1");
    assertThat(first.json().get("lists")).hasSize(1);
    assertThat(server.get("/api/v1/lists?text=o&after=" + first.text("next")).json().get("lists"))
        .hasSize(2);
  }
}
