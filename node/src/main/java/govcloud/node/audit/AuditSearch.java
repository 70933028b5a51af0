package govcloud.node.audit;

import govcloud.domain.audit.AuditEvent;
import govcloud.domain.audit.AuditRecord;
import govcloud.journal.DamagedEntityException;
import govcloud.node.feed.EntityHistory;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.ClassicActorSystemProvider;
import org.apache.pekko.japi.pf.PFBuilder;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;

/**
 * Looks through the trail where it was written: in the journal, hour after hour, with every chain
 * checked while it is read. So nothing is between an auditor and what was written down.
 */
final class AuditSearch {

  /** So many records a page looks at, at most; an hour without any counts as some. */
  private static final int MOST_LOOKED_AT = 50_000;

  private static final int EMPTY_STREAM = 100;

  /** A record can come into the trail so much later than it was made. */
  private static final long HOURS_LATE = 1;

  private final EntityHistory history;
  private final ClassicActorSystemProvider system;
  private final InstantSource clock;

  AuditSearch(EntityHistory history, ClassicActorSystemProvider system, InstantSource clock) {
    this.history = history;
    this.system = system;
    this.clock = clock;
  }

  /**
   * A record that was found.
   *
   * @param stream the entity that holds it
   */
  record Found(String stream, AuditPlace place, AuditRecord record) {}

  /** A stream whose history does not hold together. */
  record Damaged(String stream, String message) {}

  /**
   * A page of a search.
   *
   * @param next where to go on; none: everything was looked at
   * @param damaged streams that could not be read to their end
   */
  record Result(List<Found> found, Optional<AuditPlace> next, List<Damaged> damaged) {}

  /** Looks for records, the oldest first. */
  CompletionStage<Result> find(AuditFilter filter, Optional<AuditPlace> from, int size) {
    var first = from.orElse(AuditPlace.of(filter.from()));
    var now = clock.instant();
    var last = AuditPlace.of(filter.to().isBefore(now) ? filter.to() : now).hour() + HOURS_LATE;
    var gather = new Gather(filter, size);
    return Source.fromIterator(
            () ->
                Stream.iterate(
                        first.at(0, 1, 0), place -> place.hour() <= last, AuditPlace::nextHour)
                    .iterator())
        .mapConcat(hour -> streams(hour, first))
        .flatMapConcat(this::scan)
        .takeWhile(gather::take)
        .runWith(Sink.ignore(), system)
        .thenApply(done -> gather.result());
  }

  private static List<AuditPlace> streams(AuditPlace hour, AuditPlace first) {
    var places = new ArrayList<AuditPlace>();
    var names = AuditStreams.all(hour.begin());
    for (int i = 0; i < names.size(); i++) {
      if (hour.hour() > first.hour() || i > first.stream()) {
        places.add(hour.at(i, 1, 0));
      } else if (i == first.stream()) {
        places.add(first);
      }
    }
    return places;
  }

  /** Something that was met on the way: a record, the end of a stream, or damage. */
  private record Met(String stream, AuditPlace place, AuditRecord record, String damage) {}

  private Source<Met, NotUsed> scan(AuditPlace from) {
    var stream = AuditStreams.all(from.begin()).get(from.stream());
    return history
        .of(stream, from.sequence())
        .mapConcat(entry -> records(stream, from, entry))
        .recover(
            new PFBuilder<Throwable, Met>()
                .match(
                    DamagedEntityException.class,
                    damage -> new Met(stream, from, null, damage.getMessage()))
                .build())
        .concat(Source.single(new Met(stream, from, null, "")));
  }

  private static List<Met> records(String stream, AuditPlace from, EntityHistory.Entry entry) {
    var met = new ArrayList<Met>();
    for (var event : entry.commit().events()) {
      if (event instanceof AuditEvent.Written written) {
        for (var record : written.records()) {
          var place = from.at(from.stream(), entry.sequence(), met.size());
          met.add(new Met(stream, place, record, ""));
        }
      }
    }
    return met.stream().filter(one -> !one.place().isBefore(from)).toList();
  }

  /** Takes in what is met until the page is full. Used by one stream alone. */
  private static final class Gather {
    private final AuditFilter filter;
    private final int size;
    private final List<Found> found = new ArrayList<>();
    private final List<Damaged> damaged = new ArrayList<>();
    private AuditPlace next;
    private int looked;

    Gather(AuditFilter filter, int size) {
      this.filter = filter;
      this.size = size;
    }

    /** Whether to go on. */
    boolean take(Met met) {
      if (met.record() == null) {
        if (!met.damage().isEmpty()) {
          damaged.add(new Damaged(met.stream(), met.damage()));
        }
        looked += EMPTY_STREAM;
        return true;
      }
      if (looked++ >= MOST_LOOKED_AT) {
        next = met.place();
        return false;
      }
      if (filter.fits(met.record())) {
        if (found.size() == size) {
          next = met.place();
          return false;
        }
        found.add(new Found(met.stream(), met.place(), met.record()));
      }
      return true;
    }

    Result result() {
      return new Result(List.copyOf(found), Optional.ofNullable(next), List.copyOf(damaged));
    }
  }

  /** The moment that searches count from. */
  Instant now() {
    return clock.instant();
  }
}
