package govcloud.node;

import govcloud.domain.casework.Applicant;
import govcloud.domain.casework.CaseCommand;
import govcloud.domain.catalogue.LocalText;
import govcloud.domain.sharing.AgreementTerms;
import govcloud.domain.sharing.AgreementTerms.Field;
import govcloud.domain.sharing.CatalogueEntry;
import govcloud.domain.sharing.DataResource;
import govcloud.domain.sharing.Item;
import govcloud.domain.sharing.ItemType;
import govcloud.domain.sharing.Masking;
import govcloud.domain.sharing.Mode;
import govcloud.domain.sharing.Provider;
import govcloud.domain.sharing.Sensitivity;
import govcloud.domain.sharing.SharingSamples;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A register of a department: an app whose cases are the records of a resource of the same name,
 * which can be asked for and whose changes are told.
 *
 * @param title of the resource and of each record
 */
record RegisterSamples(String provider, String app, LocalText title) {

  DataResource resource() {
    var of = SharingSamples.VIOLATIONS;
    return new DataResource(
        provider,
        app,
        title,
        of.summary(),
        of.category(),
        of.sharing(),
        of.sharingBasis(),
        List.of(Mode.QUERY, Mode.SUBSCRIPTION),
        of.updates(),
        List.of(
            item("applyer_page_code", ItemType.CITIZEN_NUMBER, true),
            item("task_name", ItemType.TEXT, false),
            item("case_status", ItemType.TEXT, false)),
        Optional.of("applyer_page_code"),
        Provider.app(app),
        CatalogueEntry.NONE);
  }

  private static Item item(String name, ItemType type, boolean key) {
    return new Item(name, type, Sensitivity.L2, new LocalText(name, name), key);
  }

  /** Terms of today, under which the state of a record is seen, and the ends of its number. */
  AgreementTerms terms(String consumer, List<String> matters, Optional<String> filter) {
    var of = SharingSamples.TERMS;
    var now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    return new AgreementTerms(
        provider,
        app,
        1,
        consumer,
        of.purpose(),
        matters,
        of.legalBasis(),
        List.of(
            new Field("applyer_page_code", Masking.ends(3, 4)),
            new Field("case_status", Masking.PLAIN)),
        filter,
        Optional.empty(),
        1_000,
        now.minusSeconds(60),
        now.plusSeconds(86_400),
        of.retentionDays(),
        of.onward(),
        false,
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** The entity of a record. */
  String id(String name) {
    return "case/" + provider + "/" + app + "/" + name;
  }

  /** The form of a record about somebody. */
  static String form(String holder) {
    return "{\"project_name\":\"p\",\"task_name\":\"t\",\"task_type\":\"licence\","
        + "\"project_type\":\"promise\",\"applyer_name\":\"王小明\","
        + "\"applyer_type\":\"natural-person\",\"applyer_page_code\":\""
        + holder
        + "\"}";
  }

  /** A record about somebody. */
  CaseCommand made(String name, String holder) {
    return new CaseCommand.Create(
        provider,
        app,
        "administrative-approval",
        1,
        "330100-" + name,
        title.zh(),
        new Applicant("王小明", "person", "identity-card", holder),
        form(holder),
        Map.of(),
        Optional.empty());
  }

  /** What somebody does with a record. */
  static CaseCommand action(String action) {
    return new CaseCommand.TakeAction(action, "", "", Map.of(), Optional.empty());
  }
}
