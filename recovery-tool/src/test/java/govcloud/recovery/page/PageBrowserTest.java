package govcloud.recovery.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page of a recovery as people see it, in a real browser; pictures are left in target. */
@Tag("slow")
class PageBrowserTest {
  private static final Path PICTURES = Path.of("target/screenshots");
  private static final int TAB = 9;
  private static final int ENTER = 13;

  private final List<String> pinned = new CopyOnWriteArrayList<>();

  @Test
  void page_inBothLanguagesAndWidths_fits_andPinsByKeyboard(@TempDir Path profile)
      throws Exception {
    assumeTrue(PageBrowser.isInstalled(), "no chromedriver here");
    try (PageServer page =
            PageServer.start(
                0,
                () -> Snapshots.running(14),
                pinned::add,
                ZoneOffset.UTC,
                Optional.of(Snapshots.BEGIN),
                new SecureRandom());
        PageBrowser browser = PageBrowser.start(profile)) {
      browser.open(page.address());
      String root = page.address().replaceFirst("\\?.*", "");
      assertThat(browser.value("location.href").asText()).as("no token is left").isEqualTo(root);
      for (int width : List.of(1280, 390)) {
        for (String language : List.of("zh", "en")) {
          browser.width(width);
          browser.open(root + "?lang=" + language);
          assertShown(browser, language, width);
          browser.screenshot(PICTURES.resolve("recover-" + language + "-" + width + ".png"));
          pinByKeyboard(browser);
        }
      }
    }
  }

  private static void assertShown(PageBrowser browser, String language, int width)
      throws Exception {
    assertThat(browser.value("document.documentElement.lang").asText()).startsWith(language);
    assertThat(browser.value("window.innerWidth").asInt()).isEqualTo(width);
    assertThat(browser.value("document.documentElement.scrollWidth").asInt())
        .as("%s, %d: nothing is wider than the screen", language, width)
        .isLessThanOrEqualTo(width);
    assertThat(browser.value("document.styleSheets[0].cssRules.length").asInt())
        .as("rules of the style sheet")
        .isGreaterThan(10);
    assertThat(
            browser
                .value(
                    "[...document.querySelectorAll('button')].every(b => b.offsetHeight >= 24 &&"
                        + " b.offsetWidth >= 24)")
                .asBoolean())
        .as("%s, %d: buttons can be touched", language, width)
        .isTrue();
  }

  private void pinByKeyboard(PageBrowser browser) throws Exception {
    int before = pinned.size();
    String focused = "document.activeElement.id";
    for (int i = 0; i < 40 && !browser.value(focused).asText().matches("pin-.+"); i++) {
      browser.press("Tab", TAB, "");
    }
    String wanted = browser.value("document.activeElement.value").asText();
    assertThat(wanted).as("Tab comes to a button that pins").isNotEmpty();
    assertThat(browser.value("getComputedStyle(document.activeElement).outlineStyle").asText())
        .as("focus is seen")
        .isNotEqualTo("none");
    browser.press("Enter", ENTER, "\r");
    for (int i = 0; i < 50 && pinned.size() == before; i++) {
      Thread.sleep(100);
    }
    assertThat(pinned.subList(before, pinned.size())).containsExactly(wanted);
  }
}
