package dev.tend.otp.process;

import java.util.Optional;

/**
 * How a start with a monitor ended ({@code gen_server:start_monitor/3}).
 *
 * @param monitor on the process, if the start succeeded; a start that did not leaves none, and no
 *     {@link Down}
 */
public record MonitoredStart<T>(StartResult<T> result, Optional<MonitorRef> monitor) {

  /**
   * Both, where anything but success is a fault of the program.
   *
   * @throws IllegalStateException if the start did not succeed
   */
  public Monitored<T> orThrow() {
    Pid<T> pid = result.orThrow();
    return new Monitored<>(pid, monitor.orElseThrow());
  }
}
