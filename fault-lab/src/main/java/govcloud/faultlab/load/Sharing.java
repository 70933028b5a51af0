package govcloud.faultlab.load;

import static govcloud.faultlab.load.Api.object;

import java.util.List;

/**
 * Lets one department ask the other for made-up records. The agreement is one for emergencies, so
 * that queries need no case: what a case allows is not what is tried here.
 */
final class Sharing {
  /** Who asks. */
  static final String CONSUMER = "transport";

  /** Under which agreement. */
  static final String AGREEMENT = "flood";

  private static final String PROVIDER = "harbour";
  private static final String RESOURCE = "violations";
  private static final Api.Person OPERATOR = new Api.Person("lab-operator", "operator");

  private final Departments departments;

  Sharing(Departments departments) {
    this.departments = departments;
  }

  /** Returns when it is signed and activated; every node knows it soon after. */
  void open() {
    String own = "/v1/tenants/" + PROVIDER + "/resources/" + RESOURCE;
    departments.until("PUT", own, "publish", officer(PROVIDER), resource());
    String path = "/agreements/" + CONSUMER + "/" + AGREEMENT;
    String theirs = "/v1/tenants/" + CONSUMER + path;
    String ours = "/v1/tenants/" + PROVIDER + path;
    departments.until("PUT", theirs, "apply", officer(CONSUMER), terms());
    String any = "/v1/sharing" + path;
    departments.until("POST", any + "/confirm", "confirm", OPERATOR, object());
    departments.until("POST", ours + "/consent", "consent", officer(PROVIDER), object());
    String address =
        departments
            .until("GET", ours, "", officer(PROVIDER), null)
            .body()
            .at("/application/address")
            .asText();
    Object signed = object("address", address);
    departments.until("POST", ours + "/sign", "sign-ours", signer(PROVIDER), signed);
    departments.until("POST", theirs + "/sign", "sign-theirs", signer(CONSUMER), signed);
    Object why = object("reason", "lab", "incident", "2026-7");
    departments.until("POST", theirs + "/activation/request", "why", officer(CONSUMER), why);
    Object first = object("activation", 1);
    departments.until("POST", theirs + "/activation/activate", "first", signer(CONSUMER), first);
  }

  private static Api.Person officer(String tenant) {
    return new Api.Person(tenant + "-officer", "data-officer");
  }

  private static Api.Person signer(String tenant) {
    return new Api.Person(tenant + "-signer", "agreement-signer");
  }

  private static Object resource() {
    return object(
        "title",
        object("zh", "违法信息", "en", "Violations"),
        "summary",
        object("zh", "违法", "en", "Violations"),
        "category",
        "transport/violations",
        "sharing",
        "conditional",
        "sharing_basis",
        "lab",
        "modes",
        List.of("query"),
        "updates",
        "real_time",
        "items",
        List.of(
            item("plate", "text", "l2", true),
            item("driver_number", "citizen_number", "l3", false)),
        "subject",
        "driver_number",
        "provider",
        object("kind", "mock"));
  }

  private static Object item(String name, String type, String sensitivity, boolean key) {
    return object(
        "name", name,
        "type", type,
        "sensitivity", sensitivity,
        "title", object("zh", name, "en", name),
        "key", key);
  }

  private static Object terms() {
    return object(
        "provider",
        PROVIDER,
        "resource",
        RESOURCE,
        "resource_version",
        1,
        "purpose",
        object("zh", "救援", "en", "Rescue"),
        "matters",
        List.of(),
        "legal_basis",
        "lab",
        "fields",
        List.of(object("item", "plate", "masking", object("rule", "plain"))),
        "emergency",
        object(),
        "quota_per_day",
        1_000_000,
        "valid_from",
        "2020-01-01T00:00:00Z",
        "valid_until",
        "2099-01-01T00:00:00Z",
        "retention_days",
        30,
        "onward",
        "forbidden");
  }
}
