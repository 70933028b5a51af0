package govcloud.node.exchange;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import govcloud.domain.sharing.DataResource;
import govcloud.domain.sharing.RecordSchema;
import govcloud.node.catalogue.FormSchemaCompiler;
import govcloud.node.http.Json;
import java.util.Optional;

/** The form that each record of a resource has, by the schema that its owner has published. */
final class RecordForm {

  private final JsonSchema schema;
  private final Optional<String> subject;

  RecordForm(DataResource resource, int version) {
    var text = Json.mapper().valueToTree(RecordSchema.of(resource, version)).toString();
    this.schema = new FormSchemaCompiler().compile(text);
    this.subject = resource.subject();
  }

  /** What is wrong with a record, naming its items and never a value. */
  Optional<String> fault(ObjectNode record) {
    if (subject.filter(item -> subjectOf(record).isEmpty()).isPresent()) {
      return Optional.of(subject.get() + ": none (expected: whom the record is about)");
    }
    return schema.validate(record).stream()
        .findFirst()
        .map(wrong -> wrong.getInstanceLocation() + ": " + wrong.getError());
  }

  /** Whom a record is about; an empty text where the resource is about nobody. */
  String subjectOf(ObjectNode record) {
    return subject.map(item -> record.path(item).asText("")).orElse("");
  }
}
