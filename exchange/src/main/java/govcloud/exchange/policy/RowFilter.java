package govcloud.exchange.policy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import govcloud.domain.sharing.DataResource;
import govcloud.domain.sharing.ItemType;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** A condition on one record: a record for which it cannot be evaluated is not shown. */
public final class RowFilter {
  private final DataResource resource;
  private final CelRuntime.Program program;

  private RowFilter(DataResource resource, CelRuntime.Program program) {
    this.resource = resource;
    this.program = program;
  }

  /**
   * The filter that a text stands for; its variables are the items of the resource.
   *
   * @throws PolicyException if it does not compile, is not boolean for certain, or is too big
   */
  public static RowFilter compile(String source, DataResource resource) throws PolicyException {
    Map<String, CelType> types = new TreeMap<>();
    resource.items().forEach(item -> types.put(item.name(), type(item.type())));
    return new RowFilter(resource, new Expressions(types).compile(source));
  }

  private static CelType type(ItemType type) {
    return switch (type) {
      case INTEGER -> SimpleType.INT;
      case BOOLEAN -> SimpleType.BOOL;
      case TEXT, DECIMAL, DATE, TIMESTAMP, CITIZEN_NUMBER, CREDIT_CODE -> SimpleType.STRING;
    };
  }

  /** Whether a record may be shown. */
  @SuppressWarnings("deprecation") // The replacement type is not public in this version of CEL.
  public boolean passes(JsonNode record) {
    Map<String, Object> variables = new HashMap<>();
    resource
        .items()
        .forEach(
            item -> {
              JsonNode value = record.path(item.name());
              if (value.isTextual()) {
                variables.put(item.name(), value.textValue());
              } else if (value.isIntegralNumber() && value.canConvertToLong()) {
                variables.put(item.name(), value.longValue());
              } else if (value.isBoolean()) {
                variables.put(item.name(), value.booleanValue());
              }
            });
    try {
      return Boolean.TRUE.equals(program.eval(variables));
    } catch (CelEvaluationException | RuntimeException e) {
      return false;
    }
  }
}
