package govcloud.domain.contract;

import govcloud.domain.Actor;
import govcloud.domain.exchange.Ledger;
import govcloud.domain.exchange.LedgerCommand;
import govcloud.domain.exchange.LedgerEvent;
import govcloud.domain.exchange.LedgerState;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/** A ledger that two keys and two sites want to write. */
public final class LedgerFixture
    implements AggregateFixture<LedgerCommand, LedgerEvent, LedgerState> {

  private static final String LEAF = "AQIDBA==";

  @Override
  public Ledger aggregate() {
    return new Ledger();
  }

  @Override
  public Class<LedgerCommand> commandType() {
    return LedgerCommand.class;
  }

  @Override
  public Class<LedgerEvent> eventType() {
    return LedgerEvent.class;
  }

  @Override
  public List<LedgerCommand> commands() {
    return List.of(
        new LedgerCommand.Append("harbour+1+a", 0, List.of(LEAF)),
        new LedgerCommand.Append("harbour+1+a", 0, List.of(LEAF, "BQ==")),
        new LedgerCommand.Append("harbour+1+a", 1, List.of(LEAF)),
        new LedgerCommand.Append("harbour+1+a", 2, List.of(LEAF)),
        new LedgerCommand.Append("harbour+2+b", 0, List.of(LEAF)),
        new LedgerCommand.Append("", 0, List.of(LEAF)),
        new LedgerCommand.Append("harbour+1+a", 0, List.of()),
        new LedgerCommand.Append("harbour+1+a", 0, List.of("no base 64")),
        new LedgerCommand.Append(
            "harbour+1+a", 0, Collections.nCopies(Ledger.MOST_LEAVES + 1, LEAF)));
  }

  @Override
  public List<Actor> actors() {
    return List.of(Actor.platform(), new Actor("wang", Actor.OPERATOR));
  }

  @Override
  public Set<Class<? extends LedgerCommand>> idempotent() {
    return Set.of();
  }

  @Override
  public Set<String> statuses() {
    return Set.of("none", "begun");
  }
}
