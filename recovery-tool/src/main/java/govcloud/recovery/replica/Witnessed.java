package govcloud.recovery.replica;

/** What the archive says of the sibling's signature over a cut that it found in its own copy. */
public enum Witnessed {
  /** There is one, and it is right. */
  RIGHT("and every tenant is as countersigned cut %d says"),
  /** There is none: a cut that was made just before the loss may have found no witness any more. */
  MISSING("and every tenant is as cut %d says, which is not countersigned"),
  /** There is one that is damaged, or of another cut. */
  WRONG("and every tenant is as cut %d says, whose countersignature is wrong"),
  /** It could not be read now, or is of a later version than this tool. */
  UNREADABLE("and every tenant is as cut %d says, whose countersignature could not be read here");

  private final String words;

  Witnessed(String words) {
    this.words = words;
  }

  /** The end of a sentence that says what was proved. */
  public String words(long cut) {
    return words.formatted(cut);
  }
}
