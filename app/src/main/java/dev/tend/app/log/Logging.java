package dev.tend.app.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import org.slf4j.LoggerFactory;

/** Sets up the log as it is configured; until then it is as {@code logback.xml} says. */
public final class Logging {
  private Logging() {}

  /** Libraries are as quiet as they were, or quieter. */
  public static void set(LogLevel level, LogFormat format) {
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    Level wanted = Level.valueOf(level.name());
    Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    root.setLevel(wanted);
    for (Logger logger : context.getLoggerList()) {
      Level own = logger.getLevel();
      if (own != null && !own.isGreaterOrEqual(wanted)) {
        logger.setLevel(wanted);
      }
    }
    if (format == LogFormat.JSON) {
      root.iteratorForAppenders()
          .forEachRemaining(appender -> {
            if (appender instanceof OutputStreamAppender<ILoggingEvent> stream) {
              writeJson(stream, context);
            }
          });
    }
  }

  private static void writeJson(
      OutputStreamAppender<ILoggingEvent> appender, LoggerContext context) {
    JsonLines lines = new JsonLines();
    lines.setContext(context);
    lines.start();
    appender.stop();
    appender.setEncoder(lines);
    appender.start();
  }
}
