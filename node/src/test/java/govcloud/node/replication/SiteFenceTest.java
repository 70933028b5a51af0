package govcloud.node.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import govcloud.node.eventsourcing.Closing;
import govcloud.node.http.Client;
import govcloud.node.replication.ZeroLossSettings.Policy;
import govcloud.node.replication.site.SiteFence;
import govcloud.node.replication.site.SiteGate;
import govcloud.node.replication.site.SiteWatch;
import govcloud.replication.keys.CloudCard;
import govcloud.replication.keys.KeyException;
import govcloud.replication.keys.SiteAddress;
import govcloud.replication.keys.SiteDrain;
import govcloud.replication.shipping.LinkException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a site does that was given up, from the moment at which it hears of it. */
class SiteFenceTest {
  private static final Instant NOON = Instant.parse("2026-03-02T04:00:00Z");

  private static final String NEW_SITE = "https://gov.harbour.example:8443";

  @TempDir private Path folder;
  private LostSite site;
  private SiteFence fence;
  private ZeroLossHouse house;

  @BeforeEach
  void open() throws Exception {
    site = new LostSite(folder);
    fence = new SiteFence(site.keys);
    house = new ZeroLossHouse(folder, Policy.CONTINUE, true, next -> new SiteGate(fence, next));
  }

  @AfterEach
  void close() {
    house.close();
  }

  private Client.Answer suspend(String tenant) {
    return house.client.send(
        "POST", "/v1/tenants/" + tenant + "/suspend", "{\"reason\":\"audit\"}", "If-Match", "*");
  }

  private static void assertFenced(Client.Answer answer) {
    assertThat(answer.status()).isEqualTo(409);
    assertThat(answer.code()).isEqualTo("SITE_FENCED");
    assertThat(answer.json().path("site_epoch").asText()).isEqualTo("1");
    assertThat(answer.json().path("current_site_epoch").asText()).isEqualTo("2");
  }

  @Test
  void siteThatWorks_changes() throws Exception {
    fence.learn(site.keys.card());
    assertThat(suspend("plain").status()).isEqualTo(200);
  }

  @Test
  void siteGivenUp_change_isRefusedAndNothingStored() throws Exception {
    long before = house.entities.version("tenant/plain");
    fence.learn(site.giveUp());
    assertFenced(suspend("plain"));
    assertThat(house.entities.version("tenant/plain")).isEqualTo(before);
  }

  /** With the policy that goes on without the sibling it would be told that all is well. */
  @Test
  void changeThatWaitsForTheSibling_siteGivenUpMeanwhile_isAnsweredAtOnce() throws Exception {
    CloudCard proof = site.giveUp();
    var waiting = CompletableFuture.supplyAsync(() -> suspend("zero"));
    while (house.sibling.asked() == 0) {
      Thread.sleep(10);
    }
    fence.learn(proof);
    Client.Answer answer = waiting.join();
    assertFenced(answer);
    assertThat(answer.json().path("under_way").asBoolean()).isTrue();
    assertThat(answer.header("Govcloud-Replicated")).isEqualTo("no");
  }

  @Test
  void proof_kept_isKnownToOtherProcessesAndAfterARestartWithoutTheSibling() throws Exception {
    fence.learn(site.giveUp());
    SiteFence again = new SiteFence(site.keys);
    assertThat(again.givenUp()).isEmpty();
    assertThat(new SiteWatch(again, Optional.of(SiteFenceTest::away)).look()).isTrue();
    assertThat(again.givenUp()).isEqualTo(fence.givenUp()).isPresent();
  }

  @Test
  void siblingAway_looked_leavesTheSiteAtWork() {
    assertThat(new SiteWatch(fence, Optional.of(SiteFenceTest::away)).look()).isFalse();
    assertThat(suspend("plain").status()).isEqualTo(200);
  }

  @Test
  void siblingBack_looked_tellsTheSite() throws Exception {
    CloudCard proof = site.giveUp();
    assertThat(new SiteWatch(fence, Optional.of(() -> proof)).look()).isTrue();
    assertFenced(suspend("plain"));
  }

