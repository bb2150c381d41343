package dev.tend.web.metrics;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.Set;

/** How many requests were answered, with what, and how long that took. */
public final class RequestTimes {
  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PATCH", "PUT", "DELETE", "OPTIONS");

  private final Histogram seconds;
  private final Counter unavailable;

  /**
   * @param registry where they are found
   */
  public RequestTimes(PrometheusRegistry registry) {
    seconds =
        Histogram.builder()
            .name("tend_http_request_seconds")
            .help("How long requests took from their head's arrival until their answer was ready.")
            .labelNames("method", "route", "status")
            .classicOnly()
            .classicUpperBounds(
                0.0001, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5,
                10)
            .withoutExemplars()
            .register(registry);
    unavailable =
        Counter.builder()
            .name("tend_http_unavailable_total")
            .help("How many requests were answered 503, by what kept them from being served.")
            .labelNames("reason")
            .withoutExemplars()
            .register(registry);
  }

  /** A request was answered. */
  public void answered(String method, String route, int status, long nanos) {
    seconds
        .labelValues(METHODS.contains(method) ? method : "other", route, status / 100 + "xx")
        .observe(nanos / 1e9);
  }

  /** A reason that there may be for an answer 503: it is seen from the beginning, at 0. */
  public void mayBeUnavailable(String reason) {
    unavailable.initLabelValues(reason);
  }

  /** A request was answered 503. */
  public void unavailable(String reason) {
    unavailable.labelValues(reason).inc();
  }
}
