package govcloud.node.exchange;

import govcloud.ledger.LedgerException;
import govcloud.node.replication.ReplicationAlarm;
import govcloud.node.replication.ReplicationAlarm.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What somebody has to look at: of this cloud's ledger, and of the copies that it keeps as the
 * sibling's witness.
 *
 * @param stopped why this ledger signs nothing more
 * @param unasked whether a witness is named and there is no link on which it can be asked
 * @param cosigned how far the ledger is cosigned; none: it has no witness
 * @param third how far the third witness has cosigned it, beside the sibling
 * @param copies what is wrong with copies of the sibling's ledgers
 */
record LedgerAlarms(
    Optional<LedgerException> stopped,
    boolean unasked,
    Optional<Cosigned> cosigned,
    Optional<Cosigned> third,
    List<String> copies) {

  private static final String LEDGER = "ledger";
  private static final String THIRD = "third-witness";

  /**
   * The alarms now.
   *
   * @param limit how long entries may wait for a cosignature
   */
  List<ReplicationAlarm> at(Instant now, Duration limit) {
    List<ReplicationAlarm> alarms = new ArrayList<>();
    if (stopped.isPresent()) {
      alarms.add(
          new ReplicationAlarm(Kind.LEDGER_STOPPED, LEDGER, stopped.get().getMessage(), now));
    } else if (unasked) {
      alarms.add(
          new ReplicationAlarm(
              Kind.LEDGER_UNWITNESSED,
              LEDGER,
              "govcloud.exchange.witness.sibling-trust: a witness, and no link on which it can be"
                  + " asked (expected: a link to the sibling's nodes)",
              now));
    } else {
      cosigned
          .filter(state -> state.state(now, limit) == Cosigned.State.UNWITNESSED)
          .map(state -> unwitnessed(LEDGER, state, now))
          .or(() -> thirdAway(now, limit))
          .ifPresent(alarms::add);
    }
    copies.forEach(
        copy -> alarms.add(new ReplicationAlarm(Kind.LEDGER_COPY_STOPPED, "copy", copy, now)));
    return List.copyOf(alarms);
  }

  private Optional<ReplicationAlarm> thirdAway(Instant now, Duration limit) {
    return third
        .filter(state -> state.state(now, limit) == Cosigned.State.UNWITNESSED)
        .map(state -> unwitnessed(THIRD, state, now));
  }

  private static ReplicationAlarm unwitnessed(String subject, Cosigned state, Instant now) {
    return new ReplicationAlarm(
        Kind.LEDGER_UNWITNESSED,
        subject,
        "%d of %d entries cosigned, for %d s. %s"
            .formatted(
                state.cosigned(), state.size(), state.behind(now).toSeconds(), state.problem())
            .strip(),
        state.behindSince().orElse(now));
  }
}
