package govcloud.node.attention;

import govcloud.domain.catalogue.LocalText;
import govcloud.node.attention.AttentionItem.Severity;
import govcloud.node.replication.ReplicationAlarm;
import java.util.List;
import java.util.Optional;

/** What alarms of replication mean to an operator. Pure. */
final class ReplicationItems {
  private ReplicationItems() {}

  static List<AttentionItem> of(List<ReplicationAlarm> alarms) {
    return alarms.stream().map(ReplicationItems::of).toList();
  }

  private static AttentionItem of(ReplicationAlarm alarm) {
    return switch (alarm.kind()) {
      case SITE_FENCED, SITE_DRAINED -> ofSite(alarm);
      case SIBLING_AWAY ->
          item(
              alarm,
              AttentionCode.SIBLING_AWAY,
              Severity.YELLOW,
              new LocalText("兄弟云没有应答：" + alarm.detail(), "it does not answer: " + alarm.detail()),
              new LocalText(
                  "检查线路与对方；恢复后自动补传，日志会保留",
                  "look at line and sibling; the log is kept and sent by itself"));
      case SEGMENT_REFUSED ->
          item(
              alarm,
              AttentionCode.SEGMENT_REFUSED,
              Severity.RED,
              new LocalText("兄弟云拒收：" + alarm.detail(), "the sibling refuses: " + alarm.detail()),
              new LocalText(
                  "按 docs/runbook-replication.md 第 4 节核对代码",
                  "look the code up in docs/runbook-replication.md, section 4"));
      case SIBLING_LOST -> ofLost(alarm);
      case SIBLING_DAMAGED, RECEIVED_DAMAGED -> ofDamage(alarm);
      case SIBLING_QUOTA, RECEIVED_QUOTA -> ofQuota(alarm);
      case RECOVERY_POINT_OLD, ARCHIVE_FAILING, AUDIT_DIFFERENCE, DRILL_OLD -> ofThisCloud(alarm);
      case CUT_OLD -> ofCut(alarm);
      case ATTACHMENT_MISSING -> ofAttachments(alarm);
      case ARCHIVE_UNLOCKED -> ofLock(alarm);
      case VAULT_COPY_OLD, KEY_REFUSED -> ofSecrets(alarm);
      case LEDGER_UNWITNESSED, LEDGER_STOPPED, LEDGER_COPY_STOPPED -> ofLedger(alarm);
    };
  }

  private static AttentionItem ofSite(ReplicationAlarm alarm) {
    return alarm.kind() == ReplicationAlarm.Kind.SITE_FENCED
        ? item(
            alarm,
            AttentionCode.SITE_FENCED,
            Severity.RED,
            new LocalText(
                "本站点已弃用，不再受理任何变更；云已在别处恢复",
                "this site was given up and changes nothing more: " + alarm.detail()),
            new LocalText(
                "执行 govcloud replication orphans 查看孤立记录，按 docs/runbook-site-loss.md 第 5 节重新提交",
                "govcloud replication orphans lists what is left; docs/runbook-site-loss.md,"
                    + " section 5, says how it is submitted again"))
        : item(
            alarm,
            AttentionCode.SITE_DRAINED,
            Severity.RED,
            new LocalText(
                "本站点已停止受理，等待切换：" + alarm.detail(), "it is to be moved: " + alarm.detail()),
            new LocalText(
                "按 docs/runbook-switch-over.md 继续切换；不再切换则执行 govcloud keys drain --release",
                "go on as docs/runbook-switch-over.md says, or take it back with govcloud keys"
                    + " drain --release"));
  }

