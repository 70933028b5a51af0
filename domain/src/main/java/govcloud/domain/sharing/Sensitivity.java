package govcloud.domain.sharing;

/** How much harm an information item can do in wrong hands, from least to most. */
public enum Sensitivity {
  /** Public. */
  L1,
  /** Internal. */
  L2,
  /** Personal or confidential. */
  L3,
  /** Core data: two people of each party sign for it. */
  L4
}
