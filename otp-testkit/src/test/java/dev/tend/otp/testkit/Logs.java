package dev.tend.otp.testkit;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** What otp writes into the log, from its making until it is closed. */
public final class Logs implements AutoCloseable {
  private static final Logger LOG = OtpTest.Quiet.LOG;

  private final List<LogRecord> records = new CopyOnWriteArrayList<>();
  private final Level before = LOG.getLevel();
  private final Handler handler =
      new Handler() {
        @Override
        public void publish(LogRecord log) {
          records.add(log);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  public Logs() {
    LOG.addHandler(handler);
    LOG.setUseParentHandlers(false);
    LOG.setLevel(Level.ALL);
  }

  public List<LogRecord> records() {
    return List.copyOf(records);
  }

  /** The texts of those that have this in it. */
  public List<String> with(Object part) {
    return records.stream()
        .map(LogRecord::getMessage)
        .filter(text -> text.contains(part.toString()))
        .toList();
  }

  @Override
  public void close() {
    LOG.removeHandler(handler);
    LOG.setLevel(before);
    LOG.setUseParentHandlers(true);
  }
}
