package dev.tend.otp.race;

import dev.tend.otp.process.Behaviour;
import dev.tend.otp.process.Event;
import dev.tend.otp.process.ExitReason;
import dev.tend.otp.process.Initialised;
import dev.tend.otp.process.Pid;
import dev.tend.otp.process.Processes;
import dev.tend.otp.process.StartOptions;
import dev.tend.otp.process.Step;

/** A server with a thread of its own, that does nothing. */
class Silent implements Behaviour {

  @Override
  public Initialised init() {
    return new Initialised.Ready(Step.await(), null);
  }

  @Override
  public Step handle(Event event) {
    return Step.await();
  }

  @Override
  public void terminate(ExitReason reason) {}

  final Pid<Object> start(StartOptions options) {
    return Processes.<Object>start(this, options).orThrow();
  }
}
