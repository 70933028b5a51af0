package govcloud.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import govcloud.domain.Actor;
import govcloud.domain.casework.Applicant;
import govcloud.domain.casework.Attachment;
import govcloud.domain.casework.CaseCommand;
import govcloud.domain.casework.Material;
import govcloud.domain.catalogue.LocalText;
import govcloud.domain.sharing.AgreementCommand;
import govcloud.domain.sharing.AgreementTerms;
import govcloud.domain.sharing.AgreementTerms.Field;
import govcloud.domain.sharing.CatalogueEntry;
import govcloud.domain.sharing.DataResource;
import govcloud.domain.sharing.Item;
import govcloud.domain.sharing.ItemType;
import govcloud.domain.sharing.Masking;
import govcloud.domain.sharing.Mode;
import govcloud.domain.sharing.Provider;
import govcloud.domain.sharing.ResourceCommand;
import govcloud.domain.sharing.Sensitivity;
import govcloud.domain.sharing.SharingSamples;
import govcloud.node.eventsourcing.Entities;
import govcloud.node.eventsourcing.Request;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Police has figures and deaths as files, and licences as cases; transport fetches all of them. */
final class WholeStage {
  static final String CLERK = "zhang-san;role=window-clerk";

  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Entities entities;
  private final String url;
  private final String consumer;
  private int files;

  WholeStage(Entities entities, String url) {
    this(entities, url, "transport");
  }

  /** With a consumer that is called otherwise where the data are. */
  WholeStage(Entities entities, String url, String consumer) {
    this.entities = entities;
    this.url = url;
    this.consumer = consumer;
  }

  /** The same at another node, after the one of before has gone. */
  WholeStage at(Entities others, String address) {
    var moved = new WholeStage(others, address, consumer);
    moved.files = files;
    return moved;
  }

  private static Item item(String name, ItemType type) {
    return new Item(name, type, Sensitivity.L2, new LocalText(name, name), false);
  }

  private static DataResource resource(
      String id, List<Mode> modes, Optional<String> subject, Provider provider, Item... items) {
    var of = SharingSamples.VIOLATIONS;
    return new DataResource(
        "police",
        id,
        of.title(),
        of.summary(),
        of.category(),
        of.sharing(),
        of.sharingBasis(),
        modes,
        of.updates(),
        List.of(items),
        subject,
        provider,
        CatalogueEntry.NONE);
  }

  private static final DataResource FIGURES =
      resource(
          "figures",
          List.of(Mode.FILE, Mode.BATCH),
          Optional.empty(),
          Provider.file("figures"),
          item("station", ItemType.TEXT),
          item("day", ItemType.DATE),
          item("lent", ItemType.INTEGER));

  private static final DataResource DEATHS =
      resource(
          "deaths",
          List.of(Mode.BATCH),
          Optional.of("number"),
          Provider.file("deaths"),
          item("number", ItemType.CITIZEN_NUMBER),
          item("died_on", ItemType.DATE));

  private static final DataResource LICENCES =
      resource(
          "licences",
          List.of(Mode.BATCH),
          Optional.of("applyer_page_code"),
          Provider.app("licences"),
          item("applyer_page_code", ItemType.CITIZEN_NUMBER),
          item("case_status", ItemType.TEXT));

  private AgreementTerms terms(
      DataResource of, Mode mode, long quota, Optional<String> filter, Field... fields) {
    var like = SharingSamples.TERMS;
    var now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    return new AgreementTerms(
        "police",
        of.id(),
        1,
        consumer,
        like.purpose(),
        List.of(),
        like.legalBasis(),
        List.of(fields),
        filter,
        Optional.empty(),
        quota,
        now.minusSeconds(60),
        now.plusSeconds(86_400),
        like.retentionDays(),
        like.onward(),
        false,
        Optional.empty(),
        Optional.empty(),
        Optional.of(mode));
  }

  private static Field field(String name, Masking masking) {
    return new Field(name, masking);
  }

  private void tell(String entity, String person, String role, Object command) {
    var answer =
        entities.ask(entity, Request.of(command, new Actor(person, role))).toCompletableFuture();
    assertThat(answer.join().refused()).as(command.toString()).isEmpty();
  }

  private void agree(String id, DataResource of, AgreementTerms terms) {
    tell("resource/police/" + of.id(), "wang", Actor.OPERATOR, new ResourceCommand.Publish(of));
    var agreement = "agreement/" + consumer + "/" + id;
    tell(agreement, "li", "head", new AgreementCommand.Apply(consumer, terms, of));
    tell(agreement, "wang", Actor.OPERATOR, new AgreementCommand.Confirm());
    tell(agreement, "zhao", "head", new AgreementCommand.Consent("police"));
    tell(agreement, "zhao", "head", new AgreementCommand.Sign("police", terms.address()));
    tell(agreement, "li", "head", new AgreementCommand.Sign(consumer, terms.address()));
  }

  /** Agrees on the figures as a file. */
  void agreeOnFile() {
    var plain = Masking.PLAIN;
    agree(
        "figures-file",
        FIGURES,
        terms(
            FIGURES,
            Mode.FILE,
            100,
            Optional.empty(),
            field("station", plain),
            field("day", plain),
            field("lent", plain)));
  }

