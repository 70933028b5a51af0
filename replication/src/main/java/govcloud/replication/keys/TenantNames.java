package govcloud.replication.keys;

import com.google.protobuf.ByteString;
import govcloud.replication.statement.ReplicaHash;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import javax.crypto.Mac;

/**
 * The names under which a tenant's things appear outside the sealed parts: the same for ever, and
 * telling nothing to whoever lacks the index secret. Not for several threads.
 */
public final class TenantNames {
  private static final byte ENTITY = 1;
  private static final byte CHAIN = 2;

  private final ByteString tenant;
  private final Mac mac;

  TenantNames(ByteString tenant, byte[] key) {
    this.tenant = tenant;
    this.mac = Derivation.mac(key);
    Arrays.fill(key, (byte) 0);
  }

  /** The tenant's pseudonym, 16 bytes. */
  public ByteString tenant() {
    return tenant;
  }

  /** An entity's pseudonym, 16 bytes. */
  public ByteString entity(String id) {
    mac.update(ENTITY);
    byte[] full = mac.doFinal(id.getBytes(StandardCharsets.UTF_8));
    return ByteString.copyFrom(full, 0, ReplicaHash.SHORT);
  }

  /** The commitment to a record's hash, 32 bytes. */
  public ByteString chain(ByteString recordHash) {
    mac.update(CHAIN);
    return ByteString.copyFrom(mac.doFinal(recordHash.toByteArray()));
  }
}
