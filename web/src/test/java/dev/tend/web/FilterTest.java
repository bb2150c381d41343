package dev.tend.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tend.otp.testkit.NoLeaks;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(NoLeaks.class)
class FilterTest {
  @RegisterExtension final TestServer server = new TestServer();

  @ParameterizedTest
  @CsvSource({
    "'', 12345",
    "date=2026-12-02, 2",
    "from=2026-12-02, 23",
    "to=2026-12-02, 12",
    "from=2026-12-02&to=2026-12-02, 2",
    "from=2026-12-03&to=2026-12-02, ''",
    "undated=true, 45",
    "undated=true&from=2026-12-01, ''",
    "undated=false, 12345",
    "done=true, 35",
    "done=false, 124",
    "text=MILK, 14",
    "text=oat, 2",
    "text=%C3%84P, 5",
    "text=%C3%A4PF, 5",
    "text=A%CC%88pfel, 5",
    "text=apfel, 5",
    "text=ilk, 14",
    "text=milk&done=false&undated=true, 4",
    "text=%25, ''",
    "done=true&limit=1, 3"
  })
  void whatMeetsAllConditionsIsFound(String query, String expected) {
    String list = server.list("x");
    add(list, "{\"title\": \"Milk\", \"date\": \"2026-12-01\"}");
    add(list, "{\"title\": \"bread\", \"date\": \"2026-12-02\", \"notes\": \"Oat\"}");
    add(list, "{\"title\": \"tea\", \"date\": \"2026-12-03\", \"done\": true}");
    add(list, "{\"title\": \"milk\"}");
    add(list, "{\"title\": \"Äpfel\", \"done\": true}");
    List<String> found = new ArrayList<>();
    server
        .get(list + "/entries?" + query)
        .json()
        .get("entries")
        .forEach(entry -> found.add(Integer.toString(entry.get("id").intValue())));
    assertThat(String.join("", found)).isEqualTo(expected);
  }

  private void add(String list, String json) {
    assertThat(server.post(list + "/entries", json).status()).isEqualTo(201);
  }

  @ParameterizedTest
  @CsvSource({
    "Straße, STRASSE",
    "STRASSE, straße",
    "ΟΔΟΣ, οδος",
    "ΟΔΟΣ 5, οδοσ",
    "İstanbul, istanbul",
    "DIYARBAKIR, dıyarbakır",
    "Ёлка, елка",
    "Cafe\u0301, CAFÉ",
    "ﬁnd, FIND",
    "서울, 서",
    "naïve, naive"
  })
  void aTextIsFoundAsPeopleWriteIt(String title, String text) {
    String list = server.list(title);
    add(list, Json.object().put("title", title).toString());
    String query =
        "?text=" + java.net.URLEncoder.encode(text, java.nio.charset.StandardCharsets.UTF_8);
    assertThat(server.get(list + "/entries" + query).json().get("entries")).hasSize(1);
    assertThat(server.get("/api/v1/lists" + query).json().get("lists")).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"from=tomorrow", "to=2026-13-01", "done=maybe", "undated=", "revision=0", "x=1"})
  void whatIsNoConditionIsRefused(String query) {
    assertThat(server.get(server.list("x") + "/entries?" + query).status()).isBetween(400, 422);
  }
}
