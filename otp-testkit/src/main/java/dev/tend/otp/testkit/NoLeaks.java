package dev.tend.otp.testkit;

import static dev.tend.otp.testkit.Eventually.eventually;

import java.util.List;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The leak oracle: after each test all must be as it was before it. Use it with
 * {@code @ExtendWith(NoLeaks.class)}, before other extensions.
 *
 * <p>It looks at the living processes with their links, monitors and timers, the local names, the
 * names of ETS tables, and the zombies of the whole JVM, so tests with it must not run at the same
 * time. It waits for what is still ending, then fails with a list of what is left.
 */
public final class NoLeaks implements BeforeEachCallback, AfterEachCallback {
  private static final ExtensionContext.Namespace NAMESPACE =
      ExtensionContext.Namespace.create(NoLeaks.class);

  @Override
  public void beforeEach(ExtensionContext context) {
    context.getStore(NAMESPACE).put(World.class, World.now());
  }

  @Override
  public void afterEach(ExtensionContext context) {
    World before = context.getStore(NAMESPACE).get(World.class, World.class);
    if (before == null) {
      return;
    }
    eventually(() -> {
      List<String> left = World.now().differencesFrom(before);
      if (!left.isEmpty()) {
        throw new AssertionError(
            "left behind by " + context.getDisplayName() + ":\n  " + String.join("\n  ", left));
      }
    });
  }
}
