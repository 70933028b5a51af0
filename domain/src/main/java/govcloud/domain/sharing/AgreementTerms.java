package govcloud.domain.sharing;

import govcloud.domain.Refusal;
import govcloud.domain.catalogue.LocalText;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What two departments agree on: who may see which fields of which resource, for what, and within
 * which limits. Named by the hash of its canonical bytes; what is signed is this hash.
 *
 * @param provider the department that owns the resource
 * @param resource identifier of the resource in that department
 * @param resourceVersion the version whose items the fields name; counts from 1
 * @param consumer the department that may ask
 * @param matters apps of the catalogue whose cases give reason to ask; none if no case is needed
 * @param fields what may be seen, and how much of it
 * @param rowFilter a CEL expression over the items of a record that says whether it may be seen
 * @param policy a condition on each exchange
 * @param quotaPerDay records a day, over all nodes
 * @param validFrom whole seconds
 * @param validUntil the moment from which it no longer holds; whole seconds
 * @param retentionDays how long the consumer may keep what it got
 * @param core whether two people of each party sign, because a field is core data
 * @param replaces address of the terms that these follow
 * @param emergencyDays how long an activation of an emergency agreement (应急共享) lasts, in days;
 *     none: it is no emergency agreement, and gives data without being activated
 * @param mode {@link Mode#FILE} or {@link Mode#BATCH}: everything at once, and no queries; none:
 *     queries, and what else the resource offers for single records
 */
public record AgreementTerms(
    String provider,
    String resource,
    int resourceVersion,
    String consumer,
    LocalText purpose,
    List<String> matters,
    String legalBasis,
    List<Field> fields,
    Optional<String> rowFilter,
    Optional<Policy> policy,
    long quotaPerDay,
    Instant validFrom,
    Instant validUntil,
    int retentionDays,
    Onward onward,
    boolean core,
    Optional<String> replaces,
    Optional<Integer> emergencyDays,
    Optional<Mode> mode) {

  /** How long an activation lasts if nothing else is said, in days. */
  public static final int USUAL_EMERGENCY_DAYS = 30;

  private static final int MOST_MATTERS = 50;
  private static final long LARGEST_QUOTA = 1_000_000_000;
  private static final int LONGEST_RETENTION_DAYS = 36_500;

  public AgreementTerms {
    Objects.requireNonNull(provider, "provider");
    Objects.requireNonNull(resource, "resource");
    Objects.requireNonNull(consumer, "consumer");
    Objects.requireNonNull(purpose, "purpose");
    matters = List.copyOf(matters);
    Objects.requireNonNull(legalBasis, "legalBasis");
    fields = List.copyOf(fields);
    Objects.requireNonNull(rowFilter, "rowFilter");
    Objects.requireNonNull(policy, "policy");
    Objects.requireNonNull(validFrom, "validFrom");
    Objects.requireNonNull(validUntil, "validUntil");
    Objects.requireNonNull(onward, "onward");
    Objects.requireNonNull(replaces, "replaces");
    Objects.requireNonNull(emergencyDays, "emergencyDays");
    Objects.requireNonNull(mode, "mode");
  }

  /** An item of the resource that may be seen, and how much of it. */
  public record Field(String item, Masking masking) {
    public Field {
      Objects.requireNonNull(item, "item");
      Objects.requireNonNull(masking, "masking");
    }

    Map<String, Object> document() {
      return Map.of("item", item, "masking", masking.document());
    }
  }

  /** The same terms as successors of those with {@code address}. */
  public AgreementTerms following(String address) {
    return with(provider, Optional.of(address), emergencyDays, mode);
  }

  /** The same terms with another name of the provider: another cloud's is known here by its own. */
  public AgreementTerms ofProvider(String name) {
    return with(name, replaces, emergencyDays, mode);
  }

  /** The same terms, which give something only while they are activated. */
  public AgreementTerms inEmergency(int days) {
    return with(provider, replaces, Optional.of(days), mode);
  }

  /** The same terms, under which everything is given at once. */
  public AgreementTerms inMode(Mode how) {
    return with(provider, replaces, emergencyDays, Optional.of(how));
  }

  private AgreementTerms with(
      String otherProvider,
      Optional<String> otherReplaces,
      Optional<Integer> days,
      Optional<Mode> how) {
    return new AgreementTerms(
        otherProvider,
        resource,
        resourceVersion,
        consumer,
        purpose,
        matters,
        legalBasis,
        fields,
        rowFilter,
        policy,
        quotaPerDay,
        validFrom,
        validUntil,
        retentionDays,
        onward,
        core,
        otherReplaces,
        days,
        how);
  }

  /** Whether the terms hold at a moment, as far as time is concerned. */
  public boolean validAt(Instant now) {
    return !now.isBefore(validFrom) && now.isBefore(validUntil);
  }

  /** What is wrong with the terms alone, each with its place. */
  public List<Refusal> faults() {
    var faults = new Faults(AgreementRefusal.AGREEMENT_INVALID);
    checkParties(faults);
    checkFields(faults);
    rowFilter.ifPresent(source -> faults.text("/row_filter", source, Policy.LONGEST_SOURCE));
    policy.ifPresent(present -> present.check("/policy", faults));
    checkLimits(faults);
    return faults.found();
  }

  private void checkParties(Faults faults) {
    faults.identifier("/provider", provider);
    faults.identifier("/resource", resource);
    faults.range("/resource_version", resourceVersion, 1, Integer.MAX_VALUE);
    faults.identifier("/consumer", consumer);
    faults.require(
        !consumer.equals(provider), "/consumer", consumer, "another department than the provider");
    faults.text("/purpose", purpose, Faults.LONGEST_TEXT);
    faults.size("/matters", matters, 0, MOST_MATTERS);
    for (var i = 0; i < matters.size(); i++) {
      faults.identifier("/matters/" + i, matters.get(i));
    }
    faults.text("/legal_basis", legalBasis, Faults.LONGEST_TEXT);
  }

  private void checkFields(Faults faults) {
    faults.size("/fields", fields, 1, DataResource.MOST_ITEMS);
    var items = new HashSet<String>();
    for (var i = 0; i < fields.size(); i++) {
      var at = "/fields/" + i;
      var item = fields.get(i).item();
      faults.require(items.add(item), at + "/item", Faults.quoted(item), "an item only once");
      fields.get(i).masking().check(at + "/masking", faults);
    }
  }

  private void checkLimits(Faults faults) {
    faults.range("/quota_per_day", quotaPerDay, 1, LARGEST_QUOTA);
    faults.require(whole(validFrom), "/valid_from", validFrom, "whole seconds");
    faults.require(whole(validUntil), "/valid_until", validUntil, "whole seconds");
    faults.require(validUntil.isAfter(validFrom), "/valid_until", validUntil, "after " + validFrom);
    faults.range("/retention_days", retentionDays, 1, LONGEST_RETENTION_DAYS);
    mode.ifPresent(
        how -> faults.require(how.isWhole(), "/mode", Words.of(how), "file or batch, or none"));
    replaces.ifPresent(
        address ->
            faults.require(
                address.matches("[0-9a-f]{64}"),
                "/replaces",
                Faults.quoted(address),
                "64 hexadecimal digits"));
  }

  private static boolean whole(Instant instant) {
    return instant.equals(instant.truncatedTo(ChronoUnit.SECONDS));
  }

  /** What is wrong with the terms for this version of the resource, each with its place. */
  public List<Refusal> faults(DataResource of) {
    var faults = new Faults(AgreementRefusal.AGREEMENT_INVALID);
    faults.require(
        of.sharing() != SharingClass.NOT_SHARED,
        "/resource",
        resource + ", not shared: " + of.sharingBasis(),
        "one that is shared");
    for (var i = 0; i < fields.size(); i++) {
      var at = "/fields/" + i;
      var field = fields.get(i);
      var item = of.item(field.item());
      faults.require(
          item.isPresent(), at + "/item", Faults.quoted(field.item()), "an item of " + resource);
      item.ifPresent(present -> field.masking().check(at + "/masking", present, faults));
      faults.require(
          of.modes().isEmpty()
              || of.modes().contains(Mode.QUERY)
              || mode.isPresent()
              || tellsNoValue(field),
          at + "/masking/rule",
          "values of a resource that is " + of.modes().stream().map(Words::of).toList(),
          "predicate or hidden");
    }
    mode.ifPresent(how -> checkMode(how, of, faults));
    faults.require(core == concernsCore(of), "/core", core, "" + concernsCore(of));
    return faults.found();
  }

  /**
   * A file is not looked into, so that it is agreed on as a whole; nobody claims anything of it.
   */
  private void checkMode(Mode how, DataResource of, Faults faults) {
    faults.require(
        of.modes().contains(how),
        "/mode",
        Words.of(how),
        "one of " + of.modes().stream().map(Words::of).toList());
    for (var i = 0; i < fields.size(); i++) {
      var rule = fields.get(i).masking().rule();
      faults.require(
          how == Mode.FILE ? rule == Masking.Rule.PLAIN : rule != Masking.Rule.PREDICATE,
          "/fields/" + i + "/masking/rule",
          Words.of(rule) + " of a " + Words.of(how),
          how == Mode.FILE ? "plain" : "any other rule");
    }
    if (how == Mode.FILE) {
      faults.require(
          fields.size() == of.items().size(),
          "/fields",
          fields.size() + " items",
          "all " + of.items().size() + ", for a file is given whole");
      faults.require(
          rowFilter.isEmpty(), "/row_filter", "given", "none, for a file is given whole");
      faults.require(
          of.subject().isEmpty() || !matters.isEmpty(),
          "/matters",
          "none",
          "some, for whoever the file is about learns of it by the case");
    }
  }

  private static boolean tellsNoValue(Field field) {
    var rule = field.masking().rule();
    return rule == Masking.Rule.PREDICATE || rule == Masking.Rule.HIDDEN;
  }

  /** Whether a field of core data leaves the provider. */
  private boolean concernsCore(DataResource of) {
    return concernsCore(of, fields);
  }

  /** Whether core data is among {@code fields} of this version of the resource. */
  public static boolean concernsCore(DataResource of, List<Field> fields) {
    return fields.stream()
        .filter(field -> field.masking().rule() != Masking.Rule.HIDDEN)
        .flatMap(field -> of.item(field.item()).stream())
        .anyMatch(item -> item.sensitivity() == Sensitivity.L4);
  }

  /** The terms as a document: maps, lists, texts, numbers and truth values. */
  public Map<String, Object> document() {
    var document = new HashMap<String, Object>();
    document.put("provider", provider);
    document.put("resource", resource);
    document.put("resource_version", resourceVersion);
    document.put("consumer", consumer);
    document.put("purpose", Words.of(purpose));
    document.put("matters", matters);
    document.put("legal_basis", legalBasis);
    document.put("fields", fields.stream().map(Field::document).toList());
    rowFilter.ifPresent(source -> document.put("row_filter", source));
    policy.ifPresent(present -> document.put("policy", present.document()));
    document.put("quota_per_day", quotaPerDay);
    document.put("valid_from", validFrom.toString());
    document.put("valid_until", validUntil.toString());
    document.put("retention_days", retentionDays);
    document.put("onward", Words.of(onward));
    document.put("core", core);
    replaces.ifPresent(address -> document.put("replaces", address));
    emergencyDays.ifPresent(days -> document.put("emergency", Map.of("days", days)));
    mode.ifPresent(how -> document.put("mode", Words.of(how)));
    return document;
  }

  /** Canonical bytes of the document. */
  public byte[] canonicalBytes() {
    return CanonicalJson.bytes(document());
  }

  /** What names the terms by their content, and what is signed. */
  public String address() {
    return CanonicalJson.address(document());
  }
}
