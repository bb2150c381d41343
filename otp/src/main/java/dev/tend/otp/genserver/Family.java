package dev.tend.otp.genserver;

import dev.tend.otp.process.Call;
import dev.tend.otp.process.Cast;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;

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

  private static Family read(Class<?> serverClass) {
    for (Class<?> c = serverClass; c != null; c = c.getSuperclass()) {
      if (c.getGenericSuperclass() instanceof ParameterizedType parent
          && parent.getRawType() == GenServer.class) {
        Type[] arguments = parent.getActualTypeArguments();
        return new Family(raw(arguments[1], Call.class), raw(arguments[2], Cast.class));
      }
    }
    return new Family(Call.class, Cast.class);
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
