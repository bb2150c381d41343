package dev.tend.otp.testkit;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A class of tests of otp: leaves nothing behind, does not hang, and does not fill the log. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith({NoLeaks.class, OtpTest.Quiet.class})
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public @interface OtpTest {

  /** Turns off the reports of crashes, which these tests provoke by the thousand. */
  final class Quiet implements BeforeAllCallback {
    public static final Logger LOG = Logger.getLogger("dev.tend.otp");

    @Override
    public void beforeAll(ExtensionContext context) {
      LOG.setLevel(Level.OFF);
    }
  }
}
