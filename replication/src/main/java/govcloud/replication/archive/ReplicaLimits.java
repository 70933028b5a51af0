package govcloud.replication.archive;

/** The most that is accepted; larger files are refused before they are looked at. */
public final class ReplicaLimits {
  /** Bytes of a file. */
  public static final int FILE = 128 << 20;

  /** Bytes of a part before compression. */
  public static final int PART = 256 << 20;

  /** Batches in a segment. */
  public static final int BATCHES = 1 << 16;

  private ReplicaLimits() {}
}
