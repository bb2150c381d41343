package dev.tend.web;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.eclipse.jetty.http.pathmap.MatchedResource;
import org.eclipse.jetty.http.pathmap.PathMappings;
import org.eclipse.jetty.http.pathmap.PathSpec;
import org.eclipse.jetty.http.pathmap.UriTemplatePathSpec;
import org.jspecify.annotations.Nullable;

/** Which action answers which method of which path. Filled once, then only read. */
final class Routes {
  /** The template of a path that has no route. */
  static final String NONE = "none";

  private final PathMappings<Map<String, Action>> table = new PathMappings<>();
  private Action elsewhere =
      _ -> {
        throw nothingThere();
      };

  /** An action, its path as it was added, and the values of its path's variables. */
  record Found(Action action, String template, Map<String, String> variables) {}

  /**
   * Adds one route. {@code HEAD} comes with {@code GET}, and {@code OPTIONS} with every path.
   *
   * @param template as in {@code /lists/{id}}
   */
  Routes on(String method, String template, Action action) {
    PathSpec spec = new UriTemplatePathSpec(template);
    @Nullable Map<String, Action> actions = table.get(spec);
    if (actions == null) {
      actions = new TreeMap<>();
      table.put(spec, actions);
    }
    actions.put(method, action);
    if (method.equals("GET")) {
      actions.put("HEAD", action);
    }
    return this;
  }

  /** What answers any method of any path that has no route. */
  Routes elsewhere(Action action) {
    elsewhere = action;
    return this;
  }

  static Refusal nothingThere() {
    return new Refusal(Problem.NO_SUCH_THING, "There is nothing at this path.");
  }

  /**
   * @param path or a star, which with {@code OPTIONS} stands for the server (RFC 9110 §9.3.7)
   * @throws Refusal if there is such a path, but not with that method
   */
  Found find(String method, String path) {
    if (method.equals("OPTIONS") && path.equals("*")) {
      return new Found(_ -> Answer.empty(204), NONE, Map.of());
    }
    @Nullable MatchedResource<Map<String, Action>> match = table.getMatched(path);
    if (match == null || !(match.getPathSpec() instanceof UriTemplatePathSpec template)) {
      return nowhere();
    }
    Map<String, Action> actions = match.getResource();
    @Nullable Action action =
        method.equals("OPTIONS")
            ? _ -> Answer.empty(204).with("Allow", allow(actions))
            : actions.get(method);
    if (action == null) {
      throw new Refusal(Problem.METHOD, "This path does not take that method.")
          .header("Allow", allow(actions));
    }
    return new Found(action, template.getDeclaration(), Map.copyOf(template.getPathParams(path)));
  }

  /** What answers where there is no route. */
  Found nowhere() {
    return new Found(elsewhere, NONE, Map.of());
  }

  /** The methods of each template; those that come by themselves are not among them. */
  Map<String, Set<String>> methods() {
    Map<String, Set<String>> methods = new TreeMap<>();
    table.forEach(entry -> {
      Set<String> named = new TreeSet<>(entry.getResource().keySet());
      named.remove("HEAD");
      methods.put(entry.getPathSpec().getDeclaration(), named);
    });
    return methods;
  }

  private static String allow(Map<String, Action> actions) {
    TreeSet<String> methods = new TreeSet<>(actions.keySet());
    methods.add("OPTIONS");
    return String.join(", ", methods);
  }
}
