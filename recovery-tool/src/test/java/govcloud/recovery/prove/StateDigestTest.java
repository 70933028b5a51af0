package govcloud.recovery.prove;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import govcloud.domain.Commit;
import govcloud.domain.contract.AccountFixture;
import govcloud.domain.contract.AggregateFixture;
import govcloud.domain.contract.AggregateWalk;
import govcloud.domain.contract.AgreementFixture;
import govcloud.domain.contract.AlarmFixture;
import govcloud.domain.contract.AppInstanceFixture;
import govcloud.domain.contract.AuditFixture;
import govcloud.domain.contract.CaseFixture;
import govcloud.domain.contract.ExchangeFixture;
import govcloud.domain.contract.LedgerFixture;
import govcloud.domain.contract.ObjectionFixture;
import govcloud.domain.contract.OperationFixture;
import govcloud.domain.contract.RecallFixture;
import govcloud.domain.contract.ResourceFixture;
import govcloud.domain.contract.SubjectFixture;
import govcloud.domain.contract.TenantFixture;
import govcloud.protobuf.journal.AccountCodec;
import govcloud.protobuf.journal.AgreementCodec;
import govcloud.protobuf.journal.AlarmCodec;
import govcloud.protobuf.journal.AppInstanceCodec;
import govcloud.protobuf.journal.AuditCodec;
import govcloud.protobuf.journal.CaseCodec;
import govcloud.protobuf.journal.CommitCodec;
import govcloud.protobuf.journal.ExchangeCodec;
import govcloud.protobuf.journal.LedgerCodec;
import govcloud.protobuf.journal.ObjectionCodec;
import govcloud.protobuf.journal.OperationCodec;
import govcloud.protobuf.journal.RecallCodec;
import govcloud.protobuf.journal.ResourceCodec;
import govcloud.protobuf.journal.SubjectCodec;
import govcloud.protobuf.journal.TenantCodec;
import govcloud.protobuf.journal.v1.Record;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a proof replays from records is what the living entity was, and its digest says so. */
class StateDigestTest {
  private static final int WALKS = 20;
  private static final int COMMANDS = 40;

  /** A kind of entity: its commands, and how the journal writes what became of them. */
  record Kind<C, E, S>(AggregateFixture<C, E, S> fixture, CommitCodec<E> codec) {
    /** Digest of the state that the living entity had, and of the replay of its records. */
    List<byte[]> digests(long seed) {
      AggregateWalk<C, E, S> walk = AggregateWalk.of(fixture, seed, COMMANDS);
      List<Record> records = new ArrayList<>();
      for (Commit<E> commit : walk.commits()) {
        records.add(
            Record.newBuilder()
                .setEntityType(codec.aggregateType())
                .setManifest(codec.manifest())
                .setPayload(ByteString.copyFrom(codec.encode(commit)))
                .build());
      }
      return records.isEmpty()
          ? List.of()
          : List.of(new StateDigest().of(walk.last()), new StateDigest().of(Replay.state(records)));
    }

    /** Without the last record. */
    byte[] shorter(long seed) {
      AggregateWalk<C, E, S> walk = AggregateWalk.of(fixture, seed, COMMANDS);
      S state = fixture.aggregate().initial();
      for (Commit<E> commit : walk.commits().subList(0, walk.commits().size() - 1)) {
        for (E event : commit.events()) {
          state = fixture.aggregate().evolve(state, event);
        }
      }
      return new StateDigest().of(state);
    }

    @Override
    public String toString() {
      return codec.aggregateType();
    }
  }

  static Stream<Kind<?, ?, ?>> kinds() {
    return Stream.of(
        new Kind<>(new AccountFixture(), new AccountCodec()),
        new Kind<>(new AppInstanceFixture(), new AppInstanceCodec()),
        new Kind<>(new AgreementFixture(), new AgreementCodec()),
        new Kind<>(new AlarmFixture(), new AlarmCodec()),
        new Kind<>(new AuditFixture(), new AuditCodec()),
        new Kind<>(new CaseFixture(), new CaseCodec()),
        new Kind<>(new ExchangeFixture(), new ExchangeCodec()),
        new Kind<>(new LedgerFixture(), new LedgerCodec()),
        new Kind<>(new ObjectionFixture(), new ObjectionCodec()),
        new Kind<>(new OperationFixture(), new OperationCodec()),
        new Kind<>(new RecallFixture(), new RecallCodec()),
        new Kind<>(new ResourceFixture(), new ResourceCodec()),
        new Kind<>(new SubjectFixture(), new SubjectCodec()),
        new Kind<>(new TenantFixture(), new TenantCodec()));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void state_replayedFromRecords_hasTheDigestOfTheLivingEntity(Kind<?, ?, ?> kind) {
    int compared = 0;
    int changed = 0;
    for (long seed = 1; seed <= WALKS; seed++) {
      List<byte[]> digests = kind.digests(seed);
      if (!digests.isEmpty()) {
        compared++;
        assertThat(digests.get(1)).as("seed " + seed).isEqualTo(digests.get(0));
        changed += java.util.Arrays.equals(kind.shorter(seed), digests.get(0)) ? 0 : 1;
      }
    }
    assertThat(compared).isPositive();
    assertThat(changed).as("walks of which the last record changes the digest").isPositive();
  }

  @Test
  void collections_inAnotherOrder_haveTheSameDigestWhereOrderIsNothing() {
    Set<Object> one = new LinkedHashSet<>(List.of("a", "b", 3));
    Set<Object> other = new LinkedHashSet<>(List.of(3, "b", "a"));
    assertThat(digest(one)).isEqualTo(digest(other));
    assertThat(digest(one)).isNotEqualTo(digest(Set.of("a", "b")));
    assertThat(digest(List.of("a", "b"))).isNotEqualTo(digest(List.of("b", "a")));
  }

  private static byte[] digest(Object state) {
    return new StateDigest().of(state);
  }
}
