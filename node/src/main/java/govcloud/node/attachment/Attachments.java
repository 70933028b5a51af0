package govcloud.node.attachment;

import govcloud.domain.casework.Attachment;
import govcloud.node.http.BorderCode;
import govcloud.node.http.Problem;
import govcloud.node.replication.HomeArchive;
import govcloud.replication.archive.ArchiveStoreException;
import govcloud.replication.blob.BlobAddress;
import govcloud.replication.blob.BlobContent;
import govcloud.replication.blob.BlobStore;
import govcloud.replication.blob.BlobVault;
import govcloud.replication.keys.KeyException;
import govcloud.replication.statement.DamagedReplicaException;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.UnaryOperator;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;

/**
 * The attachments in the cloud's archive; disks and keys are waited for on threads of their own.
 */
public final class Attachments {

  private final Optional<BlobVault> vault;
  private final Executor blocking;

  private Attachments(Optional<BlobVault> vault, Executor blocking) {
    this.vault = vault;
    this.blocking = blocking;
  }

  /**
   * The attachments in an archive; where there is none, every use fails with a problem.
   *
   * @param blobs of the archive, or what stands before them
   */
  public static Attachments of(
      Optional<HomeArchive> archive, UnaryOperator<BlobStore> blobs, ActorSystem<?> system) {
    return new Attachments(
        archive.map(home -> vault(home, blobs.apply(home.blobs()))),
        system.dispatchers().lookup(DispatcherSelector.blocking()));
  }

  private static BlobVault vault(HomeArchive archive, BlobStore blobs) {
    var spool = archive.folder().resolve("incoming");
    return new BlobVault(blobs, archive.keys(), archive.sealing(), spool, new SecureRandom());
  }

  /** Threads that may wait for disks. */
  Executor blocking() {
    return blocking;
  }

  /** Where content goes; fails with a problem where there is no archive. */
  BlobVault vault() {
    return vault.orElseThrow(
        () ->
            AttachmentProblems.unavailable(
                    "this cloud has no archive (expected: govcloud.replication.archive-folder)")
                .asException());
  }

  /** A department's content; fails with a problem if it cannot be read. */
  public CompletionStage<Optional<BlobContent>> find(String tenant, String address) {
    return CompletableFuture.supplyAsync(() -> findNow(tenant, address), blocking);
  }

  /**
   * A run of the content, verified piece by piece, as fast as it is asked for. It ends with a
   * failure before the first wrong byte.
   */
  public static Source<ByteString, NotUsed> bytes(BlobContent content, long from, long to) {
    return Source.unfoldResource(
        () -> content.read(from, to), Attachments::next, BlobContent.Reading::close);
  }

  private static Optional<ByteString> next(BlobContent.Reading reading)
      throws ArchiveStoreException, DamagedReplicaException {
    try {
      return reading.next().map(ByteString::fromArrayUnsafe);
    } catch (DamagedReplicaException e) {
      // The client sees a body that ends early; the reason belongs to the operator.
      AttachmentProblems.of(e);
      throw e;
    }
  }

  private Optional<BlobContent> findNow(String tenant, String address) {
    var there = vault();
    try {
      var parsed = BlobAddress.parse(address);
      return parsed.isEmpty() ? Optional.empty() : there.find(tenant, parsed.get());
    } catch (ArchiveStoreException e) {
      throw AttachmentProblems.of(e).asException();
    } catch (KeyException e) {
      throw AttachmentProblems.of(e).asException();
    } catch (DamagedReplicaException e) {
      throw AttachmentProblems.of(e).asException();
    }
  }

  /**
   * The attachment that a case may name; fails with a problem if the department has none under this
   * address.
   *
   * @param fileName what people call it; the case checks it
   */
  public CompletionStage<Attachment> require(String tenant, String address, String fileName) {
    return find(tenant, address)
        .thenApply(
            found -> {
              var content = found.orElseThrow(() -> unknown(address).asException());
              return new Attachment(address, content.mediaType(), content.length(), fileName);
            });
  }

  private static Problem unknown(String address) {
    return Problem.of(
        BorderCode.ATTACHMENT_UNKNOWN,
        "attachment: " + address + " (expected: one that this department has sent before)");
  }
}
