package govcloud.replication.blob;

import com.google.protobuf.ByteString;
import govcloud.protobuf.replica.v1.BlobStatement;
import govcloud.replication.keys.EpochKeys;
import govcloud.replication.keys.PartKey;
import govcloud.replication.statement.ReplicaHash;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;

/** Seals what lies in a spool, each time anew and each time to the same bytes. */
final class SealedBlob implements BlobSource {
  private final Spool spool;
  private final EpochKeys keys;
  private final String tenant;
  private final BlobHeader header;

  SealedBlob(Spool spool, EpochKeys keys, String origin, String tenant) {
    this.spool = spool;
    this.keys = keys;
    this.tenant = tenant;
    this.header =
        BlobHeader.of(
            BlobStatement.newBuilder()
                .setOrigin(origin)
                .setTenant(keys.tenant(tenant))
                .setLength(spool.length())
                .setSalt(keys.blobSalt(tenant, spool.hash(), spool.length()))
                .setGrant(keys.grant())
                .build());
  }

  /** Where it will be stored; seals it once to know. */
  BlobAddress address() throws IOException {
    MessageDigest digest = ReplicaHash.sha256();
    byte[] buffer = new byte[PartKey.CHUNK];
    try (InputStream in = open()) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        digest.update(buffer, 0, read);
      }
    }
    return new BlobAddress(ByteString.copyFrom(digest.digest()));
  }

  @Override
  public long length() {
    return header.blobLength();
  }

  @Override
  public InputStream open() {
    return new Sealing();
  }

  /** The header, then one chunk after the other as they are asked for. */
  private final class Sealing extends InputStream {
    private final PartKey key = keys.blobKey(tenant, header.statement().getSalt(), header.hash());
    private final byte[] text = new byte[PartKey.CHUNK];
    private byte[] ready = header.bytes().concat(key.check()).toByteArray();
    private int at;
    private int end = ready.length;
    private int next;

    @Override
    public int read() throws IOException {
      return fill() ? ready[at++] & 0xff : -1;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
      if (length == 0) {
        return 0;
      }
      if (!fill()) {
        return -1;
      }
      int run = Math.min(length, end - at);
      System.arraycopy(ready, at, into, from, run);
      at += run;
      return run;
    }

    private boolean fill() throws IOException {
      if (at < end) {
        return true;
      }
      if (next == header.chunks()) {
        return false;
      }
      if (next == 0) {
        ready = new byte[PartKey.CHUNK + PartKey.TAG];
      }
      int length = spool.read(next, text);
      end = key.seal(next, next == header.chunks() - 1, text, length, ready, 0);
      at = 0;
      next++;
      return true;
    }

    @Override
    public void close() {
      key.close();
    }
  }
}
