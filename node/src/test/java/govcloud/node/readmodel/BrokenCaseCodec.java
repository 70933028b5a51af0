package govcloud.node.readmodel;

import govcloud.domain.Commit;
import govcloud.domain.casework.CaseEvent;
import govcloud.protobuf.journal.CaseCodec;
import govcloud.protobuf.journal.CommitCodec;
import java.nio.charset.StandardCharsets;

/** Reads cases, but none that mention {@link #POISON}, until it is mended. */
final class BrokenCaseCodec implements CommitCodec<CaseEvent> {

  static final String POISON = "poison";

  private final CaseCodec codec = new CaseCodec();
  private volatile boolean broken = true;

  void mend() {
    broken = false;
  }

  @Override
  public String manifest() {
    return codec.manifest();
  }

  @Override
  public int schemaVersion() {
    return codec.schemaVersion();
  }

  @Override
  public String aggregateType() {
    return codec.aggregateType();
  }

  @Override
  public Class<CaseEvent> eventType() {
    return codec.eventType();
  }

  @Override
  public byte[] encode(Commit<CaseEvent> commit) {
    return codec.encode(commit);
  }

  @Override
  public Commit<CaseEvent> decode(byte[] payload) {
    if (broken && new String(payload, StandardCharsets.ISO_8859_1).contains(POISON)) {
      throw new IllegalStateException("no way to read a " + POISON);
    }
    return codec.decode(payload);
  }
}