  /** Whoever sends a change learns where it counts, also after a restart without the sibling. */
  @Test
  void addressOfTheSiteThatCounts_isTold_asSoonAsTheSiblingKnowsIt() throws Exception {
    CloudCard proof = site.giveUp();
    AtomicReference<Optional<String>> told = new AtomicReference<>(Optional.empty());
    SiteWatch watch = new SiteWatch(fence, Optional.of(telling(proof, told)));
    watch.look();
    Client.Answer unknown = suspend("plain");
    assertFenced(unknown);
    assertThat(unknown.json().has("address")).isFalse();
    assertThat(unknown.header("Link")).isEmpty();
    told.set(Optional.of(NEW_SITE));
    watch.look();
    assertAddress(suspend("plain"), NEW_SITE);
    assertThat(SiteAddress.learned(site.keys).known()).contains(NEW_SITE);
    String next = "https://next.example";
    told.set(Optional.of(next));
    watch.look();
    assertAddress(suspend("plain"), next);
    assertThat(SiteAddress.learned(site.keys).known()).contains(next);
    told.set(Optional.empty());
    watch.look();
    assertThat(suspend("plain").header("Link")).as("forgotten there").isEmpty();
    String later = "https://gov.example";
    SiteAddress.own(site.keys).keep(later);
    watch.look();
    assertAddress(suspend("plain"), later);
    told.set(Optional.of(NEW_SITE));
    watch.look();
    assertAddress(suspend("plain"), later);
  }

  private static SiteWatch.Asking telling(
      CloudCard proof, AtomicReference<Optional<String>> address) {
    return new SiteWatch.Asking() {
      @Override
      public CloudCard card() {
        return proof;
      }

      @Override
      public Optional<String> address() {
        return address.get();
      }
    };
  }

  private static void assertAddress(Client.Answer answer, String address) {
    assertFenced(answer);
    assertThat(answer.json().path("address").asText()).isEqualTo(address);
    assertThat(answer.json().path("detail").asText()).endsWith(": " + address);
    assertThat(answer.header("Link")).isEqualTo("<" + address + ">; rel=\"alternate\"");
  }

  /** It may be told only of a site that is given up. */
  @Test
  void siteThatWorks_toldAnAddress_asksForNone() throws Exception {
    CloudCard own = site.keys.card();
    SiteWatch.Asking sibling =
        new SiteWatch.Asking() {
          @Override
          public CloudCard card() {
            return own;
          }

          @Override
          public Optional<String> address() {
            throw new AssertionError("asked");
          }
        };
    assertThat(new SiteWatch(fence, Optional.of(sibling)).look()).isTrue();
    assertThat(suspend("plain").status()).isEqualTo(200);
  }

  @Test
  void foreignCard_told_changesNothing() throws Exception {
    CloudCard foreign = new LostSite(folder.resolve("foreign")).giveUp();
    assertThatThrownBy(() -> fence.learn(foreign)).isInstanceOf(KeyException.class);
    assertThat(suspend("plain").status()).isEqualTo(200);
  }

  @Test
  void siteDrained_change_isRefusedForNow_andNotAfterItsRelease() throws Exception {
    SiteDrain drain = new SiteDrain(site.keys);
    drain.begin(NOON);
    assertThat(new SiteWatch(fence, Optional.empty()).look()).isTrue();
    Client.Answer answer = suspend("plain");
    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.code()).isEqualTo("SITE_DRAINED");
    assertThat(answer.header("Retry-After")).isEqualTo("15");
    assertThat(fence.closed("plain"))
        .contains(
            new Closing(
                Closing.Reason.SITE_DRAINED,
                "site: accepts nothing since " + NOON + " (expected: moved, or at work soon)"));
    assertThat(fence.settledDrain()).as("others may not know yet").isEmpty();
    drain.end();
    new SiteWatch(fence, Optional.empty()).look();
    assertThat(suspend("plain").status()).isEqualTo(200);
  }

  /** What was accepted ends as ever: it is in the final cut. */
  @Test
  void changeThatWaitsForTheSibling_siteDrainedMeanwhile_isAnsweredAsEver() throws Exception {
    var waiting = CompletableFuture.supplyAsync(() -> suspend("zero"));
    while (house.sibling.asked() == 0) {
      Thread.sleep(10);
    }
    new SiteDrain(site.keys).begin(NOON);
    fence.look();
    assertThat(waiting.join().code()).isNotEqualTo("SITE_DRAINED");
  }

  private static CloudCard away() throws LinkException {
    throw new LinkException("no answer", null);
  }
}
