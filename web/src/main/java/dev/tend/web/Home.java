package dev.tend.web;

/** What someone sees who opens the address in a browser, until there are pages. */
final class Home {
  private Home() {}

  static Answer page(Exchange exchange) {
    exchange.query();
    return Answer.text(
        200,
        "text/html;charset=utf-8",
        """
        <!doctype html>
        <html lang="en">
        <title>Tend</title>
        <h1>Tend is running</h1>
        <p>The lists are at <a href="/api/v1/lists">/api/v1/lists</a>; the README shows how to use the
        API with curl. Whether all is well: <a href="/health/ready">/health/ready</a>.</p>
        </html>
        """);
  }
}
