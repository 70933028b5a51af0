package govcloud.node.sharing;

import govcloud.domain.sharing.AgreementState;
import govcloud.domain.sharing.ResourceState;
import govcloud.node.eventsourcing.Answer;
import govcloud.node.eventsourcing.Entities;
import govcloud.node.http.FreshReads;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Agreements and resources as whoever lets data through has to know them, on every node: what the
 * entity itself said at most a second ago, so that a suspension or an end holds everywhere within
 * it. Stages fail when the entity cannot be asked: then nothing may be let through.
 */
public final class Agreements {

  /** For how long a node believes what an agreement said. */
  static final Duration BELIEVED = Duration.ofSeconds(1);

  private final FreshReads<AgreementState> agreements;
  private final FreshReads<ResourceState> resources;

  public Agreements(Entities entities) {
    this.agreements = new FreshReads<>(entities, BELIEVED);
    this.resources = new FreshReads<>(entities, BELIEVED);
  }

  /** An agreement that a department has applied for; none: there is none of this name. */
  public CompletionStage<Optional<AgreementState>> find(String consumer, String agreement) {
    return agreements
        .read(SharingIds.agreement(consumer, agreement), answer -> isEffective(answer.state()))
        .thenApply(Agreements::there);
  }

  /** A department's resource; none: it never published one of this name. */
  public CompletionStage<Optional<ResourceState>> resource(String owner, String resource) {
    return resources
        .read(SharingIds.resource(owner, resource), Answer::exists)
        .thenApply(Agreements::there);
  }

  private static boolean isEffective(AgreementState state) {
    return state.status() == AgreementState.Status.EFFECTIVE;
  }

  private static <S> Optional<S> there(Answer<S> answer) {
    return answer.exists() ? Optional.of(answer.state()) : Optional.empty();
  }
}
