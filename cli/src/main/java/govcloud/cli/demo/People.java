package govcloud.cli.demo;

import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;

/** People with the names that Chinese law books give to nobody, and companies to match. */
final class People {
  private static final List<String> STAFF =
      List.of("张三", "李四", "王五", "赵六", "钱七", "孙八", "周九", "吴十", "郑十一", "王十二");

  private static final int DECIDERS = 3;
  private static final Set<String> DECIDING = Set.of("approver", "signer", "checker");

  private final Random random;

  People(Random random) {
    this.random = random;
  }

  /**
   * A clerk, marked as synthetic. Deciders are other people, as nobody decides on their own case.
   */
  String clerk(String role) {
    int chance = random.nextInt(DECIDERS);
    int others = STAFF.size() - DECIDERS;
    return DECIDING.contains(role)
        ? STAFF.get(others + chance)
        : STAFF.get(Math.floorMod(role.hashCode() + chance, others));
  }

  /** A citizen whose name cannot be mistaken for a real one. */
  String citizen(int n) {
    return String.format(Locale.ROOT, "测试市民%03d", n);
  }

  /** A company whose name cannot be mistaken for a real one. */
  String company(int n) {
    return String.format(Locale.ROOT, "云州市虚构企业%03d有限公司", n);
  }
}