  /** Agrees on the figures as a batch. */
  void agreeOnBatch() {
    agree(
        "figures-batch",
        FIGURES,
        terms(
            FIGURES,
            Mode.BATCH,
            1_000_000_000,
            Optional.of("lent > 0"),
            field("station", Masking.PLAIN),
            field("day", Masking.of(Masking.Rule.YEAR))));
  }

  /** Agrees on all that is fetched. */
  void agree() {
    agreeOnFile();
    agreeOnBatch();
    agree(
        "deaths-batch",
        DEATHS,
        terms(DEATHS, Mode.BATCH, 3, Optional.empty(), field("number", Masking.ends(3, 4))));
    agree(
        "licences-batch",
        LICENCES,
        terms(
            LICENCES,
            Mode.BATCH,
            1_000,
            Optional.of("case_status != 'withdrawn'"),
            field("applyer_page_code", Masking.ends(3, 4)),
            field("case_status", Masking.PLAIN)));
  }

  void suspend(String agreement) {
    var command = new AgreementCommand.Suspend("police", "核查数据质量");
    tell("agreement/" + consumer + "/" + agreement, "zhao", "head", command);
  }

  void resume(String agreement) {
    tell(
        "agreement/" + consumer + "/" + agreement,
        "zhao",
        "head",
        new AgreementCommand.Resume("police"));
  }

  /** A case of an app of the police. */
  void open(String app, String name, String holder) {
    tell(
        "case/police/" + app + "/" + name,
        "sun",
        "window-clerk",
        new CaseCommand.Create(
            "police",
            app,
            "administrative-approval",
            1,
            app + "-" + name,
            app,
            new Applicant("王小明", "person", "identity-card", holder),
            RegisterSamples.form(holder),
            Map.of(),
            Optional.empty()));
  }

  /** Sends a file and attaches it to a case of its own; returns its address. */
  String attach(String app, HttpRequest.BodyPublisher content) throws Exception {
    var sent =
        http.send(
            request("/v1/tenants/police/attachments", "upload-" + files)
                .header("Content-Type", "text/plain")
                .POST(content)
                .build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(sent.statusCode()).as(sent.body()).isEqualTo(201);
    var json = JSON.readTree(sent.body());
    var address = json.path("address").asText();
    var name = "f-" + ++files;
    open(app, name, "999999199001010016");
    tell(
        "case/police/" + app + "/" + name,
        "sun",
        "window-clerk",
        new CaseCommand.RecordMaterial(
            "figures",
            Material.Kind.ELECTRONIC,
            false,
            true,
            Optional.of(
                new Attachment(
                    address, "text/plain", json.path("length").asLong(), name + ".jsonl"))));
    return address;
  }

  private HttpRequest.Builder request(String path, String key) {
    return HttpRequest.newBuilder(URI.create(url + path))
        .timeout(Duration.ofMinutes(2))
        .header("Authorization", "Bearer " + ServingNode.TOKEN)
        .header("Idempotency-Key", key);
  }

  /** Asks for everything; {@code what} is {@code batch} or {@code file}. */
  HttpResponse<InputStream> fetch(String agreement, String what, String key) throws Exception {
    return http.send(
        request("/v1/tenants/transport/exchange/" + agreement + "/" + what, key)
            .header("Content-Type", "application/json")
            .header("Govcloud-Acting-As", CLERK)
            .POST(HttpRequest.BodyPublishers.ofString("{}"))
            .build(),
        HttpResponse.BodyHandlers.ofInputStream());
  }

  /** The code of the problem that an answer is; empty: it is none. */
  static String code(HttpResponse<InputStream> answer) throws Exception {
    try (var body = answer.body()) {
      return answer.statusCode() == 200 ? "" : JSON.readTree(body).path("code").asText();
    }
  }

  /** A line of a batch. */
  static JsonNode json(String line) throws IOException {
    return JSON.readTree(line);
  }

  /** All lines of a batch. */
  static List<JsonNode> lines(HttpResponse<InputStream> answer) throws Exception {
    List<JsonNode> lines = new ArrayList<>();
    try (var body = answer.body()) {
      var text = new String(body.readAllBytes(), StandardCharsets.UTF_8);
      assertThat(answer.statusCode()).as(text).isEqualTo(200);
      for (String line : text.split("\n", -1)) {
        if (!line.isEmpty()) {
          lines.add(JSON.readTree(line));
        }
      }
    }
    return lines;
  }

  /** Long lines of figures, about so many bytes. */
  static Path figures(Path file, long bytes) throws Exception {
    var name = "bicycle stand ".repeat(35);
    try (var out = java.nio.file.Files.newBufferedWriter(file)) {
      for (long i = 0, written = 0; written < bytes; i++) {
        var line = figure(i, i % 7).replace("站点", name);
        out.write(line);
        written += line.length();
      }
    }
    return file;
  }

  /** One line. */
  static String figure(long station, long lent) {
    return "{\"station\":\"站点%08d\",\"day\":\"2026-11-%02d\",\"lent\":%d}\n"
        .formatted(station, 1 + station % 30, lent);
  }
}
