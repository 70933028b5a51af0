package govcloud.node.vault;

import com.google.protobuf.ByteString;
import govcloud.protobuf.replica.v1.PersonKey;
import govcloud.replication.archive.VaultCopy;
import govcloud.replication.keys.KeyException;
import govcloud.replication.keys.KeyFolder;
import govcloud.replication.keys.PublicRecovery;
import govcloud.replication.keys.VaultKeys;
import govcloud.replication.statement.SigningKey;
import java.security.SecureRandom;
import java.util.List;

/**
 * The generations of the vault's key that count now: the one in this node's file, and the next one
 * while keys are wrapped anew. For several threads; nothing is used while it is destroyed.
 */
final class VaultRing {

  private final KeyFolder folder;
  private final PublicRecovery recovery;
  private VaultKeys oldest;
  private VaultKeys newest;

  /**
   * The key in a folder; what a crash has left half destroyed is destroyed.
   *
   * @throws KeyException when it cannot be used
   */
  VaultRing(KeyFolder folder) throws KeyException {
    this.folder = folder;
    this.recovery = folder.recovery();
    this.oldest = VaultKeys.read(folder);
    this.newest = oldest;
    oldest.replace(folder);
  }

  /**
   * A person's key, wrapped.
   *
   * @param generation of the vault's key
   */
  record Wrapped(int generation, ByteString bytes) {}

  synchronized String pseudonym(String tenant, String person) {
    return oldest.pseudonym(tenant, person);
  }

  /** Wraps a key under the newest generation. */
  synchronized Wrapped wrap(String tenant, String subject, byte[] key, SecureRandom random) {
    return new Wrapped(
        newest.generation(), ByteString.copyFrom(newest.wrap(tenant, subject, key, random)));
  }

  /**
   * Unwraps a key; the caller wipes it.
   *
   * @throws KeyException with {@code VAULT_KEY_WRONG}
   */
  synchronized byte[] unwrap(String tenant, String subject, Wrapped wrapped) throws KeyException {
    if (wrapped.generation() == oldest.generation()) {
      return oldest.unwrap(tenant, subject, wrapped.bytes().toByteArray());
    }
    if (wrapped.generation() > newest.generation()) {
      // Another node has seen the next generation before this one.
      wrapWith(wrapped.generation());
    }
    if (wrapped.generation() == newest.generation()) {
      return newest.unwrap(tenant, subject, wrapped.bytes().toByteArray());
    }
    // Two generations have passed since this node last looked.
    try (var between = oldest.later(wrapped.generation(), recovery)) {
      return between.unwrap(tenant, subject, wrapped.bytes().toByteArray());
    }
  }

  /** The generation in this node's file. */
  synchronized int oldest() {
    return oldest.generation();
  }

  /** From now on keys are wrapped under this generation. */
  synchronized void wrapWith(int generation) throws KeyException {
    if (generation > newest.generation()) {
      var next = oldest.later(generation, recovery);
      if (newest != oldest) {
        newest.close();
      }
      newest = next;
    }
  }

  /** Destroys the generations before this one, in memory and on the disk. */
  synchronized void destroyBefore(int generation) throws KeyException {
    if (generation <= oldest.generation()) {
      return;
    }
    wrapWith(generation);
    var next = newest.generation() == generation ? newest : oldest.later(generation, recovery);
    // Who cannot replace the file now looks again in a moment.
    if (next.replace(folder)) {
      oldest.close();
      oldest = next;
    } else if (next != newest) {
      next.close();
    }
  }

  /** A copy for the sibling. */
  synchronized ByteString copy(
      long number, List<PersonKey> people, SigningKey signing, SecureRandom random) {
    return VaultCopy.write(number, oldest, people, signing, random);
  }

  /** Takes the wish for the next generation that somebody left in the folder. */
  boolean isAsked() {
    return VaultKeys.isRotationAsked(folder);
  }

  void answered() throws KeyException {
    VaultKeys.rotationBegun(folder);
  }
}
