package govcloud.node.replication;

import static org.assertj.core.api.Assertions.assertThat;

import govcloud.node.http.Client;
import govcloud.node.replication.ZeroLossSettings.Policy;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What callers of changes hear of whose content nothing may be lost. */
@Tag("slow")
class ZeroLossTest {

  private static final String REASON = "{\"reason\":\"audit\"}";
  private static final String REPLICATED = "Govcloud-Replicated";

  @TempDir private Path folder;
  private ZeroLossHouse house;

  @AfterEach
  void close() {
    house.close();
  }

  private ZeroLossHouse open(Policy policy) throws IOException {
    house = new ZeroLossHouse(folder, policy, true);
    return house;
  }

  private Client.Answer suspend(String tenant, String... headers) {
    return post("/v1/tenants/" + tenant + "/suspend", headers);
  }

  private Client.Answer post(String path, String... headers) {
    var all = new String[headers.length + 2];
    System.arraycopy(headers, 0, all, 0, headers.length);
    all[headers.length] = "If-Match";
    all[headers.length + 1] = "*";
    var body = path.contains("/resume") ? null : REASON;
    return house.client.send("POST", path, body, all);
  }

  private static void eventually(BooleanSupplier holds) throws InterruptedException {
    for (int i = 0; i < 200 && !holds.getAsBoolean(); i++) {
      Thread.sleep(20);
    }
    assertThat(holds.getAsBoolean()).isTrue();
  }

