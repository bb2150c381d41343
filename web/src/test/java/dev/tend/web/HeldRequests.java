package dev.tend.web;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import java.util.ArrayList;
import java.util.List;

/** Requests of a page that are kept on their way until they are let go. */
record HeldRequests(List<Route> routes) {

  HeldRequests() {
    this(new ArrayList<>());
  }

  /** From now on those of a method to such a path. */
  void hold(Window window, String method, String path) {
    window
        .page()
        .route(
            path,
            route -> {
              if (route.request().method().equals(method)) {
                routes.add(route);
              } else {
                route.fallback();
              }
            });
  }

  /** The first of them, when it is there. */
  Route first(Window window) {
    window.page().waitForCondition(() -> !routes.isEmpty());
    return routes.getFirst();
  }

  void letGo(Window window) {
    Page page = window.page();
    page.waitForCondition(() -> !routes.isEmpty());
    page.unrouteAll();
    routes.forEach(Route::resume);
    routes.clear();
  }
}
