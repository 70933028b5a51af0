package govcloud.recovery.prove;

/** What can be wrong with a restored cloud; codes are never reused. */
public enum ProofDefect {
  /** A row of the log is not there. */
  PROOF_LOG_ROW_MISSING("a row of the log is missing"),
  /** A row of the log is not the one that the lost cloud signed. */
  PROOF_LOG_ROW_DIFFERENT("a row of the log differs from the archive"),
  /** The log has a row that the archive does not have. */
  PROOF_LOG_ROW_FOREIGN("the log has a row that the archive does not have"),
  /** An entity's records in the log do not follow each other. */
  PROOF_CHAIN_BROKEN("an entity's records do not follow each other"),
  /** Records of an entity are in no chunk. */
  PROOF_CHUNK_MISSING("records of an entity are in no chunk"),
  /** A chunk's records are not those of the log. */
  PROOF_CHUNK_DIFFERENT("a chunk differs from the log"),
  /** A chunk belongs to no entity of the log. */
  PROOF_CHUNK_FOREIGN("a chunk of an entity that the log does not have"),
  /** A slice's watermark is not where its records end. */
  PROOF_WATERMARK_WRONG("a watermark is wrong"),
  /** There is a snapshot, which nobody restored. */
  PROOF_SNAPSHOT_FOREIGN("a snapshot that was not restored"),
  /** An entity does not lie in the slice that the settings give it. */
  PROOF_SETTINGS_DIFFER("an entity lies in another slice than the settings say"),
  /** A tenant is not as the cut says. */
  PROOF_CUT_DIFFERENT("a tenant differs from the signed cut"),
  /** An entity's records cannot be replayed. */
  PROOF_REPLAY_FAILED("an entity cannot be replayed");

  private final String meaning;

  ProofDefect(String meaning) {
    this.meaning = meaning;
  }

  /** A few words. */
  public String meaning() {
    return meaning;
  }
}
