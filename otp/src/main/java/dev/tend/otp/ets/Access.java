package dev.tend.otp.ets;

/** Who may use a table. */
public enum Access {
  /** All read and write. */
  PUBLIC,
  /** The owner writes, all read: the default in OTP. */
  PROTECTED,
  /** Only the owner. */
  PRIVATE
}
