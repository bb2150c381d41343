/** What a user of {@code otp} tests with. */
module dev.tend.otp.testkit {
  requires transitive dev.tend.otp;
  requires transitive org.junit.jupiter.api;
}
