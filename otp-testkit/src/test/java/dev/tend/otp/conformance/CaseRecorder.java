package dev.tend.otp.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/**
 * Writes down, at the end of each run of tests, how the methods with a {@link Case} went: one file
 * a run, for {@link Gate} to read. JUnit finds it through {@code META-INF/services}.
 */
public final class CaseRecorder implements TestExecutionListener {
  private static final List<String> FILTERS = List.of("test", "groups", "excludedGroups");

  private final Path folder;
  private final Map<String, CaseResult> results = new ConcurrentSkipListMap<>();
  private volatile TestPlan plan;

  public CaseRecorder() {
    this(Gate.RESULTS);
  }

  CaseRecorder(Path folder) {
    this.folder = folder;
  }

  @Override
  public void testPlanExecutionStarted(TestPlan started) {
    plan = started;
    results.clear();
  }

  @Override
  public void executionSkipped(TestIdentifier skipped, String reason) {
    record(skipped, false);
  }

  /** A container that passes says nothing of the tests in it; one that fails fails them. */
  @Override
  public void executionFinished(TestIdentifier finished, TestExecutionResult result) {
    boolean passed = result.getStatus() == TestExecutionResult.Status.SUCCESSFUL;
    if (finished.isTest() || !passed) {
      record(finished, passed);
    }
  }

  private void record(TestIdentifier identifier, boolean passed) {
    for (Optional<TestIdentifier> at = Optional.of(identifier);
        at.isPresent();
        at = at.flatMap(plan::getParent)) {
      if (at.get().getSource().orElse(null) instanceof MethodSource method) {
        Case shown = method.getJavaMethod().getAnnotation(Case.class);
        if (shown != null) {
          String test = nameOf(method);
          results.merge(
              method.getClassName()
                  + "#"
                  + method.getMethodName()
                  + method.getMethodParameterTypes(),
              new CaseResult(test, passed, List.of(shown.value())),
              CaseResult::and);
        }
        return;
      }
    }
  }

  private static String nameOf(MethodSource method) {
    String type = method.getClassName();
    return type.substring(type.lastIndexOf('.') + 1).replace('$', '.')
        + "."
        + method.getMethodName();
  }

  @Override
  public void testPlanExecutionFinished(TestPlan finished) {
    List<String> lines = new ArrayList<>();
    FILTERS.stream()
        .filter(name -> System.getProperty(name) != null)
        .forEach(name -> lines.add(Gate.FILTERED + "-D" + name + "=" + System.getProperty(name)));
    results.values().forEach(result -> lines.add(result.line()));
    try {
      Files.write(Files.createTempFile(Files.createDirectories(folder), "run", ".tsv"), lines);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
