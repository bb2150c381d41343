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

  /** Those that have this in their text: other tests' processes may write something too. */
  public List<LogRecord> recordsWith(Object part) {
    return records.stream().filter(log -> log.getMessage().contains(part.toString())).toList();
  }

  /** The texts of these. */
  public List<String> with(Object part) {
    return recordsWith(part).stream().map(LogRecord::getMessage).toList();
  }

  @Override
  public void close() {
    LOG.removeHandler(handler);
    LOG.setLevel(before);
    LOG.setUseParentHandlers(true);
  }
}
