package govcloud.node.sharing;

import static govcloud.node.http.Replies.ok;

import govcloud.domain.Refusal;
import govcloud.domain.sharing.DataResource;
import govcloud.domain.sharing.MockRecords;
import govcloud.domain.sharing.Provider;
import govcloud.domain.sharing.RecordSchema;
import govcloud.domain.sharing.ResourceCommand;
import govcloud.domain.sharing.ResourceRefusal;
import govcloud.domain.sharing.ResourceState;
import govcloud.domain.sharing.ResourceState.Version;
import govcloud.domain.tenant.TenantState;
import govcloud.node.eventsourcing.Answer;
import govcloud.node.http.Call;
import govcloud.node.http.Commands;
import govcloud.node.http.Fields;
import govcloud.node.http.Lists;
import govcloud.node.http.Problem;
import govcloud.node.http.Routes;
import govcloud.node.tenant.ActiveTenants;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.pekko.http.javadsl.model.HttpResponse;

/** What can be asked of data resources over HTTP. Whoever has an account sees all of them. */
public final class ResourceRoutes {

  private static final int USUAL_RECORDS = 10;

  private final Commands commands;
  private final Lists lists;
  private final ResourceTable table;
  private final ActiveTenants tenants;
  private final Function<String, Optional<String>> services;

  /**
   * Routes.
   *
   * @param services why a service at an address may not be asked; none: it may
   */
  public ResourceRoutes(
      Commands commands,
      Lists lists,
      ResourceTable table,
      ActiveTenants tenants,
      Function<String, Optional<String>> services) {
    this.commands = commands;
    this.lists = lists;
    this.table = table;
    this.tenants = tenants;
    this.services = services;
  }

  /** Adds the operations of resources. */
  public void register(Routes routes) {
    routes
        .on("listResources", this::search)
        .on("getResource", this::get)
        .on("getResourceSchema", this::schema)
        .on("getResourceMock", this::mock)
        .on("publishResource", this::publish)
        .on("withdrawResource", this::withdraw);
  }

  private static String own(Call call) {
    return SharingIds.resource(call.path("tenant"), call.path("resource"));
  }

  private CompletionStage<HttpResponse> publish(Call call) {
    var tenant = call.path("tenant");
    var content = SharingJson.resource(tenant, call.path("resource"), call.body());
    return tenants
        .require(tenant)
        .thenCompose(
            active -> {
              requireAllowed(content);
              return commands.<ResourceState>ask(
                  call, own(call), new ResourceCommand.Publish(content));
            })
        .thenApply(
            answer ->
                Commands.created(
                    call,
                    own(call),
                    answer,
                    "/v1/sharing/resources/" + tenant + "/" + call.path("resource"),
                    new Fields()));
  }

  /** What is no address at all is told with everything else that is wrong with the resource. */
  private void requireAllowed(DataResource content) {
    if (content.provider().kind() == Provider.Kind.HTTP && content.faults().isEmpty()) {
      services
          .apply(content.provider().address())
          .ifPresent(
              why -> {
                throw Problem.of(
                        Refusal.of(ResourceRefusal.RESOURCE_INVALID, "/provider/address: " + why)
                            .with("at", "/provider/address"))
                    .asException();
              });
    }
  }

  private CompletionStage<HttpResponse> withdraw(Call call) {
    return commands.change(call, own(call), new ResourceCommand.Withdraw(call.text("reason")));
  }

  private CompletionStage<HttpResponse> search(Call call) {
    return lists.page(
        call,
        ResourceView.NAME,
        page ->
            call.parameter("owner")
                .map(owner -> table.of(owner, page))
                .orElseGet(() -> table.search(call.parameter("q").orElse(""), page)),
        ResourceRoutes::shape);
  }

  private static Map<String, Object> shape(ResourceRow row) {
    var content = row.newest().content();
    return new Fields()
        .with("owner", content.owner())
        .with("resource", content.id())
        .with("status", word(row.status()))
        .with("title", content.title())
        .with("summary", content.summary())
        .with("category", content.category())
        .maybe("code", content.catalogue().code())
        .with("sharing", word(content.sharing()))
        .with("resource_version", row.newest().number())
        .with("version", row.version())
        .with("updated_at", row.updatedAt())
        .map();
  }

  private CompletionStage<Answer<ResourceState>> read(Call call) {
    return commands.read(SharingIds.resource(call.path("owner"), call.path("resource")));
  }

  private static Version version(Call call, ResourceState state) {
    var number = call.parameter("resource_version").map(Integer::parseInt);
    return number
        .map(state::version)
        .orElseGet(state::newest)
        .orElseThrow(
            () ->
                Problem.of(
                        Refusal.of(
                            ResourceRefusal.RESOURCE_NOT_FOUND,
                            "resource_version: %d (expected: 1 to %d)"
                                .formatted(number.orElse(0), state.versions().size())))
                    .asException());
  }

  private CompletionStage<HttpResponse> get(Call call) {
    return read(call)
        .thenCombine(
            tenants.look(call.path("owner")),
            (answer, owner) -> Commands.versioned(ok(shape(call, answer, owner)), answer));
  }

  private static Map<String, Object> shape(
      Call call, Answer<ResourceState> answer, TenantState owner) {
    var version = version(call, answer.state());
    var content = version.content();
    var path = "/v1/sharing/resources/" + content.owner() + "/" + content.id();
    var query = "?resource_version=" + version.number();
    return new Fields()
        .with("status", answer.status())
        .maybe("reason", answer.state().reason())
        .with("owner_name", owner.name())
        .with("owner_code", owner.creditCode())
        .with("schema", path + "/schema" + query)
        .with("mock", path + "/mock" + query)
        .with("resource_version", version.number())
        .with("address", version.address())
        .with("published_at", version.publishedAt())
        .with("content", content.document())
        .with("version", answer.version())
        .map();
  }

  private CompletionStage<HttpResponse> schema(Call call) {
    return read(call)
        .thenApply(
            answer -> {
              var version = version(call, answer.state());
              return ok(RecordSchema.of(version.content(), version.number()));
            });
  }

  private CompletionStage<HttpResponse> mock(Call call) {
    var seed = call.parameter("seed").map(Long::parseLong).orElse(1L);
    var count = call.parameter("count").map(Integer::parseInt).orElse(USUAL_RECORDS);
    return read(call)
        .thenApply(
            answer -> {
              var version = version(call, answer.state());
              return ok(
                  new Fields()
                      .with("resource_version", version.number())
                      .with("items", MockRecords.of(version.content(), seed, count))
                      .map());
            });
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
