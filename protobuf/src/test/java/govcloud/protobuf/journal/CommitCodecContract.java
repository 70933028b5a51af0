package govcloud.protobuf.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import govcloud.domain.Actor;
import govcloud.domain.Commit;
import govcloud.domain.contract.AggregateFixture;
import govcloud.domain.contract.AggregateWalk;
import govcloud.domain.contract.Samples;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What holds for the codec of every aggregate. Extend it with a fixture. */
abstract class CommitCodecContract<E> {

  private final AggregateFixture<?, E, ?> fixture;
  private final CommitCodec<E> codec;

  CommitCodecContract(AggregateFixture<?, E, ?> fixture, CommitCodec<E> codec) {
    this.fixture = fixture;
    this.codec = codec;
  }

  @Test
  void codec_named_fitsItsAggregate() {
    assertThat(codec.aggregateType()).isEqualTo(fixture.aggregate().type());
    assertThat(codec.eventType()).isEqualTo(fixture.eventType());
    assertThat(codec.manifest()).isEqualTo(fixture.aggregate().type() + "/1");
    assertThat(CommitCodecs.byManifest(codec.manifest())).hasSameClassAs(codec);
    assertThat(CommitCodecs.byAggregateType(codec.aggregateType())).hasSameClassAs(codec);
  }

  @Test
  void everyKindOfEvent_withAnyContent_roundTrips() {
    for (var seed = 1L; seed <= 200; seed++) {
      var events = new Samples(seed).ofEach(fixture.eventType());
      var commit = commit(Instant.ofEpochSecond(seed, 999_999_999), events);
      assertThat(codec.decode(codec.encode(commit))).isEqualTo(commit);
    }
  }

  @Test
  void everyKindOfEvent_writtenTwice_givesTheSameBytes() {
    var commit = commit(AggregateWalk.BEGIN, new Samples(5).ofEach(fixture.eventType()));
    assertThat(codec.encode(codec.decode(codec.encode(commit)))).isEqualTo(codec.encode(commit));
  }

  @Test
  void lives_writtenAndRead_areAsLived() {
    for (var walk : AggregateWalk.many(fixture, 50, 60)) {
      for (var commit : walk.commits()) {
        assertThat(codec.decode(codec.encode(commit))).isEqualTo(commit);
      }
    }
  }

  @Test
  void eventOfANewerVersion_read_isRefusedWithItsManifest() throws Exception {
    var change = UnknownFieldSet.newBuilder();
    change.addField(
        1_000, UnknownFieldSet.Field.newBuilder().addLengthDelimited(bytes(new byte[0])).build());
    var commit = UnknownFieldSet.newBuilder();
    commit.addField(
        2,
        UnknownFieldSet.Field.newBuilder()
            .addLengthDelimited(change.build().toByteString())
            .build());
    assertThatThrownBy(() -> codec.decode(commit.build().toByteArray()))
        .isInstanceOfSatisfying(
            CodecException.class,
            e -> {
              assertThat(e.code()).isEqualTo(CodecException.Code.PAYLOAD_EVENT_UNKNOWN);
              assertThat(e.manifest()).isEqualTo(codec.manifest());
              assertThat(e).hasMessageContaining(codec.manifest());
            });
  }

  @Test
  void fieldOfANewerVersion_read_isPassedOver() throws Exception {
    var commit = commit(AggregateWalk.BEGIN, new Samples(3).ofEach(fixture.eventType()));
    var more =
        UnknownFieldSet.parseFrom(codec.encode(commit)).toBuilder()
            .addField(99, UnknownFieldSet.Field.newBuilder().addVarint(1).build())
            .build();
    assertThat(codec.decode(more.toByteArray())).isEqualTo(commit);
  }

  @Test
  void damagedBytes_read_areRefusedOrACommit() {
    var good =
        codec.encode(commit(AggregateWalk.BEGIN, new Samples(9).ofEach(fixture.eventType())));
    var random = new Random(13);
    var refused = 0;
    for (var i = 0; i < 2_000; i++) {
      var bad = good.clone();
      bad[random.nextInt(bad.length)] = (byte) random.nextInt(256);
      try {
        assertThat(codec.decode(bad).events()).isNotEmpty();
      } catch (CodecException e) {
        refused++;
        assertThat(e.manifest()).isEqualTo(codec.manifest());
      }
    }
    assertThat(refused).isPositive();
  }

  @Test
  void noBytes_read_areRefusedAsDamaged() {
    assertThatThrownBy(() -> codec.decode(new byte[0]))
        .isInstanceOfSatisfying(
            CodecException.class,
            e -> assertThat(e.code()).isEqualTo(CodecException.Code.PAYLOAD_DAMAGED));
  }

  private Commit<E> commit(Instant at, List<E> events) {
    return new Commit<>(at, new Actor("张三", "clerk"), "key-1", "ab".repeat(32), events);
  }

  private static ByteString bytes(byte[] bytes) {
    return ByteString.copyFrom(bytes);
  }
}
