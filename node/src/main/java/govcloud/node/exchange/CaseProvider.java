package govcloud.node.exchange;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import govcloud.domain.casework.Attachment;
import govcloud.domain.casework.CaseState;
import govcloud.domain.sharing.DataResource;
import govcloud.domain.sharing.Provider.Kind;
import govcloud.exchange.gate.Agreed;
import govcloud.node.casework.CaseQuery;
import govcloud.node.casework.CaseRow;
import govcloud.node.casework.CaseTable;
import govcloud.node.casework.SealedCases;
import govcloud.node.eventsourcing.Entities;
import govcloud.node.http.Json;
import govcloud.node.projection.Page;
import govcloud.node.projection.PageRequest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.apache.pekko.NotUsed;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.javadsl.Source;

/**
 * Records from where they are: the cases of the owner's app instance, each form a record. An item
 * {@code case_status} is the state of the case, so that a row filter can leave out what holds no
 * more. It looks through the app's cases from the newest; a provider with very many of them answers
 * too late and needs a system of its own.
 */
final class CaseProvider implements Provider, CurrentRecords {

  private static final int PAGE = 200;

  /** Cases that are read at the same time. */
  private static final int READS = 8;

  /** Lists are not behind by more. */
  private static final Duration LATE = Duration.ofMinutes(1);

  /** Item that no form has: the state of the case. */
  private static final String CASE_STATUS = "case_status";

  /** More of one data subject is no answer to a query about a case. */
  private static final int MOST_RECORDS = 1_000;

  private final Entities entities;
  private final CaseTable cases;
  private final SealedCases sealed;
  private final InstantSource clock;
  private final Provider mock = new MockProvider();
  private final ConcurrentMap<Sheet, CompletableFuture<Page<CaseRow>>> underWay =
      new ConcurrentHashMap<>();

  CaseProvider(Entities entities, CaseTable cases, SealedCases sealed, InstantSource clock) {
    this.entities = entities;
    this.cases = cases;
    this.sealed = sealed;
    this.clock = clock;
  }

  @Override
  public CompletionStage<Found> records(Agreed agreed, String subject, Instant until) {
    var resource = agreed.resource();
    // Each case is asked itself what it is, so that all of them are at least as new as this.
    var now = Optional.of(clock.instant());
    return resource.provider().kind() == Kind.MOCK
        ? mock.records(agreed, subject, until)
        : new Search(resource, subject, until)
            .from(Optional.empty())
            .thenApply(found -> new Found(found, now));
  }

  /** A page of the cases of an app. */
  private record Sheet(String owner, String app, Optional<String> token) {}

  /**
   * A page of the cases of an app, the newest first. Who wants one that is being read already waits
   * for that: lists are behind by more than such a read, and each case is asked itself what it is.
   */
  private CompletionStage<Page<CaseRow>> page(DataResource resource, Optional<String> token) {
    var sheet = new Sheet(resource.owner(), resource.provider().app(), token);
    var read = new CompletableFuture<Page<CaseRow>>();
    var before = underWay.putIfAbsent(sheet, read);
    if (before != null) {
      return before;
    }
    CompletableFuture.completedStage(CaseQuery.ofApp(sheet.app(), CaseQuery.Sort.UPDATED))
        .thenCompose(all -> cases.list(sheet.owner(), all, new PageRequest(PAGE, token)))
        .whenComplete(
            (page, failure) -> {
              underWay.remove(sheet);
              if (failure == null) {
                read.complete(page);
              } else {
                read.completeExceptionally(failure);
              }
            });
    return read;
  }

  /** One look through the cases, page by page. */
  private final class Search {
    private final DataResource resource;
    private final String subject;
    private final Instant until;
    private final List<ObjectNode> found = new ArrayList<>();
    private int seen;

    private Search(DataResource resource, String subject, Instant until) {
      this.resource = resource;
      this.subject = subject;
      this.until = until;
    }

    private CompletionStage<List<ObjectNode>> from(Optional<String> page) {
      if (clock.instant().isAfter(until) || found.size() > MOST_RECORDS) {
        return CompletableFuture.failedStage(
            new IllegalStateException(
                "cases of %s: %d looked through, %d records (expected: all by %s, at most %d)"
                    .formatted(
                        resource.provider().app(), seen, found.size(), until, MOST_RECORDS)));
      }
      return page(resource, page)
          .thenCompose(rows -> forms(rows).thenCompose(forms -> take(rows, forms)));
    }

    private CompletionStage<List<ObjectNode>> take(Page<CaseRow> rows, List<ObjectNode> forms) {
      seen += forms.size();
      forms.stream()
          .filter(form -> isAbout(form, resource, subject))
          .map(form -> record(form, resource))
          .forEach(found::add);
      return rows.nextPageToken().isEmpty()
          ? CompletableFuture.completedStage(found)
          : from(rows.nextPageToken());
    }
  }

  /**
   * A record among all of a resource.
   *
   * @param name the same one is the same record
   */
  record Named(String name, Current current) {}

