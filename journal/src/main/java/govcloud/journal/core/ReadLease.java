package govcloud.journal.core;

/**
 * For how long answers may be given from memory: whoever takes the slice over serves nobody before
 * {@link HostSettings#leaseWait} has passed, so that for {@link HostSettings#readLease} after this
 * host was still seen to be the last one, nobody else can have acknowledged anything. Only lengths
 * of time are compared, no clocks of two machines.
 */
final class ReadLease {

  private final Timers timers;
  private final long length;
  private long until;
  private boolean held;

  ReadLease(Timers timers, HostSettings settings) {
    this.timers = timers;
    this.length = settings.readLease().toNanos();
  }

  /** When a look at the end of the log begins; what it finds was so later than this. */
  long begin() {
    return timers.nanos();
  }

  /** A look at the end of the log that began then has found no other host. */
  void renew(long begun) {
    if (!held || begun + length - until > 0) {
      until = begun + length;
    }
    held = true;
  }

  /** The host stops. */
  void end() {
    held = false;
  }

  /** Whether nobody else can have acknowledged anything. */
  boolean holds() {
    return held && timers.nanos() - until < 0;
  }
}
