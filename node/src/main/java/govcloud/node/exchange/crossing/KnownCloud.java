package govcloud.node.exchange.crossing;

import govcloud.replication.keys.CloudCard;
import govcloud.replication.keys.KeyException;
import govcloud.replication.statement.TrustedKeys;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Another cloud, as its card and the settings have it.
 *
 * @param keys whose signatures count: of its present site
 * @param fingerprint of its card, as people have compared it
 * @param addresses of its nodes
 * @param folders between which gateways carry files; none: it is reached at its addresses
 * @param departments its departments, and the departments of this cloud that stand for them
 */
public record KnownCloud(
    String name,
    X509Certificate certificate,
    TrustedKeys keys,
    String fingerprint,
    List<String> addresses,
    Optional<BundleSettings.Folders> folders,
    Map<String, String> departments) {

  /** A cloud by its card. A site that was given up signs nothing that counts. */
  static KnownCloud of(CloudCard card, CloudSettings.Known settings) throws KeyException {
    int site = card.siteEpoch();
    return new KnownCloud(
        card.cloud(),
        card.certificate(),
        new TrustedKeys(
            card.signingKeys().stream().filter(key -> key.siteEpoch() == site).toList()),
        card.fingerprint(),
        settings.addresses(),
        settings.folders(),
        settings.departments());
  }

  /** Its department for which one of this cloud stands, if it does. */
  public Optional<String> departmentOf(String guest) {
    return departments.entrySet().stream()
        .filter(entry -> entry.getValue().equals(guest))
        .map(Map.Entry::getKey)
        .findFirst();
  }
}