  /**
   * All records of a resource, the newest first, and then those that have changed meanwhile: what
   * is acted on moves to the front of the list, where nobody looks any more.
   */
  Source<Named, NotUsed> all(DataResource resource) {
    return Source.lazySource(() -> from(resource, clock.instant().minus(LATE)))
        .mapMaterializedValue(later -> NotUsed.getInstance());
  }

  private Source<Named, NotUsed> from(DataResource resource, Instant begin) {
    Set<String> late = new HashSet<>();
    var meanwhile =
        Source.lazySource(() -> rows(resource).takeWhile(row -> row.listedAt().isAfter(begin)));
    return rows(resource)
        .concat(meanwhile)
        .mapAsync(READS, row -> named(resource, row))
        .mapConcat(found -> found.stream().toList())
        .filter(one -> !one.updatedAt().isAfter(begin) || late.add(one.named().name()))
        .map(Dated::named);
  }

  /** A record, and when it was changed as far as the list knows. */
  private record Dated(Instant updatedAt, Named named) {}

  private CompletionStage<Optional<Dated>> named(DataResource resource, CaseRow row) {
    return current(resource, row.entityId())
        .thenApply(
            found ->
                found.map(
                    current ->
                        new Dated(
                            row.listedAt(),
                            new Named(row.entityId() + "@" + current.version(), current))));
  }

  /** The newest file of a resource that is about somebody, or with an empty text about anybody. */
  Source<Attachment, NotUsed> files(DataResource resource, String subject) {
    return rows(resource)
        .mapAsync(READS, row -> read(row.entityId()))
        .filter(read -> subject.isEmpty() || isAbout(read.form(), resource, subject))
        .mapConcat(read -> read.files());
  }

  /**
   * A page that is read next.
   *
   * @param token none: the first one
   */
  private record Next(Optional<String> token) {}

  private Source<CaseRow, NotUsed> rows(DataResource resource) {
    return Source.unfoldAsync(
            Optional.of(new Next(Optional.empty())),
            next ->
                next.isEmpty()
                    ? CompletableFuture.completedStage(
                        Optional.<Pair<Optional<Next>, List<CaseRow>>>empty())
                    : page(resource, next.get()).thenApply(Optional::of))
        .mapConcat(rows -> rows);
  }

  private CompletionStage<Pair<Optional<Next>, List<CaseRow>>> page(
      DataResource resource, Next next) {
    return page(resource, next.token())
        .thenApply(
            page ->
                Pair.create(
                    page.nextPageToken().map(token -> new Next(Optional.of(token))), page.items()));
  }

  private CompletionStage<List<ObjectNode>> forms(Page<CaseRow> page) {
    List<CompletableFuture<ObjectNode>> reads =
        page.items().stream()
            .map(row -> read(row.entityId()).thenApply(Read::form).toCompletableFuture())
            .toList();
    return CompletableFuture.allOf(reads.toArray(CompletableFuture<?>[]::new))
        .thenApply(done -> reads.stream().map(CompletableFuture::join).toList());
  }

  /**
   * A case as it is now.
   *
   * @param form with its state
   * @param files that are attached to it, the newest first
   */
  private record Read(long version, ObjectNode form, List<Attachment> files) {}

  private CompletionStage<Read> read(String entityId) {
    return entities
        .<CaseState>read(entityId)
        .thenCompose(
            answer ->
                sealed
                    .open(entityId, answer.state())
                    .thenApply(
                        opened -> {
                          var form = parse(opened.state().form());
                          opened.unreadMembers().forEach(form::remove);
                          form.put(CASE_STATUS, opened.state().status());
                          return new Read(answer.version(), form, files(answer.state()));
                        }));
  }

  private static List<Attachment> files(CaseState state) {
    List<Attachment> files = new ArrayList<>();
    state.materials().values().forEach(one -> one.attachment().ifPresent(files::add));
    Collections.reverse(files);
    return files;
  }

  @Override
  public CompletionStage<Optional<Current>> current(DataResource resource, String entityId) {
    return read(entityId)
        .thenApply(
            read ->
                Optional.of(subject(read.form(), resource))
                    // Who it is about is erased: then there is nobody who could be told of it.
                    .filter(subject -> !subject.isEmpty() || resource.subject().isEmpty())
                    .map(
                        subject ->
                            new Current(read.version(), subject, record(read.form(), resource))));
  }

  private static String subject(ObjectNode form, DataResource resource) {
    return resource.subject().map(item -> form.path(item).asText("")).orElse("");
  }

  private static ObjectNode parse(String form) {
    try {
      return Json.mapper().readTree(form) instanceof ObjectNode object
          ? object
          : Json.mapper().createObjectNode();
    } catch (JsonProcessingException e) {
      return Json.mapper().createObjectNode();
    }
  }

  private static boolean isAbout(ObjectNode form, DataResource resource, String subject) {
    return resource.subject().isPresent() && subject(form, resource).equals(subject);
  }

  /** What is not filled in yet is not there. */
  static ObjectNode record(ObjectNode form, DataResource resource) {
    ObjectNode record = Json.mapper().createObjectNode();
    resource
        .items()
        .forEach(
            item -> {
              if (form.hasNonNull(item.name())) {
                record.set(item.name(), form.path(item.name()));
              }
            });
    return record;
  }
}
