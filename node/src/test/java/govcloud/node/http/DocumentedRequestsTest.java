package govcloud.node.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every request that a document shows with curl is one that this version takes. */
final class DocumentedRequestsTest {

  private static final Path DOCUMENTS = Path.of("../docs");
  private static final Pattern METHOD = Pattern.compile("-X ([A-Z]+)");
  private static final Pattern BODY = Pattern.compile("-d '([^']*)'");
  private static final Pattern HEADER = Pattern.compile("-H \"([A-Za-z-]+): [^\"]*\"");
  private static final Pattern ADDRESS = Pattern.compile("\"?(https?://[^\\s\"]+)\"?");

  private final Contract contract = Contract.load();

  /** One curl command. */
  private record Shown(
      String document, String method, URI address, Set<String> headers, Optional<String> body) {}

  @Test
  void everyOne_isAnOperationThatTakesItsBody() throws IOException {
    var shown = shown();
    assertThat(shown).hasSizeGreaterThanOrEqualTo(8);
    var wrong = new ArrayList<String>();
    for (var request : shown) {
      fault(request).ifPresent(fault -> wrong.add(request + ": " + fault));
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void aRequestThatIsNotTaken_isFound() {
    assertThat(fault("GET", "/v1/nowhere", Set.of(), null)).isPresent();
    assertThat(fault("DELETE", "/v1/me/accesses", Set.of(), null)).isPresent();
    assertThat(fault("GET", "/v1/me/accesses?who=me", Set.of(), null)).isPresent();
    var queries = "/v1/tenants/transport/exchange/renewal/queries";
    var key = Set.of("idempotency-key");
    assertThat(fault("POST", queries, key, "{\"case\":{\"app\":\"permits\"}}")).isPresent();
    var body =
        "{\"case\":{\"app\":\"permits\",\"case\":\"c-1\"},"
            + "\"subject\":{\"number\":\"99999919900101123X\"}}";
    assertThat(fault("POST", queries, Set.of(), body)).isPresent();
    assertThat(fault("POST", queries, key, body)).isEmpty();
  }

  private Optional<String> fault(String method, String target, Set<String> headers, String body) {
    return fault(
        new Shown(
            "here",
            method,
            URI.create("http://127.0.0.1:8080" + target),
            headers,
            Optional.ofNullable(body)));
  }

  private Optional<String> fault(Shown request) {
    var operation =
        contract.at(Contract.segments(request.address().getPath())).stream()
            .filter(one -> one.method().equals(request.method()))
            .findFirst();
    if (operation.isEmpty()) {
      return Optional.of("no such operation");
    }
    for (var parameter : operation.get().parameters()) {
      if (parameter.needed()
          && parameter.place().equals("header")
          && !request.headers().contains(parameter.name().toLowerCase(Locale.ROOT))) {
        return Optional.of("no header " + parameter.name());
      }
    }
    return unknownQuery(operation.get(), request).or(() -> wrongBody(operation.get(), request));
  }

  private static Optional<String> unknownQuery(Operation operation, Shown request) {
    var known =
        operation.parameters().stream()
            .filter(parameter -> parameter.place().equals("query"))
            .map(Operation.Parameter::name)
            .collect(Collectors.toSet());
    return Stream.ofNullable(request.address().getQuery())
        .flatMap(query -> Stream.of(query.split("&")))
        .map(pair -> pair.split("=", 2)[0])
        .filter(name -> !known.contains(name))
        .map(name -> "no parameter " + name)
        .findFirst();
  }

  private static Optional<String> wrongBody(Operation operation, Shown request) {
    if (request.body().isEmpty()) {
      return operation.bodyNeeded() ? Optional.of("no body") : Optional.empty();
    }
    if (operation.body().isEmpty()) {
      return Optional.of("a body that nobody reads");
    }
    try {
      JsonNode body = Json.mapper().readTree(request.body().get());
      var found = operation.body().get().validate(body);
      return found.isEmpty() ? Optional.empty() : Optional.of(found.toString());
    } catch (IOException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  private static List<Shown> shown() throws IOException {
    var shown = new ArrayList<Shown>();
    try (var files = Files.list(DOCUMENTS)) {
      for (var file : files.filter(path -> path.toString().endsWith(".md")).sorted().toList()) {
        Files.readString(file)
            .replace("\\\n", " ")
            .lines()
            .map(String::strip)
            .filter(line -> line.startsWith("curl "))
            .forEach(line -> shown.add(read(String.valueOf(file.getFileName()), line)));
      }
    }
    return shown;
  }

  private static Shown read(String document, String command) {
    var body = first(BODY, command);
    var without = BODY.matcher(command).replaceAll("");
    var headers = new TreeSet<String>();
    var header = HEADER.matcher(without);
    while (header.find()) {
      headers.add(header.group(1).toLowerCase(Locale.ROOT));
    }
    var address = first(ADDRESS, without).orElseThrow(() -> new AssertionError(command));
    return new Shown(
        document,
        first(METHOD, without).orElse(body.isPresent() ? "POST" : "GET"),
        URI.create(address.replace("…", "00")),
        headers,
        body);
  }

  private static Optional<String> first(Pattern pattern, String text) {
    var matcher = pattern.matcher(text);
    return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
  }
}
