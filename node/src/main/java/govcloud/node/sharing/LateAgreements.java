package govcloud.node.sharing;

import govcloud.domain.sharing.AgreementCommand;
import govcloud.node.eventsourcing.Entities;
import govcloud.node.eventsourcing.PlatformCommands;
import govcloud.node.projection.Page;
import govcloud.node.projection.PageRequest;
import java.time.InstantSource;
import java.util.concurrent.CompletionStage;

/**
 * Tells of applications that somebody left lying, and ends agreements and activations whose time is
 * over.
 */
public final class LateAgreements {

  private static final int AT_ONCE = 100;

  private final Entities entities;
  private final AgreementTable table;
  private final InstantSource clock;

  public LateAgreements(Entities entities, AgreementTable table, InstantSource clock) {
    this.entities = entities;
    this.table = table;
    this.clock = clock;
  }

  /** Tells of silence once; what it misses, it tells the next time. */
  public CompletionStage<Void> escalate() {
    return table
        .late(clock.instant(), PageRequest.first(AT_ONCE))
        .thenCompose(page -> ask(page, new AgreementCommand.Escalate()));
  }

  /** Ends agreements once; what it misses, it ends the next time. */
  public CompletionStage<Void> expire() {
    return table
        .over(clock.instant(), PageRequest.first(AT_ONCE))
        .thenCompose(page -> ask(page, new AgreementCommand.Expire()));
  }

  /** Ends activations once; what it misses, it ends the next time: they give nothing already. */
  public CompletionStage<Void> lapse() {
    return table
        .lapsed(clock.instant(), PageRequest.first(AT_ONCE))
        .thenCompose(page -> ask(page, new AgreementCommand.LapseActivation()));
  }

  private CompletionStage<Void> ask(Page<AgreementRow> page, AgreementCommand command) {
    return PlatformCommands.askEach(
        entities,
        page.items().stream().map(row -> SharingIds.agreement(row.consumer(), row.agreement())),
        command);
  }
}
