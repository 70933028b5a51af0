package govcloud.node.citizen;

import govcloud.domain.Actor;
import govcloud.domain.catalogue.LocalText;
import govcloud.domain.exchange.ExchangeRecord;
import govcloud.domain.exchange.ExchangeState;
import govcloud.domain.identity.AccountState;
import govcloud.domain.identity.Roles;
import govcloud.domain.objection.ObjectionState;
import govcloud.domain.sharing.Item;
import govcloud.domain.sharing.ResourceState;
import govcloud.node.eventsourcing.Entities;
import govcloud.node.exchange.ExchangeRow;
import govcloud.node.exchange.ExchangeTable;
import govcloud.node.exchange.ExchangeView;
import govcloud.node.http.BorderCode;
import govcloud.node.http.Problem;
import govcloud.node.http.ProblemException;
import govcloud.node.objection.ObjectionRow;
import govcloud.node.objection.ObjectionView;
import govcloud.node.projection.Page;
import govcloud.node.projection.PageRequest;
import govcloud.node.recall.RecallRow;
import govcloud.node.sharing.SharingIds;
import govcloud.node.tenant.TenantRow;
import govcloud.node.tenant.TenantTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Who looked at the data of the citizen who asks. Whose these are, the citizen's account says and
 * nobody else; what is about others is answered like what there is not.
 */
final class Accesses {

  private static final Pattern OFFICE = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");
  private static final Pattern EXCHANGE = Pattern.compile("[0-9a-f]{32}");

  private final Entities entities;
  private final ExchangeTable exchanges;
  private final Notices notices;
  private final TenantTable tenants;

  Accesses(Entities entities, ExchangeTable exchanges, Notices notices, TenantTable tenants) {
    this.entities = entities;
    this.exchanges = exchanges;
    this.notices = notices;
    this.tenants = tenants;
  }

  /** Number of the citizen who acts; fails with a problem where nobody has seen the document. */
  CompletionStage<String> numberOf(Actor actor) {
    return entities
        .<AccountState>read("account/" + actor.person())
        .thenApply(
            answer ->
                answer
                    .state()
                    .citizen()
                    .filter(number -> answer.state().roles().contains(Roles.CITIZEN))
                    .orElseThrow(
                        () ->
                            Problem.of(
                                    BorderCode.NOT_ALLOWED,
                                    "identity: not proved (expected: an account of a citizen whose"
                                        + " document was seen)")
                                .asException())
                    .value());
  }

  /** The list of the citizen who acts, which does not tell the number; fails as above. */
  CompletionStage<String> listOf(Actor actor) {
    return numberOf(actor).thenApply(ExchangeView::listOf);
  }

  /** One look at data of the citizen; the same problem for a foreign or hidden one as for none. */
  CompletionStage<ExchangeRecord> find(Actor actor, String office, String exchange) {
    return numberOf(actor)
        .thenCompose(
            number ->
                record(office, exchange)
                    .thenApply(
                        found ->
                            found
                                .filter(record -> record.subject().equalsIgnoreCase(number))
                                .orElseThrow(() -> none(exchange))))
        .thenCompose(this::shown);
  }

  private CompletionStage<ExchangeRecord> shown(ExchangeRecord record) {
    return notices
        .shows(record.consumer(), record.caseId(), ObjectionView.id(record.provider(), record.id()))
        .thenApply(
            shows -> {
              if (!shows) {
                throw none(record.id());
              }
              return record;
            });
  }

  private CompletionStage<Optional<ExchangeRecord>> record(String office, String exchange) {
    return OFFICE.matcher(office).matches() && EXCHANGE.matcher(exchange).matches()
        ? entities
            .<ExchangeState>read(SharingIds.exchange(office, exchange))
            .thenApply(answer -> answer.state().record())
        : CompletableFuture.completedStage(Optional.empty());
  }

  private static ProblemException none(String exchange) {
    return Problem.of(
            BorderCode.NOT_FOUND, "access " + exchange + ": none (expected: one to your own data)")
        .asException();
  }

  /** A page of all looks at data of the citizen, the newest first. */
  CompletionStage<Page<Access>> page(Actor actor, PageRequest request) {
    return numberOf(actor)
        .thenCompose(number -> shown(number, request, new ArrayList<>()))
        .thenCompose(
            page ->
                notices
                    .of(page.items())
                    .thenCompose(known -> inWords(page.items(), known))
                    .thenApply(items -> new Page<>(items, page.nextPageToken())));
  }

