package govcloud.node.exchange.crossing;

import com.fasterxml.jackson.databind.JsonNode;
import govcloud.domain.exchange.ExchangeRefusal;
import govcloud.domain.sharing.AgreementTerms;
import govcloud.domain.sharing.CanonicalJson;
import govcloud.exchange.JsonBytes;
import govcloud.exchange.gate.Agreed;
import govcloud.node.sharing.SharingJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Agreements under which departments of this cloud may ask those of others: files in the folder
 * {@code <department>/<agreement>.json}, each signed by the cloud that has the data. They only tell
 * what may be asked; whether it is answered that cloud decides each time.
 */
public final class AdoptedAgreements {

  private static final String SUFFIX = ".json";

  private final Optional<Path> folder;
  private final Inspection inspection;
  private volatile Read read = new Read(Map.of(), List.of());

  /** What was found in the folder. */
  private record Read(Map<String, Agreed> agreements, List<String> defects) {}

  /** The agreements in a folder, not yet read. */
  public AdoptedAgreements(Optional<Path> folder, Inspection inspection) {
    this.folder = folder;
    this.inspection = inspection;
  }

  /** An agreement of a department, by the name that it has here. */
  public Optional<Agreed> find(String department, String agreement) {
    return Optional.ofNullable(read.agreements().get(department + "/" + agreement));
  }

  /** All, by department and name. */
  public Map<String, Agreed> all() {
    return read.agreements();
  }

  /** Files that do not count, each with the reason. */
  public List<String> defects() {
    return read.defects();
  }

  /** Looks at the folder again. */
  public void look() {
    var agreements = new TreeMap<String, Agreed>();
    var defects = new ArrayList<String>();
    for (Path file : files(defects)) {
      var department = String.valueOf(file.getParent().getFileName());
      var name = String.valueOf(file.getFileName());
      var agreement = name.substring(0, name.length() - SUFFIX.length());
      try {
        agreements.put(department + "/" + agreement, adopted(file, department, agreement));
      } catch (IOException | CrossingException e) {
        defects.add(department + "/" + name + ": " + e.getMessage());
      } catch (RuntimeException e) {
        defects.add(department + "/" + name + ": no agreement of this form (" + e + ")");
      }
    }
    read = new Read(Map.copyOf(agreements), List.copyOf(defects));
  }

  private List<Path> files(List<String> defects) {
    if (folder.isEmpty()) {
      return List.of();
    }
    try (var found = Files.find(folder.get(), 2, (path, kind) -> kind.isRegularFile())) {
      return found
          .filter(path -> path.getFileName().toString().endsWith(SUFFIX))
          .filter(path -> !folder.get().equals(path.getParent()))
          .sorted()
          .toList();
    } catch (IOException | UncheckedIOException e) {
      defects.add(folder.get() + ": " + e);
      return List.of();
    }
  }

  private Agreed adopted(Path file, String department, String agreement)
      throws IOException, CrossingException {
    if (Files.size(file) > SignedMessage.LARGEST) {
      throw wrong("larger (expected: <= " + SignedMessage.LARGEST + " bytes)");
    }
    var message = inspection.agreement(Files.readAllBytes(file));
    if (!message.text("/department").equals(department)) {
      throw wrong("for " + message.text("/department") + " (expected: " + department + ")");
    }
    if (!message.head().agreement().equals(agreement)) {
      throw wrong("agreement " + message.head().agreement() + " (expected: " + agreement + ")");
    }
    var terms = message.body().path("terms");
    if (!CanonicalJson.sha256(JsonBytes.of(terms)).equals(message.head().address())) {
      throw wrong("terms: others (expected: those of " + message.head().address() + ")");
    }
    return agreed(message, department, terms);
  }

  private static Agreed agreed(SignedMessage message, String department, JsonNode terms) {
    var cloud = message.head().sender();
    var document = message.body().path("resource");
    var resource =
        SharingJson.resource(
            document.path("owner").asText(), document.path("id").asText(), document);
    return Agreed.elsewhere(
        message.head().agreement(),
        here(SharingJson.terms(department, terms, resource), cloud),
        message.head().address(),
        resource,
        cloud);
  }

  /** The same terms with the provider's name as it is known here. */
  private static AgreementTerms here(AgreementTerms terms, String cloud) {
    return terms.ofProvider(terms.provider() + "@" + cloud);
  }

  private static CrossingException wrong(String found) {
    return new CrossingException(ExchangeRefusal.EXCHANGE_CLOUD_MESSAGE_MALFORMED, found);
  }
}
