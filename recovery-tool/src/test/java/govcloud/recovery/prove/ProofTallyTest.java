package govcloud.recovery.prove;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import govcloud.protobuf.journal.v1.Record;
import govcloud.replication.statement.ReplicaHash;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProofTallyTest {
  private static final int ENTITIES = 200_000;
  private static final int TENANTS = 4;

  /** Read from a record, as in a proof: each has its own copy of the names. */
  private static Record record(int entity, long sequence, ByteString previous) {
    return Record.newBuilder()
        .setTenant("bureau-" + entity % TENANTS)
        .setEntityId("case/bureau-" + entity % TENANTS + "/permits/c-" + (100_000 + entity))
        .setSequence(sequence)
        .setPreviousHash(previous)
        .build();
  }

  /** Half of the entities change behind the cut. */
  private static ProofTally tally() {
    ProofTally tally = new ProofTally(new ProofFindings());
    EntityEnds ends = new EntityEnds(Map.of());
    for (int i = 0; i < ENTITIES; i++) {
      ByteString bytes = record(i, 1, ByteString.EMPTY).toByteString();
      ends.take(parsed(bytes), bytes);
    }
    tally.atCut(ends.all());
    for (int i = 0; i < ENTITIES; i += 2) {
      ByteString before = ends.all().get(record(i, 1, ByteString.EMPTY).getEntityId()).hash();
      ByteString bytes = record(i, 2, before).toByteString();
      assertThat(ends.take(parsed(bytes), bytes)).isTrue();
    }
    tally.ends(ends.all());
    return tally;
  }

  private static Record parsed(ByteString bytes) {
    try {
      return Record.parseFrom(bytes);
    } catch (com.google.protobuf.InvalidProtocolBufferException e) {
      throw new IllegalStateException(e);
    }
  }

  private static long used() throws InterruptedException {
    for (int i = 0; i < 3; i++) {
      System.gc();
      Thread.sleep(20);
    }
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  @Test
  void entities_takeFewBytes_andNoneWhenTheirTenantIsProved() throws Exception {
    long before = used();
    ProofTally tally = tally();
    long each = (used() - before) / ENTITIES;
    System.out.println("a proof has " + each + " bytes of each entity in memory");
    assertThat(each).isLessThan(400);
    for (int tenant = 0; tenant < TENANTS; tenant++) {
      String name = "bureau-" + tenant;
      assertThat(tally.records(name)).isEqualTo((tenant % 2 == 0 ? 2L : 1L) * ENTITIES / TENANTS);
      for (Map.Entry<String, EntityEnd> entity : tally.entities(name)) {
        tally.entity(entity.getKey(), entity.getValue(), Optional.of(new byte[32]));
      }
      TenantProof proof = tally.proof(name);
      assertThat(proof.entities()).isEqualTo(ENTITIES / TENANTS);
      assertThat(proof.cutRecords()).isEqualTo(ENTITIES / TENANTS);
      assertThat(tally.proof(name)).as("told again at the end").isEqualTo(proof);
    }
    assertThat((used() - before) / ENTITIES).isLessThan(60);
    assertThat(tally.proofs()).hasSize(TENANTS);
  }

  @Test
  void hash_ofAnEnd_isWhatItWas() {
    ByteString hash = ReplicaHash.of(ByteString.copyFromUtf8("a record"));
    EntityEnd end = new EntityEnd("bureau-1", 7, hash);
    assertThat(end.hash()).isEqualTo(hash);
    assertThat(end.sequence()).isEqualTo(7);
    assertThat(end.tenant()).isEqualTo("bureau-1");
  }
}
