package govcloud.node.sharing;

import com.fasterxml.jackson.databind.JsonNode;
import govcloud.domain.catalogue.LocalText;
import govcloud.domain.sharing.AgreementTerms;
import govcloud.domain.sharing.CatalogueEntry;
import govcloud.domain.sharing.DataResource;
import govcloud.domain.sharing.Item;
import govcloud.domain.sharing.ItemType;
import govcloud.domain.sharing.Masking;
import govcloud.domain.sharing.Mode;
import govcloud.domain.sharing.Onward;
import govcloud.domain.sharing.Policy;
import govcloud.domain.sharing.Provider;
import govcloud.domain.sharing.Sensitivity;
import govcloud.domain.sharing.SharingClass;
import govcloud.domain.sharing.UpdateCycle;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.StreamSupport;

/** Reads resources and terms from bodies that fit the contract. */
public final class SharingJson {

  private SharingJson() {}

  /** A resource that a department publishes. */
  public static DataResource resource(String owner, String id, JsonNode body) {
    return new DataResource(
        owner,
        id,
        text(body.path("title")),
        text(body.path("summary")),
        body.path("category").asText(),
        constant(SharingClass.class, body.path("sharing")),
        body.path("sharing_basis").asText(""),
        list(body.path("modes"), mode -> constant(Mode.class, mode)),
        constant(UpdateCycle.class, body.path("updates")),
        list(body.path("items"), SharingJson::item),
        optional(body, "subject"),
        new Provider(
            constant(Provider.Kind.class, body.path("provider").path("kind")),
            body.path("provider").path("app").asText(""),
            body.path("provider").path("address").asText("")),
        body.has("catalogue") ? entry(body.path("catalogue")) : CatalogueEntry.NONE);
  }

  private static CatalogueEntry entry(JsonNode entry) {
    var quality = new HashMap<CatalogueEntry.Quality, Integer>();
    entry
        .path("quality")
        .properties()
        .forEach(
            one ->
                quality.put(
                    constant(CatalogueEntry.Quality.class, one.getKey()), one.getValue().asInt()));
    return new CatalogueEntry(
        entry.path("code").asText(""),
        optional(entry, "format").map(word -> constant(CatalogueEntry.Format.class, word)),
        optional(entry, "opening").map(word -> constant(CatalogueEntry.Opening.class, word)),
        list(entry.path("related"), JsonNode::asText),
        quality,
        number(entry, "availability"),
        number(entry, "answer_millis"),
        entry.path("contact").asText(""));
  }

  private static Item item(JsonNode item) {
    return new Item(
        item.path("name").asText(),
        constant(ItemType.class, item.path("type")),
        constant(Sensitivity.class, item.path("sensitivity")),
        text(item.path("title")),
        item.path("key").asBoolean(false),
        item.path("length").asInt(0),
        item.path("element").asText(""));
  }

  /**
   * Terms that a department applies for; whether they are core, and what it is told of a field
   * without masking, depends on the resource.
   */
  public static AgreementTerms terms(String consumer, JsonNode body, DataResource of) {
    Optional<Mode> mode =
        optional(body, "mode").map(text -> constant(Mode.class, body.path("mode")));
    var usual = Masking.usual(of.sharing(), mode);
    var fields = list(body.path("fields"), field -> field(field, usual));
    return new AgreementTerms(
        body.path("provider").asText(),
        body.path("resource").asText(),
        body.path("resource_version").asInt(),
        consumer,
        text(body.path("purpose")),
        list(body.path("matters"), JsonNode::asText),
        body.path("legal_basis").asText(),
        fields,
        optional(body, "row_filter"),
        body.has("policy") ? Optional.of(policy(body.path("policy"))) : Optional.empty(),
        body.path("quota_per_day").asLong(),
        OffsetDateTime.parse(body.path("valid_from").asText()).toInstant(),
        OffsetDateTime.parse(body.path("valid_until").asText()).toInstant(),
        body.path("retention_days").asInt(),
        constant(Onward.class, body.path("onward")),
        AgreementTerms.concernsCore(of, fields),
        optional(body, "replaces"),
        body.has("emergency")
            ? Optional.of(
                body.path("emergency").path("days").asInt(AgreementTerms.USUAL_EMERGENCY_DAYS))
            : Optional.empty(),
        mode);
  }

  private static AgreementTerms.Field field(JsonNode field, Masking usual) {
    return new AgreementTerms.Field(
        field.path("item").asText(), field.has("masking") ? masking(field.path("masking")) : usual);
  }

  private static Masking masking(JsonNode masking) {
    return new Masking(
        constant(Masking.Rule.class, masking.path("rule")),
        masking.path("first").asInt(0),
        masking.path("last").asInt(0));
  }

  private static Policy policy(JsonNode policy) {
    return new Policy(
        policy.path("source").asText(),
        list(
            policy.path("examples"),
            example ->
                new Policy.Example(
                    example.path("name").asText(),
                    example.path("input").asText(),
                    example.path("permit").asBoolean())));
  }

  private static <T> List<T> list(JsonNode array, Function<JsonNode, T> element) {
    return StreamSupport.stream(array.spliterator(), false).map(element).toList();
  }

  private static Optional<String> optional(JsonNode body, String member) {
    return body.has(member) ? Optional.of(body.path(member).asText()) : Optional.empty();
  }

  private static Optional<Integer> number(JsonNode body, String member) {
    return body.has(member) ? Optional.of(body.path(member).asInt()) : Optional.empty();
  }

  private static LocalText text(JsonNode node) {
    return new LocalText(node.path("zh").asText(), node.path("en").asText());
  }

  private static <T extends Enum<T>> T constant(Class<T> type, JsonNode word) {
    return constant(type, word.asText());
  }

  private static <T extends Enum<T>> T constant(Class<T> type, String word) {
    return Enum.valueOf(type, word.toUpperCase(Locale.ROOT));
  }
}
