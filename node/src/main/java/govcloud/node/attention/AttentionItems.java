package govcloud.node.attention;

import govcloud.domain.catalogue.GovernmentCalendar;
import govcloud.domain.catalogue.LocalText;
import govcloud.node.attention.AttentionItem.Severity;
import govcloud.node.casework.CaseTable;
import govcloud.node.cluster.ClusterView;
import govcloud.node.eventsourcing.DamagedEntities.DamagedEntity;
import govcloud.node.projection.Views;
import govcloud.node.projection.parking.ParkedStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/** What facts mean to an operator. Pure. */
final class AttentionItems {

  private static final double LAG_YELLOW_SECONDS = 30;
  private static final double LAG_RED_SECONDS = 300;

  private AttentionItems() {}

  static List<AttentionItem> damaged(List<DamagedEntity> entities) {
    return entities.stream()
        .map(
            entity ->
                new AttentionItem(
                    AttentionCode.ENTITY_DAMAGED,
                    Severity.RED,
                    entity.entityId(),
                    new LocalText(
                        "第 %d 条记录：%s".formatted(entity.sequence(), entity.message()),
                        "record %d: %s".formatted(entity.sequence(), entity.message())),
                    new LocalText(
                        "该实体拒绝启动，其他实体不受影响；请核对日志与副本",
                        "it refuses to start, others go on; compare the journal with its replica"),
                    Optional.of(entity.since())))
        .toList();
  }

  /**
   * Slices and nodes.
   *
   * @param alarm how long a slice may be without host, as it is for a moment while it moves
   */
  static List<AttentionItem> cluster(ClusterView.ClusterState state, Instant now, Duration alarm) {
    List<AttentionItem> items = new ArrayList<>();
    for (ClusterView.Unallocated slice : state.unallocated()) {
      if (!slice.since().plus(alarm).isAfter(now)) {
        items.add(
            new AttentionItem(
                AttentionCode.SLICE_WITHOUT_HOST,
                Severity.RED,
                "slice " + slice.slice(),
                new LocalText("没有节点承载该分片", "no node hosts this slice"),
                new LocalText("检查各节点是否可达、内存是否充足", "see whether nodes are reachable and have room"),
                Optional.of(slice.since())));
      }
    }
    for (ClusterView.Node node : state.nodes()) {
      if (node.status().equals("unreachable")) {
        items.add(
            new AttentionItem(
                AttentionCode.NODE_UNREACHABLE,
                Severity.RED,
                node.name(),
                new LocalText(
                    "节点 " + node.address() + " 不可达", "node " + node.address() + " is unreachable"),
                new LocalText(
                    "检查主机与网络，或启动一个新节点", "look at host and network, or start another node"),
                Optional.empty()));
      }
    }
    return items;
  }

  /** A node that did not say in time what alarms it raises. */
  static AttentionItem silent(String node) {
    return new AttentionItem(
        AttentionCode.ATTENTION_INCOMPLETE,
        Severity.RED,
        node,
        new LocalText("节点没有应答，其告警为最后一次所知", "it does not answer; its alarms are those it told last"),
        new LocalText("检查该节点与集群网络", "look at this node and at the network between nodes"),
        Optional.empty());
  }

  static List<AttentionItem> views(List<Views.ViewLag> lags) {
    List<AttentionItem> items = new ArrayList<>();
    for (Views.ViewLag lag : lags) {
      if (!lag.failing().isEmpty()) {
        items.add(
            new AttentionItem(
                AttentionCode.VIEW_FAILING,
                Severity.RED,
                lag.view(),
                new LocalText(
                    "视图在分片 " + lag.failing() + " 反复失败",
                    "the view keeps failing in slices " + lag.failing()),
                new LocalText(
                    "在节点日志中查找原因；修复后自动继续",
                    "find the cause in the nodes' logs; it goes on by itself"),
                Optional.empty()));
      }
      if (!lag.parked().isEmpty()) {
        items.add(parked(lag));
      }
      if (lag.seconds() > LAG_YELLOW_SECONDS) {
        items.add(
            new AttentionItem(
                AttentionCode.VIEW_LAGGING,
                lag.seconds() > LAG_RED_SECONDS ? Severity.RED : Severity.YELLOW,
                lag.view(),
                new LocalText(
                    String.format(Locale.ROOT, "视图落后 %.0f 秒", lag.seconds()),
                    String.format(Locale.ROOT, "the view is %.0f s behind", lag.seconds())),
                new LocalText(
                    "列表可能不完整；检查 Cassandra 负载", "lists may be incomplete; look at Cassandra's load"),
                Optional.empty()));
      }
    }
    return items;
  }

