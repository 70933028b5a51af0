package govcloud.node.replication.drill;

import govcloud.replication.keys.KeyException;
import govcloud.replication.keys.KeyFolder;
import govcloud.replication.statement.TrustedKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is known of drills; read again once in a while. For several threads. */
public final class Drills {
  /** How often the folder is read. */
  public static final Duration LOOK = Duration.ofSeconds(30);

  /** So many are read; a sample each night and everything weekly give more than a year. */
  private static final int MOST = 450;

  /** So many tell where it goes: with everything once a week, the last three months. */
  private static final int TREND = 12;

  private static final Logger LOG = LoggerFactory.getLogger(Drills.class);

  private final DrillSettings settings;
  private final Optional<Path> keys;
  private volatile List<DrillSummary> newest = List.of();
  private volatile Optional<DrillPlan> plan = Optional.empty();
  private volatile boolean known;

  /**
   * Nothing known yet.
   *
   * @param keys folder of this cloud's keys; none: no signature is believed
   */
  public Drills(DrillSettings settings, Optional<Path> keys) {
    this.settings = settings;
    this.keys = keys;
  }

  /** Reads the folder; blocks. */
  public void look() {
    if (settings.folder().isEmpty()) {
      return;
    }
    try {
      DrillShelf shelf = new DrillShelf(settings.folder().get(), signingKeys());
      newest = shelf.newest(MOST);
      known = Files.isDirectory(settings.folder().get());
      plan = plan(shelf);
    } catch (IOException | KeyException e) {
      LOG.warn("drills: {}", e.getMessage());
    }
  }

  /** A plan that cannot be read is none: the one before may no longer be kept to. */
  private static Optional<DrillPlan> plan(DrillShelf shelf) {
    try {
      return shelf.plan();
    } catch (IOException e) {
      LOG.warn("schedule of drills: {}", e.getMessage());
      return Optional.empty();
    }
  }

  private List<TrustedKey> signingKeys() throws KeyException {
    return keys.isPresent() ? new KeyFolder(keys.get()).signingKeys() : List.of();
  }

  /** The drills, the newest first. */
  public List<DrillSummary> newest() {
    return newest;
  }

  /** The last drill that has shown that everything can be recovered. */
  public Optional<DrillSummary> lastGood() {
    return newest.stream().filter(DrillSummary::isGood).findFirst();
  }

  /**
   * The last good drills of everything whose signature is right, the oldest first: what time and
   * point have come to. Figures that the recovery key signed are not checked here and not told.
   */
  public List<DrillSummary> trend() {
    List<DrillSummary> trend =
        new ArrayList<>(
            newest.stream()
                .filter(drill -> drill.isGood() && drill.signature().equals("right"))
                .limit(TREND)
                .toList());
    Collections.reverse(trend);
    return trend;
  }

  /** When the next ones are due; empty where nobody said so. */
  public Optional<DrillPlan> plan() {
    return plan;
  }

  /**
   * Since when there has been no good drill for too long; empty where all is well, where nobody
   * said where drills are, or their folder is not there yet.
   */
  public Optional<Instant> oldSince(Instant now) {
    if (!known) {
      return Optional.empty();
    }
    Instant last = lastGood().map(DrillSummary::beganAt).orElse(Instant.EPOCH);
    Instant until = last.plus(settings.oldest());
    return until.isBefore(now) ? Optional.of(lastGood().isEmpty() ? now : until) : Optional.empty();
  }
}
