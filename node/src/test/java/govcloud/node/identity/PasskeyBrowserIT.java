package govcloud.node.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import govcloud.domain.identity.AccountEvent;
import govcloud.node.Axe;
import govcloud.node.Browser;
import govcloud.node.tls.Doors;
import govcloud.pki.TlsContexts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A passkey in a real Chromium with its virtual authenticator, over HTTPS, and all pages of
 * accounts as axe-core sees them. With {@code -Dpasskey.pictures=folder} it leaves pictures of the
 * pages there.
 */
@Tag("slow")
class PasskeyBrowserIT {

  @TempDir private Path folder;
  private final Axe axe = new Axe();

  @Test
  void passkey_madeInABrowser_letsInAndSignsACommand() throws Exception {
    assumeTrue(Browser.isInstalled(), "chromium-driver is not installed");
    var doors = new Doors(folder.resolve("pki"));
    var tls = Doors.open(doors.httpLines());
    var usual = SSLContext.getDefault();
    SSLContext.setDefault(TlsContexts.client(doors.authority()));
    try (var house = new IdentityHouse(folder, tls);
        var browser = Browser.start(folder.resolve("profile"), "en-US", 1280)) {
      house.now = Instant.now();
      house.visitFirst("audit-admin", house.code("audit-admin"));
      var site = house.url().replace("127.0.0.1", "localhost");
      browser.devTools("WebAuthn.enable", Map.of());
      browser.devTools(
          "WebAuthn.addVirtualAuthenticator",
          Map.of(
              "options",
              Map.of(
                  "protocol", "ctap2",
                  "transport", "internal",
                  "hasUserVerification", true,
                  "isUserVerified", true,
                  "automaticPresenceSimulation", true)));
      add(house, browser, site);
      signIn(browser, site);
      assertThat(house.accounts.events("audit-admin"))
          .hasAtLeastOneElementOfType(AccountEvent.PasskeyUsed.class);
      signCommand(house, browser, site);
      otherPages(house, browser, site);
      axe.requireClean();
    } finally {
      SSLContext.setDefault(usual);
    }
  }

