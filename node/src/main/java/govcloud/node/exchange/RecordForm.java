package govcloud.node.exchange;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import govcloud.domain.sharing.AgreementTerms;
import govcloud.domain.sharing.DataResource;
import govcloud.domain.sharing.Provider;
import govcloud.domain.sharing.RecordSchema;
import govcloud.node.catalogue.FormSchemaCompiler;
import govcloud.node.http.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The form that each record of a resource has, by the schema that its owner has published. */
final class RecordForm {

  /** What is told names members, of which the provider says how long they are. */
  private static final int LONGEST = 300;

  private final JsonSchema schema;
  private final Optional<String> subject;

  RecordForm(DataResource resource, int version) {
    this(RecordSchema.of(resource, version), resource.subject());
  }

  private RecordForm(Map<String, Object> schema, Optional<String> subject) {
    var text = Json.mapper().valueToTree(schema).toString();
    this.schema = new FormSchemaCompiler().compile(text);
    this.subject = subject;
  }

  /** The form of a record that is asked for alone: a case may not be complete yet. */
  static RecordForm asked(DataResource resource, int version) {
    var schema = new LinkedHashMap<>(RecordSchema.of(resource, version));
    if (resource.provider().kind() == Provider.Kind.APP) {
      schema.put("required", List.of());
    }
    return new RecordForm(schema, resource.subject());
  }

  /** The form of what is let out of records under agreed terms. */
  static RecordForm released(DataResource resource, AgreementTerms terms) {
    return new RecordForm(
        RecordSchema.released(resource, terms.resourceVersion(), terms.fields()), Optional.empty());
  }

  /** What is wrong with a record, naming its items and never a value. */
  Optional<String> fault(ObjectNode record) {
    if (subject.filter(item -> subjectOf(record).isEmpty()).isPresent()) {
      return Optional.of(subject.get() + ": none (expected: whom the record is about)");
    }
    return schema.validate(record).stream()
        .findFirst()
        .map(wrong -> wrong.getInstanceLocation() + ": " + wrong.getError())
        .map(text -> text.length() > LONGEST ? text.substring(0, LONGEST) : text);
  }

  /** Whom a record is about; an empty text where the resource is about nobody. */
  String subjectOf(ObjectNode record) {
    return subject.map(item -> record.path(item).asText("")).orElse("");
  }
}
