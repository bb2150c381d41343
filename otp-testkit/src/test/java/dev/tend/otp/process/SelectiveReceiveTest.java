package dev.tend.otp.process;

import static java.time.Duration.ZERO;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tend.otp.testkit.OtpTest;
import dev.tend.otp.testkit.TestProcess;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code receive} with a matcher. */
@OtpTest
class SelectiveReceiveTest {

  /** {@code demonitor} takes the Down that the matcher looks at out of the mailbox. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void a_matcher_that_demonitors_loses_no_other_message(boolean takes) {
    TestProcess.run(() -> {
      Pid<?> other = Processes.spawn(() -> {});
      Processes.monitor(other);
      Processes.awaitExit(other, ofSeconds(10));
      Processes.receive(message -> message instanceof Down ? message : null);
      Processes.monitor(other);
      Processes.send(Processes.self(), "a");
      Processes.send(Processes.self(), "b");
      Optional<Object> first =
          Processes.receive(
              ZERO,
              message -> {
                if (message instanceof Down down) {
                  Processes.demonitor(down.ref());
                  return takes ? down : null;
                }
                return message;
              });
      assertThat(first.orElseThrow() instanceof Down).isEqualTo(takes);
      if (takes) {
        assertThat(Processes.receive()).isEqualTo("a");
      }
      assertThat(Processes.receive()).isEqualTo("b");
      assertThat(Processes.receive(ZERO, Optional::of)).isEmpty();
    });
  }
}