  private void add(IdentityHouse house, Browser browser, String site) throws Exception {
    browser.open(site + "/sign-in?lang=en");
    fill(browser, "account", "audit-admin");
    fill(browser, "password", IdentityHouse.PASSWORD);
    fill(browser, "code", house.totp("audit-admin"));
    submit(browser, "/sign-in");
    reached(browser, "/my-account");
    fill(browser, "passkey-name", "this computer");
    fill(browser, "password-to-add", IdentityHouse.PASSWORD);
    submit(browser, "/my-account/passkeys?");
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> browser.value("!!document.querySelector('form[data-passkey]')").asBoolean());
    pictures(browser, "new-passkey");
    press(browser);
    reached(browser, "/my-account");
    assertThat(browser.value("document.body.textContent").asText())
        .contains("Passkey: this computer");
    pictures(browser, "my-account");
  }

  private void signIn(Browser browser, String site) throws Exception {
    browser.open(site + "/sign-in?lang=en");
    pictures(browser, "sign-in");
    fill(browser, "account", "audit-admin");
    fill(browser, "password", IdentityHouse.PASSWORD);
    submit(browser, "/sign-in");
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> browser.value("!!document.querySelector('form[data-passkey]')").asBoolean());
    pictures(browser, "sign-in-by-passkey");
    press(browser);
    reached(browser, "/my-account");
  }

  private void signCommand(IdentityHouse house, Browser browser, String site) throws Exception {
    var asked =
        house
            .at(0, house.signIn("audit-admin"))
            .send("PUT", "/v1/audit/retention", "{\"days\": 400}");
    var page = asked.json().path("page").asText();
    browser.open(site + page + "?lang=zh");
    pictures(browser, "approval-zh");
    browser.open(site + page + "?lang=en");
    assertThat(browser.value("document.querySelector('pre').textContent").asText())
        .contains("subject: days/400");
    pictures(browser, "approval");
    press(browser);
    await()
        .atMost(Duration.ofSeconds(20))
        .until(
            () ->
                browser
                    .value("document.body.textContent")
                    .asText()
                    .contains("You have signed; somebody else signs next."));
    pictures(browser, "approval-signed");
  }

  private void otherPages(IdentityHouse house, Browser browser, String site) throws Exception {
    for (var language : new String[] {"zh", "en"}) {
      for (var path : new String[] {"my-account", "approvals", "audit"}) {
        browser.open(site + "/" + path + "?lang=" + language);
        pictures(browser, path + "-" + language);
      }
    }
    invitations(house, browser, site);
    browser.devTools("Network.clearBrowserCookies", Map.of());
    for (var language : new String[] {"zh", "en"}) {
      for (var path : new String[] {"", "sign-in", "first-visit"}) {
        browser.open(site + "/" + path + "?lang=" + language);
        pictures(browser, "stranger-" + path + "-" + language);
      }
      firstVisit(house, browser, site, language);
    }
  }

  /** Open invitations, with a code that was given anew, and what others are told. */
  private void invitations(IdentityHouse house, Browser browser, String site) throws Exception {
    browser.open(site + "/invitations?lang=en");
    pictures(browser, "invitations-refused");
    browser.devTools("Network.clearBrowserCookies", Map.of());
    house.visitFirst("security-admin", house.code("security-admin"));
    house.now = house.now.plus(Duration.ofSeconds(30));
    browser.open(site + "/sign-in?lang=en");
    fill(browser, "account", "security-admin");
    fill(browser, "password", IdentityHouse.PASSWORD);
    fill(browser, "code", house.totp("security-admin"));
    submit(browser, "/sign-in");
    reached(browser, "/my-account");
    for (var language : new String[] {"zh", "en"}) {
      browser.open(site + "/invitations?lang=" + language);
      pictures(browser, "invitations-" + language);
    }
    submit(browser, "/invitations/zhang-san/renewed");
    reached(browser, "/invitations/zhang-san/renewed");
    pictures(browser, "invitation-code");
  }

  private void firstVisit(IdentityHouse house, Browser browser, String site, String language)
      throws Exception {
    var account = language.equals("zh") ? "system-admin" : "operator";
    browser.open(site + "/first-visit?lang=" + language);
    fill(browser, "account", account);
    fill(browser, "code", "wrong");
    fill(browser, "password", IdentityHouse.PASSWORD);
    submit(browser, "/first-visit");
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> browser.value("!!document.querySelector('.trouble')").asBoolean());
    pictures(browser, "first-visit-refused-" + language);
    fill(browser, "account", account);
    fill(browser, "code", house.code(account));
    fill(browser, "password", IdentityHouse.PASSWORD);
    submit(browser, "/first-visit");
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> browser.value("!!document.querySelector('.qr')").asBoolean());
    pictures(browser, "second-factor-" + language);
  }

  private static void fill(Browser browser, String id, String text) throws Exception {
    browser.value("document.getElementById('" + id + "').value = '" + text + "'");
  }

  private static void submit(Browser browser, String action) throws Exception {
    browser.value("document.querySelector(\"form[action^='" + action + "']\").requestSubmit()");
  }

  private static void press(Browser browser) throws Exception {
    browser.value("document.querySelector('form[data-passkey] button').click()");
  }

  private static void reached(Browser browser, String path) {
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> browser.value("location.pathname").asText().equals(path));
  }

  private void pictures(Browser browser, String name) throws Exception {
    axe.look(browser, name);
    var folder = System.getProperty("passkey.pictures");
    if (folder != null) {
      for (int width : new int[] {1280, 390}) {
        browser.devTools(
            "Emulation.setDeviceMetricsOverride",
            Map.of("width", width, "height", 1200, "deviceScaleFactor", 1, "mobile", width < 500));
        var picture =
            browser.devTools("Page.captureScreenshot", Map.of("captureBeyondViewport", true));
        Files.write(
            Path.of(folder, name + "-" + width + ".png"),
            Base64.getDecoder().decode(picture.path("data").asText()));
      }
    }
  }
}
