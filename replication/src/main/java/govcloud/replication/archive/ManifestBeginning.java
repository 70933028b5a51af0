package govcloud.replication.archive;

import com.google.protobuf.ByteString;
import govcloud.replication.statement.ReplicaHash;
import java.util.Objects;

/**
 * Where the manifests of an archive begin, as a cut says it: those up to a generation may have been
 * deleted, because a cut that is kept vouches for every segment that they list.
 *
 * @param generation of the last of them; 0: every manifest is kept
 * @param hash of that manifest, which the next one names; empty for none
 */
public record ManifestBeginning(long generation, ByteString hash) {
  /** Every manifest is kept. */
  public static final ManifestBeginning NONE = new ManifestBeginning(0, ByteString.EMPTY);

  /** Refuses a beginning without the hash of what was before. */
  public ManifestBeginning {
    Objects.requireNonNull(hash, "hash");
    if (generation < 0 || hash.size() != (generation == 0 ? 0 : ReplicaHash.LENGTH)) {
      throw new IllegalArgumentException(
          "manifests to " + generation + ": hash of " + hash.size() + " bytes");
    }
  }
}
