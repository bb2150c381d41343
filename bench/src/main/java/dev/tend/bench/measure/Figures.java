package dev.tend.bench.measure;

import java.util.Locale;

/** Numbers as people read them: three digits and a unit. */
public final class Figures {
  private Figures() {}

  /** {@code 1.82 M}, {@code 45.0 K}, {@code 7.25}. */
  public static String brief(double value) {
    double size = Math.abs(value);
    if (size >= 999.5e6) {
      return digits(value / 1e9) + " G";
    }
    if (size >= 999_500) {
      return digits(value / 1e6) + " M";
    }
    return size >= 9_995 ? digits(value / 1e3) + " K" : digits(value);
  }

  /** {@code 640 ns}, {@code 1.20 µs}, {@code 15.3 ms}, {@code 2.00 s}. */
  public static String time(double nanos) {
    if (nanos >= 999.5e6) {
      return digits(nanos / 1e9) + " s";
    }
    if (nanos >= 999.5e3) {
      return digits(nanos / 1e6) + " ms";
    }
    return nanos >= 999.5
        ? digits(nanos / 1e3) + " µs"
        : String.format(Locale.ROOT, "%.0f ns", nanos);
  }

  /** {@code 31 %}; a tenth where it is less than ten. */
  public static String percent(double part) {
    return String.format(Locale.ROOT, part >= 0.0995 ? "%.0f %%" : "%.1f %%", 100 * part);
  }

  private static String digits(double value) {
    double size = Math.abs(value);
    int decimals = size >= 99.95 ? 0 : size >= 9.995 ? 1 : 2;
    return String.format(Locale.ROOT, "%." + decimals + "f", value);
  }
}
