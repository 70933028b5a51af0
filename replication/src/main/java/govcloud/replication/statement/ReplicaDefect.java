package govcloud.replication.statement;

/** Everything that can be wrong with a replica. Codes are never used again for something else. */
public enum ReplicaDefect {
  /** The file is not of the kind that its name says. */
  REPLICA_KIND_WRONG("not a file of this kind"),
  /** Written by a newer version. */
  REPLICA_VERSION_UNKNOWN("format version not known"),
  /** Made with algorithms that this version does not know. */
  REPLICA_SUITE_UNKNOWN("suite of algorithms not known"),
  /** Larger than what is accepted. */
  REPLICA_TOO_LARGE("too large"),
  /** The file ends too early. */
  REPLICA_TRUNCATED("ends too early"),
  /** There are bytes behind the end. */
  REPLICA_TRAILING_BYTES("bytes behind the end"),
  /** Nobody known signed it. */
  REPLICA_SIGNER_UNKNOWN("signing key not known"),
  /** The signature does not fit the statement. */
  REPLICA_SIGNATURE_WRONG("signature wrong"),
  /** Signed, but not what the format asks for. */
  REPLICA_STATEMENT_MALFORMED("statement malformed"),
  /** It speaks of another cloud, or another cloud signed it. */
  REPLICA_CLOUD_WRONG("of another cloud"),
  /** It lies under the name of another one. */
  REPLICA_MISPLACED("lies under another one's name"),
  /** A chunk is not the one that was signed. */
  REPLICA_CHUNK_DAMAGED("chunk damaged"),
  /** A key does not open this part. */
  REPLICA_KEY_WRONG("key does not open this"),
  /** Opened, but not what the statement promises. */
  REPLICA_CONTENT_WRONG("content differs from the statement"),
  /** One that must be there is not. */
  REPLICA_MISSING("missing"),
  /** Two different ones claim the same place. */
  REPLICA_FORKED("another one claims the same place"),
  /** It does not continue the one before. */
  REPLICA_GAP("does not continue the one before"),
  /** An older state than one that was already there. */
  REPLICA_ROLLED_BACK("older than what was already there"),
  /** Records of an entity are missing or doubled. */
  REPLICA_ENTITY_GAP("an entity's records are not consecutive"),
  /** It speaks of something else than what is there. */
  REPLICA_MISMATCH("does not fit what it speaks of"),
  /**
   * The sealed keys changed within an epoch, or are sealed to a key that nobody's shares belong to.
   */
  REPLICA_GRANT_WRONG("sealed keys are not the expected ones"),
  /** New, but from a site that was given up after a recovery. */
  REPLICA_SITE_FENCED("from a site that was given up"),
  /** The cloud is being recovered: nothing of it is taken in until its new site is trusted. */
  REPLICA_ORIGIN_HELD("from a cloud that is held");

  private final String meaning;

  ReplicaDefect(String meaning) {
    this.meaning = meaning;
  }

  /** A few words. */
  public String meaning() {
    return meaning;
  }
}
