package dev.tend.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Dialog;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The Chromium of this machine, in which each test opens windows; what a page complains of fails
 * the test. Where there is none the test is skipped; if {@code TEND_BROWSER} is {@code required} it
 * fails.
 */
final class Browser implements BeforeEachCallback, AfterEachCallback {
  /** The first is a Chromium without windows, which takes a third less of the processors. */
  private static final List<String> NAMES =
      List.of(
          "chromium-headless-shell",
          "chromium",
          "chromium-browser",
          "google-chrome",
          "google-chrome-stable");

  private static final List<String> QUIETLY =
      List.of(
          "--no-sandbox",
          "--disable-gpu",
          "--disable-quic",
          "--no-first-run",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync");

  /** Milliseconds: pages themselves pause for some seconds where they get no answer. */
  private static final int PATIENCE = 30_000;

  private static final Path SHOTS = Path.of("target", "screenshots");
  private static com.microsoft.playwright.Browser chromium;

  private final List<BrowserContext> contexts = new ArrayList<>();
  private final List<String> complaints = new CopyOnWriteArrayList<>();
  private boolean complaintsExpected;

  /** How a window looks at a page. */
  record Look(int width, int height, ColorScheme scheme) {
    static final Look DESK = new Look(1_440, 900, ColorScheme.LIGHT);
    static final Look DARK = new Look(1_440, 900, ColorScheme.DARK);
    static final Look PHONE = new Look(360, 740, ColorScheme.LIGHT);
    static final Look DARK_PHONE = new Look(360, 740, ColorScheme.DARK);
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE);
    if (chromium == null) {
      Optional<Path> program = program();
      if (program.isEmpty()) {
        assertThat(System.getenv("TEND_BROWSER")).as("no Chromium found").isNotEqualTo("required");
        System.out.println("Skipped, for there is no Chromium: " + context.getDisplayName());
        Assumptions.abort("there is no Chromium on this machine");
      }
      Playwright playwright =
          Playwright.create(
              new Playwright.CreateOptions()
                  .setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
      chromium =
          playwright
              .chromium()
              .launch(
                  new BrowserType.LaunchOptions()
                      .setExecutablePath(program.get())
                      .setArgs(QUIETLY));
    }
  }

  private static Optional<Path> program() {
    List<String> folders = List.of(System.getenv().getOrDefault("PATH", "").split(":"));
    return NAMES.stream()
        .flatMap(name -> folders.stream().map(folder -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** A window of its own: it shares nothing with the others. */
  Page open(String url, Look look) {
    BrowserContext context =
        chromium.newContext(
            new com.microsoft.playwright.Browser.NewContextOptions()
                .setViewportSize(look.width(), look.height())
                .setColorScheme(look.scheme())
                .setHasTouch(look.width() < 600)
                .setIsMobile(look.width() < 600)
                .setReducedMotion(ReducedMotion.REDUCE));
    context.setDefaultTimeout(PATIENCE);
    context.onDialog(Dialog::accept);
    contexts.add(context);
    Page page = context.newPage();
    page.onConsoleMessage(this::said);
    page.onPageError(complaints::add);
    page.navigate(url);
    return page;
  }

  Page open(String url) {
    return open(url, Look.DESK);
  }

  private void said(ConsoleMessage message) {
    if (message.type().equals("error") || message.type().equals("warning")) {
      complaints.add(message.location() + ": " + message.text());
    }
  }

  /**
   * The test breaks something: that the network's failures are on the console is as it should be.
   */
  void expectComplaints() {
    complaintsExpected = true;
  }

  /** Keeps what a page looks like, as build output. */
  static void shot(Page page, String name) {
    page.screenshot(new Page.ScreenshotOptions().setPath(SHOTS.resolve(name + ".png")));
  }

  /**
   * A request that a route meets at this very moment makes Playwright fail to close what is closed.
   */
  private static void close(BrowserContext context) {
    try {
      context.close();
    } catch (PlaywrightException e) {
      if (!String.valueOf(e.getMessage()).contains("has been closed")) {
        throw e;
      }
    }
  }

  private static boolean isOfTheNetwork(String said) {
    return said.contains("Failed to load resource") || said.contains("origin was untrustworthy");
  }

  @Override
  public void afterEach(ExtensionContext context) {
    contexts.forEach(Browser::close);
    assertThat(complaints)
        .filteredOn(said -> !isOfTheNetwork(said) || !complaintsExpected)
        .as("what the pages complained of")
        .isEmpty();
  }
}
