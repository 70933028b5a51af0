package govcloud.domain.sharing;

/** On which conditions a resource is shared. */
public enum SharingClass {
  /** With every department that has a use for it; an agreement needs no consent. */
  UNCONDITIONAL,
  /** With departments to whose application the owner consents. */
  CONDITIONAL,
  /** With nobody, because a law says so. */
  NOT_SHARED
}