  private static AttentionItem ofLedger(ReplicationAlarm alarm) {
    return switch (alarm.kind()) {
      case LEDGER_UNWITNESSED ->
          item(
              alarm,
              AttentionCode.LEDGER_UNWITNESSED,
              Severity.RED,
              new LocalText(
                  "交换账本的最新记录尚无兄弟云的联署：" + alarm.detail(),
                  "the sibling has not cosigned the newest entries: " + alarm.detail()),
              new LocalText(
                  "执行 govcloud exchange status；线路恢复后自动补齐",
                  "govcloud exchange status says how far it is; it goes on by itself"));
      case LEDGER_COPY_STOPPED ->
          item(
              alarm,
              AttentionCode.LEDGER_COPY_STOPPED,
              Severity.RED,
              new LocalText(
                  "兄弟云账本的副本未能更新：" + alarm.detail(),
                  "the copy of the sibling's ledger takes in nothing: " + alarm.detail()),
              new LocalText(
                  "检查 govcloud.exchange.witness.mirror-folder 所在磁盘；恢复后自动补齐",
                  "look at the disk of govcloud.exchange.witness.mirror-folder; it goes on by"
                      + " itself"));
      default ->
          item(
              alarm,
              AttentionCode.LEDGER_STOPPED,
              Severity.RED,
              new LocalText(
                  "账本与已签署的历史不符，已停止签署与交换：" + alarm.detail(),
                  "it is not the history that was signed, nothing more is: " + alarm.detail()),
              new LocalText(
                  "按 docs/ledger-format.md 第 11 节另起新账本，接续最后联署的状态",
                  "begin a new ledger behind the last cosigned state, docs/ledger-format.md 11"));
    };
  }

  private static AttentionItem ofLost(ReplicationAlarm alarm) {
    return item(
        alarm,
        AttentionCode.SIBLING_LOST,
        Severity.RED,
        new LocalText("兄弟云与其签署的回执不符：" + alarm.detail(), "against its receipts: " + alarm.detail()),
        new LocalText(
            "与对方核实原因，再执行 govcloud replication refill；docs/runbook-replication.md 第 11 节",
            "ask there what happened, then govcloud replication refill;"
                + " docs/runbook-replication.md, section 11"));
  }

  private static AttentionItem ofDamage(ReplicationAlarm alarm) {
    return alarm.kind() == ReplicationAlarm.Kind.SIBLING_DAMAGED
        ? item(
            alarm,
            AttentionCode.SIBLING_DAMAGED,
            Severity.RED,
            new LocalText(
                "兄弟云缺损并请求补回：" + alarm.detail(), "it has lost and asks for: " + alarm.detail()),
            new LocalText(
                "自动补回；久未结束时按 docs/runbook-replication.md 第 12 节处理",
                "it is sent again by itself; docs/runbook-replication.md, section 12, if it stays"))
        : item(
            alarm,
            AttentionCode.RECEIVED_DAMAGED,
            Severity.RED,
            new LocalText(
                "兄弟云的副本在本云缺损：" + alarm.detail(), "lost or damaged here: " + alarm.detail()),
            new LocalText(
                "检查 received-folder 所在磁盘；自动向兄弟云请求补回，docs/runbook-replication.md 第 12 节",
                "look at the disk of received-folder; it is asked for again by itself,"
                    + " docs/runbook-replication.md, section 12"));
  }

  private static AttentionItem ofQuota(ReplicationAlarm alarm) {
    return alarm.kind() == ReplicationAlarm.Kind.SIBLING_QUOTA
        ? item(
            alarm,
            AttentionCode.SIBLING_QUOTA,
            Severity.RED,
            new LocalText("兄弟云的配额已用完：" + alarm.detail(), "its quota is used up: " + alarm.detail()),
            new LocalText(
                "请兄弟云提高 govcloud.replication.received-quota；日志会保留，提高后自动补传",
                "have the sibling raise govcloud.replication.received-quota; the log is kept and"
                    + " sent by itself then"))
        : item(
            alarm,
            AttentionCode.RECEIVED_QUOTA,
            Severity.YELLOW,
            new LocalText(
                "兄弟云在本云的副本接近或已达配额：" + alarm.detail(),
                "it has nearly or quite used up what it may keep here: " + alarm.detail()),
            new LocalText(
                "提高 govcloud.replication.received-quota 并重启节点，用完后不再接收",
                "raise govcloud.replication.received-quota and restart the nodes; when it is used"
                    + " up nothing more is taken in"));
  }

  private static AttentionItem ofLock(ReplicationAlarm alarm) {
    return item(
        alarm,
        AttentionCode.ARCHIVE_UNLOCKED,
        Severity.YELLOW,
        new LocalText("存储桶未防删除：" + alarm.detail(), "the bucket can be emptied: " + alarm.detail()),
        new LocalText(
            "为存储桶启用对象锁定，默认保留期不短于 govcloud.replication.cut.retention；"
                + "docs/runbook-replication.md 第 8 节",
            "give it object lock with a default retention not below"
                + " govcloud.replication.cut.retention; docs/runbook-replication.md, section 8"));
  }

