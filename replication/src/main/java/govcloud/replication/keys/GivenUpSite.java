package govcloud.replication.keys;

import com.google.protobuf.ByteString;
import govcloud.replication.statement.SiteEnd;
import govcloud.replication.statement.TrustedKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The proof that a site was given up: its cloud has a signing key for which whoever joined the
 * shares of the recovery key vouches, and which the site does not hold. Nobody else can make that
 * proof, and nothing can take it back. What the site accepts counts no more.
 *
 * @param cloud whose site it is
 * @param siteEpoch of this site
 * @param currentEpoch of the site that counts now
 * @param end up to where this site's files count
 */
public record GivenUpSite(String cloud, int siteEpoch, int currentEpoch, SiteEnd end) {
  private static final String FILE = "given-up.card";

  /**
   * Whether a card proves that a site was given up.
   *
   * @param own card of the site, from its own keys
   * @param told card of its cloud, as somebody else has it
   * @return empty: it shows no other keys than those of the site
   * @throws KeyException with {@code KEY_CARD_WRONG} or {@code KEY_STATEMENT_WRONG} where it is not
   *     a card of the same cloud, whoever brings it
   */
  public static Optional<GivenUpSite> of(CloudCard own, CloudCard told) throws KeyException {
    if (!told.cloud().equals(own.cloud()) || !told.recovery().equals(own.recovery())) {
      throw new KeyException(
          KeyDefect.KEY_CARD_WRONG,
          "card of " + told.cloud() + " (expected: of " + own.cloud() + ", with its recovery key)");
    }
    List<TrustedKey> ownKeys = own.signingKeys();
    List<TrustedKey> toldKeys =
        KeyStatements.verify(
            own.cloud(), ownKeys.get(0).publicKey(), own.recovery().signer(), told.statements());
    for (int i = 0; i < toldKeys.size(); i++) {
      ByteString statement = told.statements().get(i);
      Optional<SiteEnd> end = toldKeys.get(i).lostSite();
      if (end.isPresent() && !own.statements().contains(statement)) {
        return Optional.of(new GivenUpSite(own.cloud(), last(ownKeys), last(toldKeys), end.get()));
      }
    }
    return Optional.empty();
  }

  private static int last(List<TrustedKey> keys) {
    return keys.get(keys.size() - 1).siteEpoch();
  }

  /** The proof that a site keeps beside its keys, if it was given up as far as it knows. */
  public static Optional<GivenUpSite> known(KeyFolder keys) throws KeyException {
    Path file = keys.folder().resolve(FILE);
    return Files.exists(file)
        ? of(keys.card(), CloudCard.parse(SecretFiles.read(file)))
        : Optional.empty();
  }

  /**
   * Keeps a card beside the site's keys if it is a proof; from then on {@link #known} gives it, in
   * whatever process.
   *
   * @param told card of the site's cloud, as somebody else has it
   * @return empty: it is no proof, and nothing was kept
   * @throws KeyException when it is not a card of the same cloud, or cannot be kept
   */
  public static Optional<GivenUpSite> learn(KeyFolder keys, CloudCard told) throws KeyException {
    Optional<GivenUpSite> found = of(keys.card(), told);
    if (found.isPresent() && known(keys).isEmpty()) {
      SecretFiles.replacePublic(keys.folder().resolve(FILE), told.toFile());
    }
    return found;
  }
}
