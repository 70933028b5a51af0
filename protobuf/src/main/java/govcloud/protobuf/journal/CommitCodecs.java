package govcloud.protobuf.journal;

import java.util.List;

/** The codecs of all aggregates. */
public final class CommitCodecs {

  private static final List<CommitCodec<?>> ALL =
      List.of(
          new TenantCodec(),
          new AppInstanceCodec(),
          new CaseCodec(),
          new OperationCodec(),
          new AccountCodec(),
          new AuditCodec(),
          new ResourceCodec(),
          new AgreementCodec(),
          new LedgerCodec(),
          new ExchangeCodec(),
          new ObjectionCodec(),
          new RecallCodec(),
          new NoticeDeferralCodec(),
          new CorrectionCodec(),
          new AlarmCodec(),
          new SourceCodec(),
          new SubjectCodec());

  private CommitCodecs() {}

  /** Every codec. */
  public static List<CommitCodec<?>> all() {
    return ALL;
  }

  /**
   * The codec of a manifest, such as {@code case/1}.
   *
   * @throws CodecException if there is none
   */
  public static CommitCodec<?> byManifest(String manifest) {
    return ALL.stream()
        .filter(codec -> codec.manifest().equals(manifest))
        .findFirst()
        .orElseThrow(
            () ->
                new CodecException(
                    CodecException.Code.PAYLOAD_MANIFEST_UNKNOWN,
                    manifest,
                    "manifest: "
                        + manifest
                        + " (expected: one of "
                        + ALL.stream().map(CommitCodec::manifest).toList()
                        + ")",
                    null));
  }

  /**
   * The codec that writes an aggregate's commits, such as {@code case}.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static CommitCodec<?> byAggregateType(String type) {
    return ALL.stream()
        .filter(codec -> codec.aggregateType().equals(type))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "aggregate type: "
                        + type
                        + " (expected: one of "
                        + ALL.stream().map(CommitCodec::aggregateType).toList()
                        + ")"));
  }
}
