package govcloud.replication.keys;

import com.google.protobuf.ByteString;
import govcloud.replication.archive.TestKeys;
import govcloud.replication.statement.SigningKey;
import govcloud.replication.statement.SiteEnd;
import java.util.ArrayList;
import java.util.List;

/** The cards of a cloud's sites, made without files; nobody meets on a wire here. */
public final class SiteCards {
  private static final byte[] PRIVATE = TestKeys.filled(5);
  private static final String CLOUD = TestKeys.HOME.cloud();
  private static final PublicRecovery RECOVERY = PublicRecovery.of(CLOUD, PRIVATE, 2, List.of());

  private SiteCards() {}

  /** Of the first site. */
  public static CloudCard first(SigningKey key) {
    return new CloudCard(CLOUD, RECOVERY, List.of(KeyStatements.first(key)), null);
  }

  /**
   * Of the site that takes over from the one of a card.
   *
   * @param end where the files of the lost one end
   */
  public static CloudCard recovered(CloudCard lost, SigningKey key, SiteEnd end) {
    List<ByteString> statements = new ArrayList<>(lost.statements());
    int number = statements.size() + 1;
    SigningKey signer = RecoveryKey.signer(PRIVATE, CLOUD);
    statements.add(KeyStatements.recovered(key, number, signer, statements.get(number - 2), end));
    return new CloudCard(CLOUD, RECOVERY, statements, null);
  }

  /** What a sibling does before it trusts a card in place of another. */
  public static void requireSuccessor(CloudCard before, CloudCard next) throws KeyException {
    before.requireSuccessor(next);
  }
}
