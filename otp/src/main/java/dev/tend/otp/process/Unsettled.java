package dev.tend.otp.process;

/** Something that one thread still has to settle: a process, or the last word on one. */
interface Unsettled {
  void settleOnce(Due due);
}
