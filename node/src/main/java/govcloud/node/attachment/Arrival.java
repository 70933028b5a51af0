package govcloud.node.attachment;

import govcloud.node.http.BorderCode;
import govcloud.node.http.Problem;
import govcloud.replication.archive.ArchiveStoreException;
import govcloud.replication.blob.BlobUpload;
import govcloud.replication.blob.BlobVault;
import govcloud.replication.blob.KeptBlob;
import govcloud.replication.keys.KeyException;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.apache.pekko.util.ByteString;

/**
 * One file that arrives: counted, compared with its declared type, and put aside until it is there
 * whole. What is refused because of its content is read to its end all the same, so that every
 * client gets to see the answer. Called by one stream at a time.
 */
final class Arrival {

  /** With this much, a client has shown that it goes on. */
  static final int PROGRESS = 64 << 10;

  private final BlobVault vault;
  private final AttachmentSettings settings;
  private final String type;
  private final LongSupplier nanoTime;
  private final byte[] head = new byte[MediaKind.LOOK];
  private int headLength;
  private Optional<BlobUpload> upload = Optional.empty();
  private Optional<Problem> refused = Optional.empty();
  private long total;
  private long waitingSince;
  private long waited;
  private long progress;

  /** Waits for a file of a type that the settings allow. */
  Arrival(BlobVault vault, AttachmentSettings settings, String type, LongSupplier nanoTime) {
    this.vault = vault;
    this.settings = settings;
    this.type = type;
    this.nanoTime = nanoTime;
    this.waitingSince = nanoTime.getAsLong();
  }

  /** Takes the next bytes; fails with a problem if no more are wanted. */
  void take(ByteString bytes) {
    requireProgress(bytes.size());
    total += bytes.size();
    if (total > settings.maxSize()) {
      throw tooLarge("more than " + settings.maxSize()).asException();
    }
    if (refused.isEmpty()) {
      keep(bytes.toArray());
    }
    waitingSince = nanoTime.getAsLong();
  }

  /** Only the client's own time counts, not how long the disk took. */
  private void requireProgress(int size) {
    waited += nanoTime.getAsLong() - waitingSince;
    progress += size;
    if (progress >= PROGRESS) {
      progress = 0;
      waited = 0;
    } else if (waited > settings.progressTimeout().toNanos()) {
      throw tooSlow().asException();
    }
  }

  private void keep(byte[] bytes) {
    int rest = Math.min(bytes.length, head.length - headLength);
    System.arraycopy(bytes, 0, head, headLength, rest);
    headLength += rest;
    if (headLength < head.length) {
      return;
    }
    look();
    write(bytes, rest, bytes.length - rest);
  }

  /** Compares the beginning with the declared type, once. */
  private void look() {
    if (upload.isPresent() || refused.isPresent()) {
      return;
    }
    var start = Arrays.copyOf(head, headLength);
    if (!MediaKind.of(type).orElseThrow().fits(start)) {
      refused =
          Optional.of(
              Problem.of(
                  BorderCode.CONTENT_TYPE_WRONG,
                  "content: not " + type + " (expected: what Content-Type says)"));
      return;
    }
    try {
      upload = Optional.of(vault.begin(type));
      write(start, 0, headLength);
    } catch (ArchiveStoreException e) {
      refused = Optional.of(AttachmentProblems.of(e));
    }
  }

  private void write(byte[] bytes, int from, int length) {
    if (refused.isPresent()) {
      return;
    }
    try {
      upload.orElseThrow().write(bytes, from, length);
    } catch (ArchiveStoreException e) {
      close();
      refused = Optional.of(AttachmentProblems.of(e));
    }
  }

  /** Keeps the file that is there whole; fails with a problem if it is refused. */
  KeptBlob end(String tenant) throws ArchiveStoreException, KeyException {
    if (total == 0) {
      throw Problem.of(BorderCode.BODY_MISSING, "body: empty (expected: a file)").asException();
    }
    look();
    if (refused.isPresent()) {
      throw refused.get().asException();
    }
    return upload.orElseThrow().keep(tenant);
  }

  /** Leaves nothing behind of a file that was not kept. */
  void close() {
    upload.ifPresent(BlobUpload::close);
  }

  static Problem tooSlow() {
    return Problem.of(
        BorderCode.BODY_TOO_SLOW, "body: no progress (expected: 64 KiB in each time limit)");
  }

  /** A file has too many bytes. */
  static Problem tooLarge(String found) {
    return Problem.of(
        BorderCode.BODY_TOO_LARGE, "body: " + found + " bytes (expected: at most max-size)");
  }
}
