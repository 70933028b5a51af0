package govcloud.replication.keys;

import com.google.protobuf.ByteString;
import govcloud.protobuf.replica.v1.KeyGrant;
import govcloud.replication.statement.ReplicaHash;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import javax.crypto.Mac;

/**
 * The two secrets of an epoch and everything derived from them. The home cloud holds them while the
 * epoch lasts; afterwards only the recovery key opens its grant. Not for several threads.
 */
public final class EpochKeys implements AutoCloseable {
  private static final byte[] NOTHING = {};

  private final KeyGrant grant;
  private final byte[] epochSecret;
  private final byte[] indexSecret;
  private final Kdf kdf = new Kdf();
  private final byte[] extractedEpoch;
  private final byte[] extractedIndex;
  private final Mac tenantMac;
  private final Mac batchMac;

  /**
   * Keys from their secrets.
   *
   * @param grant the same secrets, sealed to the recovery key
   * @param epochSecret 32 bytes, new in each epoch; copied
   * @param indexSecret 32 bytes, the same for the life of the cloud; copied
   */
  public EpochKeys(KeyGrant grant, byte[] epochSecret, byte[] indexSecret) {
    if (epochSecret.length != Derivation.KEY || indexSecret.length != Derivation.KEY) {
      throw new IllegalArgumentException("secrets: wrong length (expected: 32 bytes each)");
    }
    this.grant = grant;
    this.epochSecret = epochSecret.clone();
    this.indexSecret = indexSecret.clone();
    this.extractedEpoch = kdf.extract(NOTHING, epochSecret);
    this.extractedIndex = kdf.extract(NOTHING, indexSecret);
    this.tenantMac = Derivation.mac(fromIndex("govcloud tenant name v1", NOTHING));
    this.batchMac = Derivation.mac(fromIndex("govcloud batch chain v1", NOTHING));
  }

  /** The secrets, sealed to the recovery key. */
  public KeyGrant grant() {
    return grant;
  }

  /** A tenant's pseudonym, 16 bytes. */
  public ByteString tenant(String tenant) {
    byte[] full = tenantMac.doFinal(tenant.getBytes(StandardCharsets.UTF_8));
    return ByteString.copyFrom(full, 0, ReplicaHash.SHORT);
  }

  /** The names of a tenant's things. */
  public TenantNames names(String tenant) {
    byte[] key = fromIndex("govcloud index key v1", tenant.getBytes(StandardCharsets.UTF_8));
    return new TenantNames(tenant(tenant), key);
  }

  /** The commitment to a batch's hash, 32 bytes; empty where there is no batch. */
  public ByteString batch(ByteString batchHash) {
    return batchHash.isEmpty()
        ? ByteString.EMPTY
        : ByteString.copyFrom(batchMac.doFinal(batchHash.toByteArray()));
  }

  /**
   * The salt of a file: depends on everything that is sealed in it, so that one key never seals two
   * different texts, and the same log always gives the same bytes.
   */
  public ByteString salt(PartPlace place, List<byte[]> compressedParts) {
    kdf.begin();
    byte[] key = fromEpoch("govcloud salt v1", NOTHING);
    Mac mac = Derivation.mac(key);
    Arrays.fill(key, (byte) 0);
    mac.update(place.bytes(compressedParts.size()));
    for (byte[] part : compressedParts) {
      mac.update(java.nio.ByteBuffer.allocate(8).putLong(part.length).flip());
      mac.update(part);
    }
    return ByteString.copyFrom(mac.doFinal(), 0, ReplicaHash.SHORT);
  }

  /** The key of part 0, which belongs to no tenant. */
  public PartKey frameKey(PartPlace place, ByteString salt) {
    return partKey(fromEpoch("govcloud frame key v1", NOTHING), place, salt, 0);
  }

  /** The key of a tenant's part. */
  public PartKey tenantKey(String tenant, PartPlace place, ByteString salt, int index) {
    byte[] context = tenant.getBytes(StandardCharsets.UTF_8);
    return partKey(fromEpoch("govcloud tenant key v1", context), place, salt, index);
  }

  /**
   * The salt of a blob: the same for the same text of a tenant, and telling nothing of it to
   * whoever lacks the epoch secret.
   *
   * @param textHash SHA-256 of all that is sealed
   * @param length of it in bytes
   */
  public ByteString blobSalt(String tenant, ByteString textHash, long length) {
    byte[] key = fromEpoch("govcloud blob salt v1", NOTHING);
    Mac mac = Derivation.mac(key);
    Arrays.fill(key, (byte) 0);
    mac.update(tenant(tenant).toByteArray());
    mac.update(java.nio.ByteBuffer.allocate(8).putLong(length).flip());
    return ByteString.copyFrom(mac.doFinal(textHash.toByteArray()), 0, ReplicaHash.SHORT);
  }

  /**
   * The key of a blob; another header has another key.
   *
   * @param headerHash SHA-256 of all bytes before the key check
   */
  public PartKey blobKey(String tenant, ByteString salt, ByteString headerHash) {
    byte[] context = tenant.getBytes(StandardCharsets.UTF_8);
    byte[] owner = fromEpoch("govcloud tenant key v1", context);
    byte[] info = Derivation.info("govcloud blob key v1", headerHash.toByteArray());
    byte[] key = kdf.derive(owner, salt.toByteArray(), info);
    Arrays.fill(owner, (byte) 0);
    return new PartKey(key);
  }

  /** The key of what is kept secret of an account, the same in each epoch; the caller wipes it. */
  byte[] accountKey(String account) {
    return fromIndex("govcloud account secret v1", account.getBytes(StandardCharsets.UTF_8));
  }

  /** The key of the names under which things about people are found, the same in each epoch. */
  byte[] subjectKey() {
    return fromIndex("govcloud subject names v1", NOTHING);
  }

  private PartKey partKey(byte[] owner, PartPlace place, ByteString salt, int index) {
    byte[] info = Derivation.info("govcloud part key v1", place.bytes(index));
    byte[] key = kdf.derive(owner, salt.toByteArray(), info);
    Arrays.fill(owner, (byte) 0);
    return kdf.part(key);
  }

  private byte[] fromEpoch(String label, byte[] context) {
    return kdf.expand(extractedEpoch, Derivation.info(label, context));
  }

  private byte[] fromIndex(String label, byte[] context) {
    return kdf.expand(extractedIndex, Derivation.info(label, context));
  }

  /** A copy of the index secret, for the next epoch; the caller wipes it. */
  byte[] indexSecret() {
    return indexSecret.clone();
  }

  /** A copy of the epoch secret; the caller wipes it. */
  byte[] epochSecret() {
    return epochSecret.clone();
  }

  @Override
  public void close() {
    Arrays.fill(epochSecret, (byte) 0);
    Arrays.fill(indexSecret, (byte) 0);
    Arrays.fill(extractedEpoch, (byte) 0);
    Arrays.fill(extractedIndex, (byte) 0);
  }
}
