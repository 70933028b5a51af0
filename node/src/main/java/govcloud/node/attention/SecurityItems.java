package govcloud.node.attention;

import govcloud.domain.audit.AuditRecord;
import govcloud.domain.catalogue.LocalText;
import govcloud.node.attention.AttentionItem.Severity;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What alarms of the audit trail mean to an operator, who does not read the trail. Pure. */
final class SecurityItems {

  private static final Set<String> GRAVE =
      Set.of(
          "CHAIN_MISMATCH",
          "CANARY_TOUCHED",
          "RECORDS_LOST",
          "CERTIFICATE_EXPIRING",
          "CERTIFICATE_NOT_RENEWED",
          "EMERGENCY_ACCESS");

  private SecurityItems() {}

  /** One item for each kind of alarm. */
  static List<AttentionItem> of(List<AuditRecord> alarms) {
    return alarms.stream()
        .collect(Collectors.groupingBy(AuditRecord::code, TreeMap::new, Collectors.toList()))
        .entrySet()
        .stream()
        .map(kind -> item(kind.getKey(), kind.getValue()))
        .toList();
  }

  private static AttentionItem item(String code, List<AuditRecord> alarms) {
    Instant first = alarms.stream().map(AuditRecord::at).min(Instant::compareTo).orElseThrow();
    return new AttentionItem(
        AttentionCode.SECURITY_ALARM,
        GRAVE.contains(code) ? Severity.RED : Severity.YELLOW,
        code,
        new LocalText(
            "最近 24 小时内 %d 次告警".formatted(alarms.size()),
            "%d alarms within the last 24 hours".formatted(alarms.size())),
        new LocalText("请审计管理员在 /audit 查看", "an audit administrator sees who and what at /audit"),
        Optional.of(first));
  }
}