  private static AttentionItem parked(Views.ViewLag lag) {
    ParkedStream first =
        lag.parked().stream().min(Comparator.comparing(ParkedStream::since)).orElseThrow();
    int streams = lag.parked().size();
    return new AttentionItem(
        AttentionCode.VIEW_STREAM_PARKED,
        Severity.RED,
        lag.view(),
        new LocalText(
            "%d 个实体被搁置，%d 条记录等待；最早的是 %s 第 %d 条：%s"
                .formatted(
                    streams, lag.waiting(), first.entity(), first.sequence(), first.reason()),
            "%d entities are set aside, %d records wait; the first is record %d of %s: %s"
                .formatted(
                    streams, lag.waiting(), first.sequence(), first.entity(), first.reason())),
        new LocalText(
            "其他实体不受影响；修复程序后执行 govcloud view replay " + lag.view(),
            "all others go on; when the program is right, govcloud view replay " + lag.view()),
        Optional.of(first.since()));
  }

  static List<AttentionItem> cases(CaseTable.Late late) {
    List<AttentionItem> items = new ArrayList<>();
    items.addAll(
        counted(
            AttentionCode.CASES_RED,
            Severity.RED,
            late.red(),
            new LocalText("件已超期", "cases are past their due time"),
            new LocalText("督办承办部门", "ask the departments that have them")));
    items.addAll(
        counted(
            AttentionCode.CASES_YELLOW,
            Severity.YELLOW,
            late.yellow(),
            new LocalText("件即将超期", "cases are close to their due time"),
            new LocalText("提醒承办部门", "remind the departments that have them")));
    return items;
  }

  static List<AttentionItem> overdue(long operations) {
    return counted(
        AttentionCode.OPERATIONS_OVERDUE,
        Severity.YELLOW,
        operations,
        new LocalText("个操作已过期限", "operations are past their deadline"),
        new LocalText(
            "系统会在片刻内结束它们；若持续存在请检查日志",
            "they are ended within a moment; if they stay, look at the logs"));
  }

  static List<AttentionItem> silent(long applications) {
    return counted(
        AttentionCode.APPLICATIONS_SILENT,
        Severity.YELLOW,
        applications,
        new LocalText("件共享申请逾期未处理", "applications for data are past their limit in silence"),
        new LocalText(
            "用 govcloud agreement list 查看 LATE 列，并询问应处理的部门",
            "see column LATE of govcloud agreement list, and ask whose turn it is"));
  }

  static List<AttentionItem> active(long emergencies) {
    return counted(
        AttentionCode.EMERGENCY_ACTIVE,
        Severity.YELLOW,
        emergencies,
        new LocalText("份应急共享协议已启用", "emergency agreements are active"),
        new LocalText(
            "审计管理员用 govcloud supervision emergencies 查看；不再需要时结束启用",
            "audit administrators see them with govcloud supervision emergencies; have them"
                + " ended when they are needed no more"));
  }

  static List<AttentionItem> unreviewed(long activations) {
    return counted(
        AttentionCode.EMERGENCY_REVIEW_LATE,
        Severity.RED,
        activations,
        new LocalText(
            "次应急共享启用逾期未复盘", "activations of emergency agreements were not reviewed in time"),
        new LocalText(
            "督促使用部门执行 govcloud agreement activation review",
            "have the departments do it: govcloud agreement activation review"));
  }

