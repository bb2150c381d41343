package dev.tend.app.client;

import tools.jackson.databind.node.ObjectNode;

/**
 * A list that a command is about.
 *
 * @param view as the server shows it
 */
record ListRef(String id, String name, ObjectNode view) {

  static ListRef of(ObjectNode view) {
    return new ListRef(view.path("id").asString(""), view.path("name").asString(""), view);
  }

  /** Its path, below the API's. */
  String path() {
    return "/lists/" + id;
  }

  String path(int entry) {
    return path() + "/entries/" + entry;
  }
}
