package govcloud.node.replication;

import govcloud.replication.keys.EpochKeys;
import govcloud.replication.keys.KeyDefect;
import govcloud.replication.keys.KeyException;
import govcloud.replication.keys.KeyFolder;
import govcloud.replication.keys.SealingEpoch;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The epoch with which this cloud seals now. After the start of a node it is known at once where
 * nobody has to sign for it, else when the log was asked; until then whoever seals waits.
 */
public final class CurrentEpoch implements SealingEpoch {
  private static final Logger LOG = LoggerFactory.getLogger(CurrentEpoch.class);
  private static final long PATIENCE_SECONDS = 20;

  private final KeyFolder keys;
  private final CountDownLatch known = new CountDownLatch(1);
  private volatile int number;

  private CurrentEpoch(KeyFolder keys) {
    this.keys = keys;
  }

  /** The one of these keys that counts; not known yet where a file is damaged. */
  static CurrentEpoch of(KeyFolder keys) {
    var current = new CurrentEpoch(keys);
    try {
      if (keys.newestEpoch() <= keys.givenEpochs()) {
        current.use(keys.newestEpoch());
      }
    } catch (KeyException e) {
      LOG.warn("epochs: {}", e.toString());
    }
    return current;
  }

  @Override
  public EpochKeys open() throws KeyException {
    try {
      if (!known.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw notKnown(null);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw notKnown(e);
    }
    return keys.epoch(number);
  }

  private static KeyException notKnown(Exception cause) {
    return new KeyException(
        KeyDefect.KEY_NOT_APPROVED,
        "epochs: not known yet which one counts (expected: a log that can be read)",
        cause);
  }

  /** The number of the epoch that seals now; 0: it is not known yet. */
  int number() {
    return number;
  }

  /** From now on this one seals. */
  void use(int next) {
    number = next;
    known.countDown();
  }
}
