package govcloud.node.catalogue;

/** What can be wrong with the files of the catalogue; the names are published and never change. */
public enum MistakeCode {
  /** A file or folder is missing, unreadable, too big or not expected there. */
  CATALOGUE_BAD_FILE,
  /** The text is not YAML or JSON. */
  CATALOGUE_BAD_SYNTAX,
  /** A key that the format does not know. */
  CATALOGUE_UNKNOWN_KEY,
  /** A key that must be there is not. */
  CATALOGUE_MISSING_KEY,
  /** A value of the wrong kind or out of range. */
  CATALOGUE_BAD_VALUE,
  /** A name that is not an identifier. */
  CATALOGUE_BAD_IDENTIFIER,
  /** The same thing twice. */
  CATALOGUE_DUPLICATE,
  /** A text without its Chinese or its English form. */
  CATALOGUE_MISSING_TEXT,
  /** A state that is not declared. */
  CATALOGUE_UNKNOWN_STATE,
  /** A role that is not declared. */
  CATALOGUE_UNKNOWN_ROLE,
  /** A clock that is not declared. */
  CATALOGUE_UNKNOWN_CLOCK,
  /** A document that is not declared. */
  CATALOGUE_UNKNOWN_DOCUMENT,
  /** An action that is not declared. */
  CATALOGUE_UNKNOWN_ACTION,
  /** No sequence of actions leads to the state. */
  CATALOGUE_UNREACHABLE_STATE,
  /** No sequence of actions leads from the state to a final one. */
  CATALOGUE_DEAD_END,
  /** Neither creation nor an action starts the clock. */
  CATALOGUE_IDLE_CLOCK,
  /** The condition does not compile, is not boolean or is too big. */
  CATALOGUE_BAD_GUARD,
  /** The form is not an acceptable JSON Schema. */
  CATALOGUE_BAD_SCHEMA,
  /** The pattern of case numbers is not understood. */
  CATALOGUE_BAD_NUMBERING,
  /** The versions of an app are not 1, 2, 3 without a gap. */
  CATALOGUE_VERSION_GAP,
  /** A migration does not map every state of the older version to a state of this one. */
  CATALOGUE_BAD_MIGRATION,
  /** The calendar's days contradict themselves. */
  CATALOGUE_BAD_CALENDAR
}
