package dev.tend.app;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/**
 * The arrows between the modules: which code may use which. A module whose classes cannot be read
 * fails its rule too, for ArchUnit refuses a rule that nothing was checked against.
 */
class ArchitectureTest {
  private static final JavaClasses TEND =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.tend");

  private static final String[] HTTP = {
    "java.net.http..", "com.sun.net.httpserver..", "org.eclipse.jetty.."
  };
  private static final String[] SQL = {"java.sql..", "javax.sql..", "org.sqlite.."};

  private static final DescribedPredicate<JavaClass> OTP =
      resideInAPackage("dev.tend.otp..")
          .and(not(resideInAPackage("dev.tend.otp.testkit..")))
          .as("otp");
  private static final DescribedPredicate<JavaClass> TESTKIT =
      resideInAPackage("dev.tend.otp.testkit..").as("otp-testkit");
  private static final DescribedPredicate<JavaClass> TODO =
      resideInAPackage("dev.tend.todo..").as("todo");
  private static final DescribedPredicate<JavaClass> STORE =
      resideInAPackage("dev.tend.store..").as("store");
  private static final DescribedPredicate<JavaClass> WEB =
      resideInAPackage("dev.tend.web..").as("web");
  private static final DescribedPredicate<JavaClass> APP =
      resideInAPackage("dev.tend.app..").as("app");

  private static final DescribedPredicate<JavaClass> JDK =
      resideInAnyPackage("java..", "javax..", "jdk..", "org.jspecify..").as("the JDK");

  @Test
  void otpUsesTheJdkAlone() {
    only(OTP, OTP.or(JDK));
  }

  @Test
  void theTestkitUsesOtpAndJUnit() {
    only(TESTKIT, TESTKIT.or(OTP).or(JDK).or(libraries("org.junit..", "org.opentest4j..")));
  }

  @Test
  void todoUsesOtpAndKnowsNeitherSqlNorHttp() {
    only(
        TODO,
        TODO.or(OTP).or(JDK).or(libraries("org.pcollections..", "io.prometheus.metrics.core..")));
    noClasses().that(TODO).should().dependOnClassesThat().resideInAnyPackage(SQL).check(TEND);
    noClasses().that(TODO).should().dependOnClassesThat().resideInAnyPackage(HTTP).check(TEND);
  }

  @Test
  void storeUsesOtpAndTodo() {
    never(STORE, TESTKIT.or(WEB).or(APP));
    noClasses().that(STORE).should().dependOnClassesThat().resideInAnyPackage(HTTP).check(TEND);
  }

  @Test
  void webUsesOtpAndTodoAndKnowsNoSql() {
    never(WEB, TESTKIT.or(STORE).or(APP));
    noClasses().that(WEB).should().dependOnClassesThat().resideInAnyPackage(SQL).check(TEND);
  }

  @Test
  void appUsesAllButTheTestkitAndTheBenchmarks() {
    never(APP, TESTKIT.or(resideInAPackage("dev.tend.bench..").as("bench")));
  }

  private static DescribedPredicate<JavaClass> libraries(String... packages) {
    return resideInAnyPackage(packages);
  }

  private static void only(
      DescribedPredicate<JavaClass> module, DescribedPredicate<JavaClass> allowed) {
    classes().that(module).should().onlyDependOnClassesThat(allowed).check(TEND);
  }

  private static void never(
      DescribedPredicate<JavaClass> module, DescribedPredicate<JavaClass> forbidden) {
    noClasses().that(module).should().dependOnClassesThat(forbidden).check(TEND);
  }
}
