package govcloud.cli.demo;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Random;

/** What people apply for, by app. */
final class CaseForms {
  private static final List<String> MATTERS =
      List.of(
          "道路旅客运输经营许可",
          "建设工程规划许可",
          "食品经营许可",
          "社会团体成立登记",
          "教师资格认定",
          "人力资源服务许可",
          "建筑工程施工许可",
          "医疗机构执业登记",
          "公共场所卫生许可",
          "户外广告设置审批");
  private static final List<String> TITLES =
      List.of("关于做好汛期安全工作的", "关于开展营商环境调研的", "关于印发政务数据共享办法的", "关于调整值班安排的");
  private static final List<String> KINDS = List.of("notice", "letter", "request", "report");
  private static final List<String> KINDS_ZH = List.of("通知", "函", "请示", "报告");

  private final ObjectMapper json;
  private final Random random;
  private final People people;

  CaseForms(ObjectMapper json, Random random, People people) {
    this.json = json;
    this.random = random;
    this.people = people;
  }

  /**
   * The body of a new case.
   *
   * @param way which way through the process it will take
   * @param n number of the case in the whole demo
   */
  ObjectNode body(String definition, int way, int n) {
    return switch (definition) {
      case "administrative-approval" -> approval(n);
      case "document-flow" -> document(way, n);
      default -> receipt(n);
    };
  }

  private ObjectNode approval(int n) {
    boolean company = random.nextInt(3) == 0;
    String applicant = company ? people.company(n) : people.citizen(n);
    String number =
        company
            ? CreditCode.ofCompany(n)
            : CitizenNumber.of(1960 + n % 40, 1 + n % 12, 1 + n % 28, n);
    String matter = MATTERS.get(n % MATTERS.size());
    ObjectNode body = json.createObjectNode().put("title", matter);
    body.putObject("applicant")
        .put("name", applicant)
        .put("kind", company ? "company" : "person")
        .put("document_kind", company ? "social-credit-code" : "identity-card")
        .put("document_number", number);
    body.putObject("form")
        .put("project_name", applicant + "申请" + matter)
        .put("task_name", matter)
        .put("task_type", "licence")
        .put("project_type", "promise")
        .put("use_level", "city")
        .put("apply_type", random.nextBoolean() ? "online" : "window")
        .put("applyer_name", applicant)
        .put("applyer_type", company ? "legal-person" : "natural-person")
        .put("applyer_page_type", company ? "social-credit-code" : "identity-card")
        .put("applyer_page_code", number)
        .put("is_express", random.nextBoolean());
    return body;
  }

  private ObjectNode document(int way, int n) {
    boolean incoming = way == 1 || way == 2;
    int kind = n % KINDS.size();
    String title = TITLES.get(random.nextInt(TITLES.size())) + KINDS_ZH.get(kind);
    ObjectNode body = json.createObjectNode().put("title", title);
    body.putObject("applicant").put("name", incoming ? "云州市虚构单位" : "办公室").put("kind", "department");
    ObjectNode form = body.putObject("form");
    form.put("direction", incoming ? "incoming" : "outgoing");
    form.put("title", title);
    form.put("kind", KINDS.get(kind));
    form.put("security_level", random.nextInt(4) == 0 ? "internal" : "public");
    form.put("urgency", random.nextInt(5) == 0 ? "urgent" : "ordinary");
    return body;
  }

  private ObjectNode receipt(int n) {
    String applicant = people.citizen(n);
    ObjectNode body = json.createObjectNode().put("title", "环境许可申请 " + applicant);
    body.putObject("applicant").put("name", applicant).put("kind", "person");
    body.putObject("form")
        .put("channel", List.of("Internet", "Desk", "Post", "Intern").get(n % 4))
        .put("department", "General")
        .put("group", "Group " + (1 + n % 5))
        .put("responsible", people.clerk("clerk"));
    return body;
  }
}
