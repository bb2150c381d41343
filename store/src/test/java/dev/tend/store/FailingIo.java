package dev.tend.store;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;

/** The switch of failing_io.c, in a JVM that it is preloaded to. */
public record FailingIo(MethodHandle failIo) {

  @SuppressWarnings("restricted") // the library is our own
  public static FailingIo of(Path library) {
    return new FailingIo(
        Linker.nativeLinker()
            .downcallHandle(
                SymbolLookup.libraryLookup(library, Arena.global()).find("fail_io").orElseThrow(),
                FunctionDescriptor.of(
                    ValueLayout.JAVA_LONG,
                    ValueLayout.JAVA_LONG,
                    ValueLayout.JAVA_INT,
                    ValueLayout.JAVA_INT)));
  }

  /**
   * Lets a call fail, and if it is lasting all that write after it.
   *
   * @param nth from now on
   * @return how many calls there have been since this was last called
   */
  public long fail(long nth, int errno, boolean lasting) throws Throwable {
    return (long) failIo.invokeExact(nth, errno, lasting ? 1 : 0);
  }

  /** No call fails from now on. */
  public long heal() throws Throwable {
    return fail(0, 0, false);
  }
}
