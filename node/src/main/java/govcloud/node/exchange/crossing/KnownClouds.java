package govcloud.node.exchange.crossing;

import govcloud.domain.exchange.ExchangeRefusal;
import govcloud.node.replication.HomeArchive;
import govcloud.replication.keys.KeyException;
import govcloud.replication.keys.LinkIdentity;
import govcloud.replication.link.PinnedTls;
import govcloud.replication.statement.Signer;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLContext;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * This cloud and those with which it exchanges data.
 *
 * @param own name of this cloud
 * @param signer signs what this cloud sends
 * @param link by which this cloud is known on the wire
 * @param all the others
 */
public record KnownClouds(String own, Signer signer, LinkIdentity link, List<KnownCloud> all) {

  public KnownClouds {
    all = List.copyOf(all);
  }

  /**
   * Reads the card of each cloud that the settings name.
   *
   * @throws IllegalArgumentException when one is missing, beginning with the setting's name
   */
  public static KnownClouds open(CloudSettings settings, HomeArchive home) {
    var own = home.recovery().cloud();
    var all = new ArrayList<KnownCloud>();
    for (var one : settings.known()) {
      try {
        if (one.cloud().equals(own)) {
          throw CloudSettings.wrong("known", own, "other clouds than this one");
        }
        all.add(KnownCloud.of(home.keys().sibling(one.cloud()), one));
      } catch (KeyException e) {
        throw CloudSettings.wrong(
            "known", one.cloud() + ": " + e.getMessage(), "its card, by keys trust");
      }
    }
    try {
      return new KnownClouds(own, home.signing(), home.keys().link(), all);
    } catch (KeyException e) {
      throw CloudSettings.wrong("known", e.getMessage(), "a link key, by keys init");
    }
  }

  /** A cloud by its name. */
  public Optional<KnownCloud> find(String name) {
    return all.stream().filter(cloud -> cloud.name().equals(name)).findFirst();
  }

  /** The cloud that holds the key of a certificate. */
  public Optional<KnownCloud> holder(Certificate certificate) {
    return all.stream().filter(cloud -> cloud.certificate().equals(certificate)).findFirst();
  }

  /** The cloud for whose department one of this cloud stands. */
  public Optional<KnownCloud> ofGuest(String department) {
    return all.stream().filter(cloud -> cloud.departmentOf(department).isPresent()).findFirst();
  }

  /** A cloud that is known for sure. */
  KnownCloud require(String name) throws CrossingException {
    return find(name)
        .orElseThrow(
            () ->
                new CrossingException(
                    ExchangeRefusal.EXCHANGE_CLOUD_UNKNOWN,
                    "cloud: " + name + " (expected: one of govcloud.exchange.clouds.known)"));
  }

  /** Whether one of them may come to the door; those with gateways send files alone. */
  public boolean hasCallers() {
    return all.stream().anyMatch(cloud -> cloud.folders().isEmpty());
  }

  /**
   * TLS of the door: lets in whoever holds the key of one of the callers' certificates.
   *
   * @param watched tells who was not let in
   */
  SSLContext door(UnaryOperator<X509ExtendedTrustManager> watched) {
    List<X509Certificate> callers =
        all.stream()
            .filter(cloud -> cloud.folders().isEmpty())
            .map(KnownCloud::certificate)
            .toList();
    return PinnedTls.context(link, callers.get(0), () -> callers, watched);
  }

  /**
   * TLS of the way to one of them.
   *
   * @param watched tells who answered there and is another one
   */
  SSLContext wayTo(KnownCloud cloud, UnaryOperator<X509ExtendedTrustManager> watched) {
    return PinnedTls.context(link, cloud.certificate(), List::of, watched);
  }
}
