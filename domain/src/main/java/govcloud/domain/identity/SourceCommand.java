package govcloud.domain.identity;

/** What may be noted about a place from which people sign in. */
public sealed interface SourceCommand {

  /**
   * Somebody was refused here.
   *
   * @param account hash of the name that was given; it may be nobody's
   */
  record NoteRefused(String account) implements SourceCommand {}

  /** Somebody was let in here; changes nothing where that name was not refused before. */
  record NoteLetIn(String account) implements SourceCommand {}
}
