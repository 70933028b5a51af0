package govcloud.node.tls;

import govcloud.pki.PkiException;
import govcloud.pki.RefusedCertificate;
import govcloud.pki.RefusedCertificate.Reason;
import govcloud.pki.TlsWatch;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What has happened at this node's doors: logged at once, counted, and kept until it is fetched.
 */
public final class TlsReports implements TlsWatch {

  private static final Logger LOG = LoggerFactory.getLogger(TlsReports.class);

  /** More are counted and logged, and not kept. */
  private static final int MOST_KEPT = 1_000;

  private final Map<Kind, AtomicLong> counts = new ConcurrentHashMap<>();
  private final Map<String, String> troubles = new ConcurrentHashMap<>();
  private final Queue<RefusedCertificate> kept = new ConcurrentLinkedQueue<>();
  private final AtomicLong size = new AtomicLong();

  /**
   * What is counted together.
   *
   * @param door at which it was shown
   */
  public record Kind(String door, Reason reason) {}

  @Override
  public void refused(RefusedCertificate refused) {
    LOG.warn(
        "tls {}: certificate refused: {} from {}, issued by {}, serial {}: {} ({})",
        refused.door(),
        plain(refused.subject()),
        refused.address().isEmpty() ? "an unknown address" : refused.address(),
        plain(refused.issuer()),
        refused.serial(),
        refused.reason().label(),
        plain(refused.detail()));
    counts
        .computeIfAbsent(new Kind(refused.door(), refused.reason()), kind -> new AtomicLong())
        .incrementAndGet();
    if (size.get() < MOST_KEPT) {
      size.incrementAndGet();
      kept.add(refused);
    }
  }

  /** Whoever made a certificate may have written anything into it. */
  private static String plain(String text) {
    return text.replaceAll("[^\\x20-\\x7e]", "?");
  }

  @Override
  public void renewed(String door, X509Certificate certificate) {
    troubles.remove(door);
    LOG.info(
        "tls {}: another certificate, valid until {}", door, certificate.getNotAfter().toInstant());
  }

  @Override
  public void notRenewed(String door, PkiException why) {
    troubles.put(door, why.defect().name());
    LOG.error("tls {}: the certificate before is shown on: {}", door, why.getMessage());
  }

  /** How many were refused, by door and reason. */
  public Map<Kind, Long> counts() {
    return counts.entrySet().stream()
        .collect(
            java.util.stream.Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().get()));
  }

  /** Doors whose files have changed and are not usable, with the defect's code. */
  public Map<String, String> troubles() {
    return Map.copyOf(troubles);
  }

  /** What was refused since this was asked before. */
  public List<RefusedCertificate> fetch() {
    var fetched = new ArrayList<RefusedCertificate>();
    for (var one = kept.poll(); one != null; one = kept.poll()) {
      size.decrementAndGet();
      fetched.add(one);
    }
    return fetched;
  }
}
