package dev.tend.app.log;

/** What is logged: this and what is worse. */
public enum LogLevel {
  ERROR,
  WARN,
  INFO,
  DEBUG,
  TRACE
}
