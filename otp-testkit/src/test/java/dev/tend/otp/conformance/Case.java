package dev.tend.otp.conformance;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The cases of OTP's and Elixir's own suites that a test shows, each as {@code "suite: case"}, with
 * the suite and the case as they stand in the lists beside this class ({@code Task.tsv} and so on).
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Case {
  String[] value();
}
