package dev.tend.web;

/** The kinds of problem an answer can name: its type and title are for programs and people. */
enum Problem {
  MALFORMED(400, "malformed", "The request cannot be understood"),
  TOKEN(401, "token", "The request has not the right token"),
  FOREIGN(403, "foreign", "The request comes from elsewhere"),
  NO_SUCH_THING(404, "not-found", "There is nothing here"),
  METHOD(405, "method-not-allowed", "The method is not for this path"),
  TOO_SLOW(408, "too-slow", "The request took too long to come"),
  NAME_TAKEN(409, "name-taken", "There is a list of this name"),
  NOTHING_TO_UNDO(409, "nothing-to-undo", "There is nothing to undo"),
  FULL(409, "list-full", "The list is full"),
  DROPPED(410, "history-dropped", "The history does not go back so far"),
  STALE(412, "stale", "It has been changed meanwhile"),
  TOO_LARGE(413, "too-large", "The body is too large"),
  MEDIA_TYPE(415, "media-type", "The body is not of a type that is read here"),
  INVALID(422, "invalid", "A value cannot be accepted"),
  KEY_REUSED(422, "key-reused", "The idempotency key was used for another request"),
  FAULT(500, "fault", "The server has failed"),
  CODING(501, "transfer-coding", "The body is sent in a way that is not known here"),
  UNAVAILABLE(503, "unavailable", "Nothing happened; try again"),
  UNKNOWN(504, "outcome-unknown", "It may have happened or not");

  private final int status;
  private final String slug;
  private final String title;

  Problem(int status, String slug, String title) {
    this.status = status;
    this.slug = slug;
    this.title = title;
  }

  int status() {
    return status;
  }

  String type() {
    return "urn:tend:problem:" + slug;
  }

  String title() {
    return title;
  }
}
