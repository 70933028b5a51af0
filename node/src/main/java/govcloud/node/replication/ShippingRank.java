package govcloud.node.replication;

import govcloud.domain.tenant.DisasterClass;

/** What goes to the sibling first where the line is too thin for everything at once. */
enum ShippingRank {
  /** Somebody waits for the receipt. */
  WAITED_FOR,
  /** Records of which nothing may be lost. */
  ZERO_LOSS,
  /** Records of the usual class, and files about all of them. */
  CONTINUOUS,
  /** Records of which a day may be lost. */
  DAILY,
  /** Content of attachments, which has time until its own alarm. */
  ATTACHMENT;

  /** Of records of a class. */
  static ShippingRank of(DisasterClass disasterClass) {
    return switch (disasterClass) {
      case ZERO_LOSS -> ZERO_LOSS;
      case CONTINUOUS -> CONTINUOUS;
      case DAILY -> DAILY;
    };
  }

  /** Whether it goes before what others send usually. */
  boolean isUrgent() {
    return compareTo(ZERO_LOSS) <= 0;
  }
}
