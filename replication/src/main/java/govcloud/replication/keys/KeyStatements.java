package govcloud.replication.keys;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import govcloud.protobuf.replica.v1.FencedSlice;
import govcloud.protobuf.replica.v1.KeyStatement;
import govcloud.protobuf.replica.v1.SiteFence;
import govcloud.replication.statement.DamagedReplicaException;
import govcloud.replication.statement.ReplicaHash;
import govcloud.replication.statement.SignedStatement;
import govcloud.replication.statement.SigningKey;
import govcloud.replication.statement.SiteEnd;
import govcloud.replication.statement.StatementKind;
import govcloud.replication.statement.TrustedKey;
import govcloud.replication.statement.TrustedKeys;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A cloud's signing keys as statements: the first signs itself and is trusted by its fingerprint,
 * which people compare; each further one is signed by the one before, or, where that was lost with
 * its site, by whoever joined the shares of the recovery key. The latter begins a new site epoch:
 * what is signed with an older key is not taken in any more.
 */
public final class KeyStatements {
  private static final ByteString NONE = ByteString.EMPTY;

  private KeyStatements() {}

  /** The statement about a cloud's first key. */
  static ByteString first(SigningKey key) {
    return statement(key, 1, NONE, key, Optional.empty());
  }

  /**
   * The statement about a further key.
   *
   * @param before the key before, which signs
   * @param previous the statement about the key before
   */
  static ByteString next(SigningKey key, int number, SigningKey before, ByteString previous) {
    return statement(key, number, hash(previous), before, Optional.empty());
  }

  /**
   * The statement about the first key after the loss of the site.
   *
   * @param signer the recovery key's
   * @param previous the statement about the last key of the lost site
   * @param end where the files of the lost site end
   */
  static ByteString recovered(
      SigningKey key, int number, SigningKey signer, ByteString previous, SiteEnd end) {
    return statement(key, number, hash(previous), signer, Optional.of(end));
  }

  /**
   * Checks a cloud's key statements from the first on.
   *
   * @param cloud whose
   * @param firstKey the public key of the first, known beforehand
   * @param recoverySigner the public key of the recovery key's signer
   * @param files the statements in order
   * @return the keys, the newest last
   * @throws KeyException when one does not follow the one before
   */
  public static List<TrustedKey> verify(
      String cloud, ByteString firstKey, ByteString recoverySigner, List<ByteString> files)
      throws KeyException {
    List<TrustedKey> keys = new ArrayList<>();
    TrustedKey recovery = new TrustedKey(cloud, recoverySigner);
    TrustedKey signer = new TrustedKey(cloud, firstKey);
    ByteString previous = NONE;
    for (int number = 1; number <= files.size(); number++) {
      ByteString file = files.get(number - 1);
      boolean recovered = number > 1 && recovery.id().equals(SignedStatement.keyId(file));
      KeyStatement statement =
          verified(cloud, number, file, recovered ? recovery : signer, previous);
      TrustedKey key =
          new TrustedKey(
              cloud,
              statement.getPublicKey(),
              signer.siteEpoch() + (recovered ? 1 : 0),
              recovered ? Optional.of(end(statement.getFence())) : Optional.empty());
      if (number == 1 && !key.publicKey().equals(signer.publicKey())) {
        throw wrong(number, "another key than the one known beforehand");
      }
      keys.add(key);
      signer = key;
      previous = hash(file);
    }
    return keys;
  }

  /** The first key as its statement names it: it is right if a fingerprint was compared. */
  static ByteString firstKey(List<ByteString> statements) throws KeyException {
    try {
      ByteString file = statements.get(0);
      int length = file.substring(8, 12).asReadOnlyByteBuffer().getInt();
      return KeyStatement.parseFrom(
              file.substring(SignedStatement.PREFIX, SignedStatement.PREFIX + length))
          .getPublicKey();
    } catch (IOException | IndexOutOfBoundsException e) {
      throw new KeyException(KeyDefect.KEY_STATEMENT_WRONG, "first key: " + e.getMessage(), e);
    }
  }

  private static SiteEnd end(SiteFence fence) {
    SortedMap<Integer, Long> segments = new TreeMap<>();
    fence.getSliceList().forEach(slice -> segments.put(slice.getSlice(), slice.getSegment()));
    return new SiteEnd(segments, fence.getManifest(), fence.getCut());
  }

  private static SiteFence fence(SiteEnd end) {
    SiteFence.Builder fence = SiteFence.newBuilder().setManifest(end.manifest()).setCut(end.cut());
    end.segments()
        .forEach(
            (slice, segment) ->
                fence.addSlice(FencedSlice.newBuilder().setSlice(slice).setSegment(segment)));
    return fence.build();
  }

  private static KeyStatement verified(
      String cloud, int number, ByteString file, TrustedKey signer, ByteString previous)
      throws KeyException {
    try {
      SignedStatement signed =
          SignedStatement.verify(
              StatementKind.KEY,
              "signing key " + number,
              file.toByteArray(),
              new TrustedKeys(List.of(signer)));
      KeyStatement key = KeyStatement.parseFrom(signed.statement());
      boolean right =
          signed.length() == file.size()
              && key.getCloud().equals(cloud)
              && key.getNumber() == number
              && key.getPreviousKey().equals(previous)
              && new TrustedKey(cloud, key.getPublicKey())
                  .made(
                      key.getPossession().toByteArray(),
                      possession(cloud, number, key.getPublicKey(), previous));
      if (!right) {
        throw wrong(number, "it does not follow the one before");
      }
      return key;
    } catch (DamagedReplicaException | InvalidProtocolBufferException e) {
      throw wrong(number, e.getMessage());
    } catch (IllegalArgumentException e) {
      throw wrong(number, e.getMessage());
    }
  }

  private static ByteString hash(ByteString file) {
    return ReplicaHash.of(file.substring(0, Math.max(0, file.size() - SignedStatement.SIGNATURE)));
  }

  private static ByteString statement(
      SigningKey key,
      int number,
      ByteString previous,
      SigningKey signer,
      Optional<SiteEnd> lostSite) {
    KeyStatement.Builder statement =
        KeyStatement.newBuilder()
            .setCloud(key.cloud())
            .setNumber(number)
            .setPublicKey(key.publicKey())
            .setPreviousKey(previous)
            .setPossession(
                ByteString.copyFrom(
                    key.sign(possession(key.cloud(), number, key.publicKey(), previous))));
    lostSite.ifPresent(end -> statement.setFence(fence(end)));
    return SignedStatement.sign(StatementKind.KEY, statement.build().toByteString(), signer);
  }

  private static byte[] possession(
      String cloud, int number, ByteString publicKey, ByteString previous) {
    byte[] name = cloud.getBytes(StandardCharsets.UTF_8);
    return Derivation.info(
        "govcloud key possession v1",
        ByteBuffer.allocate(2 + name.length + 4 + publicKey.size() + previous.size())
            .putShort((short) name.length)
            .put(name)
            .putInt(number)
            .put(publicKey.toByteArray())
            .put(previous.toByteArray())
            .array());
  }

  private static KeyException wrong(int number, String detail) {
    return new KeyException(KeyDefect.KEY_STATEMENT_WRONG, "signing key " + number + ": " + detail);
  }
}
