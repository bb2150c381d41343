package dev.tend.otp.genserver;

import dev.tend.otp.process.Call;
import dev.tend.otp.process.Caller;
import dev.tend.otp.process.Cast;
import dev.tend.otp.process.Pid;
import dev.tend.otp.process.StartOptions;

/** A server with only the callbacks that it must have: OTP's {@code oc_server}. */
final class Bare extends GenServer<String, Bare.Get, Bare.Tell> {
  record Get() implements Call<Bare, String> {}

  record Tell() implements Cast<Bare> {}

  private final Init<String> init;

  private Bare(Init<String> init) {
    this.init = init;
  }

  static Pid<Bare> started() {
    return started(Init.ok("bare"));
  }

  static Pid<Bare> started(Init<String> init) {
    return start(new Bare(init), StartOptions.defaults()).orThrow();
  }

  @Override
  protected Init<String> init() {
    return init;
  }

  @Override
  protected Handled<String> handleCall(Get request, Caller caller, String state) {
    return reply(request, caller, state, state);
  }
}
