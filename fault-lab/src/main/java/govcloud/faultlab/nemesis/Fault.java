package govcloud.faultlab.nemesis;

import java.util.Map;

/** Something that can be broken and mended. */
interface Fault {

  /** Breaks it. */
  void inject();

  /** Mends it; returns figures that show that it was broken. */
  Map<String, Long> heal();
}
