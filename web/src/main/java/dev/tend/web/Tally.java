package dev.tend.web;

import dev.tend.web.metrics.RequestTimes;
import dev.tend.web.status.Traffic;

/** Counts answers, for the status page and for {@code /metrics}. */
record Tally(Traffic traffic, RequestTimes times) {

  Tally {
    Refusal.hindrances().forEach(times::mayBeUnavailable);
  }

  /**
   * A request that is being answered. Used by one thread.
   *
   * <p>Its route is known when it is found; files have one for all of a folder.
   */
  final class Begun {
    private final String method;
    private final long came;
    private String route = Routes.NONE;

    private Begun(String method, long came) {
      this.method = method;
      this.came = came;
    }

    void found(String template) {
      route =
          template.startsWith("/assets/")
              ? "/assets/*"
              : template.startsWith("/webjars/") ? "/webjars/*" : template;
    }

    /** It is not served, for a reason of this kind. */
    void unavailable(String kind) {
      times.unavailable(kind);
    }

    void answered(int status) {
      long nanos = System.nanoTime() - came;
      traffic.answered(nanos);
      times.answered(method, route, status, nanos);
    }
  }

  Begun begin(String method) {
    return new Begun(method, System.nanoTime());
  }
}
