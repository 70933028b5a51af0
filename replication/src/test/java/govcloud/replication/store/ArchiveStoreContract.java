package govcloud.replication.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import govcloud.replication.archive.ArchiveDefect;
import govcloud.replication.archive.ArchiveName;
import govcloud.replication.archive.ArchiveSize;
import govcloud.replication.archive.ArchiveStore;
import govcloud.replication.archive.ArchiveStore.Stored;
import govcloud.replication.archive.ArchiveStoreException;
import govcloud.replication.archive.Erasure;
import govcloud.replication.archive.ReplicaVerifier;
import govcloud.replication.archive.TestKeys;
import govcloud.replication.archive.TestReplica;
import govcloud.replication.statement.StatementKind;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What every archive store does. */
public abstract class ArchiveStoreContract {
  private static final ByteString FILE = ByteString.copyFromUtf8("a segment");
  private static final ByteString OTHER = ByteString.copyFromUtf8("another one");

  /** An empty archive. */
  protected abstract ArchiveStore store() throws Exception;

  @Test
  void file_put_isReadWhole() throws Exception {
    ArchiveStore store = store();
    ArchiveName name = ArchiveName.segment(3, 7);
    assertThat(store.put(name, FILE)).isEqualTo(Stored.NEW);
    assertThat(store.read(name))
        .hasValueSatisfying(b -> assertThat(b).isEqualTo(FILE.toByteArray()));
  }

  @Test
  void files_put_areCountedWithTheirBytes() throws Exception {
    ArchiveStore store = store();
    assertThat(((ArchiveSize) store).bytes()).isZero();
    store.put(ArchiveName.segment(3, 7), FILE);
    store.put(ArchiveName.receipt(3, 7), OTHER);
    store.put(ArchiveName.cut(1), FILE);
    assertThat(((ArchiveSize) store).bytes()).isEqualTo(2 * FILE.size() + OTHER.size());
  }

  @Test
  void absentFile_read_isEmpty() throws Exception {
    assertThat(store().read(ArchiveName.manifest(1))).isEmpty();
  }

  @Test
  void sameFile_putAgain_isAlreadyThere() throws Exception {
    ArchiveStore store = store();
    ArchiveName name = ArchiveName.cut(1);
    store.put(name, FILE);
    assertThat(store.put(name, FILE)).isEqualTo(Stored.ALREADY_THERE);
  }

  @Test
  void otherFile_putUnderTheSameName_isRefusedAndChangesNothing() throws Exception {
    ArchiveStore store = store();
    ArchiveName name = ArchiveName.segment(0, 1);
    store.put(name, FILE);
    assertThatThrownBy(() -> store.put(name, OTHER))
        .isInstanceOfSatisfying(
            ArchiveStoreException.class,
            e -> assertThat(e.defect()).isEqualTo(ArchiveDefect.ARCHIVE_CONFLICT));
    assertThat(store.read(name))
        .hasValueSatisfying(b -> assertThat(b).isEqualTo(FILE.toByteArray()));
  }

  @Test
  void names_listed_areOfTheirKindAndAscending() throws Exception {
    ArchiveStore store = store();
    List<ArchiveName> segments = new ArrayList<>();
    for (int number = 12; number >= 1; number--) {
      store.put(ArchiveName.segment(number % 3, number), FILE);
      store.put(ArchiveName.receipt(number % 3, number), FILE);
      segments.add(ArchiveName.segment(number % 3, number));
    }
    store.put(ArchiveName.cut(1), FILE);
    store.put(ArchiveName.countersignature(1), FILE);
    assertThat(store.list(StatementKind.SEGMENT))
        .containsExactlyElementsOf(segments.stream().sorted().toList());
    assertThat(store.list(StatementKind.CUT)).containsExactly(ArchiveName.cut(1));
    assertThat(store.list(StatementKind.MANIFEST)).isEmpty();
    assertThat(store.last(StatementKind.SEGMENT, 2)).hasValue(ArchiveName.segment(2, 11));
    assertThat(store.last(StatementKind.RECEIPT, 7)).isEmpty();
    assertThat(store.last(StatementKind.CUT, 0)).hasValue(ArchiveName.cut(1));
  }

  @Test
  void severalWriters_putDifferentFilesUnderOneName_oneWins() throws Exception {
    ArchiveStore store = store();
    ExecutorService writers = Executors.newFixedThreadPool(4);
    try {
      for (long round = 1; round <= 5; round++) {
        ArchiveName name = ArchiveName.manifest(round);
        List<Callable<Boolean>> puts = new ArrayList<>();
        for (int writer = 0; writer < 4; writer++) {
          ByteString file = ByteString.copyFromUtf8("writer " + writer);
          puts.add(() -> wins(store, name, file));
        }
        int winners = 0;
        for (Future<Boolean> put : writers.invokeAll(puts)) {
          winners += put.get() ? 1 : 0;
        }
        assertThat(winners).isEqualTo(1);
      }
    } finally {
      writers.shutdownNow();
    }
  }

  private static boolean wins(ArchiveStore store, ArchiveName name, ByteString file)
      throws ArchiveStoreException {
    try {
      return store.put(name, file) == Stored.NEW;
    } catch (ArchiveStoreException e) {
      assertThat(e.defect()).isEqualTo(ArchiveDefect.ARCHIVE_CONFLICT);
      return false;
    }
  }

  @Test
  void file_erased_isGoneForGood_andOthersStay() throws Exception {
    ArchiveStore store = store();
    store.put(ArchiveName.cut(1), FILE);
    store.put(ArchiveName.cut(2), OTHER);
    Erasure erasure = (Erasure) store;
    erasure.erase(ArchiveName.cut(1));
    erasure.erase(ArchiveName.cut(1));
    erasure.erase(ArchiveName.countersignature(1));
    assertThat(store.read(ArchiveName.cut(1))).isEmpty();
    assertThat(store.list(StatementKind.CUT)).containsExactly(ArchiveName.cut(2));
    assertThat(store.read(ArchiveName.cut(2))).isPresent();
  }

  @Test
  void wholeReplica_kept_isSound() throws Exception {
    ArchiveStore store = store();
    TestReplica replica = TestReplica.of(TestKeys.HOME, 1);
    for (var file : replica.store().files().entrySet()) {
      store.put(file.getKey(), ByteString.copyFrom(file.getValue()));
    }
    assertThat(
            new ReplicaVerifier(store, replica.blobs(), replica.trust())
                .verify(replica.anchor())
                .findings())
        .isEmpty();
  }
}