  @Test
  void receipt_there_answersYes() throws IOException {
    open(Policy.REFUSE).sibling.isThere();
    var answer = suspend("zero");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header(REPLICATED)).isEqualTo("yes");
    assertThat(house.marks.counts().receipted()).isEqualTo(1);
  }

  @Test
  void receipt_late_answersYesOnlyThenAndHoldsNoPlace() throws Exception {
    open(Policy.REFUSE);
    var coming = CompletableFuture.supplyAsync(() -> suspend("zero"));
    eventually(() -> house.sibling.asked() == 1);
    assertThat(coming).isNotDone();
    assertThat(house.border.places.tenants().underWay()).isZero();
    house.sibling.receipts(0, Long.MAX_VALUE);
    assertThat(coming.join().header(REPLICATED)).isEqualTo("yes");
  }

  @Test
  void twoRecords_oneReceipt_isNotEnough() throws Exception {
    open(Policy.REFUSE);
    var coming =
        CompletableFuture.supplyAsync(
            () ->
                house.client.send(
                    "POST",
                    "/v1/tenants/zero/apps/safe/upgrade",
                    "{\"version\":2}",
                    "If-Match",
                    "*"));
    eventually(() -> house.sibling.asked() == 2);
    house.sibling.receipts(1, Long.MAX_VALUE);
    assertThat(coming.join().code()).isEqualTo("NOT_YET_REPLICATED");
  }

  @Test
  void noReceipt_refuse_saysStoredHereAndWhere() throws IOException {
    open(Policy.REFUSE);
    var answer = suspend("zero", "Idempotency-Key", "k-1");
    assertThat(answer.status()).isEqualTo(504);
    assertThat(answer.code()).isEqualTo("NOT_YET_REPLICATED");
    assertThat(answer.json().path("detail").asText()).contains("stored here");
    assertThat(answer.header(REPLICATED)).isEqualTo("no");
    assertThat(answer.header("Retry-After")).isEqualTo("1");
    assertThat(answer.header("ETag")).isEqualTo("\"4\"");
    assertThat(answer.json().path("version").asLong()).isEqualTo(4);
    assertThat(answer.json().path("position").asText())
        .isEqualTo(answer.header("X-Consistency-Token"))
        .startsWith("0-");
    assertThat(house.entities.version("tenant/zero")).isEqualTo(4);
    assertThat(house.marks.counts().late()).isEqualTo(1);
  }

  @Test
  void siblingAway_refuse_nothingIsCarriedOut() throws IOException {
    open(Policy.REFUSE);
    assertThat(suspend("zero").status()).isEqualTo(504);
    for (var key : new String[] {"", "k-2"}) {
      var answer =
          key.isEmpty()
              ? post("/v1/tenants/zero/resume")
              : post("/v1/tenants/zero/resume", "Idempotency-Key", key);
      assertThat(answer.status()).isEqualTo(503);
      assertThat(answer.code()).isEqualTo("SIBLING_AWAY");
      assertThat(answer.json().path("detail").asText()).contains("nothing was stored");
      assertThat(answer.header("Retry-After")).isEqualTo("1");
    }
    assertThat(house.entities.version("tenant/zero")).isEqualTo(4);
    assertThat(house.marks.counts().refused()).isEqualTo(2);
  }

  @Test
  void sentAgain_whileAwayAndAfter_isNeverToldThatNothingWasStored() throws Exception {
    open(Policy.REFUSE);
    assertThat(suspend("zero", "Idempotency-Key", "k-1").status()).isEqualTo(504);
    assertThat(suspend("zero", "Idempotency-Key", "k-1").code()).isEqualTo("NOT_YET_REPLICATED");
    house.sibling.receipts(0, Long.MAX_VALUE);
    var answer = suspend("zero", "Idempotency-Key", "k-1");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().path("replayed").asBoolean()).isTrue();
    assertThat(answer.header(REPLICATED)).isEqualTo("yes");
    assertThat(house.entities.version("tenant/zero")).isEqualTo(4);
  }

  @Test
  void sentAgain_whileItsSliceRunsAheadOfReceipts_needsThatOfItsOwnRecord() throws Exception {
    open(Policy.REFUSE);
    var first = suspend("zero", "Idempotency-Key", "k-1");
    long own = Long.parseLong(first.header("X-Consistency-Token").substring("0-".length()));
    assertThat(suspend("plain").status()).isEqualTo(200);
    house.sibling.receipts(0, own);
    var answer = suspend("zero", "Idempotency-Key", "k-1");
    assertThat(answer.status()).as(answer.response().body()).isEqualTo(200);
    assertThat(answer.header(REPLICATED)).isEqualTo("yes");
    assertThat(answer.header("X-Consistency-Token"))
        .as("a place that the sibling has")
        .isEqualTo(first.header("X-Consistency-Token"));
  }

  @Test
  void sentAgain_siblingThere_waitsAsTheFirstDid() throws Exception {
    open(Policy.REFUSE);
    var first = CompletableFuture.supplyAsync(() -> suspend("zero", "Idempotency-Key", "k-1"));
    eventually(() -> house.sibling.asked() == 1);
    var second = CompletableFuture.supplyAsync(() -> suspend("zero", "Idempotency-Key", "k-1"));
    eventually(() -> house.sibling.asked() == 2);
    assertThat(second).isNotDone();
    house.sibling.receipts(0, Long.MAX_VALUE);
    assertThat(first.join().header(REPLICATED)).isEqualTo("yes");
    assertThat(second.join().header(REPLICATED)).isEqualTo("yes");
  }

  @Test
  void missingReceipt_comes_siblingIsBackWithoutTryingAnybodysChange() throws Exception {
    open(Policy.REFUSE);
    assertThat(suspend("zero").status()).isEqualTo(504);
    house.sibling.receipts(0, 1000);
    eventually(() -> post("/v1/tenants/zero/resume").status() == 200);
    assertThat(house.entities.version("tenant/zero")).isEqualTo(5);
    assertThat(house.marks.counts().late()).isEqualTo(1);
  }

  @Test
  void receiptOfAnotherSlice_comes_siblingIsStillAway() throws Exception {
    open(Policy.REFUSE);
    assertThat(suspend("zero").status()).isEqualTo(504);
    house.sibling.receipts(1, Long.MAX_VALUE);
    Thread.sleep(300);
    assertThat(post("/v1/tenants/zero/resume").code()).isEqualTo("SIBLING_AWAY");
  }

  @Test
  void noReceipt_continue_answersNoAndWaitsOnlyOnce() throws Exception {
    open(Policy.CONTINUE);
    var answer = suspend("zero");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header(REPLICATED)).isEqualTo("no");
    long before = System.nanoTime();
    assertThat(post("/v1/tenants/zero/resume").header(REPLICATED)).isEqualTo("no");
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(ZeroLossHouse.LIMIT);
    assertThat(house.marks.counts().unreplicated()).isEqualTo(2);
    assertThat(house.marks.counts().lastTrouble()).isPresent();
    house.sibling.isThere();
    assertThat(suspend("zero").header(REPLICATED)).isEqualTo("yes");
  }

  @Test
  void questionToTheSibling_fails_countsAsNoReceipt() throws IOException {
    open(Policy.REFUSE).sibling.isBroken();
    assertThat(suspend("zero").code()).isEqualTo("NOT_YET_REPLICATED");
  }

  @Test
  void refusalAndDryRun_zeroLoss_waitForNobody() throws IOException {
    open(Policy.REFUSE);
    var refused = suspend("zero", "Govcloud-Acting-As", "zhang;role=clerk");
    assertThat(refused.code()).isEqualTo("TENANT_OPERATOR_ONLY");
    assertThat(refused.header(REPLICATED)).isEmpty();
    assertThat(post("/v1/tenants/zero/suspend?dry_run=true").header(REPLICATED)).isEmpty();
    assertThat(house.sibling.asked()).isZero();
  }

  @Test
  void continuous_change_waitsForNobodyUnlessRaised() throws IOException {
    open(Policy.REFUSE);
    var answer = suspend("plain");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header(REPLICATED)).isEmpty();
    assertThat(house.sibling.asked()).isZero();
    house.sibling.isThere();
    var raised = post("/v1/tenants/plain/resume", DisasterClasses.HEADER, "zero_loss");
    assertThat(raised.header(REPLICATED)).isEqualTo("yes");
  }

  @Test
  void header_lowerOrUnknown_isRefusedAndNothingIsStored() throws IOException {
    open(Policy.REFUSE);
    var lower = suspend("zero", DisasterClasses.HEADER, "continuous");
    assertThat(lower.status()).isEqualTo(422);
    assertThat(lower.code()).isEqualTo("DISASTER_CLASS_TOO_LOW");
    assertThat(lower.json().path("detail").asText())
        .isEqualTo("Govcloud-Disaster-Class: continuous (expected: zero_loss, or none)");
    assertThat(suspend("plain", DisasterClasses.HEADER, "daily").code())
        .isEqualTo("DISASTER_CLASS_TOO_LOW");
    assertThat(suspend("plain", DisasterClasses.HEADER, "none").code())
        .isEqualTo("PARAMETER_MALFORMED");
    assertThat(house.entities.version("tenant/zero")).isEqualTo(3);
  }

  @Test
  void app_ofItsOwnClass_winsOverItsDepartment() throws IOException {
    open(Policy.REFUSE).sibling.isThere();
    var end = "/terminate";
    assertThat(post("/v1/tenants/zero/apps/permits" + end).header(REPLICATED)).isEqualTo("yes");
    assertThat(post("/v1/tenants/plain/apps/safe" + end).header(REPLICATED)).isEqualTo("yes");
    assertThat(post("/v1/tenants/zero/apps/loose" + end).header(REPLICATED)).isEmpty();
    var raised = post("/v1/tenants/plain/apps/loose" + end, DisasterClasses.HEADER, "continuous");
    assertThat(raised.status()).isEqualTo(200);
    assertThat(raised.header(REPLICATED)).isEmpty();
  }

  @Test
  void noSibling_zeroLoss_isAnsweredAndSaysNo() throws IOException {
    house = new ZeroLossHouse(folder, Policy.REFUSE, false);
    var answer = suspend("zero");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header(REPLICATED)).isEqualTo("no");
    assertThat(house.marks.counts().unreplicated()).isEqualTo(1);
  }
}
