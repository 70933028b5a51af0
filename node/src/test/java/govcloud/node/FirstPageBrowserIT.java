package govcloud.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import govcloud.localcassandra.LocalCassandra;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The first page in a real browser: live under its own policy, and no wider than a phone. */
@Tag("slow")
class FirstPageBrowserIT {

  @TempDir private Path folder;
  private final Axe axe = new Axe();

  @Test
  void firstPage_inABrowser_isLiveInBothLanguagesAndFitsAPhone() throws Exception {
    assumeTrue(Browser.isInstalled(), "chromium-driver is not installed");
    var cassandra = LocalCassandra.shared();
    try (var node = ServingNode.start(cassandra, cassandra.newKeyspaceName("page"), folder)) {
      look(node, "zh-CN", 390, "总览", "实时");
      look(node, "en-US", 1280, "Overview", "live");
      checkProofs(node);
    }
  }

  /** Nobody has signed in here: the page and its script are everybody's. */
  private void checkProofs(ServingNode node) throws Exception {
    var proofs = new ProofPageWalk(folder);
    try (var phone = Browser.start(folder.resolve("profile-proof-zh"), "zh-CN", 390)) {
      proofs.walk(phone, node.url(), true);
    }
    try (var desk = Browser.start(folder.resolve("profile-proof-en"), "en-US", 1280)) {
      proofs.walk(desk, node.url(), false);
      proofs.flips(desk);
    }
    axe.requireClean();
  }

  private void look(ServingNode node, String language, int width, String heading, String live)
      throws Exception {
    try (var browser = Browser.start(folder.resolve("profile-" + language), language, width)) {
      browser.open(node.url() + "/?token=" + ServingNode.TOKEN);
      assertThat(browser.value("document.querySelector('h1').textContent").asText())
          .isEqualTo(heading);
      await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(
              () ->
                  assertThat(
                          browser.value("document.querySelector('#live.on').textContent").asText())
                      .isEqualTo(live));
      assertThat(browser.value("window.innerWidth").asInt()).isEqualTo(width);
      assertThat(browser.value("document.documentElement.scrollWidth").asInt())
          .isLessThanOrEqualTo(width);
      axe.look(browser, heading);
    }
  }
}
