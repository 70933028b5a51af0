package govcloud.node.replication.site;

import govcloud.domain.Refusal;
import govcloud.node.http.BorderCode;
import govcloud.node.http.Call;
import govcloud.node.http.ChangeGate;
import govcloud.node.http.Endpoint;
import govcloud.node.http.Problem;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.HttpResponse;

/**
 * Answers every change at a site that was given up with {@code SITE_FENCED}: also one that was
 * under way, or waited for the sibling, when that became known. It may be stored here, and it
 * counts nowhere. At a site that is drained what was under way is answered as ever, and what comes
 * is refused with {@code SITE_DRAINED}.
 */
public final class SiteGate implements ChangeGate {
  /** Says in answers whether the sibling has the change: yes or no. */
  public static final String REPLICATED = "Govcloud-Replicated";

  private static final String RETRY = "15";

  private final SiteFence fence;
  private final ChangeGate next;

  /**
   * A gate.
   *
   * @param next passed as long as the site is not given up
   */
  public SiteGate(SiteFence fence, ChangeGate next) {
    this.fence = fence;
    this.next = next;
  }

  @Override
  public CompletionStage<HttpResponse> pass(Call call, Endpoint endpoint) {
    requireAtWork();
    CompletableFuture<HttpResponse> result = new CompletableFuture<>();
    Runnable closed =
        () ->
            result.completeExceptionally(
                Problem.of(fence.refusal().orElseThrow())
                    .with("under_way", true)
                    .header(REPLICATED, "no")
                    .asException());
    fence.tell(closed);
    carryOut(call, endpoint)
        .whenComplete(
            (answer, failure) -> {
              fence.forget(closed);
              if (failure != null) {
                result.completeExceptionally(failure);
              } else if (fence.givenUp().isPresent()) {
                closed.run();
              } else {
                result.complete(answer);
              }
            });
    return result;
  }

  private void requireAtWork() {
    Optional<Refusal> refusal = fence.refusal();
    if (refusal.isPresent()) {
      throw Problem.of(refusal.get()).asException();
    }
    fence
        .drainedSince()
        .ifPresent(
            since -> {
              throw Problem.of(BorderCode.SITE_DRAINED, SiteFence.drainedWords(since))
                  .header("Retry-After", RETRY)
                  .asException();
            });
  }

  private CompletionStage<HttpResponse> carryOut(Call call, Endpoint endpoint) {
    try {
      return next.pass(call, endpoint);
    } catch (RuntimeException e) {
      return CompletableFuture.failedStage(e);
    }
  }
}
