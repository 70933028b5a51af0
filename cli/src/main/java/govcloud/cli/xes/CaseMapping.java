package govcloud.cli.xes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Turns traces into cases and cases into traces. Pure: the same log and definition always give the
 * same requests, and the keys that make sending them again harmless.
 *
 * <p>All attributes of a trace and its events are kept as typed text beside the case, also those
 * that the form knows: clerks may change a form later, the log said what it said.
 */
public final class CaseMapping {
  /** Attribute of a case: the log that it came from. */
  public static final String LOG = "govcloud:log";

  /** Attribute of an event: its position in the trace. */
  public static final String INDEX = "govcloud:index";

  private static final String OWN = "govcloud:";
  private static final String MORE = OWN + "more-";
  private static final int MOST_ATTRIBUTES = 120;
  private static final int LONGEST_TEXT = 10_000;

  private final ObjectMapper json;
  private final TypedText texts;
  private final AppProcess process;
  private final FormFields form;

  /** A mapping for the cases of one app. */
  public CaseMapping(ObjectMapper json, AppProcess process) {
    this.json = json;
    this.texts = new TypedText(json);
    this.process = process;
    this.form = new FormFields(json, process.formSchema());
  }

  /**
   * The requests that make a trace a case.
   *
   * @param log identity of the log
   * @param occurrence 1 for the first trace of this name in the log, 2 for the second
   */
  public CaseDraft draft(String log, XesTrace trace, int occurrence) {
    String name = trace.name().orElse("trace-" + (trace.index() + 1));
    String unique = occurrence == 1 ? name : name + " (" + occurrence + ")";
    ObjectNode body = json.createObjectNode();
    body.put("title", shortened(name.isBlank() ? "trace " + (trace.index() + 1) : name, 500));
    body.putObject("applicant").put("name", applicant(trace));
    body.set("form", form.fill(trace.attributes()));
    body.set("attributes", attributes(trace.attributes(), Map.of(LOG, "string:" + log)));
    firstTime(trace).ifPresent(at -> body.put("occurred_at", at.toString()));
    List<CaseDraft.EventDraft> events = new ArrayList<>();
    for (int i = 0; i < trace.events().size(); i++) {
      events.add(event(log, unique, i, trace.events().get(i)));
    }
    String key = "xes-" + CaseNames.hash(log, unique, "create", body.toString());
    return new CaseDraft(CaseNames.caseId(unique), unique, key, body, events);
  }

  private CaseDraft.EventDraft event(String log, String trace, int index, XesTrace.Event event) {
    String activity = event.value(XesTrace.NAME).orElse("");
    ObjectNode body = json.createObjectNode();
    event
        .value(XesTrace.TIME)
        .flatMap(XesValues::instant)
        .ifPresent(at -> body.put("occurred_at", at.toString()));
    body.set("attributes", attributes(event.attributes(), Map.of(INDEX, "int:" + index)));
    String key = CaseNames.hash(log, trace, String.valueOf(index), activity, body.toString());
    return new CaseDraft.EventDraft(
        index,
        activity.isBlank() ? "(no activity)" : shortened(activity, 500),
        process.action(activity),
        event.value(XesTrace.RESOURCE).orElse(""),
        "xes-" + key,
        body);
  }

  /** What does not fit into the API's limits goes into numbered pieces of one text. */
  private ObjectNode attributes(List<XesAttribute> attributes, Map<String, String> own) {
    Map<String, String> encoded = texts.encode(attributes);
    ObjectNode node = json.createObjectNode();
    Set<String> rest = new HashSet<>();
    encoded.forEach(
        (key, text) -> {
          if (node.size() < MOST_ATTRIBUTES && text.length() <= LONGEST_TEXT) {
            node.put(key.startsWith(OWN) ? OWN + key : key, text);
          } else {
            rest.add(key);
          }
        });
    if (!rest.isEmpty()) {
      String tree = texts.tree(attributes.stream().filter(a -> rest.contains(a.key())).toList());
      List<String> pieces = pieces(tree);
      for (int i = 0; i < pieces.size(); i++) {
        node.put(MORE + i, pieces.get(i));
      }
    }
    own.forEach(node::put);
    return node;
  }

