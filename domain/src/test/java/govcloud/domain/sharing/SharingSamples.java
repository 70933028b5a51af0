package govcloud.domain.sharing;

import govcloud.domain.catalogue.LocalText;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/** Violations of the traffic police, and what the transport bureau may see of them. */
public final class SharingSamples {

  public static final DataResource VIOLATIONS =
      new DataResource(
          "police",
          "traffic-violations",
          new LocalText("机动车交通违法信息", "Traffic violations"),
          new LocalText("未处理的交通违法", "Violations that are not settled"),
          "transport/violations",
          SharingClass.CONDITIONAL,
          "营运车辆管理",
          List.of(Mode.QUERY, Mode.PREDICATE),
          UpdateCycle.REAL_TIME,
          List.of(
              item("plate", ItemType.TEXT, Sensitivity.L2, true),
              item("driver_number", ItemType.CITIZEN_NUMBER, Sensitivity.L3, false),
              item("happened_on", ItemType.DATE, Sensitivity.L2, false),
              item("points", ItemType.INTEGER, Sensitivity.L1, false),
              item("picture", ItemType.TEXT, Sensitivity.L4, false)),
          Optional.of("driver_number"),
          Provider.mock(),
          CatalogueEntry.NONE);

  public static final AgreementTerms TERMS =
      new AgreementTerms(
          "police",
          "traffic-violations",
          1,
          "transport",
          new LocalText("营运车辆年审", "Yearly inspection of commercial vehicles"),
          List.of("licence-renewal"),
          "《道路运输条例》",
          List.of(
              new AgreementTerms.Field("plate", Masking.PLAIN),
              new AgreementTerms.Field("driver_number", Masking.ends(3, 4)),
              new AgreementTerms.Field("happened_on", Masking.of(Masking.Rule.YEAR))),
          Optional.of("points > 0"),
          Optional.of(
              new Policy(
                  "role == 'clerk'",
                  List.of(
                      new Policy.Example("a clerk", "{\"role\":\"clerk\"}", true),
                      new Policy.Example("a visitor", "{\"role\":\"visitor\"}", false)))),
          1_000,
          Instant.parse("2026-03-02T00:00:00Z"),
          Instant.parse("2027-03-02T00:00:00Z"),
          365,
          Onward.FORBIDDEN,
          false,
          Optional.empty(),
          Optional.empty(),
          Optional.empty());

  private SharingSamples() {}

  /** The terms for cases of administrative approval, without row filter, in force today. */
  public static AgreementTerms inForce(Policy policy, long quotaPerDay) {
    var now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    return new AgreementTerms(
        TERMS.provider(),
        TERMS.resource(),
        TERMS.resourceVersion(),
        TERMS.consumer(),
        TERMS.purpose(),
        List.of("administrative-approval"),
        TERMS.legalBasis(),
        TERMS.fields(),
        Optional.empty(),
        Optional.of(policy),
        quotaPerDay,
        now.minusSeconds(60),
        now.plusSeconds(86_400),
        TERMS.retentionDays(),
        TERMS.onward(),
        TERMS.core(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  static Item item(String name, ItemType type, Sensitivity sensitivity, boolean key) {
    return new Item(name, type, sensitivity, new LocalText(name + "项", name), key);
  }

  /** The resource with other items. */
  public static DataResource with(List<Item> items) {
    var of = VIOLATIONS;
    return new DataResource(
        of.owner(),
        of.id(),
        of.title(),
        of.summary(),
        of.category(),
        of.sharing(),
        of.sharingBasis(),
        of.modes(),
        of.updates(),
        items,
        of.subject(),
        of.provider(),
        of.catalogue());
  }

  /** The resource in another sharing class. */
  public static DataResource with(SharingClass sharing, String basis, List<Mode> modes) {
    var of = VIOLATIONS;
    return new DataResource(
        of.owner(),
        of.id(),
        of.title(),
        of.summary(),
        of.category(),
        sharing,
        basis,
        modes,
        of.updates(),
        of.items(),
        of.subject(),
        of.provider(),
        of.catalogue());
  }

  /** The resource from another provider. */
  public static DataResource from(Provider provider) {
    return withProvider(VIOLATIONS, provider);
  }

  /** A resource from another provider. */
  static DataResource withProvider(DataResource of, Provider provider) {
    return from(of, provider, of.catalogue());
  }

  /** A resource with what else catalogues say of it. */
  public static DataResource listedAs(DataResource of, CatalogueEntry entry) {
    return from(of, of.provider(), entry);
  }

  private static DataResource from(DataResource of, Provider provider, CatalogueEntry entry) {
    return new DataResource(
        of.owner(),
        of.id(),
        of.title(),
        of.summary(),
        of.category(),
        of.sharing(),
        of.sharingBasis(),
        of.modes(),
        of.updates(),
        of.items(),
        of.subject(),
        provider,
        entry);
  }

  /** The resource as lines of a file, about nobody. */
  public static DataResource asFile(List<Mode> modes) {
    var of = VIOLATIONS;
    return new DataResource(
        of.owner(),
        of.id(),
        of.title(),
        of.summary(),
        of.category(),
        of.sharing(),
        of.sharingBasis(),
        modes,
        of.updates(),
        of.items(),
        Optional.empty(),
        Provider.file("figures"),
        of.catalogue());
  }

  /** The terms with other fields. */
  public static AgreementTerms with(boolean core, AgreementTerms.Field... fields) {
    return with(core, TERMS.policy(), TERMS.validUntil(), fields);
  }

  /** The terms with another policy, end and fields. */
  public static AgreementTerms with(
      boolean core, Optional<Policy> policy, Instant until, AgreementTerms.Field... fields) {
    var of = TERMS;
    return new AgreementTerms(
        of.provider(),
        of.resource(),
        of.resourceVersion(),
        of.consumer(),
        of.purpose(),
        of.matters(),
        of.legalBasis(),
        List.of(fields),
        of.rowFilter(),
        policy,
        of.quotaPerDay(),
        of.validFrom(),
        until,
        of.retentionDays(),
        of.onward(),
        core,
        of.replaces(),
        of.emergencyDays(),
        of.mode());
  }
}
