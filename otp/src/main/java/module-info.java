/** Erlang/OTP's process model and behaviours on virtual threads. */
module dev.tend.otp {
  requires java.management;
  requires jdk.jfr;
  requires jdk.management;
  requires static transitive org.jspecify;

  exports dev.tend.otp.application;
  exports dev.tend.otp.process;
  exports dev.tend.otp.genserver;
  exports dev.tend.otp.supervisor;
  exports dev.tend.otp.ets;
  exports dev.tend.otp.registry;
  exports dev.tend.otp.task;
  exports dev.tend.otp.agent;
  exports dev.tend.otp.sys;
}
