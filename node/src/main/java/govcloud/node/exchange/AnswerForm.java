package govcloud.node.exchange;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import govcloud.domain.sharing.Provider.Kind;
import govcloud.exchange.gate.Agreed;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Whether a provider answers what was agreed: by the schema that its owner has published, before
 * anything is masked. Compiled schemas are kept, for a version of a resource and terms never
 * change.
 */
final class AnswerForm {

  private static final int MOST_RECORDS = 1_000;
  private static final int LONGEST = 4_096;
  private static final long MOST_KEPT = 1_000;

  private final Cache<String, RecordForm> forms =
      Caffeine.newBuilder().maximumSize(MOST_KEPT).build();

  /**
   * The records of a provider of this cloud that may be shown, or what is wrong with them.
   *
   * @param fault names record and item and never a value
   */
  record Looked(List<ObjectNode> passing, Optional<String> fault) {
    private static Looked wrong(String fault) {
      return new Looked(List.of(), Optional.of(fault));
    }
  }

  /**
   * Looks at the records that a provider has of somebody. A case of an app need not be complete,
   * and one that does not concern the consumer is not looked at; what comes from elsewhere is
   * looked at before it is left out, so that a wrong record is never taken for none.
   */
  Looked own(List<ObjectNode> records, Agreed agreed, String subject) {
    var outside = outside(records, agreed);
    if (outside.isPresent()) {
      return Looked.wrong(outside.get());
    }
    var passing = passing(records, agreed);
    var looked = agreed.resource().provider().kind() == Kind.APP ? passing : records;
    return fault(looked, own(agreed), record -> otherSubject(record, agreed, subject))
        .map(Looked::wrong)
        .orElseGet(() -> new Looked(passing, Optional.empty()));
  }

  /** Looks at what was looked at when it was read, or at what stands for a file. */
  static Looked known(List<ObjectNode> records, Agreed agreed) {
    return outside(records, agreed)
        .map(Looked::wrong)
        .orElseGet(() -> new Looked(passing(records, agreed), Optional.empty()));
  }

  /** What is wrong with what another cloud let out, naming record and field and never a value. */
  Optional<String> faultOfReleased(List<ObjectNode> records, Agreed agreed) {
    return outside(records, agreed)
        .or(() -> fault(records, released(agreed), record -> Optional.empty()));
  }

  private RecordForm own(Agreed agreed) {
    var resource = agreed.resource();
    var version = agreed.terms().resourceVersion();
    return forms.get(
        resource.owner() + "/" + resource.id() + "/" + version,
        name -> RecordForm.asked(resource, version));
  }

  private RecordForm released(Agreed agreed) {
    return forms.get(
        agreed.cloud() + "/" + agreed.address(),
        name -> RecordForm.released(agreed.resource(), agreed.terms()));
  }

  private static List<ObjectNode> passing(List<ObjectNode> records, Agreed agreed) {
    return agreed
        .filter()
        .map(filter -> records.stream().filter(filter::passes).toList())
        .orElse(records);
  }

  private static Optional<String> otherSubject(ObjectNode record, Agreed agreed, String subject) {
    return agreed
        .resource()
        .subject()
        .filter(item -> !record.path(item).asText("").equals(subject))
        .map(item -> item + ": of somebody else (expected: whom was asked about)");
  }

  private static Optional<String> fault(
      List<ObjectNode> records, RecordForm form, Function<ObjectNode, Optional<String>> more) {
    for (int i = 0; i < records.size(); i++) {
      var record = records.get(i);
      var wrong = form.fault(record).or(() -> more.apply(record));
      if (wrong.isPresent()) {
        return Optional.of("record " + i + ", " + wrong.get());
      }
    }
    return Optional.empty();
  }

  /** What no schema would allow: too many, fractions, parts, or values without measure. */
  static Optional<String> outside(List<ObjectNode> records, Agreed agreed) {
    if (records.size() > MOST_RECORDS) {
      return Optional.of("records: " + records.size() + " (expected: <= " + MOST_RECORDS + ")");
    }
    for (int i = 0; i < records.size(); i++) {
      for (var field : agreed.terms().fields()) {
        var name = field.item();
        var value = records.get(i).path(name);
        if (value.isFloatingPointNumber()) {
          return Optional.of(
              "record " + i + ", field " + name + ": a fraction (expected: decimals as texts)");
        }
        if (value.isContainerNode()) {
          return Optional.of(
              "record " + i + ", field " + name + ": has parts (expected: one value)");
        }
        var characters = value.asText("").codePoints().count();
        if (characters > LONGEST) {
          return Optional.of(
              "record %d, field %s: %d characters (expected: <= %d)"
                  .formatted(i, name, characters, LONGEST));
        }
      }
    }
    return Optional.empty();
  }
}