  private static List<String> pieces(String text) {
    List<String> pieces = new ArrayList<>();
    int from = 0;
    while (from < text.length()) {
      int to = Math.min(text.length(), from + LONGEST_TEXT);
      if (to < text.length() && Character.isHighSurrogate(text.charAt(to - 1))) {
        to--;
      }
      pieces.add(text.substring(from, to));
      from = to;
    }
    return pieces;
  }

  /** The attributes that an import put beside a case or an event. */
  List<XesAttribute> restored(JsonNode attributes) {
    Map<String, String> encoded = new LinkedHashMap<>();
    attributes
        .properties()
        .forEach(
            entry -> {
              String key = entry.getKey();
              String plain = key.startsWith(OWN + OWN) ? key.substring(OWN.length()) : key;
              if (!key.startsWith(OWN) || key.startsWith(OWN + OWN)) {
                encoded.put(plain, entry.getValue().asText());
              }
            });
    List<XesAttribute> restored = new ArrayList<>(texts.decode(encoded));
    StringBuilder tree = new StringBuilder();
    for (int i = 0; attributes.has(MORE + i); i++) {
      tree.append(attributes.get(MORE + i).asText());
    }
    if (tree.length() > 0) {
      restored.addAll(texts.decode(Map.of(MORE, tree.toString())));
    }
    return restored;
  }

  /**
   * The trace of a case.
   *
   * @param theCase the case as the API serves it
   * @param history all entries of its history, oldest first
   */
  public XesTrace trace(long index, JsonNode theCase, Iterable<JsonNode> history) {
    List<XesTrace.Event> events = new ArrayList<>();
    for (JsonNode entry : history) {
      HistoryEntry happened = new HistoryEntry(entry);
      if (happened.isEvent()) {
        events.add(event(happened));
      }
    }
    JsonNode attributes = theCase.path("attributes");
    List<XesAttribute> own = attributes.has(LOG) ? restored(attributes) : nativeAttributes(theCase);
    return new XesTrace(index, own, events);
  }

  private XesTrace.Event event(HistoryEntry happened) {
    if (happened.index().isPresent()) {
      return new XesTrace.Event(restored(happened.attributes()));
    }
    List<XesAttribute> attributes = new ArrayList<>(restored(happened.attributes()));
    attributes.add(
        XesAttribute.string(
            XesTrace.NAME,
            happened.activity().orElseGet(() -> process.activity(happened.action()))));
    attributes.add(XesAttribute.date(XesTrace.TIME, happened.occurredAt()));
    attributes.add(XesAttribute.string(XesTrace.RESOURCE, happened.person()));
    attributes.add(XesAttribute.string("lifecycle:transition", "complete"));
    return new XesTrace.Event(attributes);
  }

  private List<XesAttribute> nativeAttributes(JsonNode theCase) {
    List<XesAttribute> attributes = new ArrayList<>();
    attributes.add(XesAttribute.string(XesTrace.NAME, theCase.path("case").asText()));
    attributes.addAll(form.read(theCase.path("form")));
    attributes.addAll(restored(theCase.path("attributes")));
    return attributes;
  }

  private static String applicant(XesTrace trace) {
    String found = XesAttribute.find(trace.attributes(), "applicant");
    return found == null || found.isBlank() ? "unknown" : shortened(found, 200);
  }

  private static Optional<Instant> firstTime(XesTrace trace) {
    return trace.events().stream()
        .flatMap(e -> e.value(XesTrace.TIME).flatMap(XesValues::instant).stream())
        .min(Instant::compareTo);
  }

  private static String shortened(String text, int most) {
    return text.length() <= most ? text : text.substring(0, most);
  }
}
