package govcloud.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import govcloud.ledger.leaf.Leaf;
import govcloud.ledger.leaf.Succession;
import govcloud.ledger.log.FolderStore;
import govcloud.ledger.log.LedgerLog;
import govcloud.ledger.log.Receipt;
import govcloud.ledger.note.Checkpoint;
import govcloud.ledger.note.NoteSigner;
import govcloud.ledger.note.SignedNote;
import govcloud.ledger.witness.Shipment;
import govcloud.replication.link.HttpSiblingLink;
import govcloud.replication.shipping.RefusedException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;

/** A cloud's operator, who has its keys and its way to the witness, and sends what is not so. */
final class EvilLedgers {
  private final HttpSiblingLink link;
  private final Path folder;
  private int made;

  /** Nothing sent yet. */
  EvilLedgers(HttpSiblingLink link, Path folder) {
    this.link = link;
    this.folder = folder;
  }

  /** The signed state of a log of these entries. */
  SignedNote log(NoteSigner key, long... numbers) throws Exception {
    return log(key, LongStream.of(numbers).mapToObj(TwoLedgers::leaf).toList());
  }

  private SignedNote log(NoteSigner key, List<byte[]> leaves) throws Exception {
    FolderStore store = new FolderStore(folder.resolve("log-" + ++made));
    try (LedgerLog log = LedgerLog.create(store, key)) {
      List<CompletableFuture<Receipt>> receipts = new ArrayList<>();
      for (byte[] leaf : leaves) {
        receipts.add(log.append(Leaf.parse(leaf, "leaf")));
      }
      return receipts.get(receipts.size() - 1).get().checkpoint();
    }
  }

  /**
   * A state that the witness refuses.
   *
   * @param first index of the first entry that goes with it; their numbers are their indexes
   */
  void refused(SignedNote state, long first, String code) throws Exception {
    long size = Checkpoint.parse(state.text(), "state").size();
    refused(state, first, LongStream.range(first, size).mapToObj(TwoLedgers::leaf).toList(), code);
  }

  /** A log that begins with a state of another one, and that the witness refuses. */
  void refusedBehind(SignedNote lost, NoteSigner key, String code) throws Exception {
    List<byte[]> leaves = List.of(new Succession(1, lost).toBytes());
    refused(log(key, leaves), 0, leaves, code);
  }

  private void refused(SignedNote state, long first, List<byte[]> leaves, String code) {
    byte[] shipment = new Shipment(state.toString(), first, leaves).toBytes();
    assertThatThrownBy(() -> link.send(ByteString.copyFrom(shipment)))
        .isInstanceOfSatisfying(RefusedException.class, e -> assertThat(e.code()).isEqualTo(code));
  }
}
