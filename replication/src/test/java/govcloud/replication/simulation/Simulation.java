package govcloud.replication.simulation;

/** Plays histories with the classes of its own class loader. */
public final class Simulation implements Player {
  private final Tally total = new Tally();

  @Override
  public Tally total() {
    return total;
  }

  @Override
  public String play(long seed) {
    History history = new History(seed, false);
    try {
      history.play();
    } catch (Violation | RuntimeException violation) {
      return String.valueOf(violation);
    }
    total.add(history.tally());
    return "";
  }

  /** Plays a seed once more and gives the end of its history in words. */
  public static String replay(long seed) {
    History history = new History(seed, true);
    String outcome = "no violation";
    try {
      history.play();
    } catch (Violation | RuntimeException violation) {
      outcome = String.valueOf(violation);
    }
    return "seed " + seed + ": " + outcome + System.lineSeparator() + history.trace();
  }

  /** Plays seeds, for people: {@code FIRST COUNT}. */
  public static void main(String[] arguments) {
    long count = arguments.length > 1 ? Long.parseLong(arguments[1]) : 1;
    Campaign campaign = new Campaign(Long.parseLong(arguments[0]), count);
    campaign.run();
    campaign.violations().forEach(System.out::println);
    System.out.println(campaign.total());
  }
}
