package dev.tend.otp.ets;

/** An operation that the table does not allow: OTP's {@code badarg}. The table is unchanged. */
public final class BadTable extends RuntimeException {
  BadTable(String table, String rule) {
    super("table " + table + ": " + rule);
  }
}
