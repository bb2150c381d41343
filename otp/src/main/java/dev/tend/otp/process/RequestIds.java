package dev.tend.otp.process;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Several requests under way, each with a label, whose answers are taken as they come ({@code
 * gen_server:reqids_new/0} and the like). Immutable: adding one and taking an answer make another
 * collection, at the cost of its size.
 *
 * @param <L> the labels
 * @param <R> what the answers have in common
 */
public final class RequestIds<L, R> {
  private static final RequestIds<?, ?> NONE = new RequestIds<>(Map.of());

  private final Map<RequestId<? extends R>, L> labels;

  private RequestIds(Map<RequestId<? extends R>, L> labels) {
    this.labels = labels;
  }

  /** An empty collection. */
  @SuppressWarnings("unchecked")
  public static <L, R> RequestIds<L, R> none() {
    return (RequestIds<L, R>) NONE;
  }

  /**
   * With one more ({@code reqids_add/3}).
   *
   * @throws IllegalArgumentException if it is in the collection
   */
  public RequestIds<L, R> add(RequestId<? extends R> id, L label) {
    Map<RequestId<? extends R>, L> more = new LinkedHashMap<>(labels);
    if (more.put(Objects.requireNonNull(id, "id"), Objects.requireNonNull(label, "label"))
        != null) {
      throw new IllegalArgumentException("is in the collection, as " + labels.get(id));
    }
    return new RequestIds<>(more);
  }

  private RequestIds<L, R> without(RequestId<?> id) {
    Map<RequestId<? extends R>, L> fewer = new LinkedHashMap<>(labels);
    fewer.remove(id);
    return new RequestIds<>(fewer);
  }

  /** How many there are ({@code reqids_size/1}). */
  public int size() {
    return labels.size();
  }

  /** The label of each, in the order added ({@code reqids_to_list/1}). */
  public Map<RequestId<? extends R>, L> labels() {
    return Collections.unmodifiableMap(labels);
  }

  /**
   * The response that this message is, if it is one of a request here ({@code check_response/3}).
   */
  public Response<L, R> check(Object message) {
    if (labels.isEmpty()) {
      return new Response.NoRequest<>();
    }
    Response<L, R> response = responseIn(message);
    return response == null ? new Response.None<>() : response;
  }

  /**
   * Waits for the first answer to any of them ({@code wait_response/3}).
   *
   * @return {@link Response.None} if none has come in time; they still may
   * @throws IllegalStateException if another process put the requests
   */
  public Response<L, R> await(Duration timeout) {
    Objects.requireNonNull(timeout, "timeout");
    if (labels.isEmpty()) {
      return new Response.NoRequest<>();
    }
    labels.keySet().forEach(RequestId::requireOwn);
    return Processes.<Response<L, R>>receive(timeout, this::responseIn)
        .orElseGet(Response.None::new);
  }

  /**
   * The same, and no longer ({@code receive_response/3}): if none has come in time, all of them are
   * abandoned, as in {@link RequestId#receive}.
   */
  public Response<L, R> receive(Duration timeout) {
    Response<L, R> response = await(timeout);
    if (response instanceof Response.None) {
      labels.keySet().forEach(RequestId::abandon);
    }
    return response;
  }

  @SuppressWarnings("unchecked")
  private @Nullable Response<L, R> responseIn(Object message) {
    if (message instanceof Answered(RequestId<?> id, Answer<?> answer)) {
      L label = labels.get(id);
      return label == null ? null : new Response.To<>(label, (Answer<R>) answer, without(id));
    }
    return null;
  }
}
