package dev.tend.otp.process;

/** How values appear in reports: on one line, and never longer than a person reads. */
final class Text {
  private static final int BRIEF = 300;

  private Text() {}

  static String brief(Object value) {
    String text;
    try {
      text = String.valueOf(value);
    } catch (Exception | Error e) {
      text = value.getClass().getName();
    }
    return text.length() <= BRIEF ? text : text.substring(0, BRIEF) + "…";
  }
}
