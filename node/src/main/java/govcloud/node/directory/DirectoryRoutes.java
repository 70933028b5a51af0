package govcloud.node.directory;

import govcloud.domain.Refusal;
import govcloud.domain.sharing.ResourceRefusal;
import govcloud.domain.sharing.ResourceState;
import govcloud.node.http.Call;
import govcloud.node.http.Commands;
import govcloud.node.http.Lists;
import govcloud.node.http.Problem;
import govcloud.node.http.Routes;
import govcloud.node.identity.OwnPage;
import govcloud.node.identity.PageGuests;
import govcloud.node.page.HtmlPages;
import govcloud.node.page.Language;
import govcloud.node.sharing.ResourceTable;
import govcloud.node.sharing.SharingIds;
import govcloud.node.tenant.ActiveTenants;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.HttpResponse;

/** The catalogue of data resources as pages that need no script. */
public final class DirectoryRoutes {

  private final Commands commands;
  private final ResourceTable table;
  private final ActiveTenants tenants;
  private final PageGuests guests;

  /** Pages for whoever may ask for resources. */
  public DirectoryRoutes(
      Commands commands, ResourceTable table, ActiveTenants tenants, PageGuests guests) {
    this.commands = commands;
    this.table = table;
    this.tenants = tenants;
    this.guests = guests;
  }

  /** Adds the two pages. */
  public void register(Routes routes) {
    routes.on("getResourcesPage", this::search).on("getResourcePage", this::one);
  }

  private CompletionStage<HttpResponse> search(Call call) {
    var words = call.parameter("q").orElse("");
    return answered(
        call,
        guests
            .looks(call, OwnPage.RESOURCES)
            .thenCompose(actor -> table.search(words, Lists.request(call)))
            .thenApply(page -> html(call).list(words, call.parameter("page_token"), page)));
  }

  private CompletionStage<HttpResponse> one(Call call) {
    var owner = call.path("owner");
    return answered(
        call,
        guests
            .looks(call, "getResource")
            .thenCompose(
                actor ->
                    commands
                        .<ResourceState>read(SharingIds.resource(owner, call.path("resource")))
                        .thenCombine(
                            tenants.look(owner),
                            (answer, department) ->
                                html(call)
                                    .one(
                                        version(call, answer.state()),
                                        answer.state().status(),
                                        department))));
  }

  private static ResourceState.Version version(Call call, ResourceState state) {
    return call.parameter("resource_version")
        .map(Integer::parseInt)
        .map(state::version)
        .orElseGet(state::newest)
        .orElseThrow(
            () ->
                Problem.of(
                        Refusal.of(
                            ResourceRefusal.RESOURCE_NOT_FOUND,
                            "resource_version: none (expected: 1 to "
                                + state.versions().size()
                                + ")"))
                    .asException());
  }

  private static CompletionStage<HttpResponse> answered(Call call, CompletionStage<String> html) {
    return HtmlPages.orSignIn(
        call,
        html.thenApply(text -> HtmlPages.page(200, text)),
        problem -> html(call).refused(problem.code(), problem.detail()));
  }

  private static DirectoryHtml html(Call call) {
    return new DirectoryHtml(Language.of(call));
  }
}