  /** Full pages, so that nobody can count what is left out. */
  private CompletionStage<Page<ExchangeRow>> shown(
      String number, PageRequest request, List<ExchangeRow> found) {
    var missing = new PageRequest(request.size() - found.size(), request.token());
    return exchanges
        .about(number, missing)
        .thenCompose(
            page ->
                notices
                    .of(page.items())
                    .thenCompose(
                        known -> {
                          page.items().stream().filter(known::shows).forEach(found::add);
                          if (page.nextPageToken().isEmpty()) {
                            return CompletableFuture.completedStage(
                                new Page<>(found, Optional.<String>empty()));
                          }
                          var next = new PageRequest(request.size(), page.nextPageToken());
                          return found.size() == request.size()
                              ? more(number, next)
                                  .thenApply(
                                      more -> new Page<>(found, next.token().filter(one -> more)))
                              : shown(number, next, found);
                        }));
  }

  /** Whether anything that is shown follows. */
  private CompletionStage<Boolean> more(String number, PageRequest request) {
    return exchanges
        .about(number, request)
        .thenCompose(
            page ->
                notices
                    .of(page.items())
                    .thenCompose(
                        known ->
                            page.items().stream().anyMatch(known::shows)
                                    || page.nextPageToken().isEmpty()
                                ? CompletableFuture.completedStage(
                                    page.items().stream().anyMatch(known::shows))
                                : more(number, request.after(page))));
  }

  /** Recalls of data of the citizen, without what the citizen is not told yet. */
  CompletionStage<List<RecallRow>> shown(List<RecallRow> recalls) {
    return notices.shown(recalls);
  }

  private CompletionStage<List<Access>> inWords(List<ExchangeRow> rows, Notices.Known known) {
    var offices =
        each(
            rows.stream().flatMap(row -> Stream.of(row.consumer(), row.provider())),
            tenant -> tenants.find(tenant).thenApply(found -> name(tenant, found)));
    var items = each(rows.stream().map(Accesses::resource), this::items);
    return CompletableFuture.allOf(offices, items)
        .thenApply(
            done ->
                rows.stream()
                    .map(row -> access(row, offices.join(), items.join(), known))
                    .toList());
  }

  private static Access access(
      ExchangeRow row,
      Map<String, LocalText> offices,
      Map<String, Map<String, LocalText>> items,
      Notices.Known known) {
    var titles = items.get(resource(row));
    return new Access(
        row,
        offices.get(row.consumer()),
        offices.get(row.provider()),
        row.fields().stream()
            .map(field -> titles.getOrDefault(field, new LocalText(field, field)))
            .toList(),
        Optional.ofNullable(known.said().get(Notices.objection(row))).map(ObjectionRow::state),
        known.late(row));
  }

  private static String resource(ExchangeRow row) {
    return SharingIds.resource(row.provider(), row.resource());
  }

  private static LocalText name(String tenant, Optional<TenantRow> found) {
    return found.map(TenantRow::name).orElse(new LocalText(tenant, tenant));
  }

  private CompletionStage<Map<String, LocalText>> items(String resource) {
    return entities
        .<ResourceState>read(resource)
        .thenApply(
            answer ->
                answer
                    .state()
                    .newest()
                    .map(
                        version ->
                            version.content().items().stream()
                                .collect(Collectors.toMap(Item::name, Item::title)))
                    .orElse(Map.of()));
  }

  /** Each one once. */
  static <T> CompletableFuture<Map<String, T>> each(
      Stream<String> names, Function<String, CompletionStage<T>> read) {
    Map<String, CompletableFuture<T>> reads =
        names
            .distinct()
            .collect(
                Collectors.toMap(
                    Function.identity(), name -> read.apply(name).toCompletableFuture()));
    return CompletableFuture.allOf(reads.values().toArray(CompletableFuture<?>[]::new))
        .thenApply(
            done ->
                reads.entrySet().stream()
                    .collect(Collectors.toMap(Map.Entry::getKey, one -> one.getValue().join())));
  }

  /**
   * To what a citizen objects, without whose data they are. Of data of another cloud it is that
   * cloud's department that answers, and there the same look is listed.
   */
  static ObjectionState.Matter matter(ExchangeRecord record) {
    if (record.provider().contains("@")) {
      throw Problem.of(
              BorderCode.NOT_FOUND,
              "objection: to a look at data of "
                  + record.provider()
                  + " (expected: an objection in that cloud)")
          .asException();
    }
    return new ObjectionState.Matter(
        record.id(),
        record.consumer(),
        record.provider(),
        record.agreement(),
        record.nameZh(),
        record.nameEn(),
        record.caseId(),
        record.purpose(),
        record.legalBasis(),
        record.fields(),
        record.index());
  }
}
