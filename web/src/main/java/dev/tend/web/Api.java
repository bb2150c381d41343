package dev.tend.web;

import dev.tend.web.listener.Listener;
import java.io.IOException;
import org.eclipse.jetty.server.handler.GracefulHandler;

/** All routes, in one table, and how they are served. */
final class Api {
  static final String LISTS = "/api/v1/lists";
  private static final String LIST = LISTS + "/{id}";
  private static final String ENTRIES = LIST + "/entries";
  private static final String ENTRY = ENTRIES + "/{n}";

  private static final String STATUS = "/api/v1/status";
  private static final String PROCESS = STATUS + "/processes/{pid}";

  private Api() {}

  /**
   * Serves routes.
   *
   * @throws IOException if it cannot listen; the message says why, and nothing is left
   */
  static Listener listen(WebConfig config, Routes routes, Tally tally) throws IOException {
    return Listener.open(
        new Listener.Place(config.host(), config.port(), config.silence()),
        silence -> new GracefulHandler(Compressed.of(new Front(routes, silence, config, tally))),
        new JettyProblems(tally, config));
  }

  static Routes routes(ListEvents events, StatusRoutes status) {
    return Pages.addTo(new Routes())
        .on("GET", "/health/live", Health::live)
        .on("GET", "/health/ready", Health::ready)
        .on("GET", "/api/v1/openapi.json", Description::read)
        .on("GET", "/api/v1/events", events::stream)
        .on("GET", LISTS, Lists::page)
        .on("POST", LISTS, ListChanges::create)
        .on("GET", LIST, Lists::read)
        .on("PATCH", LIST, ListChanges::rename)
        .on("DELETE", LIST, ListChanges::delete)
        .on("POST", LIST + "/restore", ListChanges::restore)
        .on("GET", LIST + "/history", Histories::ofList)
        .on("POST", LIST + "/undo", Histories::undo)
        .on("POST", LIST + "/batch", Batches::put)
        .on("GET", ENTRIES, Entries::page)
        .on("POST", ENTRIES, EntryChanges::add)
        .on("DELETE", ENTRIES, EntryChanges::clear)
        .on("GET", ENTRY, Entries::read)
        .on("PATCH", ENTRY, EntryChanges::update)
        .on("DELETE", ENTRY, EntryChanges::delete)
        .on("GET", ENTRY + "/history", Histories::ofEntry)
        .on("POST", ENTRY + "/move", EntryChanges::move)
        .on("GET", "/api/v1/backups/latest", BackupRoutes::latest)
        .on("POST", "/api/v1/backups", BackupRoutes::begin)
        .on("GET", STATUS, status::read)
        .on("GET", STATUS + "/events", status::events)
        .on("GET", PROCESS, status::process)
        .on("POST", PROCESS + "/kill", status::kill);
  }
}