  private static AttentionItem ofAttachments(ReplicationAlarm alarm) {
    return item(
        alarm,
        AttentionCode.ATTACHMENT_MISSING,
        Severity.YELLOW,
        new LocalText("有附件迟迟未到兄弟云：" + alarm.detail(), "attachments: " + alarm.detail()),
        new LocalText(
            "执行 govcloud replication status，按 docs/runbook-replication.md 第 10 节处理",
            "govcloud replication status; docs/runbook-replication.md, section 10"));
  }

  private static AttentionItem ofSecrets(ReplicationAlarm alarm) {
    return alarm.kind() == ReplicationAlarm.Kind.VAULT_COPY_OLD
        ? item(
            alarm,
            AttentionCode.VAULT_COPY_OLD,
            Severity.RED,
            new LocalText(
                "个人密钥库迟迟未到兄弟云，删除尚未在那里生效：" + alarm.detail(),
                "erasures do not reach it and new keys would be lost: " + alarm.detail()),
            new LocalText(
                "检查线路、对方的磁盘与版本，按 docs/personal-data.md 核对代码；恢复后自动补传",
                "look at line, disk and version of the sibling; docs/personal-data.md; it goes on"
                    + " by itself"))
        : item(
            alarm,
            AttentionCode.KEY_REFUSED,
            Severity.RED,
            new LocalText(
                "密钥文件夹或归档库中的内容未被采用：" + alarm.detail(),
                "it lies among the keys and is not used: " + alarm.detail()),
            new LocalText(
                "查明何人放入；按 docs/error-codes.md 中的该代码处理",
                "find out who put it there; docs/error-codes.md says what to do with that code"));
  }

  private static AttentionItem ofCut(ReplicationAlarm alarm) {
    return item(
        alarm,
        AttentionCode.CUT_OLD,
        Severity.YELLOW,
        new LocalText("每日切片过旧：" + alarm.detail(), "too old: " + alarm.detail()),
        new LocalText(
            "执行 govcloud replication cut list 查看原因，再执行 govcloud replication cut",
            "govcloud replication cut list says why; then govcloud replication cut"));
  }

  private static AttentionItem ofThisCloud(ReplicationAlarm alarm) {
    return switch (alarm.kind()) {
      case RECOVERY_POINT_OLD ->
          item(
              alarm,
              AttentionCode.RECOVERY_POINT_OLD,
              Severity.RED,
              new LocalText("现在会丢失：" + alarm.detail(), "would be lost now: " + alarm.detail()),
              new LocalText(
                  "执行 govcloud replication status 查看原因", "govcloud replication status says why"));
      case ARCHIVE_FAILING ->
          item(
              alarm,
              AttentionCode.ARCHIVE_FAILING,
              Severity.RED,
              new LocalText("本云归档库不可用：" + alarm.detail(), "it does not work: " + alarm.detail()),
              new LocalText(
                  "检查归档库的磁盘空间与权限；恢复后自动继续",
                  "look at room and rights of archive-folder; it goes on by itself"));
      case DRILL_OLD ->
          item(
              alarm,
              AttentionCode.DRILL_OLD,
              Severity.YELLOW,
              new LocalText(
                  "恢复能力久未验证：" + alarm.detail(), "recovery is unproved: " + alarm.detail()),
              new LocalText(
                  "执行 govcloud drill run，并按 docs/runbook-drill.md 设置定期演练",
                  "govcloud drill run; docs/runbook-drill.md says how to have it run each night"));
      default ->
          item(
              alarm,
              AttentionCode.AUDIT_DIFFERENCE,
              Severity.RED,
              new LocalText("核查发现差异：" + alarm.detail(), "a check found: " + alarm.detail()),
              new LocalText(
                  "执行 govcloud replication verify 复查，并与兄弟云的副本比对",
                  "check again with govcloud replication verify, compare with the sibling's copy"));
    };
  }

  private static AttentionItem item(
      ReplicationAlarm alarm,
      AttentionCode code,
      Severity severity,
      LocalText detail,
      LocalText action) {
    return new AttentionItem(
        code, severity, alarm.subject(), detail, action, Optional.of(alarm.since()));
  }
}
