package dev.tend.otp.genserver;

import dev.tend.otp.process.Call;
import dev.tend.otp.process.Cast;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.HashMap;
import java.util.Map;

/**
 * Which requests and casts a server class declares, read from its type parameters, so that one from
 * outside the family is refused in its sender and not found in the server.
 */
record Family(Class<?> requests, Class<?> casts) {
  private static final ClassValue<Family> CACHE =
      new ClassValue<>() {
        @Override
        protected Family computeValue(Class<?> type) {
          return read(type);
        }
      };

  static Family of(Class<?> serverClass) {
    return CACHE.get(serverClass);
  }

  /** Through the classes between: one of them may leave the families to those below it. */
  private static Family read(Class<?> serverClass) {
    Map<Type, Type> given = new HashMap<>();
    for (Class<?> c = serverClass; c != null; c = c.getSuperclass()) {
      if (c.getGenericSuperclass() instanceof ParameterizedType parent) {
        Type[] variables = c.getSuperclass().getTypeParameters();
        Type[] arguments = parent.getActualTypeArguments();
        for (int i = 0; i < arguments.length; i++) {
          given.put(variables[i], given.getOrDefault(arguments[i], arguments[i]));
        }
      }
    }
    Type[] ofServer = GenServer.class.getTypeParameters();
    return new Family(
        raw(given.getOrDefault(ofServer[1], Call.class), Call.class),
        raw(given.getOrDefault(ofServer[2], Cast.class), Cast.class));
  }

  private static Class<?> raw(Type type, Class<?> widest) {
    return switch (type) {
      case Class<?> c -> c;
      case ParameterizedType p -> raw(p.getRawType(), widest);
      case TypeVariable<?> v -> widest;
      case WildcardType w -> raw(w.getUpperBounds()[0], widest);
      default -> widest;
    };
  }
}