  static List<AttentionItem> undelivered(long queries) {
    return counted(
        AttentionCode.EXCHANGES_UNDELIVERED,
        Severity.YELLOW,
        queries,
        new LocalText("次延迟查询到期仍未送达", "deferred queries were not delivered in time"),
        new LocalText(
            "用 govcloud exchange undelivered 查看，并询问提供部门或对方云",
            "see them with govcloud exchange undelivered, and ask the provider or the other"
                + " cloud"));
  }

  static List<AttentionItem> unfetched(long subscriptions) {
    return counted(
        AttentionCode.CHANGES_UNFETCHED,
        Severity.YELLOW,
        subscriptions,
        new LocalText("个订阅的变更逾期无人领取", "subscriptions have changes that nobody fetches"),
        new LocalText(
            "用 govcloud exchange unfetched 查看，并询问订阅部门",
            "see them with govcloud exchange unfetched, and ask the departments"));
  }

  static List<AttentionItem> callbacks(long given) {
    return counted(
        AttentionCode.CALLBACKS_UNDELIVERED,
        Severity.YELLOW,
        given,
        new LocalText("次回调多次重试仍未送达", "callbacks were given up"),
        new LocalText(
            "用 govcloud exchange callback undelivered 查看，并询问该部门",
            "see them with govcloud exchange callback undelivered, and ask the departments"));
  }

  static List<AttentionItem> unanswered(long objections) {
    return counted(
        AttentionCode.OBJECTIONS_SILENT,
        Severity.YELLOW,
        objections,
        new LocalText("件公民异议逾期未答复", "objections of citizens are past their limit in silence"),
        new LocalText(
            "用 govcloud objection list 查看 LATE 列，并督促数据提供部门答复",
            "see column LATE of govcloud objection list, and ask the departments to" + " answer"));
  }

  static List<AttentionItem> uncorrected(long corrections) {
    return counted(
        AttentionCode.CORRECTIONS_SILENT,
        Severity.YELLOW,
        corrections,
        new LocalText("件更正请求逾期未答复", "requests for corrections are past their limit in silence"),
        new LocalText(
            "用 govcloud correction list 查看 LATE 列，并督促数据提供部门答复",
            "see column LATE of govcloud correction list, and ask the departments to answer"));
  }

  static List<AttentionItem> unacknowledged(long recalls) {
    return counted(
        AttentionCode.RECALLS_LATE,
        Severity.YELLOW,
        recalls,
        new LocalText("件数据召回逾期未确认", "recalls are past their limit without everybody's answer"),
        new LocalText(
            "用 govcloud recall list 查看 LATE 列，并督促收到错误数据的部门确认",
            "see column LATE of govcloud recall list, and ask those who received the values"));
  }

  /**
   * Years into which time limits reach that start now, and whose holidays are not known.
   *
   * @param longest working days of the longest time limit
   */
  static List<AttentionItem> calendar(GovernmentCalendar calendar, int longest, Instant now) {
    int first = now.atZone(calendar.zone()).getYear();
    int last = calendar.plusWorkingDays(now, longest).atZone(calendar.zone()).getYear();
    return IntStream.rangeClosed(first, last)
        .boxed()
        .flatMap(year -> calendar.warning(year).map(why -> unknown(year, why)).stream())
        .toList();
  }

  private static AttentionItem unknown(int year, String why) {
    return new AttentionItem(
        AttentionCode.CALENDAR_YEAR_UNKNOWN,
        Severity.YELLOW,
        "calendar " + year,
        new LocalText(year + " 年的节假日安排未录入，期限只扣除周末", why),
        new LocalText(
            "公布后将该年录入 apps/calendar/，再逐个重启节点",
            "add the year to apps/calendar/ when it is published, then restart node by node"),
        Optional.empty());
  }

  /** So many of something; none where there is not one. */
  private static List<AttentionItem> counted(
      AttentionCode code, Severity severity, long number, LocalText what, LocalText action) {
    return number == 0
        ? List.of()
        : List.of(
            new AttentionItem(
                code,
                severity,
                Long.toString(number),
                new LocalText(number + " " + what.zh(), number + " " + what.en()),
                action,
                Optional.empty()));
  }
}
