package govcloud.replication.keys;

import java.nio.file.Path;
import java.util.List;

/**
 * What a look at share files found.
 *
 * @param files one for each file, in the order given
 * @param good how many different shares are good
 * @param needed how many give the key
 * @param joined whether they were joined and gave the recovery key
 */
public record ShareCheck(List<File> files, int good, int needed, boolean joined) {

  /**
   * One file.
   *
   * @param path where it is
   * @param share which share, or 0 where that cannot be read
   * @param defect what is wrong, or null
   * @param detail a sentence
   */
  public record File(Path path, int share, KeyDefect defect, String detail) {}
}
