package dev.tend.otp.process;

import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/**
 * Room on the stack, for steps that a stack overflow must not leave half done. Whoever begins one
 * asks first: if there is too little left the overflow comes then, when nothing has been done.
 *
 * <p>The JDK needs it too: an overflow within its own start or {@code unpark} of a virtual thread
 * loses that thread for good, and within those or a timed wait it may leave a lock of the scheduler
 * locked.
 *
 * <h2>Implementation note</h2>
 *
 * <p>To ask is to call a method with very many local variables. The interpreter gives it a frame
 * for all of them. The compilers leave out those that are not used, but a compiled method may have
 * to go on in the interpreter, so on its entry it touches as much of the stack as that would take:
 * a few stores. For that the method must have a place where it may go on there (a branch that is
 * never taken), and must not become part of its caller, where nothing would be left of it; methods
 * beyond a few hundred bytes never do. No Java source could look like that, so it is made here.
 */
final class Room {
  /** For all that an operation does, chains of deaths included: they are loops. */
  private static final int BYTES = 16 * 1024;

  private static final int TOO_LONG_TO_BE_INLINED = 1_000;
  private static final MethodHandle TAKE = take();

  static {
    Rehearsal.perform();
  }

  private Room() {}

  /**
   * Costs some nanoseconds.
   *
   * @throws StackOverflowError if there is not enough for an operation on processes or tables
   */
  static void require() {
    try {
      TAKE.invokeExact(false);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }

  private static MethodHandle take() {
    ClassDesc name = ClassDesc.of(Room.class.getPackageName(), "Frame");
    byte[] bytes =
        ClassFile.of()
            .build(
                name,
                type ->
                    type.withMethodBody(
                        "take",
                        MethodTypeDesc.ofDescriptor("(Z)V"),
                        ClassFile.ACC_STATIC,
                        Room::body));
    try {
      MethodHandles.Lookup frame = MethodHandles.lookup().defineHiddenClass(bytes, true);
      return frame.findStatic(
          frame.lookupClass(), "take", MethodType.methodType(void.class, boolean.class));
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private static void body(CodeBuilder code) {
    ClassDesc never = ClassDesc.of(AssertionError.class.getName());
    Label enough = code.newLabel();
    code.iload(0).ifeq(enough);
    for (int i = 0; i < TOO_LONG_TO_BE_INLINED; i++) {
      code.nop();
    }
    code.iconst_0().istore(BYTES / Long.BYTES);
    code.new_(never).dup();
    code.invokespecial(never, "<init>", MethodTypeDesc.ofDescriptor("()V")).athrow();
    code.labelBinding(enough).return_();
  }
}
