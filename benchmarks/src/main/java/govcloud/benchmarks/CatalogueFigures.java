package govcloud.benchmarks;

import govcloud.domain.Actor;
import govcloud.domain.catalogue.LocalText;
import govcloud.domain.sharing.CatalogueEntry;
import govcloud.domain.sharing.DataResource;
import govcloud.domain.sharing.Item;
import govcloud.domain.sharing.ItemType;
import govcloud.domain.sharing.Mode;
import govcloud.domain.sharing.Provider;
import govcloud.domain.sharing.ResourceCommand;
import govcloud.domain.sharing.Sensitivity;
import govcloud.domain.sharing.SharingClass;
import govcloud.domain.sharing.UpdateCycle;
import govcloud.node.eventsourcing.Request;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** How long a search in the catalogue of data resources takes, over HTTP, one after the other. */
final class CatalogueFigures {

  private static final int PUBLISHERS = 128;
  private static final int OWNERS = 50;
  private static final int WARM_UP = 40;
  private static final int SEARCHES = 200;

  /** One resource in so many has the rare word. */
  private static final int RARE = 500;

  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private final Options options;
  private final BenchmarkCassandra cassandra;
  private final Report report;
  private final HttpClient http = HttpClient.newHttpClient();

  CatalogueFigures(Options options, BenchmarkCassandra cassandra, Report report) {
    this.options = options;
    this.cassandra = cassandra;
    this.report = report;
  }

  /** Prints the figures of a catalogue with so many resources. */
  void run(int count) throws IOException, InterruptedException {
    var shape =
        new BenchmarkNodes.Shape(
            BenchmarkNodes.newKeyspace(), 1, options.slices().get(0), 20_000, false);
    try (var nodes = BenchmarkNodes.start(options, cassandra, shape)) {
      var url = nodes.serve().get(0);
      publish(nodes, count);
      var last = "registry" + (count - 1);
      long began = System.nanoTime();
      while (found(url, last) == 0) {
        if (System.nanoTime() - began > PATIENCE.toNanos()) {
          throw new IOException("resource " + last + ": not in the list");
        }
        Thread.sleep(500);
      }
      report.say("%,d resources of %d departments, one page of 50", count, OWNERS);
      Map<String, String> searches = new TreeMap<>();
      searches.put("nothing asked for", "");
      searches.put("a word of all", "登记");
      searches.put("a word of one", last);
      searches.put("a word of all and one of few", "registration 水");
      for (var search : searches.entrySet()) {
        measure(url, search.getKey(), search.getValue());
      }
    }
  }

  private void publish(BenchmarkNodes nodes, int count) throws InterruptedException {
    var result =
        new Load(PUBLISHERS, PATIENCE)
            .run(
                0,
                count,
                number ->
                    nodes
                        .first()
                        .entities()
                        .ask(
                            "resource/" + owner(number) + "/r-" + number,
                            Request.of(
                                new ResourceCommand.Publish(resource(number)),
                                new Actor("wang", Actor.OPERATOR)))
                        .thenAccept(
                            answer -> {
                              if (!answer.accepted()) {
                                throw new IllegalStateException(answer.refusal().toString());
                              }
                            }));
    if (result.failed() > 0) {
      throw new IllegalStateException(result.failed() + " resources: not published");
    }
  }

  private static String owner(long number) {
    return "dept-" + number % OWNERS;
  }

  private void measure(String url, String name, String query)
      throws IOException, InterruptedException {
    List<Long> micros = new ArrayList<>();
    int found = 0;
    for (int i = 0; i < WARM_UP + SEARCHES; i++) {
      long began = System.nanoTime();
      found = found(url, query);
      if (i >= WARM_UP) {
        micros.add((System.nanoTime() - began) / 1000);
      }
    }
    List<Long> sorted = micros.stream().sorted().toList();
    report.say(
        "  %s: %d found, p50 %.0f ms, p99 %.0f ms",
        name,
        found,
        Report.percentile(sorted, 0.5) / 1000.0,
        Report.percentile(sorted, 0.99) / 1000.0);
  }

  /** Resources on the first page. */
  private int found(String url, String query) throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(
                URI.create(
                    url
                        + "/v1/sharing/resources?page_size=50&q="
                        + URLEncoder.encode(query, StandardCharsets.UTF_8)))
            .timeout(Duration.ofSeconds(30))
            .header("Authorization", "Bearer " + BenchmarkNodes.TOKEN)
            .header("Govcloud-Acting-As", "sun;role=data-officer")
            .build();
    var answer = http.send(request, HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new IOException(request.uri() + ": " + answer.statusCode() + " " + answer.body());
    }
    return answer.body().split("\"owner\":", -1).length - 1;
  }

  private static DataResource resource(long number) {
    var rare = number % RARE == 0;
    return new DataResource(
        owner(number),
        "r-" + number,
        new LocalText((rare ? "水" : "") + "登记信息" + number, "Registration registry" + number),
        new LocalText("登记的事项", "What was registered"),
        "registers",
        SharingClass.CONDITIONAL,
        "figures",
        List.of(Mode.QUERY),
        UpdateCycle.REAL_TIME,
        List.of(
            new Item(
                "number",
                ItemType.CITIZEN_NUMBER,
                Sensitivity.L2,
                new LocalText("号码", "number"),
                true)),
        Optional.of("number"),
        Provider.app("register"),
        CatalogueEntry.NONE);
  }
}
