package govcloud.faultlab;

import govcloud.faultlab.nemesis.FaultKind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What to try.
 *
 * @param folder history, schedule, stored rows and logs go there
 * @param seed decides the schedule and what clients ask
 * @param rounds at most so many rounds of faults
 * @param time after this long no further round begins; longer than one trial, it is shared out to
 *     several
 * @param cases cases that are worked on
 * @param pauseMillis mean pause of a clerk between two requests
 * @param recoveryBound how soon after the end of a fault every entity must answer
 * @param kinds faults to choose from, as far as the machine can make them
 */
public record TrialSettings(
    Path folder,
    long seed,
    int rounds,
    Duration time,
    int cases,
    int pauseMillis,
    Duration recoveryBound,
    Set<FaultKind> kinds) {

  private static final int MANY_ROUNDS = 10_000;
  private static final Duration ONE_TRIAL = Duration.ofMinutes(10);
  private static final String REPLICATION = "replication";
  private static final String EXCHANGE = "exchange";
  private static final Set<String> KNOWN =
      Set.of(
          "--folder",
          "--seed",
          "--rounds",
          "--minutes",
          "--hours",
          "--cases",
          "--pause",
          "--bound");

  /** What is said when the arguments make no sense. */
  static final String USAGE =
      """
      usage: fault-lab/run [--hours N | --minutes N] [--rounds N] [--seed N] [--cases N]
                           [--pause MILLIS] [--bound SECONDS] [--only KIND,KIND]
                           [--folder PATH]
      Tries a cloud of three nodes on three Cassandras and its sibling under faults, and judges
      what is left in both. More than ten minutes are trials of ten minutes one after the other,
      each with a new cloud and the next seed, until one is RED. --only takes kinds, or the words
      replication for all that the copy at the sibling has to stand, and exchange for what
      departments that ask each other and their ledger have to stand.
      """;

  /** Keeps its own copy. */
  public TrialSettings {
    kinds = kinds.isEmpty() ? Set.of() : Set.copyOf(kinds);
  }

  /**
   * Reads arguments.
   *
   * @throws IllegalArgumentException naming the argument that makes no sense
   */
  public static TrialSettings of(List<String> arguments, Path folder, long seed) {
    TrialSettings settings =
        new TrialSettings(
            folder,
            seed,
            MANY_ROUNDS,
            Duration.ofMinutes(5),
            18,
            400,
            Duration.ofSeconds(60),
            EnumSet.allOf(FaultKind.class));
    for (int i = 0; i < arguments.size(); i += 2) {
      if (i + 1 == arguments.size()) {
        throw new IllegalArgumentException(arguments.get(i) + ": no value");
      }
      settings = settings.with(arguments.get(i), arguments.get(i + 1));
    }
    return settings;
  }

  private TrialSettings with(String name, String value) {
    Path place = name.equals("--folder") ? Path.of(value).toAbsolutePath() : folder;
    return new TrialSettings(
        place,
        name.equals("--seed") ? Long.parseLong(value) : seed,
        name.equals("--rounds") ? Integer.parseInt(value) : rounds,
        switch (name) {
          case "--minutes" -> Duration.ofMinutes(Long.parseLong(value));
          case "--hours" -> Duration.ofHours(Long.parseLong(value));
          default -> time;
        },
        name.equals("--cases") ? Integer.parseInt(value) : cases,
        name.equals("--pause") ? Integer.parseInt(value) : pauseMillis,
        name.equals("--bound") ? Duration.ofSeconds(Long.parseLong(value)) : recoveryBound,
        name.equals("--only") ? kinds(value) : known(name));
  }

  private Set<FaultKind> known(String name) {
    if (!KNOWN.contains(name)) {
      throw new IllegalArgumentException(name + ": unknown");
    }
    return kinds;
  }

  private static Set<FaultKind> kinds(String value) {
    Set<FaultKind> kinds = EnumSet.noneOf(FaultKind.class);
    for (String name : value.split(",", -1)) {
      if (name.equals(REPLICATION)) {
        kinds.addAll(FaultKind.REPLICATION);
      } else if (name.equals(EXCHANGE)) {
        kinds.addAll(FaultKind.EXCHANGE);
      } else {
        kinds.add(FaultKind.valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_')));
      }
    }
    return kinds;
  }

  /** Whether the time is that of one trial. */
  boolean isOneTrial() {
    return time.compareTo(ONE_TRIAL) <= 0;
  }

  /**
   * One of the trials that are made of this; the only one where the time is that of one.
   *
   * @param number counts from 0, and up from the seed
   * @param left of the time
   */
  TrialSettings trial(int number, Duration left) {
    boolean only = isOneTrial();
    long next = seed + number;
    return new TrialSettings(
        only ? folder : folder.resolve("seed-" + next),
        next,
        rounds,
        left.compareTo(ONE_TRIAL) < 0 ? (only ? time : left) : ONE_TRIAL,
        cases,
        pauseMillis,
        recoveryBound,
        kinds);
  }

  /** The arguments that {@link #of} reads back. */
  public List<String> arguments() {
    List<String> words =
        new ArrayList<>(
            List.of(
                "--folder", folder.toString(),
                "--seed", Long.toString(seed),
                "--rounds", Integer.toString(rounds),
                "--minutes", Long.toString(time.toMinutes()),
                "--cases", Integer.toString(cases),
                "--pause", Integer.toString(pauseMillis),
                "--bound", Long.toString(recoveryBound.toSeconds())));
    words.add("--only");
    words.add(String.join(",", kinds.stream().map(FaultKind::name).sorted().toList()));
    return words;
  }
}
