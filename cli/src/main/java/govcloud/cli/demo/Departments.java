package govcloud.cli.demo;

import java.util.List;
import java.util.stream.Stream;

/** The departments of a city that does not exist. */
final class Departments {
  private static final String APPROVAL = "=administrative-approval";
  private static final String RECEIPT = "=environmental-permit-receipt";
  private static final String DOCUMENTS = "=document-flow";

  private Departments() {}

  /**
   * One department.
   *
   * @param apps name and definition of what it rents, such as {@code permits=document-flow}
   */
  record Department(
      String id,
      String zh,
      String en,
      String plan,
      String disasterClass,
      DemoPlan.Fate fate,
      List<String> apps) {
    Department {
      apps = List.copyOf(apps);
    }
  }

  private static Department of(
      String id, String zh, String en, String plan, String disasterClass, String... apps) {
    return new Department(
        id, "云州市" + zh, "Yunzhou " + en, plan, disasterClass, DemoPlan.Fate.WORKS, List.of(apps));
  }

  private static Department standard(String id, String zh, String en, String... apps) {
    return of(id, zh, en, "standard", "continuous", apps);
  }

  private static Department large(String id, String zh, String en, String... apps) {
    return of(id, zh, en, "large", "zero_loss", apps);
  }

  private static Department idle(String id, String zh, String en, DemoPlan.Fate fate) {
    return new Department(id, "云州市" + zh, "Yunzhou " + en, "small", "daily", fate, List.of());
  }

  static List<Department> all() {
    return Stream.of(granting(), serving(), writing(), idle()).flatMap(List::stream).toList();
  }

  /** Who grants permits and licences. */
  private static List<Department> granting() {
    return List.of(
        standard("transport", "交通运输局", "Transport Bureau", "permits" + APPROVAL),
        large(
            "planning", "自然资源和规划局", "Planning Bureau", "permits" + RECEIPT, "approvals" + APPROVAL),
        large("market", "市场监督管理局", "Market Regulation Bureau", "licences" + APPROVAL));
  }

  /** Who serves persons and enterprises. */
  private static List<Department> serving() {
    return List.of(
        of(
            "civil-affairs",
            "民政局",
            "Civil Affairs Bureau",
            "standard",
            "zero_loss",
            "registry" + APPROVAL),
        standard("education", "教育局", "Education Bureau", "teachers" + APPROVAL),
        large("human-resources", "人力资源和社会保障局", "Human Resources Bureau", "benefits" + APPROVAL),
        standard("housing", "住房和城乡建设局", "Housing Bureau", "permits" + APPROVAL),
        standard("environment", "生态环境局", "Environment Bureau", "receipts" + RECEIPT),
        of(
            "health",
            "卫生健康委员会",
            "Health Commission",
            "standard",
            "zero_loss",
            "licences" + APPROVAL));
  }

  /** Who handles documents only. */
  private static List<Department> writing() {
    return List.of(
        standard("city-office", "人民政府办公室", "City Office", "documents" + DOCUMENTS),
        standard("big-data", "大数据发展管理局", "Big Data Bureau", "documents" + DOCUMENTS));
  }

  /** Who does not work with the cloud yet, or no more. */
  private static List<Department> idle() {
    return List.of(
        idle("culture", "文化和旅游局", "Culture and Tourism Bureau", DemoPlan.Fate.WAITS),
        idle("sports", "体育局", "Sports Bureau", DemoPlan.Fate.SUSPENDED));
  }
}
