package govcloud.replication.archive;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import govcloud.protobuf.replica.v1.CutBlob;
import govcloud.protobuf.replica.v1.CutSlice;
import govcloud.protobuf.replica.v1.CutStatement;
import govcloud.protobuf.replica.v1.NamedValue;
import govcloud.replication.keys.EpochKeys;
import govcloud.replication.keys.PartPlace;
import govcloud.replication.statement.SignedStatement;
import govcloud.replication.statement.SigningKey;
import govcloud.replication.statement.StatementKind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;

/** Makes cuts: the signed roots, and each tenant's id directory sealed under its own key. */
public final class CutWriter {
  private final SigningKey signingKey;
  private final EpochKeys keys;
  private final int level;

  /**
   * A writer for one epoch.
   *
   * @param level of Zstandard, 1 to 19
   */
  public CutWriter(SigningKey signingKey, EpochKeys keys, int level) {
    this.signingKey = signingKey;
    this.keys = keys;
    this.level = level;
  }

  /**
   * Makes a cut.
   *
   * @param previous hash of the cut before, empty for number 1
   * @return the file
   */
  public ByteString write(long number, ByteString previous, CutContent content) {
    List<TenantDirectory> directories = new ArrayList<>();
    content
        .tenants()
        .forEach((tenant, entities) -> directories.add(TenantDirectory.of(keys, tenant, entities)));
    directories.sort((a, b) -> Pseudonyms.ORDER.compare(a.cut().getTenant(), b.cut().getTenant()));
    CutStatement.Builder statement =
        CutStatement.newBuilder()
            .setOrigin(signingKey.cloud())
            .setNumber(number)
            .setPreviousCut(previous)
            .setClosedClock(content.closedClock())
            .addAllSlice(slices(content.slices()))
            .addAllBlob(blobs(content.blobs()))
            .addAllSetting(named(content.settings()))
            .addAllVersion(named(content.versions()))
            .setGrant(keys.grant())
            .setDeletedTo(content.deletion().last())
            .setDeletion(content.deletion().operation())
            .setManifestsTo(content.beginning().generation())
            .setManifestsHash(content.beginning().hash())
            .setDrained(content.drained());
    directories.forEach(one -> statement.addTenant(one.cut()));
    statement.setRoot(Leaves.cutRoot(statement.getTenantList()));
    statement.setRecords(directories.stream().mapToLong(one -> one.cut().getRecords()).sum());
    return seal(statement, directories);
  }

  private ByteString seal(CutStatement.Builder statement, List<TenantDirectory> directories) {
    try (PartSealer sealer = new PartSealer(level)) {
      directories.forEach(one -> sealer.add(one.directory().toByteArray()));
      return seal(statement, sealer, directories);
    }
  }

  private ByteString seal(
      CutStatement.Builder statement, PartSealer sealer, List<TenantDirectory> directories) {
    PartPlace place =
        new PartPlace(StatementKind.CUT, statement.getOrigin(), 0, statement.getNumber());
    ByteString salt = keys.salt(place, sealer.compressed());
    statement.setSalt(salt);
    for (int i = 0; i < directories.size(); i++) {
      TenantDirectory one = directories.get(i);
      statement.addDirectory(
          sealer
              .seal(i, keys.tenantKey(one.tenant(), place, salt, i))
              .setTenant(one.cut().getTenant()));
    }
    return UnsafeByteOperations.unsafeWrap(
        sealer.file(
            SignedStatement.sign(StatementKind.CUT, statement.build().toByteString(), signingKey)));
  }

  private static List<CutSlice> slices(List<SliceHead> heads) {
    return heads.stream()
        .sorted(Comparator.comparingInt(SliceHead::slice))
        .map(
            head ->
                CutSlice.newBuilder()
                    .setSlice(head.slice())
                    .setSegment(head.number())
                    .setSegmentHash(head.segmentHash())
                    .build())
        .toList();
  }

  private static List<CutBlob> blobs(List<CutBlob> blobs) {
    return blobs.stream()
        .sorted((a, b) -> Pseudonyms.ORDER.compare(a.getAddress(), b.getAddress()))
        .toList();
  }

  private static List<NamedValue> named(SortedMap<String, String> values) {
    List<NamedValue> named = new ArrayList<>();
    values.forEach(
        (name, value) -> named.add(NamedValue.newBuilder().setName(name).setValue(value).build()));
    return named;
  }
}
