package govcloud.ledger;

/** Everything that can be wrong with a ledger. Codes are never used again for something else. */
public enum LedgerDefect {
  /** A text or file is not of its format. */
  LEDGER_MALFORMED("not of this format"),
  /** The text is not signed by a key of its log. */
  LEDGER_SIGNER_UNKNOWN("not signed by a known key of its log"),
  /** A signature of a known key does not fit. */
  LEDGER_SIGNATURE_WRONG("signature wrong"),
  /** It speaks of another log. */
  LEDGER_ORIGIN_WRONG("of another log"),
  /** The witnesses that the policy asks for have not signed it. */
  LEDGER_WITNESS_MISSING("not cosigned as the policy asks", true),
  /** A file that must be there is not. */
  LEDGER_MISSING("missing"),
  /** A name that no file of a ledger has. */
  LEDGER_FILE_UNKNOWN("not a file of a ledger"),
  /** Entries are not those that were signed. */
  LEDGER_ENTRIES_WRONG("entries differ from what was signed"),
  /** Hashes are not those that were signed. */
  LEDGER_TILE_WRONG("hashes differ from what was signed"),
  /** What is there has another root than was signed. */
  LEDGER_ROOT_WRONG("entries and hashes have another root than was signed"),
  /** An entry was signed, but is not of the format of leaves. */
  LEDGER_LEAF_MALFORMED("entry is not a leaf"),
  /** Files that no checkpoint covers. */
  LEDGER_TAIL_UNSIGNED("not covered by a checkpoint", true),
  /** An older state than one that is known. */
  LEDGER_ROLLED_BACK("older than what is known"),
  /** Two states of one log of which neither continues the other. */
  LEDGER_FORKED("does not continue what is known"),
  /** A proof does not prove it. */
  LEDGER_PROOF_WRONG("proof does not fit"),
  /** What was opened is not what was committed to. */
  LEDGER_OPENING_WRONG("opened value is not the one that was recorded"),
  /** What a recorded verdict follows from was not handed in. */
  LEDGER_MATERIAL_MISSING("not there", true),
  /** What was handed in is not what the entry commits to. */
  LEDGER_MATERIAL_WRONG("not what was recorded"),
  /** A policy does not say what was recorded of it. */
  LEDGER_VERDICT_WRONG("the policy does not say so"),
  /** The log does not take anything any more until it is opened anew. */
  LEDGER_STOPPED("log has stopped"),
  /** A file could not be read or written. */
  LEDGER_UNAVAILABLE("store failed");

  private final String meaning;
  private final boolean incomplete;

  LedgerDefect(String meaning) {
    this(meaning, false);
  }

  LedgerDefect(String meaning, boolean incomplete) {
    this.meaning = meaning;
    this.incomplete = incomplete;
  }

  /** A few words. */
  public String meaning() {
    return meaning;
  }

  /** Whether something is only lacking, and nothing is wrong. */
  public boolean isIncomplete() {
    return incomplete;
  }
}
