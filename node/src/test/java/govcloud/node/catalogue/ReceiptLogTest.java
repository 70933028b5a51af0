package govcloud.node.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import govcloud.domain.catalogue.AppDefinition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.junit.jupiter.api.Test;

/** Replays the real log of a permit office against the process that was mined from it. */
class ReceiptLogTest {

  private static final String XES = "http://www.xes-standard.org/";

  private final AppDefinition app =
      ShippedApps.load(CatalogueSettings.CloudKind.EXTRANET)
          .newest("environmental-permit-receipt")
          .orElseThrow();

  @Test
  void realLog_replayed_everyEventIsAllowed() throws IOException, XMLStreamException {
    var log =
        Path.of(
            System.getProperty(
                "govcloud.receipt-log",
                ShippedApps.REPOSITORY.resolve("../shared/data/receipt.xes.gz").toString()));
    assumeThat(log).as("the real log").isRegularFile();
    var traces = traces(log);
    List<String> disallowed = new ArrayList<>();
    var finished = 0;
    for (var trace : traces) {
      var state = app.startState();
      for (var activity : trace) {
        var next = step(state, activity);
        if (next.isEmpty()) {
          disallowed.add(activity + " in " + state + " of " + trace);
        }
        state = next.orElse(state);
      }
      finished += app.states().get(state).isFinal() ? 1 : 0;
    }
    assertThat(disallowed).isEmpty();
    assertThat(traces).hasSize(1_434);
    assertThat(traces.stream().mapToInt(List::size).sum()).isEqualTo(8_577);
    assertThat(finished).isEqualTo(1_273);
  }

  @Test
  void everyState_allowsOnlyPartOfTheActions() {
    for (var state : app.states().values()) {
      assertThat(app.actions().values().stream().filter(action -> action.isPossibleIn(state)))
          .as(state.name())
          .hasSizeLessThanOrEqualTo(15);
    }
  }

  private Optional<String> step(String state, String activity) {
    return app.actionFor(activity)
        .filter(action -> action.isPossibleIn(app.states().get(state)))
        .map(action -> action.stateAfter(state));
  }

  private static List<List<String>> traces(Path log) throws IOException, XMLStreamException {
    var factory = XMLInputFactory.newFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    List<List<String>> traces = new ArrayList<>();
    try (var stream = new GZIPInputStream(Files.newInputStream(log))) {
      var reader = factory.createXMLStreamReader(stream);
      var inEvent = false;
      while (reader.hasNext()) {
        var kind = reader.next();
        if (kind == XMLStreamConstants.START_ELEMENT && isXes(reader)) {
          switch (reader.getLocalName()) {
            case "trace" -> traces.add(new ArrayList<>());
            case "event" -> inEvent = true;
            case "string" -> {
              if (inEvent && "concept:name".equals(reader.getAttributeValue(null, "key"))) {
                traces.get(traces.size() - 1).add(reader.getAttributeValue(null, "value"));
              }
            }
            default -> {}
          }
        } else if (kind == XMLStreamConstants.END_ELEMENT
            && reader.getLocalName().equals("event")) {
          inEvent = false;
        }
      }
    }
    return traces;
  }

  private static boolean isXes(XMLStreamReader reader) {
    return XES.equals(reader.getNamespaceURI());
  }
}
